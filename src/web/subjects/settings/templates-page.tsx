/** How documents look: each template with made-up figures, in each language; one's own is sent, checked and kept. */
import { Button, Group, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { seen } from '../../client/seen.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fields } from '../../parts/fields.tsx';
import { FileInput } from '../../parts/file-input.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { writtenInstant } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { sendFile } from '../../parts/send-file.ts';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useLanguage } from '../../shell/language.ts';
import { PdfView } from '../invoices/pdf-view.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type Template = components['schemas']['Template'];

const documentLanguages = ['en', 'de', 'fr', 'es', 'pt', 'ar'] as const;
const kinds = ['invoice', 'credit-note', 'debit-note', 'self-billing', 'self-billing-credit'] as const;
const taxes = ['one', 'none', 'several'] as const;
const wordsOfTaxes = { one: 'oneTax', none: 'noTax', several: 'severalTaxes' } as const;
const bases = ['classic', 'modern', 'compact'] as const;

export function TemplatesPage() {
  const t = useTexts();
  const mayKeep = useMay()('documents:manage');
  const [url, change] = useUrl();
  const [isAdding, setAdding] = useState(false);
  const list = useList(['templates'], (cursor) =>
    client.GET('/v1/templates', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo((): readonly Column<Template>[] => {
    return [
      {
        ...{ id: 'template', header: t('template'), value: ({ template }) => template, width: 170 },
        cell: ({ template }) => (
          <Button size="compact-xs" variant="subtle" onClick={() => change({ template })}>
            <bdi>{template}</bdi>
          </Button>
        ),
      },
      { id: 'madeOf', header: t('madeOf'), value: (each) => madeOf(each, t), filter: true, width: 170 },
      { id: 'logo', header: t('logo'), value: ({ logo }) => logo?.toUpperCase(), width: 80 },
      { id: 'usedBy', header: t('usedBy'), value: ({ usedBy }) => usedBy.join(', '), width: 220 },
      { id: 'by', header: t('keptBy'), value: ({ by }) => by, width: 200 },
      { id: 'kept', header: t('kept'), value: ({ kept }) => kept, kind: 'instant', width: 190 },
    ];
  }, [t, change]);
  return (
    <Page
      title={t('templates')}
      detail={t('templatesWhat')}
      actions={mayKeep && <Button onClick={() => setAdding(true)}>{t('addTemplate')}</Button>}
    >
      <Ways here="/settings/templates" />
      <DataTable
        {...{ name: 'templates', label: t('templates'), list, columns, isSmall: true }}
        rowKey={({ template }) => template}
        empty={<Empty title={t('templates')}>{t('templatesWhat')}</Empty>}
      />
      <Preview template={url.template ?? bases[0]} all={list.rows.map(({ template }) => template)} />
      {isAdding && (
        <Add
          known={list.rows.filter(({ madeOf }) => madeOf !== 'shipped').map(({ template }) => template)}
          onClose={() => setAdding(false)}
          onKept={(template) => change({ template })}
        />
      )}
    </Page>
  );
}

const madeOf = ({ madeOf: from }: Template, t: ReturnType<typeof useTexts>): string =>
  from === 'shipped' || from === 'own-source' ? t(from) : t('basedOn', { base: from });

const readTemplate = (template: string) => client.GET('/v1/templates/{template}', { params: { path: { template } } }).then(seen);

/** What is shown is in the address. */
function Preview({ template, all }: { readonly template: string; readonly all: readonly string[] }) {
  const t = useTexts();
  const word = useWord();
  const language = useLanguage();
  const [url, change] = useUrl();
  const names = new Intl.DisplayNames(language, { type: 'language' });
  const of = documentLanguages.find((each) => each === url.documentLanguage) ?? language;
  const kind = kinds.find((each) => each === url.kind) ?? 'invoice';
  const tax = taxes.find((each) => each === url.taxes) ?? 'one';
  const address = `/v1/templates/${encodeURIComponent(template)}/preview?${new URLSearchParams({ language: of, kind, taxes: tax })}`;
  return (
    <>
      <Title order={2}>{t('preview')}</Title>
      <Group gap="sm" align="end">
        <NativeSelect
          {...{ label: t('template'), size: 'xs', value: template, data: [...new Set([...all, template])] }}
          onChange={(event) => change({ template: event.currentTarget.value })}
        />
        <NativeSelect
          {...{ label: t('documentLanguage'), size: 'xs', value: of }}
          data={documentLanguages.map((value) => ({ value, label: names.of(value) ?? value }))}
          onChange={(event) => change({ documentLanguage: event.currentTarget.value })}
        />
        <NativeSelect
          {...{ label: t('kind'), size: 'xs', value: kind, data: kinds.map((value) => ({ value, label: word(value) })) }}
          onChange={(event) => change({ kind: event.currentTarget.value })}
        />
        <NativeSelect
          {...{ label: t('taxes'), size: 'xs', value: tax, data: taxes.map((value) => ({ value, label: t(wordsOfTaxes[value]) })) }}
          onChange={(event) => change({ taxes: event.currentTarget.value })}
        />
      </Group>
      <PdfView key={address} address={address} title={t('previewOf', { template })} />
    </>
  );
}

interface AddProps {
  /** Names that get a new version. */
  readonly known: readonly string[];
  readonly onClose: () => void;
  readonly onKept: (template: string) => void;
}

function Add({ known, onClose, onKept }: AddProps) {
  const t = useTexts();
  const [words, setWords] = useState({ template: '', base: 'classic' });
  const [source, setSource] = useState<File | null>(null);
  const [logo, setLogo] = useState<File | null>(null);
  const name = words.template.trim();
  // What gets a new version, from when it was named on.
  const { data: now, isFetching } = useQuery({
    queryKey: ['held', 'template', name],
    queryFn: () => readTemplate(name),
    enabled: known.includes(name),
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  });
  const keep = useChange({
    of: {
      seen: now,
      read: () => readTemplate(name),
      shows: (of) => [
        [t('madeOf'), madeOf(of, t)],
        [t('logo'), of.logo?.toUpperCase() ?? ''],
        [t('keptBy'), of.by ?? ''],
        [t('kept'), of.kept === undefined ? '' : writtenInstant(of.kept)],
      ],
      take: ({ data: { template } }) => {
        onKept(template);
        onClose();
      },
    },
    send: async (said: typeof words & { readonly source: File | null; readonly logo: File | null }, { key, match }) => {
      const base = bases.find((each) => each === said.base) ?? 'classic';
      const body = {
        ...(said.source === null ? { base } : { source: await sendFile(said.source) }),
        ...(said.logo === null ? {} : { logo: await sendFile(said.logo) }),
      };
      const params = { path: { template: said.template.trim() }, header: { 'Idempotency-Key': key, ...match } };
      return client.PUT('/v1/templates/{template}', { params, body }).then(answered);
    },
    onDone: ({ template }) => {
      onKept(template);
      onClose();
    },
    changes: [['templates'], ['pdf']],
  });
  return (
    <FormDialog
      {...{ title: t('addTemplate'), action: t('keepTemplate'), opened: true, onClose, error: keep.error, isSending: keep.isPending }}
      isReady={name !== '' && !isFetching && (source !== null || logo !== null)}
      onSubmit={() => keep.mutate({ ...words, source, logo })}
    >
      <Text>{t('addTemplateWhat')}</Text>
      <TextInput
        {...{ label: t('name'), description: t('templateNameWhat'), required: true, maxLength: 64, value: words.template }}
        onChange={(event) => setWords({ ...words, template: event.currentTarget.value })}
        data-autofocus
      />
      {known.includes(name) && <Text size="sm">{t('newVersion')}</Text>}
      <Fields isLevel>
        <FileInput
          {...{ clearable: true, label: t('source'), description: t('sourceWhat'), placeholder: t('chooseFile'), accept: '.typ' }}
          {...{ value: source, onChange: setSource }}
        />
        <FileInput
          {...{
            clearable: true,
            label: t('logo'),
            description: t('logoWhat'),
            placeholder: t('chooseFile'),
            accept: '.svg,.png,.jpg,.jpeg',
          }}
          {...{ value: logo, onChange: setLogo }}
        />
      </Fields>
      {source === null && (
        <NativeSelect
          {...{ label: t('base'), value: words.base, data: [...bases] }}
          onChange={(event) => setWords({ ...words, base: event.currentTarget.value })}
        />
      )}
    </FormDialog>
  );
}
