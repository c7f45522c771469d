/** One declaration beside our figures. */
import { Button, Group, Paper, Stack, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { components } from '../../client/client.ts';
import type { Listed } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { comparedColumns } from '../../parts/compared-columns.tsx';
import { Empty } from '../../parts/empty.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { Causes, isNothing, TwoSides } from '../../parts/two-sides.tsx';
import { RaiseDialog } from '../disputes/raise-dialog.tsx';
import { useTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';

type Sum = components['schemas']['ReconciliationSum'];
type Line = components['schemas']['ReconciledLine'];
interface Asked {
  readonly amount: string;
  readonly reason: string;
}
const unsigned = (amount: string): string => amount.replace(/^-/, '');

interface Props {
  readonly of: Omit<Sum, 'lineCount'>;
  readonly lines: Listed<Line>;
}

export function Compared({ of, lines }: Props) {
  const t = useTexts();
  const may = useMay();
  const word = useWord();
  const [asked, setAsked] = useState<Asked>();
  const { declaration, side, service, currency, ours, theirs, difference, causes, unexplained, document } = of;
  const columns = useMemo(
    () =>
      comparedColumns(
        {
          ...{ destination: t('destination'), time: t('time'), state: t('state'), difference: t('difference') },
          stateOf: (state) => t(`line_${state}`),
        },
        [
          { of: 'ours', calls: t('ourCalls'), amount: t('ours'), billed: t('ourBilled') },
          { of: 'theirs', calls: t('theirCalls'), amount: t('theirs'), billed: t('theirBilled') },
        ],
        currency,
      ),
    [t, currency],
  );
  const dispute = (amount: string, reason: string) =>
    may('disputes:manage') &&
    !isNothing(amount) && (
      <Button size="compact-sm" variant="default" onClick={() => setAsked({ amount: unsigned(amount), reason })}>
        {t('disputeThis')}
      </Button>
    );
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={t('declarationTitle', { declaration })}>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2}>
            {document ?? t('declarationTitle', { declaration })} · {word(service)} · {t(side === 'receivable' ? 'theyOwe' : 'weOwe')}
          </Title>
          <StateBadge state={isNothing(difference) ? 'settled' : 'attention'}>
            {t(isNothing(difference) ? 'noDifference' : 'differs')}
          </StateBadge>
        </Group>
        <TwoSides
          {...{ difference, currency, words: { calls: t('calls'), amount: t('amount'), difference: t('difference') } }}
          sides={[
            [t('ours'), ours],
            [t('theirs'), theirs],
          ]}
        />
        {(causes.length > 0 || !isNothing(difference)) && (
          <Stack gap="xs">
            <Title order={3} size="h4">
              {t('causes')}
            </Title>
            <Causes {...{ causes, currency }} rest={[t('unexplained'), unexplained]} action={dispute} />
          </Stack>
        )}
        <DataTable
          isSmall
          name={`reconciled-${declaration}`}
          label={t('lines')}
          list={lines}
          columns={columns}
          rowKey={({ line }) => String(line)}
          empty={<Empty title={t('linesEmpty')} />}
        />
      </Stack>
      {asked !== undefined && (
        <RaiseDialog
          by={side === 'payable' ? 'us' : 'them'}
          {...(document === undefined ? {} : { document })}
          {...asked}
          onLeave={() => setAsked(undefined)}
        />
      )}
    </Paper>
  );
}
