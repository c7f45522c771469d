/** Figures and invoices of the partner: a file is dropped, read as we read it, then sent; what is wrong stands in place. */
import { Button, Code, Group, NativeSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { type ColumnMap, ColumnsRead, columnsOf } from '../../parts/columns-read.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FileInput } from '../../parts/file-input.tsx';
import { IconUpload } from '../../parts/icons.ts';
import { useAskBeforeLeaving } from '../../parts/leaving.ts';
import { Page } from '../../parts/page.tsx';
import { sendFile } from '../../parts/send-file.ts';
import { asTheFileSays, type Writing, Written, writingOf } from '../../parts/written.tsx';
import { useWord } from '../words/words.ts';
import { SentDeclarations, SentInvoices } from './sent-tables.tsx';
import { useTexts } from './texts.ts';

const services = ['voice', 'sms', 'mms', 'data', 'content', 'event'] as const;
const MOST_SHOWN = 8;
/** What a table may look like. */
const EXAMPLE = { declaration: 'Destination;Day;Calls;Minutes;Amount', invoice: 'Destination;Calls;Minutes;Amount' } as const;

interface Words extends Writing {
  readonly isDry: boolean;
  readonly file: File;
  readonly what: 'declaration' | 'invoice';
  readonly agreement: string;
  readonly period: string;
  readonly side: 'receivable' | 'payable';
  readonly service: (typeof services)[number];
  readonly number: string;
  readonly dated: string;
  readonly tax: string;
  readonly map: ColumnMap;
}

/** The same of a declaration and of an invoice. */
interface Read {
  readonly isNew: boolean;
  readonly currency: string;
  readonly count: number;
  readonly columns: readonly { readonly header: string; readonly field: string }[];
  readonly lines: readonly { readonly row: number; readonly words: string; readonly amount?: string | undefined }[];
  readonly total?: string;
}

export function SendPage() {
  const t = useTexts();
  return (
    <Page title={t('sendTitle')} detail={t('sendWhat')}>
      <SendForm />
      <Title order={2}>{t('ownInvoices')}</Title>
      <SentInvoices />
      <Title order={2}>{t('ownFigures')}</Title>
      <SentDeclarations />
    </Page>
  );
}

function SendForm() {
  const t = useTexts();
  const word = useWord();
  const [file, setFile] = useState<File | null>(null);
  const [words, setWords] = useState<Omit<Words, 'file' | 'isDry'>>({
    ...{ what: 'invoice', agreement: '', period: '', side: 'receivable', service: 'voice', number: '', dated: '', tax: '' },
    ...{ map: {}, ...asTheFileSays },
  });
  const [read, setRead] = useState<Read>();
  /** Of the last time that it could be read. */
  const [columns, setColumns] = useState<Read['columns']>();
  const [isSent, setSent] = useState(false);
  useAskBeforeLeaving(file !== null && !isSent);
  const agreements = useQuery({
    queryKey: ['portal', 'agreements'],
    queryFn: () => client.GET('/v1/agreements', { params: { query: { limit: 200 } } }).then(answered),
  });
  const names = [...new Set((agreements.data?.items ?? []).map(({ agreement }) => agreement))];
  const agreement = words.agreement === '' ? (names[0] ?? '') : words.agreement;
  const send = useChange({
    send: sendRead,
    changes: [['portal', 'sent']],
    onDone: (done, { isDry }) => {
      setRead(done);
      setColumns(done.columns);
      setSent(!isDry);
    },
  });
  const anew = (): void => {
    setRead(undefined);
    setSent(false);
    send.reset();
  };
  const change = (some: Partial<typeof words>): void => {
    setWords({ ...words, ...some });
    anew();
  };
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    setColumns(undefined);
    change({ map: {} });
  };
  const isInvoice = words.what === 'invoice';
  const isReady = file !== null && agreement !== '' && (isInvoice || words.period.trim() !== '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null && isReady && !isSent) send.mutate({ ...words, agreement, file, isDry: read === undefined });
      }}
      onDragOver={(event: DragEvent) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        choose(event.dataTransfer.files[0] ?? null);
      }}
    >
      <Stack gap="md" maw={640}>
        {agreements.error !== null && <Fault error={agreements.error} onRetry={() => void agreements.refetch()} />}
        {agreements.data !== undefined && names.length === 0 && <Text role="status">{t('noAgreementYet')}</Text>}
        <FileInput
          {...{ label: t('file'), description: t('fileWhat'), placeholder: t('dropFile'), value: file, onChange: choose, size: 'lg' }}
          clearable
          clearButtonProps={{ 'aria-label': t('removeFile') }}
          accept=".csv,.txt,.xlsx,.xls,.xml"
          leftSection={<IconUpload size={18} aria-hidden />}
        />
        <Group grow preventGrowOverflow={false} align="flex-start">
          <NativeSelect
            {...{ label: t('whatItIs'), value: words.what }}
            data={[
              { value: 'invoice', label: t('anInvoice') },
              { value: 'declaration', label: t('aDeclaration') },
            ]}
            onChange={(event) => change({ what: event.currentTarget.value === 'invoice' ? 'invoice' : 'declaration' })}
          />
          <NativeSelect
            {...{ label: t('agreement'), value: agreement, data: names }}
            onChange={(event) => change({ agreement: event.currentTarget.value })}
          />
        </Group>
        <Group grow preventGrowOverflow={false} align="flex-start">
          <TextInput
            {...{ label: t('period'), description: isInvoice ? t('ifNotInFile') : '2026-10', maxLength: 40, value: words.period }}
            required={!isInvoice}
            onChange={(event) => change({ period: event.currentTarget.value })}
          />
          <NativeSelect
            {...{ label: t('service'), description: isInvoice ? t('ifNotInFile') : t('ofTheFigures'), value: words.service }}
            data={services.map((value) => ({ value, label: word(value) }))}
            onChange={(event) => change({ service: services.find((each) => each === event.currentTarget.value) ?? 'voice' })}
          />
        </Group>
        {isInvoice ? (
          <Group grow preventGrowOverflow={false} align="flex-start">
            <TextInput
              {...{ label: t('number'), description: t('ifNotInFile'), maxLength: 100, value: words.number }}
              onChange={(event) => change({ number: event.currentTarget.value })}
            />
            <TextInput
              {...{ label: t('issueDay'), description: t('ifNotInFile'), type: 'date', value: words.dated }}
              onChange={(event) => change({ dated: event.currentTarget.value })}
            />
            <TextInput
              {...{ label: t('tax'), description: t('taxWhat'), maxLength: 20, value: words.tax }}
              onChange={(event) => change({ tax: event.currentTarget.value })}
            />
          </Group>
        ) : (
          <NativeSelect
            {...{ label: t('side'), value: words.side }}
            data={[
              { value: 'receivable', label: t('yourTraffic') },
              { value: 'payable', label: t('ourTraffic') },
            ]}
            onChange={(event) => change({ side: event.currentTarget.value === 'payable' ? 'payable' : 'receivable' })}
          />
        )}
        <LooksLike of={words.what} />
        {send.error !== null && <Fault error={send.error} />}
        {!isSent && ((columns?.length ?? 0) > 0 || send.error !== null || Object.keys(words.map).length > 0) && (
          <>
            <ColumnsRead {...{ read: columns, map: words.map, of: words.what }} onChange={(map) => change({ map })} />
            <Written {...{ writing: words, onChange: change }} />
          </>
        )}
        {read !== undefined && <Preview read={read} isSent={isSent} />}
        <Group>
          <Button type="submit" disabled={!isReady || isSent} loading={send.isPending}>
            {t(read === undefined ? 'readIt' : 'sendIt')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function LooksLike({ of }: { readonly of: Words['what'] }) {
  const t = useTexts();
  return (
    <Text className="quiet" size="sm">
      {t(of === 'invoice' ? 'invoiceLooks' : 'declarationLooks')}{' '}
      <Code dir="ltr" style={{ overflowWrap: 'anywhere' }}>
        {EXAMPLE[of]}
      </Code>
    </Text>
  );
}

async function sendRead({ isDry, file, what, ...words }: Words, { key }: { readonly key: string }): Promise<Read> {
  const upload = await sendFile(file, true);
  const params = { header: { 'Idempotency-Key': key } };
  const { agreement, side, service } = words;
  const reading = {
    ...columnsOf(words.map),
    ...writingOf(words),
  };
  const dry = { ...reading, ...(isDry ? { dryRun: true } : {}) };
  const given = (name: 'period' | 'number' | 'dated' | 'tax') => (words[name].trim() === '' ? {} : { [name]: words[name].trim() });
  if (what === 'declaration') {
    const body = { upload, agreement, side, service, period: words.period.trim(), ...dry };
    const { lines, ...read } = await client.POST('/v1/portal/declarations', { params, body }).then(answered);
    return { ...read, lines: lines.map(({ row, destination, amount }) => ({ row, words: destination, amount })) };
  }
  const body = { upload, agreement, service, ...given('period'), ...given('number'), ...given('dated'), ...given('tax'), ...dry };
  const { lines, isNew, currency, total, columns } = await client.POST('/v1/portal/partner-invoices', { params, body }).then(answered);
  const rows = lines.map(({ line, description, net }) => ({ row: line, words: description, amount: net }));
  return { isNew, currency, total, columns, count: lines.length, lines: rows };
}

function Preview({ read: { lines, count, currency, isNew, total }, isSent }: { readonly read: Read; readonly isSent: boolean }) {
  const t = useTexts();
  return (
    <Stack gap="xs" role="status">
      <Text fw={600}>{t(isSent ? (isNew ? 'isSent' : 'knownAlready') : 'isRead', { count })}</Text>
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {lines.slice(0, MOST_SHOWN).map(({ row, words, amount }) => (
            <Table.Tr key={row}>
              <Table.Td>{row}</Table.Td>
              <Table.Td>
                <bdi>{words}</bdi>
              </Table.Td>
              <Table.Td ta="end">{amount !== undefined && <Amount value={amount} currency={currency} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {total !== undefined && (
        <Text>
          {t('total')}: <Amount value={total} currency={currency} />
        </Text>
      )}
    </Stack>
  );
}
