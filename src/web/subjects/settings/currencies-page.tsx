/** Currencies in use, and what they are worth in each other: by source and day, and one rate by hand. */
import { Button, Group, Select, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList, wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered, Problem } from '../../client/problem.ts';
import { AskButton } from '../../parts/asked.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fields } from '../../parts/fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useLanguage } from '../../shell/language.ts';
import { today } from '../month/today.ts';
import { convertAsk, importRatesAsk } from './exchange-asks.tsx';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type Used = components['schemas']['CurrencyInUse'];
type Rate = components['schemas']['ExchangeRate'];

export function CurrenciesPage() {
  const t = useTexts();
  const language = useLanguage();
  const may = useMay();
  const mayGive = may('ledger:manage');
  const [url, change] = useUrl();
  const [isGiving, setGiving] = useState(false);
  const { source, currency, from, to } = url;
  const used = useQuery({
    queryKey: ['currencies'],
    queryFn: () => client.GET('/v1/currencies', { params: { query: { limit: 200 } } }).then(answered),
    select: ({ items }) => items,
  });
  const sources = useQuery({
    queryKey: ['exchange-sources'],
    queryFn: () => client.GET('/v1/exchange-sources', { params: { query: { limit: 200 } } }).then(answered),
    select: ({ items }) => items,
  });
  const rates = useList(['exchange-rates', source, currency, from, to], (cursor) => {
    const query = {
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
      ...(source === undefined ? {} : { source }),
      ...(currency === undefined ? {} : { currency }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
    return client.GET('/v1/exchange-rates', { params: { query } }).then(answered);
  });
  const columns = useMemo((): readonly Column<Used>[] => {
    const names = new Intl.DisplayNames(language, { type: 'currency' });
    return [
      { id: 'currency', header: t('currency'), value: (each) => each.currency, width: 110 },
      { id: 'name', header: t('name'), value: (each) => names.of(each.currency), width: 220 },
      { id: 'decimals', header: t('decimals'), value: ({ decimals }) => decimals, kind: 'figure', width: 110 },
      { id: 'books', header: t('booksIn'), value: ({ legalEntities }) => legalEntities.join(', '), width: 220 },
      { id: 'accounts', header: t('accounts'), value: ({ accounts }) => accounts, kind: 'figure', width: 110 },
      { id: 'tariffs', header: t('tariffs'), value: ({ tariffs }) => tariffs, kind: 'figure', width: 110 },
    ];
  }, [t, language]);
  const rateColumns = useMemo(
    (): readonly Column<Rate>[] => [
      { id: 'day', header: t('day'), value: ({ day }) => day, kind: 'day', width: 120 },
      { id: 'source', header: t('rateSource'), value: (each) => each.source, filter: true, width: 120 },
      { id: 'of', header: t('oneOf'), value: ({ of }) => of, filter: true, width: 90 },
      { id: 'rate', header: t('rate'), value: ({ rate }) => rate, kind: 'figure', leads: true, width: 150 },
      { id: 'in', header: t('isWorth'), value: (each) => each.in, filter: true, width: 90 },
      { id: 'by', header: t('givenBy'), value: ({ by }) => by, width: 200 },
      { id: 'at', header: t('at'), value: ({ at }) => at, kind: 'instant', width: 190 },
      { id: 'why', header: t('replacedWhy'), value: ({ why }) => why, width: 240 },
    ],
    [t],
  );
  return (
    <Page
      title={t('currencies')}
      detail={t('currenciesWhat')}
      actions={
        <>
          <AskButton of={convertAsk(t)} />
          {mayGive && may('files:send') && <AskButton of={importRatesAsk(t)} />}
          {mayGive && <Button onClick={() => setGiving(true)}>{t('giveRate')}</Button>}
        </>
      }
    >
      <Ways here="/settings/currencies" />
      <DataTable
        {...{ name: 'currencies', label: t('currencies'), list: wholeList(used), columns, isSmall: true }}
        rowKey={(each) => each.currency}
        empty={<Empty title={t('noCurrencies')}>{t('noCurrenciesWhat')}</Empty>}
      />
      <Title order={2}>{t('rates')}</Title>
      <Group gap="sm" align="end">
        <Select
          {...{ label: t('rateSource'), size: 'xs', clearable: true, value: source ?? null }}
          data={(sources.data ?? []).map((each) => ({ value: each.source, label: each.source }))}
          onChange={(value) => change({ source: value ?? undefined })}
        />
        <Select
          {...{ label: t('currency'), size: 'xs', clearable: true, searchable: true, value: currency ?? null }}
          data={(used.data ?? []).map((each) => each.currency)}
          onChange={(value) => change({ currency: value ?? undefined })}
        />
        <TextInput
          {...{ label: t('since'), type: 'date', size: 'xs', value: from ?? '' }}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          {...{ label: t('upTo'), type: 'date', size: 'xs', value: to ?? '' }}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
      </Group>
      <DataTable
        {...{ name: 'exchange-rates', label: t('rates'), list: rates, columns: rateColumns }}
        rowKey={(each) => `${each.day} ${each.source} ${each.of} ${each.in}`}
        empty={<Empty title={t('noRates')}>{t('noRatesWhat')}</Empty>}
      />
      {isGiving && <Give currencies={(used.data ?? []).map((each) => each.currency)} onClose={() => setGiving(false)} />}
    </Page>
  );
}

function Give({ currencies, onClose }: { readonly currencies: readonly string[]; readonly onClose: () => void }) {
  const t = useTexts();
  const [words, setWords] = useState({
    day: today(),
    of: currencies[0] ?? '',
    in: currencies[1] ?? '',
    rate: '',
    source: 'manual',
    why: '',
  });
  const give = useChange({
    send: ({ why, ...said }: typeof words, { key }) => {
      const body = {
        ...{ day: said.day, of: said.of.trim().toUpperCase(), in: said.in.trim().toUpperCase(), rate: said.rate.trim() },
        ...{ source: said.source.trim() },
        ...(why.trim() === '' ? {} : { replaceWhy: why.trim() }),
      };
      return client.POST('/v1/exchange-rates', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered);
    },
    onDone: onClose,
    changes: [['exchange-rates'], ['exchange-sources']],
  });
  const differs = give.error instanceof Problem && give.error.details.code === 'exchange.rate-differs';
  const field = (name: keyof typeof words, label: string, more: object = {}) => (
    <TextInput
      {...{ label, required: true, maxLength: name === 'why' ? 500 : 40, value: words[name], ...more }}
      onChange={(event) => setWords({ ...words, [name]: event.currentTarget.value })}
    />
  );
  return (
    <FormDialog
      {...{ title: t('giveRate'), action: t('giveRate'), opened: true, onClose, error: give.error, isSending: give.isPending }}
      isReady={
        [words.day, words.of, words.in, words.rate, words.source].every((each) => each.trim() !== '') &&
        (!differs || words.why.trim() !== '')
      }
      onSubmit={() => give.mutate(words)}
    >
      <Text>{t('giveRateWhat')}</Text>
      <Fields>
        {field('day', t('day'), { type: 'date' })}
        {field('source', t('rateSource'))}
      </Fields>
      <Fields>
        {field('of', t('oneOf'), { maxLength: 3, placeholder: 'EUR' })}
        {field('rate', t('rate'), { inputMode: 'decimal', placeholder: '1.0850', 'data-autofocus': true })}
        {field('in', t('isWorth'), { maxLength: 3, placeholder: 'USD' })}
      </Fields>
      {(differs || words.why !== '') && field('why', t('replaceWhy'), { required: differs })}
    </FormDialog>
  );
}
