/** What is open on an account, document by document; what will never be paid is written off here. */
import { Button, Stack, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { compareFigures } from '../../parts/figures.ts';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from '../month/texts.ts';
import { WriteOffDialog } from './write-off-dialog.tsx';

type Item = components['schemas']['OpenItem'];

export function OpenItems({ account }: { readonly account: string }) {
  const t = useTexts();
  const mayWriteOff = useMay()('payments:manage');
  const [chosen, setChosen] = useState<Item>();
  const list = useList(['ledger', 'open-items', account, 'list'], (cursor) =>
    client
      .GET('/v1/ledger/open-items', { params: { query: { account, limit: 200, ...(cursor === undefined ? {} : { cursor }) } } })
      .then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Item>[] => [
      { id: 'document', header: t('document'), value: ({ document }) => document, width: 180 },
      { id: 'open', header: t('openAmount'), kind: 'amount', value: ({ open }) => open, currency: ({ currency }) => currency, total: true },
      { id: 'dueDay', header: t('dueOn'), kind: 'day', value: ({ dueDay }) => dueDay },
      ...(mayWriteOff
        ? [
            {
              ...{ id: 'do', header: t('nextStep'), value: () => undefined, width: 140 },
              cell: (item: Item) =>
                item.ledgerAccount === 'receivable' && compareFigures(item.open, '0') > 0 ? (
                  <Button size="compact-xs" variant="default" onClick={() => setChosen(item)}>
                    {t('writeOff')}
                  </Button>
                ) : null,
            },
          ]
        : []),
    ],
    [t, mayWriteOff],
  );
  if (list.rows.length === 0) return null;
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('openItems')}</Title>
      <DataTable
        {...{ name: 'open', label: t('openItems'), list, columns, isSmall: true }}
        rowKey={({ document, ledgerAccount, currency }) => `${document} ${ledgerAccount} ${currency}`}
        empty={null}
      />
      {chosen !== undefined && <WriteOffDialog {...chosen} onLeave={() => setChosen(undefined)} />}
    </Stack>
  );
}
