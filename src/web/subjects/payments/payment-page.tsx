/** One payment: what it says, what it may be for, and settling documents with it, by keyboard: ticks and Enter. */
import { Badge, Button, Checkbox, Group, Paper, Skeleton, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { AskMenu } from '../../parts/asked.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { compareFigures, sumFigures } from '../../parts/figures.ts';
import { Day } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../month/texts.ts';
import { paymentAsks } from './asks.ts';
import { Uses } from './uses.tsx';

type Allocate = components['schemas']['AllocatePayment'];
type Shown = components['schemas']['Payment'];
const strengths = { certain: 'certain', likely: 'likely', possible: 'possible' } as const;

export function PaymentPage() {
  const t = useTexts();
  const may = useMay();
  const { payment: id } = useParams({ strict: false }) as { payment: string }; // of its route
  const found = useQuery({
    queryKey: ['payments', id],
    queryFn: () => client.GET('/v1/payments/{payment}', { params: { path: { payment: id } } }).then(answered),
    retry: false,
  });
  const [account, setAccount] = useState<string>();
  const [documents, setDocuments] = useState<readonly string[]>([]);
  // Who settles something here can take it back, although nothing is left.
  const [isAllocating, setAllocating] = useState(false);
  const { data } = found;
  const of = account ?? data?.payment.left.find((each) => each.account !== undefined)?.account ?? data?.suggestions[0]?.account ?? '';
  return (
    <Page
      title={id}
      above={[
        <Link key="payments" to="/payments">
          {t('payments')}
        </Link>,
      ]}
      detail={data?.payment.from}
      actions={may('payments:manage') && data !== undefined && <AskMenu asks={paymentAsks(t, id)} />}
    >
      {found.error !== null && <Fault error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton height={320} />}
      {data !== undefined && (
        <>
          <Facts payment={data.payment} />
          <Uses legalEntity={data.payment.legalEntity} of={data.allocations} />
          {data.payment.left.length === 0 && !isAllocating ? (
            <Empty title={t('paymentSettled')} />
          ) : (
            <Paper component="section" withBorder p="md" radius="md" aria-label={t('allocate')}>
              <Stack gap="md">
                <Title order={2} size="h4">
                  {t('suggestions')}
                </Title>
                {data.suggestions.length === 0 && <Text className="quiet">{t('noSuggestions')}</Text>}
                {data.suggestions.map(({ account: whose, documents: which, evidence, strength }) => (
                  <Group key={`${whose} ${which.join()}`} justify="space-between" align="flex-start">
                    <Stack gap={2} flex={1} miw={220}>
                      <Text>
                        <b>{whose}</b> {which.join(', ')}
                      </Text>
                      <Text className="quiet">{evidence.join('; ')}</Text>
                    </Stack>
                    <Badge variant="light" color="gray" c="var(--mantine-color-text)" radius="sm" style={{ textTransform: 'none' }}>
                      {t(strengths[strength])}
                    </Badge>
                    <Button
                      size="xs"
                      variant="default"
                      onClick={() => {
                        setAccount(whose);
                        setDocuments(which);
                      }}
                    >
                      {t('take')}
                    </Button>
                  </Group>
                ))}
                <Allocation
                  key={of}
                  payment={data.payment}
                  account={of}
                  onAccount={setAccount}
                  onAllocate={() => {
                    // Before it is sent: what the payment has left is read anew as soon as it is answered, and says neither then.
                    setAccount(of);
                    setAllocating(true);
                  }}
                  {...{ documents, setDocuments }}
                />
              </Stack>
            </Paper>
          )}
        </>
      )}
    </Page>
  );
}

function Facts({ payment: { day, direction, money, from, iban, said, left } }: { readonly payment: Shown }) {
  const t = useTexts();
  const row = (name: string, value: React.ReactNode) => (
    <Table.Tr>
      <Table.Th w={150}>{name}</Table.Th>
      <Table.Td>{value}</Table.Td>
    </Table.Tr>
  );
  return (
    <Paper withBorder p="md" radius="md">
      <Table variant="vertical" verticalSpacing={6} withRowBorders={false}>
        <Table.Tbody>
          {row(t('day'), <Day day={day} />)}
          {row(t(direction === 'in' ? 'moneyIn' : 'moneyOut'), <Amount value={money.amount} currency={money.currency} />)}
          {from !== undefined && row(t('from'), <bdi>{from}</bdi>)}
          {iban !== undefined && row('IBAN', iban)}
          {row(t('said'), <bdi style={{ overflowWrap: 'anywhere' }}>{said.join(' ')}</bdi>)}
          {left.map(({ account, money: open }) => (
            <Table.Tr key={`${account} ${open.currency}`}>
              <Table.Th>{t('left')}</Table.Th>
              <Table.Td>
                <Amount value={open.amount.replace(/^-/, '')} currency={open.currency} /> {account ?? t('ofNobody')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

interface AllocationProps {
  readonly payment: Shown;
  readonly account: string;
  readonly onAccount: (account: string) => void;
  readonly onAllocate: () => void;
  readonly documents: readonly string[];
  readonly setDocuments: (documents: readonly string[]) => void;
}

function Allocation({
  payment: { payment, legalEntity, money, left },
  account,
  onAccount,
  onAllocate,
  documents,
  setDocuments,
}: AllocationProps) {
  const t = useTexts();
  const may = useMay();
  const [typed, setTyped] = useState(account);
  const assigned = left.find((each) => each.account !== undefined)?.account;
  const open = useQuery({
    queryKey: ['ledger', 'open-items', account],
    queryFn: () => client.GET('/v1/ledger/open-items', { params: { query: { account, limit: 200 } } }).then(answered),
    enabled: account !== '',
    retry: false,
  });
  const allocate = useChange({
    send: (body: Allocate, { key }) =>
      client.POST('/v1/allocations', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [['payments'], ['ledger'], ['periods']],
    onDone: () => setDocuments([]),
  });
  const items = (open.data?.items ?? []).filter(
    (item) => item.currency === money.currency && item.ledgerAccount === 'receivable' && compareFigures(item.open, '0') > 0,
  );
  const chosen = items.filter(({ document }) => documents.includes(document));
  const rest = sumFigures(left.map((each) => each.money.amount.replace(/^-/, '')));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== account) {
          onAccount(typed.trim());
          return;
        }
        onAllocate();
        allocate.mutate({
          from: payment,
          ...(assigned === undefined ? { account } : {}),
          ...(documents.length === 0 ? {} : { documents: [...documents] }),
        });
      }}
    >
      <Stack gap="sm">
        {assigned === undefined && (
          <TextInput
            label={t('account')}
            description={t('accountOpens')}
            maxLength={255}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {open.error !== null && <Fault error={open.error} />}
        {account !== '' && open.data !== undefined && items.length === 0 && <Text className="quiet">{t('nothingOpen')}</Text>}
        {items.map(({ document, open: amount, currency, dueDay }) => (
          <Group key={document} justify="space-between">
            <Checkbox
              label={document}
              checked={documents.includes(document)}
              onChange={(event) =>
                setDocuments(event.currentTarget.checked ? [...documents, document] : documents.filter((each) => each !== document))
              }
            />
            <Group gap="md">
              {dueDay !== undefined && (
                <Text className="quiet" component="span">
                  {t('dueOn')} <Day day={dueDay} />
                </Text>
              )}
              <Amount value={amount} currency={currency} />
            </Group>
          </Group>
        ))}
        <Text role="status">
          {t('allocationSum')} <Amount value={sumFigures(chosen.map((item) => item.open))} currency={money.currency} /> /{' '}
          <Amount value={rest} currency={money.currency} />
        </Text>
        {may('payments:manage') && (
          <Group>
            <Button type="submit" loading={allocate.isPending} disabled={typed.trim() === ''}>
              {t(typed.trim() === account ? (documents.length === 0 ? 'allocateOldest' : 'allocate') : 'show')}
            </Button>
          </Group>
        )}
        {allocate.error !== null && <Fault error={allocate.error} meant={t('nothingDone')} />}
        {allocate.data !== undefined && <Done of={allocate.data} legalEntity={legalEntity} />}
      </Stack>
    </form>
  );
}

interface DoneProps {
  readonly of: components['schemas']['Allocated'];
  readonly legalEntity: string;
}

/** What was done can be taken back at once without a reason; later it is among what the payment settled. */
function Done({ of: { allocation, parts }, legalEntity }: DoneProps) {
  const t = useTexts();
  const undo = useChange({
    send: (id: string, { key }) =>
      client
        .POST('/v1/allocations/{allocation}/undoings', {
          params: { path: { allocation: id }, header: { 'Idempotency-Key': key } },
          body: { why: t('undoneAtOnce'), legalEntity },
        })
        .then(answered),
    changes: [['payments'], ['ledger'], ['periods']],
  });
  if (allocation === undefined) return <Text>{t('nothingOpen')}</Text>;
  if (undo.data !== undefined) return <Text role="status">{t('undone', { allocation })}</Text>;
  return (
    <Group role="status">
      <Text>{t('allocated', { allocation, documents: parts.map(({ document }) => document).join(', ') })}</Text>
      <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={() => undo.mutate(allocation)}>
        {t('undo')}
      </Button>
      {undo.error !== null && <Fault error={undo.error} />}
    </Group>
  );
}
