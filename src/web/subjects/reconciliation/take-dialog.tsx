/** Taking in a partner's file: dropped, read without keeping it, its columns corrected where they are not seen right, then kept. */
import { Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { type ColumnMap, ColumnsRead, columnsOf } from '../../parts/columns-read.tsx';
import { Fields } from '../../parts/fields.tsx';
import { FileInput } from '../../parts/file-input.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { sendFile } from '../../parts/send-file.ts';
import { asTheFileSays, Written, writingOf } from '../../parts/written.tsx';
import { useAgreements } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';

type Body = components['schemas']['ImportDeclaration'];
type Read = components['schemas']['ReadDeclaration'];
const services = ['voice', 'sms', 'mms', 'data', 'content', 'event'] as const satisfies readonly Body['service'][];
const MOST_SHOWN = 8;

export function TakeDialog({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts();
  const word = useWord();
  const navigate = useNavigate();
  const agreements = useAgreements();
  const [file, setFile] = useState<File | null>(null);
  const [agreement, setAgreement] = useState<string | null>(null);
  const [period, setPeriod] = useState('');
  const [side, setSide] = useState<Body['side']>('receivable');
  const [service, setService] = useState<Body['service']>('voice');
  const [writing, setWriting] = useState(asTheFileSays);
  const [map, setMap] = useState<ColumnMap>({});
  const [columns, setColumns] = useState<Read['columns']>();
  const [read, setRead] = useState<Read>();
  const take = useChange({
    send: async ({ isDry, ...words }: { isDry: boolean; file: File; agreement: string; period: string; more: object }, { key }) => {
      const upload = await sendFile(words.file);
      const given = { upload, agreement: words.agreement, period: words.period, side, service, ...words.more };
      const body: Body = { ...given, ...(isDry ? { dryRun: true } : {}) };
      return client.POST('/v1/declarations', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered);
    },
    changes: [['declarations'], ['reconciliation']],
    onDone: (done, { isDry, agreement: of, period: days }) => {
      setRead(done);
      setColumns(done.columns);
      if (isDry) return;
      onLeave();
      void navigate({ to: '/reconciliation/$agreement/$period', params: { agreement: of, period: days } });
    },
  });
  const isReady = file !== null && agreement !== null && period.trim() !== '';
  const changed = (): void => setRead(undefined);
  return (
    <FormDialog
      {...{ title: t('takeIn'), opened: true, onClose: onLeave, error: take.error, isSending: take.isPending, isReady, isWide: true }}
      action={t(read === undefined ? 'look' : 'keep')}
      onSubmit={() => {
        if (file === null || agreement === null) return;
        const more = { ...writingOf(writing), ...columnsOf(map) };
        take.mutate({ isDry: read === undefined, file, agreement, period: period.trim().toUpperCase(), more });
      }}
    >
      <FileInput
        required
        clearable
        label={t('file')}
        description={t('fileWhat')}
        placeholder={t('chooseFiles')}
        accept=".csv,.xlsx,.xls,.xml,.txt"
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          setMap({});
          setColumns(undefined);
          changed();
        }}
      />
      <Fields>
        <Select
          required
          searchable
          label={t('agreement')}
          data={agreements.data?.map((each) => each.agreement) ?? []}
          value={agreement}
          onChange={(value) => {
            setAgreement(value);
            changed();
          }}
        />
        <TextInput
          required
          label={t('period')}
          placeholder="2026-10"
          maxLength={40}
          value={period}
          onChange={(event) => {
            setPeriod(event.currentTarget.value);
            changed();
          }}
        />
      </Fields>
      <Fields>
        <Select
          label={t('side')}
          allowDeselect={false}
          value={side}
          data={[
            { value: 'receivable', label: t('theirTraffic') },
            { value: 'payable', label: t('ourTraffic') },
          ]}
          onChange={(value) => {
            setSide(value === 'payable' ? 'payable' : 'receivable');
            changed();
          }}
        />
        <Select
          label={t('service')}
          allowDeselect={false}
          value={service}
          data={services.map((each) => ({ value: each, label: word(each) }))}
          onChange={(value) => {
            setService(services.find((each) => each === value) ?? 'voice');
            changed();
          }}
        />
      </Fields>
      {((columns?.length ?? 0) > 0 || take.error !== null) && (
        <>
          <ColumnsRead
            {...{ read: columns, map, of: 'declaration' }}
            onChange={(said) => {
              setMap(said);
              changed();
            }}
          />
          <Written
            writing={writing}
            onChange={(some) => {
              setWriting({ ...writing, ...some });
              changed();
            }}
          />
        </>
      )}
      {read !== undefined && <Preview read={read} />}
    </FormDialog>
  );
}

function Preview({ read: { lines, count, currency, isNew } }: { readonly read: Read }) {
  const t = useTexts();
  return (
    <Stack gap="xs" role="status">
      <Text>{t('readLines', { count })}</Text>
      {!isNew && <Text>{t('knownAlready')}</Text>}
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {lines.slice(0, MOST_SHOWN).map(({ row, destination, calls, amount }) => (
            <Table.Tr key={row}>
              <Table.Td>{row}</Table.Td>
              <Table.Td>
                <bdi>{destination}</bdi>
              </Table.Td>
              <Table.Td ta="end">{calls}</Table.Td>
              <Table.Td ta="end">{amount !== undefined && <Amount value={amount} currency={currency} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
