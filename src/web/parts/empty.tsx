/** Nothing yet: what will be here, and the one action that fills it. */
import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Icon, IconInbox } from './icons.ts';

interface Props {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly icon?: Icon;
}

export function Empty({ title, children, action, icon: Icon = IconInbox }: Props) {
  return (
    <Stack align="center" gap="sm" py="xl" px="md" ta="center">
      <ThemeIcon variant="light" size={48} radius="xl" aria-hidden>
        <Icon size={24} />
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      {children !== undefined && (
        <Text className="quiet" maw={480}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
