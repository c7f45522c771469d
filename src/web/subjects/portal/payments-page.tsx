/** Where to pay us, and what moved on each account: documents, payments, the running balance. */
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';

type Details = components['schemas']['PortalPaymentDetails'];
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
      {details.data?.items.map((each) => (
        <AccountPart key={each.account} details={each} />
      ))}
    </Page>
  );
}

function AccountPart({ details }: { readonly details: Details }) {
  const t = useTexts();
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
      { id: 'kind', header: t('kind'), value: ({ kind }) => kind, filter: true, width: 120 },
      { id: 'document', header: t('document'), value: ({ document }) => document, width: 160 },
      { id: 'description', header: t('description'), value: ({ description }) => description, width: 260 },
      { id: 'amount', header: t('amount'), value: ({ amount }) => amount, kind: 'amount', currency },
      { id: 'balance', header: t('balance'), value: ({ balance }) => balance, kind: 'amount', currency },
    ];
  }, [t]);
  return (
    <Stack gap="md">
      <Title order={2}>{t('accountOf', { account, name: details.name })}</Title>
      <BankAccounts details={details} />
      <DataTable
        {...{ name: 'portal-moves', label: t('movesOf', { account }), columns, isSmall: true }}
        list={wholeList({ ...moves, data: rows })}
        rowKey={({ entry, ledgerAccount, document, currency }) => `${entry} ${ledgerAccount} ${document} ${currency}`}
        empty={<Empty title={t('noMoves')} />}
      />
    </Stack>
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
          <Text>{holder ?? name}</Text>
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
