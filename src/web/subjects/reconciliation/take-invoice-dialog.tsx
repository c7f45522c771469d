/** Taking in an invoice of a partner: read without keeping it, its columns said otherwise where they are not seen right, then kept. */
import { Select, Stack, Text, TextInput } from '@mantine/core';
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
import { asTheFileSays, type Writing, Written } from '../../parts/written.tsx';
import { useAgreements } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';

type Body = components['schemas']['ImportPartnerInvoice'];
type Read = components['schemas']['ReadPartnerInvoice'];

const nothing = { agreement: '', period: '', number: '', dated: '', due: '', currency: '', tax: '' };
type Words = typeof nothing & Writing & { readonly map: ColumnMap };

export function TakeInvoiceDialog({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts();
  const navigate = useNavigate();
  const agreements = useAgreements();
  const [file, setFile] = useState<File | null>(null);
  const [words, setWords] = useState<Words>({ ...nothing, ...asTheFileSays, map: {} });
  const [columns, setColumns] = useState<Read['columns']>();
  const [read, setRead] = useState<Read>();
  const take = useChange({
    send: async ({ isDry, file: of, ...said }: Words & { readonly isDry: boolean; readonly file: File }, { key }) => {
      const { map, ...plain } = said;
      const given = Object.fromEntries(
        Object.entries(plain).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
      );
      const upload = await sendFile(of);
      const body: Body = { ...given, upload, ...columnsOf(map), ...(isDry ? { dryRun: true } : {}) };
      return client.POST('/v1/partner-invoices', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered);
    },
    changes: [['partner-invoices'], ['reconciliation'], ['periods']],
    onDone: (done) => {
      setRead(done);
      setColumns(done.columns);
      if (done.invoice === undefined) return;
      onLeave();
      void navigate({ to: '/partner-invoices/$invoice', params: { invoice: done.invoice } });
    },
  });
  const change = (changed: Partial<Words>): void => {
    setWords({ ...words, ...changed });
    setRead(undefined);
  };
  const field = (name: keyof typeof nothing, label: string, more: object = {}) => (
    <TextInput
      label={label}
      maxLength={255}
      value={words[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      {...more}
    />
  );
  return (
    <FormDialog
      {...{ title: t('takeInvoice'), opened: true, onClose: onLeave, error: take.error, isSending: take.isPending, isWide: true }}
      isReady={file !== null}
      action={t(read === undefined ? 'look' : 'keep')}
      onSubmit={() => file !== null && take.mutate({ ...words, file, isDry: read === undefined })}
    >
      <FileInput
        required
        clearable
        label={t('file')}
        description={t('invoiceFileWhat')}
        placeholder={t('chooseFiles')}
        accept=".csv,.xlsx,.xls,.xml,.txt"
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          setColumns(undefined);
          change({ map: {} });
        }}
      />
      <Fields>
        <Select
          searchable
          clearable
          label={t('agreement')}
          data={[...new Set(agreements.data?.map((each) => each.agreement))]}
          value={words.agreement === '' ? null : words.agreement}
          onChange={(value) => change({ agreement: value ?? '' })}
        />
        {field('period', t('period'), { placeholder: '2026-10' })}
        {field('number', t('theirNumberOf'))}
      </Fields>
      <Fields>
        {field('dated', t('dated'), { type: 'date' })}
        {field('due', t('dueOn'), { type: 'date' })}
        {field('currency', t('currency'), { placeholder: 'EUR' })}
        {field('tax', t('taxOf'))}
      </Fields>
      {((columns?.length ?? 0) > 0 || (take.error !== null && file !== null)) && (
        <>
          <ColumnsRead {...{ read: columns, map: words.map, of: 'invoice' }} onChange={(map) => change({ map })} />
          <Written {...{ writing: words, onChange: change }} />
        </>
      )}
      {read !== undefined && (
        <Stack gap="xs" role="status">
          <Text>
            <bdi>{read.number}</bdi> · {read.legalEntity} · {t('net')} <Amount value={read.net} currency={read.currency} /> ·{' '}
            {t('totalAmount')} <Amount value={read.total} currency={read.currency} />
          </Text>
          {!read.isNew && <Text>{t('knownAlready')}</Text>}
          {read.lines.slice(0, 8).map(({ line, description, agreement, net }) => (
            <Text key={line} size="sm">
              {line}. <bdi>{description}</bdi> · {agreement} · <Amount value={net} currency={read.currency} />
            </Text>
          ))}
        </Stack>
      )}
    </FormDialog>
  );
}
