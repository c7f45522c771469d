/** Where to pay us, and what moved on each account: documents, payments, the running balance. */
import { Button, Group, Image, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList, wholeList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { isolated } from '../../parts/said.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useBooked } from '../words/booked.ts';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

type Details = components['schemas']['PortalPaymentDetails'];
type Item = components['schemas']['OpenItem'];
type Move = components['schemas']['AccountMoves']['currencies'][number]['moves'][number] & { readonly currency: string };

export function PaymentsPage() {
  const t = useTexts();
  const details = useQuery({
    queryKey: ['portal', 'payment-details'],
    queryFn: () => client.GET('/v1/portal/payment-details').then(answered),
  });
  return (
    <Page title={t('payments')} detail={t('paymentsWhat')}>
      {details.error !== null && <Fault error={details.error} onRetry={() => void details.refetch()} />}
      {details.data?.items.length === 0 && <Empty title={t('noPayAccounts')}>{t('noPayAccountsWhat')}</Empty>}
      {details.data?.items.map((each) => (
        <AccountPart key={each.account} details={each} takesCards={details.data.takesCards} />
      ))}
    </Page>
  );
}

function AccountPart({ details, takesCards }: { readonly details: Details; readonly takesCards: boolean }) {
  const t = useTexts();
  const word = useWord();
  const booked = useBooked();
  const { account } = details;
  const moves = useQuery({
    queryKey: ['portal', 'moves', account],
    queryFn: () => client.GET('/v1/accounts/{account}/moves', { params: { path: { account } } }).then(answered),
  });
  const rows = useMemo(
    () => moves.data?.currencies.flatMap(({ currency, moves: own }) => own.map((move): Move => ({ ...move, currency }))),
    [moves.data],
  );
  const columns = useMemo((): readonly Column<Move>[] => {
    const currency = (move: Move) => move.currency;
    return [
      { id: 'day', header: t('day'), value: ({ day }) => day, kind: 'day' },
      { id: 'kind', header: t('kind'), value: ({ kind }) => word(kind), filter: true, width: 140 },
      { id: 'document', header: t('document'), value: ({ document }) => document, width: 160 },
      {
        id: 'description',
        header: t('description'),
        value: (move) => booked({ ...move, reference: move.entry, documents: move.document === undefined ? [] : [move.document] }),
        width: 260,
      },
      { id: 'amount', header: t('amount'), value: ({ amount }) => amount, kind: 'amount', currency },
      { id: 'balance', header: t('balance'), value: ({ balance }) => balance, kind: 'amount', currency },
    ];
  }, [t, word, booked]);
  return (
    <Stack gap="md">
      <Title order={2}>{t('accountOf', { account: isolated(account), name: isolated(details.name) })}</Title>
      <Due account={account} takesCards={takesCards} details={details} />
      <BankAccounts details={details} />
      <Title order={3}>{t('movesOf', { account: isolated(account) })}</Title>
      <DataTable
        {...{ name: 'portal-moves', label: t('movesOf', { account }), columns, isSmall: true }}
        list={wholeList({ ...moves, data: rows })}
        rowKey={({ entry, ledgerAccount, document, currency }) => `${entry} ${ledgerAccount} ${document} ${currency}`}
        empty={<Empty title={t('noMoves')} />}
      />
    </Stack>
  );
}

/** What is open both ways, and how what is owed to us is paid. */
function Due({ account, takesCards, details }: { readonly account: string; readonly takesCards: boolean; readonly details: Details }) {
  const t = useTexts();
  const [coded, setCoded] = useState<string>();
  const open = useList(['portal', 'open', account], (cursor) =>
    client
      .GET('/v1/ledger/open-items', { params: { query: { account, limit: 200, ...(cursor === undefined ? {} : { cursor }) } } })
      .then(answered),
  );
  const pay = useChange({
    send: (number: string) => client.POST('/v1/portal/documents/{number}/card-links', { params: { path: { number } } }).then(answered),
    onDone: ({ url }) => location.assign(url),
  });
  const hasIban = details.bankAccounts.some(({ iban, currency }) => iban !== undefined && (currency === undefined || currency === 'EUR'));
  const { mutate, isPending } = pay;
  const columns = useMemo((): readonly Column<Item>[] => {
    const currency = (item: Item) => item.currency;
    const isOwed = ({ ledgerAccount, open: amount }: Item): boolean => ledgerAccount === 'receivable' && !amount.startsWith('-');
    return [
      { id: 'document', header: t('document'), value: ({ document }) => document, width: 170 },
      { id: 'who', header: t('whoOwes'), value: (item) => t(item.open.startsWith('-') ? 'weOwe' : 'youOwe'), filter: true, width: 130 },
      { id: 'due', header: t('dueDay'), value: ({ dueDay }) => dueDay, kind: 'day', width: 120 },
      { id: 'open', header: t('open'), value: ({ open: amount }) => amount, kind: 'amount', currency, total: true },
      { id: 'disputed', header: t('disputed'), value: ({ disputed }) => disputed, kind: 'amount', currency },
      {
        ...{ id: 'pay', header: t('pay'), value: () => '', width: 210 },
        cell: (item) =>
          isOwed(item) && (
            <Group gap="xs" wrap="nowrap">
              {hasIban && item.currency === 'EUR' && (
                <Button size="compact-xs" variant="subtle" onClick={() => setCoded(item.document)}>
                  {t('payByCode')}
                </Button>
              )}
              {takesCards && (
                <Button size="compact-xs" variant="subtle" loading={isPending} onClick={() => mutate(item.document)}>
                  {t('payByCard')}
                </Button>
              )}
            </Group>
          ),
      },
    ];
  }, [t, hasIban, takesCards, mutate, isPending]);
  return (
    <>
      {pay.error !== null && <Fault error={pay.error} />}
      <Title order={3}>{t('openOf', { account: isolated(account) })}</Title>
      <DataTable
        {...{ name: `portal-due-${account}`, label: t('openOf', { account }), list: open, columns, isSmall: true }}
        rowKey={({ document, ledgerAccount, currency }) => `${document} ${ledgerAccount} ${currency}`}
        empty={<Text>{t('nothingOpen')}</Text>}
      />
      {coded !== undefined && (
        <Modal opened onClose={() => setCoded(undefined)} title={t('payByCode')} closeButtonProps={{ 'aria-label': t('cancel') }}>
          <Stack align="center" gap="sm">
            <Text>{t('codeWhat', { document: coded })}</Text>
            <Image
              {...{ src: `/v1/portal/documents/${encodeURIComponent(coded)}/payment-code`, alt: t('codeOf', { document: coded }) }}
              {...{ w: 240, h: 240, bg: 'white', p: 8 }}
            />
          </Stack>
        </Modal>
      )}
    </>
  );
}

function BankAccounts({ details: { bankAccounts, name } }: { readonly details: Details }) {
  const t = useTexts();
  if (bankAccounts.length === 0) return <Text>{t('noBankAccounts')}</Text>;
  return (
    <Group gap="md" align="stretch">
      {bankAccounts.map(({ iban, accountNumber, clearing, bic, bank, holder, currency }) => (
        <Paper withBorder p="md" key={`${iban} ${accountNumber} ${currency}`}>
          <Text fw={600}>{currency === undefined ? t('payOthers') : t('payIn', { currency })}</Text>
          <Text>
            <bdi>{holder ?? name}</bdi>
          </Text>
          {[iban, accountNumber, clearing, bic, bank].map(
            (line) =>
              line !== undefined && (
                <Text key={line}>
                  <bdi>{line}</bdi>
                </Text>
              ),
          )}
        </Paper>
      ))}
    </Group>
  );
}
