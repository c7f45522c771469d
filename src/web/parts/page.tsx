/** A page: its title, what can be done on it, its content. */
import { Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { brandTitle } from '../shell/brand.ts';

interface Props {
  readonly title: string;
  /** The way here, as links. */
  readonly above?: readonly ReactNode[];
  readonly detail?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, above = [], detail, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${brandTitle()}`;
  }, [title]);
  return (
    <div className="page">
      <Stack gap={4}>
        {above.length > 0 && <Breadcrumbs separatorMargin={6}>{above}</Breadcrumbs>}
        <Group justify="space-between" align="center" gap="sm">
          <Title order={1}>
            <bdi>{title}</bdi>
          </Title>
          {actions !== undefined && <Group gap="sm">{actions}</Group>}
        </Group>
        {detail !== undefined && (
          <Text component="div" className="quiet">
            {detail}
          </Text>
        )}
      </Stack>
      {children}
    </div>
  );
}
