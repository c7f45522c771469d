/** Price lists both ways, and sending a new one. */
import { Anchor, Button, Group, Modal, NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { type Listed, useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FileInput } from '../../parts/file-input.tsx';
import { IconUpload } from '../../parts/icons.ts';
import { useAskBeforeLeaving } from '../../parts/leaving.ts';
import { Page } from '../../parts/page.tsx';
import { sendFile } from '../../parts/send-file.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { Refused, useRefusals } from '../refusals/refusals.tsx';
import { useTexts } from './texts.ts';

type Tariff = components['schemas']['PortalTariff'];
type Sheet = components['schemas']['PortalRateSheet'];

const page = (cursor: string | undefined) => ({ params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } });

export function RatesPage() {
  const t = useTexts();
  const tariffs = useList(['portal', 'tariffs'], (cursor) => client.GET('/v1/portal/tariffs', page(cursor)).then(answered));
  const of = (way: Tariff['way']): Listed<Tariff> => ({ ...tariffs, rows: tariffs.rows.filter((each) => each.way === way) });
  const agreements = [...new Set(of('to-you').rows.map(({ agreement }) => agreement))];
  return (
    <Page title={t('rates')} detail={t('ratesWhat')}>
      {(['from-you', 'to-you'] as const).map((way) => (
        <Stack key={way} gap="sm">
          <Title order={2}>{t(way === 'from-you' ? 'ourPrices' : 'yourPrices')}</Title>
          <Tariffs name={way} list={of(way)} />
        </Stack>
      ))}
      {agreements.length > 0 && <SendSheet agreements={agreements} />}
      <Title order={2}>{t('sentSheets')}</Title>
      <SentSheets />
    </Page>
  );
}

function Tariffs({ name, list }: { readonly name: Tariff['way']; readonly list: Listed<Tariff> }) {
  const t = useTexts();
  const columns = useMemo(
    (): readonly Column<Tariff>[] => [
      { id: 'tariff', header: t('tariff'), value: ({ tariff }) => tariff, width: 230 },
      { id: 'agreement', header: t('agreement'), value: ({ agreement }) => agreement, width: 200 },
      { id: 'service', header: t('service'), value: ({ service }) => t(service), width: 90 },
      { id: 'currency', header: t('currency'), value: ({ currency }) => currency, width: 90 },
      { id: 'inForce', header: t('inForce'), value: ({ inForce }) => inForce, kind: 'figure', width: 100 },
      { id: 'next', header: t('nextChange'), value: ({ nextChange }) => nextChange, kind: 'instant', width: 190 },
      { id: 'changed', header: t('lastChanged'), value: ({ changed }) => changed, kind: 'instant', width: 190 },
    ],
    [t],
  );
  return (
    <DataTable
      {...{ name: `portal-tariffs-${name}`, label: t(name === 'from-you' ? 'ourPrices' : 'yourPrices'), list, columns, isSmall: true }}
      rowKey={({ tariff, agreement, service }) => `${agreement} ${service} ${tariff}`}
      open={({ tariff }) => ({ to: '/portal/rates/$tariff', params: { tariff } })}
      empty={<Empty title={t('noTariffs')}>{t('noTariffsWhat')}</Empty>}
    />
  );
}

