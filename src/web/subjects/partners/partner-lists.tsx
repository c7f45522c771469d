/** What there is between us and a partner, as small tables. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { type Listed, useList, wholeList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Go } from '../../parts/go.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts as useMonthTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

type Schemas = components['schemas'];
const MOST = 200;

/** Lists are asked for by account; a partner has few. */
function useOfAccounts<Row>(key: string, accounts: readonly string[], load: (account: string) => Promise<readonly Row[]>): Listed<Row> {
  const asked = useQuery({ queryKey: [key, accounts], queryFn: async () => (await Promise.all(accounts.map(load))).flat() });
  return wholeList(asked);
}

export function OpenItems({ accounts }: { readonly accounts: readonly string[] }) {
  const t = useTexts();
  const word = useWord();
  const list = useOfAccounts('open-items', accounts, async (account) => {
    const { items } = await client.GET('/v1/ledger/open-items', { params: { query: { account, limit: MOST } } }).then(answered);
    return items;
  });
  const columns = useMemo(
    (): readonly Column<Schemas['OpenItem']>[] => [
      {
        id: 'document',
        header: t('document'),
        value: ({ document }) => document,
        cell: ({ document }) => <Go href={`/invoices/${encodeURIComponent(document)}`}>{document}</Go>,
      },
      { id: 'account', header: t('account'), value: ({ account }) => account, filter: true },
      { id: 'side', header: t('kind'), value: ({ ledgerAccount }) => word(`ledger ${ledgerAccount}`), filter: true },
      { id: 'due', header: t('due'), value: ({ dueDay }) => dueDay, kind: 'day' },
      { id: 'amount', header: t('amount'), value: ({ open }) => open, kind: 'amount', currency: ({ currency }) => currency, total: true },
    ],
    [t, word],
  );
  return (
    <DataTable
      {...{ name: 'open-items', label: t('openItems'), list, columns, isSmall: true }}
      rowKey={({ document, account, ledgerAccount }) => `${account} ${document} ${ledgerAccount}`}
      empty={<Empty title={t('openItemsNone')} />}
    />
  );
}

export function Documents({ accounts }: { readonly accounts: readonly string[] }) {
  const t = useTexts();
  const word = useWord();
  const list = useOfAccounts('documents', accounts, async (account) => {
    const { items } = await client.GET('/v1/documents', { params: { query: { account, limit: MOST, sort: '-issueDay' } } }).then(answered);
    return items;
  });
  const columns = useMemo(
    (): readonly Column<Schemas['ListedDocument']>[] => [
      {
        id: 'number',
        header: t('document'),
        value: ({ number }) => number,
        cell: ({ number }) => <Go href={`/invoices/${encodeURIComponent(number)}`}>{number}</Go>,
      },
      { id: 'kind', header: t('kind'), value: ({ kind }) => kind, cell: ({ kind }) => word(kind), filter: true },
      { id: 'issued', header: t('day'), value: ({ issueDay }) => issueDay, kind: 'day' },
      { id: 'due', header: t('due'), value: ({ dueDay }) => dueDay, kind: 'day' },
      { id: 'total', header: t('amount'), value: ({ total }) => total, kind: 'amount', currency: ({ currency }) => currency },
    ],
    [t, word],
  );
  return (
    <DataTable
      {...{ name: 'documents', label: t('documents'), list, columns, isSmall: true }}
      rowKey={({ legalEntity, number }) => `${legalEntity} ${number}`}
      empty={<Empty title={t('documentsNone')} />}
    />
  );
}

export function Disputes({ party }: { readonly party: string }) {
  const t = useTexts();
  const month = useMonthTexts();
  const list = useList(['disputes', party], (cursor) =>
    client.GET('/v1/disputes', { params: { query: { party, limit: MOST, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Schemas['Dispute']>[] => [
      {
        id: 'dispute',
        header: t('disputes'),
        value: ({ dispute }) => dispute,
        cell: ({ dispute }) => <Go href={`/disputes/${encodeURIComponent(dispute)}`}>{dispute}</Go>,
        width: 80,
      },
      { id: 'document', header: t('document'), value: ({ document }) => document },
      { id: 'state', header: t('state'), value: ({ state }) => month(`dispute_${state}`), filter: true },
      { id: 'until', header: t('respondBy'), value: ({ respondBy }) => respondBy, kind: 'day' },
      { id: 'reason', header: t('reason'), value: ({ reason }) => reason, width: 280 },
      { id: 'amount', header: t('amount'), value: ({ net }) => net, kind: 'amount', currency: ({ currency }) => currency },
    ],
    [t, month],
  );
  return (
    <DataTable
      {...{ name: 'disputes', label: t('disputes'), list, columns, isSmall: true }}
      rowKey={({ dispute }) => dispute}
      empty={<Empty title={t('disputesNone')} />}
    />
  );
}

export function Sheets({ agreements }: { readonly agreements: readonly string[] }) {
  const t = useTexts();
  const list = useOfAccounts('rate-sheets', agreements, async (agreement) => {
    const { items } = await client.GET('/v1/rate-sheets', { params: { query: { agreement, limit: MOST } } }).then(answered);
    return items;
  });
  const columns = useMemo(
    (): readonly Column<Schemas['RateSheet']>[] => [
      { id: 'sheet', header: t('sheet'), value: ({ file }) => file, width: 280 },
      { id: 'agreement', header: t('agreement'), value: ({ agreement }) => agreement, filter: true },
      { id: 'taken', header: t('importedAt'), value: ({ takenIn }) => takenIn, kind: 'instant', width: 200 },
    ],
    [t],
  );
  return (
    <DataTable
      {...{ name: 'rate-sheets', label: t('sheets'), list, columns, isSmall: true }}
      rowKey={({ rateSheet }) => rateSheet}
      empty={<Empty title={t('sheetsNone')} />}
    />
  );
}
