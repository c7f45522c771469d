/** The trial balance: each ledger account leads to its entries. */
import { Anchor, Button, Group, Modal, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { AskMenu } from '../../parts/asked.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { JobWatch } from '../../parts/job-watch.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useShellTexts } from '../../shell/texts.ts';
import { useTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';
import { accrueAsk, revalueAsk } from './asks.tsx';
import { CloseBooksDialog } from './close-dialog.tsx';
import { EnterDialog } from './enter-dialog.tsx';
import { Waiting } from './waiting.tsx';

type Balance = components['schemas']['TrialBalance'];
type Line = Balance['lines'][number];

export function BalancePage() {
  const t = useTexts();
  const shell = useShellTexts();
  const may = useMay();
  const [isEntering, setEntering] = useState(false);
  const [closing, setClosing] = useState<string>();
  const [url, change] = useUrl();
  const range = { ...(url.from === undefined ? {} : { from: url.from }), ...(url.to === undefined ? {} : { to: url.to }) };
  const balances = useQuery({
    queryKey: ['ledger', 'balance', range],
    queryFn: () => client.GET('/v1/ledger/trial-balance', { params: { query: range } }).then(answered),
  });
  const verify = useChange({
    send: (_: object, { key }) =>
      client.POST('/v1/ledger/verifications', { params: { header: { 'Idempotency-Key': key } }, body: {} }).then(answered),
  });
  const asks = [
    ...(may('settlement:manage') ? [accrueAsk(t)] : []),
    ...(may('ledger:manage')
      ? [
          revalueAsk(
            t,
            (balances.data?.items ?? []).map(({ legalEntity }) => legalEntity),
          ),
        ]
      : []),
  ];
  const day = (name: 'from' | 'to', label: string) => (
    <TextInput type="date" aria-label={label} value={url[name] ?? ''} onChange={(event) => change({ [name]: event.currentTarget.value })} />
  );
  return (
    <Page
      title={t('trialBalance')}
      actions={
        <>
          {day('from', t('from'))}
          {day('to', t('to'))}
          <Link to="/ledger/ageing">{t('ageing')}</Link>
          <Anchor href="/v1/ledger/journal.csv">{t('journalFile')}</Anchor>
          {may('ledger:manage') && (
            <Button variant="default" onClick={() => setEntering(true)}>
              {t('enterEntry')}
            </Button>
          )}
          {asks.length > 0 && <AskMenu asks={asks} size="sm" />}
          <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate({})}>
            {t('verify')}
          </Button>
        </>
      }
    >
      <Waiting />
      {isEntering && <EnterDialog onLeave={() => setEntering(false)} />}
      {closing !== undefined && <CloseBooksDialog legalEntity={closing} onLeave={() => setClosing(undefined)} />}
      {verify.error !== null && <Fault error={verify.error} />}
      {balances.error !== null && <Fault error={balances.error} onRetry={() => void balances.refetch()} />}
      {balances.isPending && <Skeleton height={320} aria-busy="true" />}
      {balances.data?.items.length === 0 && <Empty title={t('booksEmpty')}>{t('booksEmptyWhat')}</Empty>}
      {balances.data?.items.map((balance, at) => (
        <OneBalance key={balance.legalEntity} balance={balance} isMain={at === 0} onClose={() => setClosing(balance.legalEntity)} />
      ))}
      <Modal
        opened={verify.data !== undefined}
        onClose={() => verify.reset()}
        title={t('verify')}
        closeButtonProps={{ 'aria-label': shell('close') }}
      >
        {verify.data !== undefined && (
          <JobWatch job={verify.data.job} summary={({ holds }) => <Text>{t(holds === true ? 'booksHold' : 'booksDoNotHold')}</Text>} />
        )}
      </Modal>
    </Page>
  );
}

interface OneProps {
  readonly balance: Balance;
  readonly isMain: boolean;
  readonly onClose: () => void;
}

function OneBalance({ balance: { legalEntity, currency, lines }, isMain, onClose }: OneProps) {
  const t = useTexts();
  const may = useMay();
  const word = useWord();
  const columns = useMemo(
    (): readonly Column<Line>[] => [
      { id: 'ledgerAccount', header: t('ledgerAccount'), value: ({ ledgerAccount }) => word(`ledger ${ledgerAccount}`), width: 180 },
      { id: 'currency', header: t('currency'), value: (line) => line.currency, filter: true, width: 100 },
      { id: 'opening', header: t('opening'), kind: 'amount', value: ({ opening }) => opening, currency: (line) => line.currency },
      { id: 'debit', header: t('debit'), kind: 'amount', value: ({ debit }) => debit, currency: (line) => line.currency, total: true },
      {
        id: 'credit',
        header: t('creditSide'),
        kind: 'amount',
        value: ({ credit }) => credit,
        currency: (line) => line.currency,
        total: true,
      },
      {
        id: 'closing',
        header: t('closing'),
        kind: 'amount',
        value: ({ closing }) => closing,
        currency: (line) => line.currency,
        total: true,
      },
      {
        id: 'own',
        header: t('inOwn'),
        kind: 'amount',
        value: ({ closingInOwnCurrency }) => closingInOwnCurrency,
        currency: () => currency,
        total: true,
      },
    ],
    [t, word, currency],
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2}>{legalEntity}</Title>
        {may('ledger:manage') && (
          <Button size="xs" variant="default" onClick={onClose}>
            {t('closings')}
          </Button>
        )}
      </Group>
      <DataTable
        name={`balance-${legalEntity}`}
        isSmall={!isMain}
        label={`${t('trialBalance')} ${legalEntity}`}
        list={{
          rows: lines,
          isLoading: false,
          isLoadingMore: false,
          hasMore: false,
          error: null,
          loadMore: async () => undefined,
          retry: () => undefined,
        }}
        columns={columns}
        rowKey={(line) => `${line.ledgerAccount} ${line.currency}`}
        open={({ ledgerAccount }) => ({ to: '/ledger/entries', search: { ledgerAccount, legalEntity } })}
        empty={<Empty title={t('booksEmpty')}>{t('booksEmptyWhat')}</Empty>}
      />
    </Stack>
  );
}
