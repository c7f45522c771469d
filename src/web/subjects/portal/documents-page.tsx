/** Invoices and credit notes, with their files; one can be contested here. */
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMe } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FileInput } from '../../parts/file-input.tsx';
import { Page } from '../../parts/page.tsx';
import { sendFile } from '../../parts/send-file.ts';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

/** Kinds that are made of a statement; a credit or a note by hand has no calls. */
const BILLS_CALLS: ReadonlySet<string> = new Set(['invoice', 'self-billing']);

type Document = components['schemas']['ListedDocument'];

export function DocumentsPage() {
  const t = useTexts();
  const word = useWord();
  const { role } = useMe();
  const [contested, setContested] = useState<Document>();
  const list = useList(['portal', 'documents'], (cursor) =>
    client
      .GET('/v1/documents', { params: { query: { limit: 200, sort: '-issueDay', ...(cursor === undefined ? {} : { cursor }) } } })
      .then(answered),
  );
  const columns = useMemo((): readonly Column<Document>[] => {
    const currency = (document: Document) => document.currency;
    return [
      { id: 'number', header: t('document'), value: ({ number }) => number, width: 180 },
      { id: 'kind', header: t('kind'), value: ({ kind }) => word(kind), filter: true, width: 140 },
      { id: 'issued', header: t('issueDay'), value: ({ issueDay }) => issueDay, kind: 'day' },
      { id: 'due', header: t('dueDay'), value: ({ dueDay }) => dueDay, kind: 'day' },
      { id: 'net', header: t('net'), value: ({ net }) => net, kind: 'amount', currency },
      { id: 'tax', header: t('tax'), value: ({ tax }) => tax, kind: 'amount', currency },
      { id: 'total', header: t('total'), value: ({ total }) => total, kind: 'amount', currency },
      {
        ...{ id: 'file', header: t('file'), value: () => '', width: 280 },
        cell: (document) => {
          const path = `/v1/documents/${encodeURIComponent(document.number)}`;
          const of = `?legalEntity=${encodeURIComponent(document.legalEntity)}`;
          return (
            <Group gap="sm" wrap="nowrap">
              <a href={`${path}/pdf${of}`}>PDF</a>
              <a href={`${path}/ubl${of}`}>UBL</a>
              {role === 'partner' && BILLS_CALLS.has(document.kind) && (
                <a href={`/v1/portal/documents/${encodeURIComponent(document.number)}/detail${of}`}>{t('callsOfIt')}</a>
              )}
              {role === 'partner' && document.kind === 'invoice' && (
                <Button size="compact-xs" variant="subtle" onClick={() => setContested(document)}>
                  {t('contest')}
                </Button>
              )}
            </Group>
          );
        },
      },
    ];
  }, [t, word, role]);
  return (
    <Page title={t('documents')}>
      <DataTable
        {...{ name: 'portal-documents', label: t('documents'), list, columns }}
        rowKey={({ number, legalEntity }) => `${legalEntity} ${number}`}
        empty={<Empty title={t('noDocuments')}>{t('noDocumentsWhat')}</Empty>}
      />
      {contested !== undefined && <Contest document={contested} onClose={() => setContested(undefined)} />}
    </Page>
  );
}

function Contest({ document, onClose }: { readonly document: Document; readonly onClose: () => void }) {
  const t = useTexts();
  const navigate = useNavigate();
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const raise = useChange({
    send: async (words: { document: string; reason: string; amount?: string }, { key }) => {
      const evidence: string[] = [];
      for (const file of files) evidence.push(await sendFile(file, true));
      const body = { ...words, ...(evidence.length === 0 ? {} : { evidence: [...new Set(evidence)] }) };
      return client.POST('/v1/portal/disputes', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered);
    },
    onDone: ({ dispute }) => void navigate({ to: '/portal/disputes/$dispute', params: { dispute } }),
    changes: [['portal']],
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('contestDocument', { number: document.number })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          raise.mutate({ document: document.number, reason: reason.trim(), ...(amount.trim() === '' ? {} : { amount: amount.trim() }) });
        }}
      >
        <Stack gap="md">
          <TextInput
            {...{
              label: `${t('amount')}, ${document.currency}`,
              description: t('amountWhat'),
              maxLength: 30,
              inputMode: 'decimal',
              value: amount,
            }}
            onChange={(event) => setAmount(event.currentTarget.value)}
          />
          <Textarea
            {...{ label: t('reason'), required: true, maxLength: 2000, autosize: true, minRows: 3, value: reason }}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FileInput
            {...{
              label: t('evidence'),
              description: t('evidenceWhat'),
              placeholder: t('chooseFiles'),
              multiple: true,
              clearable: true,
              value: files,
            }}
            clearButtonProps={{ 'aria-label': t('removeFile') }}
            onChange={(chosen) => setFiles(chosen.slice(0, 10))}
          />
          {raise.error !== null && <Fault error={raise.error} />}
          <Button type="submit" loading={raise.isPending}>
            {t('contest')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
