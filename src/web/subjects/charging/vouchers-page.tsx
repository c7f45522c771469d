/** Vouchers: batches are made and stopped here; their codes are shown once, and kept as hashes only. */
import { Button, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { AskButton, asked } from '../../parts/asked.tsx';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { saveFile } from '../../parts/table/export.ts';
import { ChargingWays } from './charging-ways.tsx';
import { useTexts } from './texts.ts';

type Batch = components['schemas']['VoucherBatch'];

export function VouchersPage() {
  const t = useTexts();
  const mayManage = useMay()('charging:manage');
  const confirm = useConfirm();
  const list = useList(['voucher-batches'], (cursor) =>
    client
      .GET('/v1/charging/voucher-batches', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } })
      .then(answered),
  );
  const stop = useChange({
    send: ({ batch }: { readonly batch: string }, { key }) =>
      client
        .POST('/v1/charging/voucher-batches/{batch}/stops', { params: { path: { batch }, header: { 'Idempotency-Key': key } } })
        .then(answered),
    changes: [['voucher-batches']],
  });
  const { mutate } = stop;
  const columns = useMemo(
    (): readonly Column<Batch>[] => [
      { id: 'batch', header: t('batch'), value: ({ batch }) => batch, width: 90 },
      {
        id: 'money',
        header: t('amount'),
        value: ({ money }) => money.amount,
        kind: 'amount',
        currency: ({ money }) => money.currency,
        width: 130,
      },
      { id: 'allowances', header: t('allowances'), value: ({ allowances }) => allowances.join(', '), width: 160 },
      { id: 'count', header: t('vouchers'), value: ({ count }) => count, kind: 'figure', width: 120 },
      { id: 'used', header: t('usedVouchers'), value: ({ used }) => used, kind: 'figure', width: 120 },
      { id: 'made', header: t('made'), value: ({ made }) => made, kind: 'instant', width: 190 },
      { id: 'by', header: t('by'), value: ({ madeBy }) => madeBy, width: 200, isHidden: true },
      { id: 'until', header: t('untilWhen'), value: ({ until }) => until, kind: 'instant', width: 190 },
      { id: 'stopped', header: t('stopped'), value: ({ stopped }) => stopped, kind: 'instant', width: 190 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 120 },
              cell: ({ batch, stopped }: Batch) => (
                <Button
                  {...{ size: 'compact-xs', variant: 'subtle', disabled: stopped !== undefined }}
                  onClick={async () => {
                    if (await confirm({ title: t('stopBatch'), what: t('stopBatchWhat'), action: t('stopBatch'), isDangerous: true }))
                      mutate({ batch });
                  }}
                >
                  {t('stopBatch')}
                </Button>
              ),
            },
          ]
        : []),
    ],
    [t, mayManage, confirm, mutate],
  );
  const make = asked({
    ...{ label: t('makeVouchers'), what: t('makeVouchersWhat'), changes: [['voucher-batches']] },
    fields: {
      count: { label: t('howMany'), kind: 'figure', most: 5, start: '10' },
      amount: { label: t('amount'), kind: 'figure', isOptional: true, most: 19 },
      currency: { label: t('currency'), most: 3, start: list.rows[0]?.money.currency ?? '' },
      allowances: { label: t('allowances'), description: t('allowancesWhat'), isOptional: true, most: 1_000 },
      until: { label: t('lastDay'), kind: 'day', isOptional: true },
    },
    send({ count, amount, currency, allowances, until }) {
      const body = {
        ...{ count: Number(count), currency: currency.toUpperCase() },
        ...(amount === undefined ? {} : { amount }),
        ...(allowances === undefined ? {} : { allowances: allowances.split(/[\s,;]+/).filter((each) => each !== '') }),
        // To the end of that day, which is UTC's.
        ...(until === undefined ? {} : { until: `${until}T23:59:59Z` }),
      };
      return client.POST('/v1/charging/voucher-batches', { body }).then(answered);
    },
    said: ({ batch, codes }) => (
      <Stack gap="sm">
        <Text>{t('codesOnce', { batch, count: codes.length })}</Text>
        <Button onClick={() => saveFile(`vouchers-${batch}.csv`, new Blob([`code\r\n${codes.join('\r\n')}\r\n`], { type: 'text/csv' }))}>
          {t('saveCodes')}
        </Button>
      </Stack>
    ),
  });
  return (
    <Page title={t('vouchers')} detail={t('vouchersWhat')} actions={mayManage && <AskButton of={make} variant="filled" />}>
      <ChargingWays here="/charging/all/vouchers" />
      {stop.error !== null && <Fault error={stop.error} />}
      <DataTable
        {...{ name: 'vouchers', label: t('vouchers'), list, columns }}
        rowKey={({ batch }) => batch}
        empty={<Empty title={t('noVouchers')}>{t('vouchersWhat')}</Empty>}
      />
    </Page>
  );
}