function SendSheet({ agreements }: { readonly agreements: readonly string[] }) {
  const t = useTexts();
  const [file, setFile] = useState<File | null>(null);
  const [agreement, setAgreement] = useState(agreements[0] ?? '');
  const [mode, setMode] = useState<'amendment' | 'full'>('amendment');
  const send = useChange({
    send: async ({ chosen, ...of }: { readonly chosen: File; readonly agreement: string; readonly mode: typeof mode }, { key }) => {
      const upload = await sendFile(chosen, true);
      const params = { header: { 'Idempotency-Key': key } };
      return client.POST('/v1/portal/rate-sheets', { params, body: { upload, ...of } }).then(answered);
    },
    changes: [['portal', 'sent-sheets']],
  });
  useAskBeforeLeaving(file !== null && send.data === undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null) send.mutate({ chosen: file, agreement, mode });
      }}
    >
      <Stack gap="sm" maw={640}>
        <Title order={2}>{t('sendSheet')}</Title>
        <FileInput
          {...{ label: t('file'), description: t('sendSheetWhat'), placeholder: t('dropFile'), value: file, clearable: true }}
          clearButtonProps={{ 'aria-label': t('removeFile') }}
          accept=".csv,.txt,.xlsx,.xls"
          leftSection={<IconUpload size={18} aria-hidden />}
          onChange={(chosen) => {
            setFile(chosen);
            send.reset();
          }}
        />
        <Group grow align="flex-end">
          <NativeSelect
            {...{ label: t('agreement'), value: agreement, data: [...agreements] }}
            onChange={(event) => setAgreement(event.currentTarget.value)}
          />
          <NativeSelect
            {...{ label: t('mode'), value: mode }}
            data={(['amendment', 'full'] as const).map((value) => ({ value, label: t(`mode_${value}`) }))}
            onChange={(event) => setMode(event.currentTarget.value === 'full' ? 'full' : 'amendment')}
          />
        </Group>
        {send.error !== null && <Fault error={send.error} />}
        {send.data !== undefined && (
          <Text role="status">
            {send.data.rows === 0 && send.data.faultCount === 0 // the file taken in last is not read again
              ? t('sheetKnown', { file: send.data.file })
              : t('sheetRead', { file: send.data.file, rows: send.data.rows, faults: send.data.faultCount })}
          </Text>
        )}
        {send.data !== undefined && <Faults sheet={send.data} />}
        <Group>
          <Button type="submit" disabled={file === null || send.data !== undefined} loading={send.isPending}>
            {t('sendSheetAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const states = { waiting: 'attention', 'in-force': 'settled', 'put-aside': 'open' } as const;

function SentSheets() {
  const t = useTexts();
  const [shown, setShown] = useState<Sheet>();
  const list = useList(['portal', 'sent-sheets'], (cursor) => client.GET('/v1/portal/rate-sheets', page(cursor)).then(answered));
  const columns = useMemo(
    (): readonly Column<Sheet>[] => [
      { id: 'file', header: t('file'), value: ({ file }) => file, width: 240 },
      { id: 'agreement', header: t('agreement'), value: ({ agreement }) => agreement, width: 180 },
      {
        ...{ id: 'state', header: t('state'), value: ({ state }: Sheet) => t(`sheet_${state}`), width: 150 },
        cell: ({ state }) => <StateBadge state={states[state]}>{t(`sheet_${state}`)}</StateBadge>,
      },
      { id: 'rows', header: t('rows'), value: ({ rows }) => rows, kind: 'figure', width: 90 },
      {
        ...{ id: 'faults', header: t('faults'), value: ({ faultCount }: Sheet) => faultCount, kind: 'figure', width: 90 },
        cell: (sheet) =>
          sheet.faultCount === 0 ? (
            0
          ) : (
            <Anchor component="button" type="button" size="sm" underline="always" onClick={() => setShown(sheet)}>
              {sheet.faultCount}
            </Anchor>
          ),
      },
      { id: 'sent', header: t('sentAt'), value: ({ sentAt }) => sentAt, kind: 'instant', width: 190 },
      { id: 'by', header: t('sentBy'), value: ({ sentBy }) => sentBy, width: 200 },
    ],
    [t],
  );
  return (
    <>
      <DataTable
        {...{ name: 'portal-sent-sheets', label: t('sentSheets'), list, columns, isSmall: true }}
        rowKey={({ sheet }) => sheet}
        empty={<Empty title={t('noSentSheets')} />}
      />
      {shown !== undefined && (
        <Modal
          opened
          size="xl"
          onClose={() => setShown(undefined)}
          title={t('faultsOf', { file: shown.file })}
          closeButtonProps={{ 'aria-label': t('cancel') }}
        >
          <Faults sheet={shown} />
        </Modal>
      )}
    </>
  );
}

function Faults({ sheet: { faults } }: { readonly sheet: Sheet }) {
  const refusals = useRefusals();
  const t = useTexts();
  if (faults.length === 0) return null;
  return (
    <Table verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('row')}</Table.Th>
          <Table.Th>{t('faultWhat')}</Table.Th>
          <Table.Th>{t('remedy')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {faults.map(({ code, row, column, value, message, remedy }) => (
          <Table.Tr key={`${code} ${row} ${column} ${value} ${message}`}>
            <Table.Td>{row}</Table.Td>
            <Table.Td dir="auto">
              {column === undefined ? '' : `${column}: `}
              <Refused code={code} message={message} />
              {value === undefined ? '' : ` (${value})`}
            </Table.Td>
            <Table.Td dir="auto">{refusals.remedy(code, remedy)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
