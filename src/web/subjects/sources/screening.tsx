/** What screening found, by rule and by whom it is about; what it holds can be let pass. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { AskDialog } from '../../parts/asked.tsx';
import { Empty } from '../../parts/empty.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { releaseAsk } from '../usage/asks.tsx';
import { useTexts as useUsageTexts } from '../usage/texts.ts';
import { useTexts } from './texts.ts';

type Flags = components['schemas']['ScreeningFlags'];

export function ScreeningTable() {
  const t = useTexts();
  const usage = useUsageTexts();
  const mayRelease = useMay()('usage:manage');
  // Kept above the table: what is let pass waits no longer.
  const [releasing, setReleasing] = useState<string>();
  const query = useQuery({
    queryKey: ['screening'],
    queryFn: () => client.GET('/v1/usage/flags', { params: { query: { limit: 1_000 } } }).then(answered),
    select: ({ items }) => items,
  });
  const columns = useMemo(
    (): readonly Column<Flags>[] => [
      { id: 'rule', header: t('rule'), value: ({ rule }) => rule, filter: true, width: 160 },
      { id: 'subject', header: t('subject'), value: ({ subject }) => subject, width: 160 },
      { id: 'action', header: t('does'), value: ({ action }) => t(action === 'hold' ? 'doesHold' : 'doesFlag'), filter: true, width: 110 },
      { id: 'records', header: t('records'), kind: 'figure', value: ({ records }) => records, width: 100 },
      { id: 'waiting', header: t('held'), kind: 'figure', value: ({ waiting }) => waiting, width: 100 },
      { id: 'from', header: t('firstOne'), kind: 'instant', value: ({ from }) => from, width: 190 },
      { id: 'to', header: t('lastOne'), kind: 'instant', value: ({ to }) => to, width: 190 },
      { id: 'detail', header: t('detail'), value: ({ detail }) => detail, width: 320, wraps: true },
      ...(mayRelease
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 140 },
              cell: ({ rule, waiting }: Flags) =>
                waiting === 0 ? null : (
                  <Button size="compact-xs" variant="subtle" onClick={() => setReleasing(rule)}>
                    {usage('release')}
                  </Button>
                ),
            },
          ]
        : []),
    ],
    [t, usage, mayRelease],
  );
  return (
    <>
      <DataTable
        {...{ name: 'screening', label: t('screening'), list: wholeList(query), columns }}
        rowKey={({ rule, subject }) => `${rule} ${subject}`}
        open={({ lastRecord }) => ({ to: '/usage/$record', params: { record: lastRecord } })}
        empty={<Empty title={t('noScreening')}>{t('noScreeningWhat')}</Empty>}
      />
      {releasing !== undefined && <AskDialog of={releaseAsk(usage, { rule: releasing })} onClose={() => setReleasing(undefined)} />}
    </>
  );
}
