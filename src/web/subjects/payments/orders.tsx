/** Orders to our bank: proposed by one, approved by another, then a file for the bank. */
import { Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { AskButton, asked } from '../../parts/asked.tsx';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { sumFigures } from '../../parts/figures.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import { useCompany } from '../month/company.tsx';
import { useTexts } from '../month/texts.ts';
import { today } from '../month/today.ts';

type Order = components['schemas']['PaymentOrder'];

export function Orders() {
  const t = useTexts();
  const may = useMay();
  const [dueBy, setDueBy] = useState(today());
  const company = useCompany();
  const orders = useList(['payment-orders'], (cursor) =>
    client
      .GET('/v1/payment-orders', { params: { query: { limit: 50, sort: '-madeAt', ...(cursor === undefined ? {} : { cursor }) } } })
      .then(answered),
  );
  const propose = useChange({
    send: (body: { dueBy: string; legalEntity?: string }, { key }) =>
      client.POST('/v1/payment-orders', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [['payment-orders']],
  });
  return (
    <Stack gap="md">
      {may('payments:manage') && (
        <Group align="flex-end">
          {company.field}
          <TextInput type="date" label={t('dueBy')} value={dueBy} onChange={(event) => setDueBy(event.currentTarget.value)} />
          <Button
            variant="default"
            loading={propose.isPending}
            disabled={dueBy === ''}
            onClick={() => propose.mutate({ dueBy, ...company.of })}
          >
            {t('proposeOrder')}
          </Button>
        </Group>
      )}
      {propose.error !== null && <Fault error={propose.error} meant={t('nothingDone')} />}
      {orders.error !== null && <Fault error={orders.error} onRetry={orders.retry} />}
      {!orders.isLoading && orders.error === null && orders.rows.length === 0 && (
        <Empty title={t('ordersEmpty')}>{t('ordersEmptyWhat')}</Empty>
      )}
      {orders.rows.map((order) => (
        <OneOrder key={order.order} order={order} />
      ))}
      {orders.hasMore && (
        <Button variant="default" loading={orders.isLoadingMore} onClick={() => void orders.loadMore()}>
          {t('ordersMore')}
        </Button>
      )}
    </Stack>
  );
}

function OneOrder({ order: { order, state, by, day, bankAccount, lines } }: { readonly order: Order }) {
  const t = useTexts();
  const may = useMay();
  const confirm = useConfirm();
  const approve = useChange({
    send: (id: string, { key }) =>
      client
        .POST('/v1/payment-orders/{order}/approvals', { params: { path: { order: id }, header: { 'Idempotency-Key': key } }, body: {} })
        .then(answered),
    changes: [['payment-orders'], ['ledger']],
  });
  const currency = lines[0]?.currency ?? '';
  const sum = sumFigures(lines.map(({ amount }) => amount));
  const what = t('orderWhat', { sum, currency, count: lines.length });
  const reject = asked({
    ...{ label: t('reject'), what: `${order}: ${what}`, changes: [['payment-orders']] },
    fields: { why: { label: t('reason'), kind: 'long', most: 500 } },
    send: (body, { key }) =>
      client
        .POST('/v1/payment-orders/{order}/rejections', { params: { path: { order }, header: { 'Idempotency-Key': key } }, body })
        .then(answered),
  });
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={order}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h4">
            {order}
          </Title>
          <StateBadge state={state === 'approved' ? 'settled' : state === 'rejected' ? 'wrong' : 'open'}>{t(`order_${state}`)}</StateBadge>
        </Group>
        <Text className="quiet">{t('orderBy', { by, day, bankAccount })}</Text>
        {lines.map(({ reference, name, to, amount, documents }) => (
          <Group key={reference} justify="space-between">
            <Text flex={1} miw={200}>
              {name} · {to} · {documents.join(', ')}
            </Text>
            <Amount value={amount} currency={currency} />
          </Group>
        ))}
        <Group justify="flex-end">
          <b>
            <Amount value={sum} currency={currency} />
          </b>
        </Group>
        <Group>
          {state === 'proposed' && may('payments:approve') && (
            <>
              <Button
                size="xs"
                loading={approve.isPending}
                onClick={async () => {
                  if (await confirm({ title: `${t('approve')} ${order}`, what, action: t('approve') })) approve.mutate(order);
                }}
              >
                {t('approve')}
              </Button>
              <AskButton of={reject} />
            </>
          )}
          {state === 'approved' && <Anchor href={`/v1/payment-orders/${order}/file`}>{t('orderFile')}</Anchor>}
        </Group>
        {approve.error !== null && <Fault error={approve.error} meant={t('nothingDone')} />}
      </Stack>
    </Paper>
  );
}
