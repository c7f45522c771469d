/** Two reckonings of the same traffic beside each other, and why they differ: for those who wrote the one and those who wrote the other. */
import { Group, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Pieces, type Said, useSaid } from '../subjects/said/said.tsx';
import { Amount, Count } from './amount.tsx';

export const isNothing = (amount: string): boolean => /^-?0(\.0*)?$/.test(amount);

interface Side {
  readonly calls: number;
  readonly amount: string;
}

interface SidesProps {
  /** The name of each, and its figures. */
  readonly sides: readonly (readonly [name: string, side: Side])[];
  readonly difference: string;
  readonly currency: string;
  readonly words: { readonly calls: string; readonly amount: string; readonly difference: string };
}

export function TwoSides({ sides, difference, currency, words }: SidesProps) {
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            <Table.Th ta="end">{words.calls}</Table.Th>
            <Table.Th ta="end">
              {words.amount} {currency}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sides.map(([name, side]) => (
            <Table.Tr key={name}>
              <Table.Th>{name}</Table.Th>
              <Table.Td ta="end">
                <Count value={side.calls} />
              </Table.Td>
              <Table.Td ta="end">
                <Amount value={side.amount} currency={currency} bare />
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th>{words.difference}</Table.Th>
            <Table.Td />
            <Table.Td ta="end">
              <b>
                <Amount value={difference} currency={currency} bare />
              </b>
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface Cause {
  readonly words: string;
  readonly said?: Said;
  readonly amount: string;
  readonly evidence: string;
  readonly evidenceSaid?: Said;
}

interface CausesProps<C> {
  readonly causes: readonly C[];
  /** What no cause explains, and its name. */
  readonly rest: readonly [name: string, amount: string];
  readonly currency: string;
  /** Above the words of a cause. */
  readonly kind?: (cause: C) => string;
  /** What can be done about an amount. */
  readonly action?: (amount: string, words: string) => ReactNode;
}

/** What the difference is made of, each with its money. */
export function Causes<C extends Cause>({ causes, rest: [rest, restAmount], currency, kind, action }: CausesProps<C>) {
  const say = useSaid();
  return (
    <>
      {causes.map((cause) => (
        <Group key={cause.words} justify="space-between" align="flex-start">
          <Stack gap={0} flex={1} miw={220}>
            {kind !== undefined && <Text fw={600}>{kind(cause)}</Text>}
            <Text>{cause.said === undefined ? cause.words : <Pieces said={cause.said} />}</Text>
            <Text className="quiet">{cause.evidenceSaid === undefined ? cause.evidence : <Pieces said={cause.evidenceSaid} />}</Text>
          </Stack>
          <Amount value={cause.amount} currency={currency} />
          {action?.(cause.amount, say(cause.said, cause.words))}
        </Group>
      ))}
      <Group justify="space-between">
        <Text className="quiet" flex={1}>
          {rest}
        </Text>
        <Amount value={restAmount} currency={currency} />
        {action?.(restAmount, rest)}
      </Group>
    </>
  );
}
