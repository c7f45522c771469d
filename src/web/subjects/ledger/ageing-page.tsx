/** How old what is open is; each account leads to its movements. */
import { Skeleton, Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useTexts } from '../month/texts.ts';
import { today } from '../month/today.ts';
import { CreditAlarms } from './credit-alarms.tsx';

type Ageing = components['schemas']['Ageing'];
type Row = Ageing['rows'][number];

export function AgeingPage() {
  const t = useTexts();
  const [url, change] = useUrl();
  const on = url.on ?? today();
  const ageing = useQuery({
    queryKey: ['ledger', 'ageing', on],
    queryFn: () => client.GET('/v1/ledger/ageing', { params: { query: { on } } }).then(answered),
  });
  return (
    <Page
      title={t('ageing')}
      above={[
        <Link key="ledger" to="/ledger">
          {t('trialBalance')}
        </Link>,
      ]}
      detail={t('ageingWhat')}
      actions={<TextInput type="date" aria-label={t('asOf')} value={on} onChange={(event) => change({ on: event.currentTarget.value })} />}
    >
      {ageing.error !== null && <Fault error={ageing.error} onRetry={() => void ageing.refetch()} />}
      {ageing.isPending && <Skeleton height={320} aria-busy="true" />}
      {ageing.data?.items.length === 0 && <Empty title={t('booksEmpty')}>{t('booksEmptyWhat')}</Empty>}
      {ageing.data?.items.map((of, at) => (
        <OneAgeing key={of.legalEntity} of={of} isMain={at === 0} />
      ))}
      <CreditAlarms />
    </Page>
  );
}

function OneAgeing({ of: { legalEntity, buckets, rows }, isMain }: { readonly of: Ageing; readonly isMain: boolean }) {
  const t = useTexts();
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      { id: 'account', header: t('account'), value: ({ account }) => account, width: 180 },
      {
        id: 'side',
        header: t('side'),
        value: ({ ledgerAccount }) => t(ledgerAccount === 'receivable' ? 'theyOwe' : 'weOwe'),
        filter: true,
        width: 110,
      },
      ...buckets.map(
        (header, at): Column<Row> => ({
          id: `bucket${at}`,
          header:
            at === 0
              ? t('notDue')
              : header === 'due'
                ? t('isDue')
                : header.startsWith('over ')
                  ? t('overDays', { days: header.slice(5) })
                  : header,
          kind: 'amount',
          value: ({ amounts }) => amounts[at],
          currency: ({ currency }) => currency,
          total: true,
        }),
      ),
      {
        id: 'disputed',
        header: t('disputed'),
        kind: 'amount',
        value: ({ disputed }) => disputed,
        currency: ({ currency }) => currency,
        total: true,
      },
      {
        id: 'total',
        header: t('totalAmount'),
        kind: 'amount',
        value: ({ total }) => total,
        currency: ({ currency }) => currency,
        total: true,
      },
    ],
    [t, buckets],
  );
  return (
    <Stack gap="sm">
      <Title order={2}>{legalEntity}</Title>
      <DataTable
        name={`ageing-${legalEntity}`}
        isSmall={!isMain}
        label={`${t('ageing')} ${legalEntity}`}
        list={{
          rows,
          isLoading: false,
          isLoadingMore: false,
          hasMore: false,
          error: null,
          loadMore: async () => undefined,
          retry: () => undefined,
        }}
        columns={columns}
        rowKey={({ account, ledgerAccount, currency }) => `${account} ${ledgerAccount} ${currency}`}
        open={({ account }) => ({ to: '/ledger/accounts/$account', params: { account } })}
        empty={<Empty title={t('nothingOpen')}>{t('nothingOpenWhat')}</Empty>}
      />
    </Stack>
  );
}
