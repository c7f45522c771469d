/** The frame of pages for who is not signed in. */
import { Group, Paper, Stack, Title } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';

export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <Stack component="main" mih="100dvh" align="center" justify="center" p="md">
      <Paper withBorder p="lg" w="100%" maw={400}>
        <Group gap="sm" mb="lg">
          <IconBell size={24} color="var(--mantine-primary-color-filled)" aria-hidden />
          <Title order={1} size="h2">
            {title}
          </Title>
        </Group>
        {children}
      </Paper>
    </Stack>
  );
}
