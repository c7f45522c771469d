/** The frame of pages for who is not signed in: whose they are, above and below. */
import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { BrandMark } from '../../parts/brand-mark.tsx';
import { operatorsBrand } from '../../shell/brand.ts';

export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = operatorsBrand === undefined ? title : `${title} · ${operatorsBrand.name}`;
  }, [title]);
  return (
    <Stack component="main" mih="100dvh" align="center" justify="center" p="md" gap="md">
      <Paper withBorder p="lg" w="100%" maw={400}>
        <Stack gap="md" mb="lg">
          <BrandMark brand={operatorsBrand} size={24} />
          <Title order={1} size="h2">
            {title}
          </Title>
        </Stack>
        {children}
      </Paper>
      {operatorsBrand !== undefined && (
        <Text size="xs" className="quiet" ta="center" component="footer">
          {[operatorsBrand.registeredName, ...operatorsBrand.address].map((line) => (
            <bdi key={line} style={{ display: 'block' }}>
              {line}
            </bdi>
          ))}
          {operatorsBrand.email !== undefined && (
            <Anchor size="xs" underline="always" href={`mailto:${operatorsBrand.email}`}>
              {operatorsBrand.email}
            </Anchor>
          )}
        </Text>
      )}
    </Stack>
  );
}
