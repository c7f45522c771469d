/** Payments of which something is left; a bank's file is dropped here, and what we pay is ordered here. */
import { Button, FileButton, List, Modal, Stack, Tabs, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { sumFigures } from '../../parts/figures.ts';
import { Page } from '../../parts/page.tsx';
import { sendFile } from '../../parts/send-file.ts';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useShellTexts } from '../../shell/texts.ts';
import { useTexts } from '../month/texts.ts';
import { CardEvents } from './card-events.tsx';
import { EnterDialog } from './enter-dialog.tsx';
import { Orders } from './orders.tsx';

type Payment = components['schemas']['Payment'];
type Taken = components['schemas']['TakenBankFile'];

export function PaymentsPage() {
  const t = useTexts();
  const may = useMay();
  const shell = useShellTexts();
  const [url, change] = useUrl();
  const [isEntering, setEntering] = useState(false);
  const take = useChange({
    send: async (file: File, { key }) => {
      const upload = await sendFile(file);
      return client.POST('/v1/bank-files', { params: { header: { 'Idempotency-Key': key } }, body: { upload } }).then(answered);
    },
    changes: [['payments'], ['ledger'], ['periods']],
  });
  const tab = url.tab === 'orders' || url.tab === 'cards' ? url.tab : 'in';
  return (
    <Page
      title={t('payments')}
      actions={
        may('payments:manage') && (
          <>
            <Button variant="default" onClick={() => setEntering(true)}>
              {t('enterPayment')}
            </Button>
            <FileButton accept=".xml" onChange={(file) => file !== null && take.mutate(file)}>
              {(props) => (
                <Button {...props} loading={take.isPending}>
                  {t('bankFile')}
                </Button>
              )}
            </FileButton>
          </>
        )
      }
    >
      <Stack
        gap="md"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const [file] = event.dataTransfer.files;
          if (file !== undefined && may('payments:manage')) take.mutate(file);
        }}
      >
        {may('payments:manage') && <Text className="quiet">{t('bankFileWhat')}</Text>}
        {take.error !== null && <Fault error={take.error} meant={t('nothingDone')} />}
        <Tabs value={tab} onChange={(value) => change({ tab: value ?? undefined })} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="in">{t('unsettledPayments')}</Tabs.Tab>
            <Tabs.Tab value="orders">{t('orders')}</Tabs.Tab>
            <Tabs.Tab value="cards">{t('cardEvents')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="in" pt="md">
            <Unsettled />
          </Tabs.Panel>
          <Tabs.Panel value="orders" pt="md">
            <Orders />
          </Tabs.Panel>
          <Tabs.Panel value="cards" pt="md">
            <CardEvents />
          </Tabs.Panel>
        </Tabs>
      </Stack>
      <Modal
        opened={take.data !== undefined}
        onClose={() => take.reset()}
        title={t('bankFile')}
        closeButtonProps={{ 'aria-label': shell('close') }}
      >
        {take.data !== undefined && <TakenSummary taken={take.data} />}
      </Modal>
      {isEntering && <EnterDialog onLeave={() => setEntering(false)} />}
    </Page>
  );
}

function TakenSummary({ taken: { isNew, entries, pending, known, payments } }: { readonly taken: Taken }) {
  const t = useTexts();
  if (!isNew) return <Text>{t('fileKnown')}</Text>;
  const open = payments.filter(({ left }) => !/^0(\.0*)?$/.test(left));
  return (
    <Stack gap="sm">
      <Text>{t('fileTaken', { entries, known, pending })}</Text>
      <List>
        <List.Item>{t('fileSettled', { count: payments.length - open.length })}</List.Item>
        <List.Item>{t('fileOpen', { count: open.length })}</List.Item>
      </List>
    </Stack>
  );
}

function Unsettled() {
  const t = useTexts();
  const list = useList(['payments'], (cursor) =>
    client.GET('/v1/payments/unsettled', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Payment>[] => [
      { id: 'payment', header: t('payment'), value: ({ payment }) => payment, width: 110 },
      { id: 'day', header: t('day'), kind: 'day', value: ({ day }) => day, width: 120 },
      {
        id: 'direction',
        header: t('direction'),
        value: ({ direction }) => t(direction === 'in' ? 'moneyIn' : 'moneyOut'),
        filter: true,
        width: 100,
      },
      { id: 'from', header: t('from'), value: ({ from }) => from, width: 200 },
      {
        id: 'amount',
        header: t('amount'),
        kind: 'amount',
        value: ({ money }) => money.amount,
        currency: ({ money }) => money.currency,
        total: true,
      },
      {
        id: 'left',
        header: t('left'),
        kind: 'amount',
        value: ({ left }) => sumFigures(left.map(({ money }) => money.amount.replace(/^-/, ''))),
        currency: ({ money }) => money.currency,
        total: true,
      },
      {
        id: 'account',
        header: t('account'),
        value: ({ left }) => left.flatMap(({ account }) => account ?? []).join(', '),
        filter: true,
        width: 160,
      },
      { id: 'said', header: t('said'), value: ({ said }) => said.join(' '), width: 280 },
    ],
    [t],
  );
  return (
    <DataTable
      name="payments"
      label={t('unsettledPayments')}
      list={list}
      columns={columns}
      rowKey={({ payment }) => payment}
      open={({ payment }) => ({ to: '/payments/$payment', params: { payment } })}
      empty={<Empty title={t('paymentsEmpty')}>{t('paymentsEmptyWhat')}</Empty>}
    />
  );
}
