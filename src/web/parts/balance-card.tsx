/** One balance of an account: what is left of it, what is set aside, until when. */
import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Amount, Count } from './amount.tsx';
import { Instant } from './instant.tsx';

interface Props {
  /** As the account calls it. */
  readonly definition: string;
  /** As it is shown. */
  readonly name: string;
  readonly left: string;
  readonly setAside: string;
  /** Of money: its currency; else the unit of both figures. */
  readonly currency?: string | undefined;
  readonly unit?: string | undefined;
  readonly validTo?: string | undefined;
  readonly words: { readonly setAside: string; readonly until: string };
  /** Beside the name: whose it is. */
  readonly mark?: ReactNode;
}

export function BalanceCard({ definition, name, left, setAside, currency, unit, validTo, words, mark }: Props) {
  const shown = (value: string) => (currency === undefined ? <Count value={value} /> : <Amount value={value} currency={currency} />);
  return (
    <Paper withBorder p="md" component="section" aria-label={definition}>
      <Group justify="space-between">
        <Text size="xs" className="quiet">
          <bdi>{name}</bdi>
        </Text>
        {mark}
      </Group>
      <Text component="div" size="xl" fw={600}>
        <bdi>
          {shown(left)}
          {unit !== undefined && (
            <Text span size="sm">
              {' '}
              {unit}
            </Text>
          )}
        </bdi>
      </Text>
      <Text component="div" size="xs" className="quiet">
        {words.setAside}:{' '}
        <bdi>
          {shown(setAside)}
          {unit !== undefined && ` ${unit}`}
        </bdi>
        {validTo !== undefined && (
          <>
            {' · '}
            {words.until} <Instant at={validTo} />
          </>
        )}
      </Text>
    </Paper>
  );
}
