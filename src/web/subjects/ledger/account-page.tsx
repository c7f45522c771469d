/** Movements of an account with the running balance. */
import { Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { AskMenu } from '../../parts/asked.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { useBooked } from '../words/booked.ts';
import { useWord } from '../words/words.ts';
import { depositAsk, interestAsk } from './asks.tsx';
import { OpenItems } from './open-items.tsx';

type Moves = components['schemas']['AccountMoves']['currencies'][number];
/** Two movements may be alike: each has its place. */
type Move = Moves['moves'][number] & { readonly at: number };

export function AccountPage() {
  const t = useTexts();
  const may = useMay();
  const nameOf = usePartyName();
  const { account } = useParams({ strict: false }) as { account: string }; // of its route
  const [url, change] = useUrl();
  const query = { ...(url.from === undefined ? {} : { from: url.from }), ...(url.to === undefined ? {} : { to: url.to }) };
  const moves = useQuery({
    queryKey: ['ledger', 'moves', account, query],
    queryFn: () => client.GET('/v1/accounts/{account}/moves', { params: { path: { account }, query } }).then(answered),
    retry: false,
  });
  const day = (name: 'from' | 'to', label: string) => (
    <TextInput type="date" aria-label={label} value={url[name] ?? ''} onChange={(event) => change({ [name]: event.currentTarget.value })} />
  );
  return (
    <Page
      title={account}
      above={[
        <Link key="ledger" to="/ledger">
          {t('trialBalance')}
        </Link>,
      ]}
      detail={moves.data === undefined ? undefined : <Said>{nameOf(moves.data.party)}</Said>}
      actions={
        <>
          {day('from', t('from'))}
          {day('to', t('to'))}
          {may('payments:manage') && <AskMenu asks={[depositAsk(t, account, moves.data?.currencies[0]?.currency ?? ''), interestAsk(t)]} />}
        </>
      }
    >
      {moves.error !== null && <Fault error={moves.error} onRetry={() => void moves.refetch()} />}
      <OpenItems account={account} />
      {moves.data?.currencies.length === 0 && <Empty title={t('movesEmpty')}>{t('booksEmptyWhat')}</Empty>}
      {moves.data?.currencies.map((of, at) => (
        <OneCurrency key={of.currency} of={of} isMain={at === 0} />
      ))}
    </Page>
  );
}

function OneCurrency({ of: { currency, opening, closing, moves }, isMain }: { readonly of: Moves; readonly isMain: boolean }) {
  const t = useTexts();
  const word = useWord();
  const booked = useBooked();
  const columns = useMemo(
    (): readonly Column<Move>[] => [
      { id: 'day', header: t('day'), kind: 'day', value: ({ day }) => day, width: 120 },
      { id: 'kind', header: t('kind'), value: ({ kind }) => kind, cell: ({ kind }) => word(kind), filter: true, width: 150 },
      { id: 'entry', header: t('reference'), value: ({ entry }) => entry, width: 180 },
      { id: 'document', header: t('document'), value: ({ document }) => document, filter: true, width: 170 },
      { id: 'dueDay', header: t('dueOn'), kind: 'day', value: ({ dueDay }) => dueDay, width: 120 },
      { id: 'amount', header: t('amount'), kind: 'amount', value: ({ amount }) => amount, currency: () => currency, total: true },
      { id: 'balance', header: t('balance'), kind: 'amount', value: ({ balance }) => balance, currency: () => currency },
      {
        id: 'description',
        header: t('description'),
        value: (move) => booked({ ...move, reference: move.entry, documents: move.document === undefined ? [] : [move.document] }),
        width: 280,
      },
    ],
    [t, word, booked, currency],
  );
  const rows = useMemo(() => moves.map((move, at): Move => ({ ...move, at })), [moves]);
  return (
    <Stack gap="sm">
      <Title order={2}>
        {currency} · {t('opening')} <Amount value={opening} currency={currency} bare /> · {t('closing')}{' '}
        <Amount value={closing} currency={currency} bare />
      </Title>
      <DataTable
        name={`moves-${currency}`}
        isSmall={!isMain}
        label={`${t('moves')} ${currency}`}
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
        rowKey={({ at }) => String(at)}
        open={({ entry }) => ({ to: '/ledger/entries', search: { reference: entry } })}
        empty={<Empty title={t('movesEmpty')} />}
      />
    </Stack>
  );
}
