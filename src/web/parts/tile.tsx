/** One figure of an overview: what it is, how much, against a week ago, and its two weeks as a line. */
import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Sparkline } from './sparkline.tsx';

interface Props {
  readonly label: string;
  readonly children: ReactNode;
  /** Beside the figure, such as the change since last week. */
  readonly beside?: ReactNode;
  readonly line?: { readonly values: readonly number[]; readonly label: string };
}

export function Tile({ label, children, beside, line }: Props) {
  return (
    <Paper withBorder p="md" component="section" aria-label={label}>
      <Text size="xs" className="quiet">
        {label}
      </Text>
      {/* On a narrow screen a figure stays within its tile. */}
      <Text component="div" fw={600} style={{ fontSize: 'clamp(1rem, 4.2vw, var(--mantine-font-size-xl))', overflowWrap: 'anywhere' }}>
        {children}
      </Text>
      <Group justify="space-between" align="end" gap="xs" mih={32}>
        <Text component="div" size="xs" className="quiet">
          {beside}
        </Text>
        {line !== undefined && <Sparkline {...line} width={96} />}
      </Group>
    </Paper>
  );
}
