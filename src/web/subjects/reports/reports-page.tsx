/** Traffic and money by any two of what the books know; as a chart, as a table, as a file, kept and mailed. What is asked is in the address. */
import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { today } from '../month/today.ts';
import { BarChart, MOST_SERIES } from './bar-chart.tsx';
import { useTexts } from './texts.ts';

type Figures = components['schemas']['ReportFigures'];
type Row = Figures['rows'][number];
type SavedReport = components['schemas']['SavedReport'];
type Question = components['schemas']['SavedReport']['question'];

const dimensions = ['partner', 'agreement', 'destination', 'trunk', 'service', 'day', 'hour', 'cause'] as const;
const measures = ['revenue', 'cost', 'margin', 'attempts', 'seconds', 'asr', 'acd', 'pdd'] as const;
/** Figures that cannot be added. */
const averages: ReadonlySet<string> = new Set(['asr', 'acd', 'pdd', 'pddSlow']);
const periods = ['last-month', 'month-to-date', 'last-30-days', 'last-week', 'yesterday', 'fixed'] as const;
type Measure = (typeof measures)[number];

export function ReportsPage() {
  const t = useTexts();
  const [url, change] = useUrl();
  const mayManage = useMay()('reports:manage');
  const [isKeeping, setKeeping] = useState(false);
  const isOpen = url.from === undefined && url.to === undefined;
  const last = useLastDay(isOpen);
  const question = useMemo(() => questionOf(url, last), [url, last]);
  const measure = measures.find((each) => each === url.show) ?? 'revenue';
  const report = useQuery({
    queryKey: ['report', question],
    queryFn: () => client.GET('/v1/reports/figures', { params: { query: question } }).then(answered),
    enabled: !isOpen || last !== undefined,
  });
  const columns = useMemo((): readonly Column<Row>[] => {
    const side = (name: 'sold' | 'bought'): readonly Column<Row>[] =>
      (['attempts', 'answered', 'seconds', 'asr', 'acd', 'pdd', 'pddSlow'] as const).map((id) => ({
        ...{ id: `${name}-${id}`, header: name === 'bought' ? `${t(id)}, ${t('bought')}` : t(id), kind: 'figure', width: 120 },
        ...{ value: (row) => row[name][id], total: !averages.has(id), isHidden: name === 'bought' || id === 'pddSlow' },
      }));
    return [
      { id: 'row', header: t(question.rows), value: ({ row }) => named(question.rows, row, t('ownCustomers')), width: 220 },
      ...(question.columns === undefined
        ? []
        : [
            {
              id: 'column',
              header: t(question.columns),
              value: ({ column }: Row) => named(question.columns, column ?? '', t('ownCustomers')),
              width: 180,
              filter: true,
            },
          ]),
      { id: 'currency', header: t('currency'), value: ({ currency }) => currency, filter: true, width: 90 },
      {
        id: 'revenue',
        header: t('revenue'),
        kind: 'amount',
        value: ({ sold }) => sold.amount,
        currency: ({ currency }) => currency,
        total: true,
      },
      {
        id: 'cost',
        header: t('cost'),
        kind: 'amount',
        value: ({ bought }) => bought.amount,
        currency: ({ currency }) => currency,
        total: true,
      },
      {
        id: 'margin',
        header: t('margin'),
        kind: 'amount',
        value: ({ margin }) => margin,
        currency: ({ currency }) => currency,
        total: true,
      },
      ...side('sold'),
      ...side('bought'),
    ];
  }, [t, question]);
  const choices = (names: readonly (typeof dimensions)[number][]) => names.map((value) => ({ value, label: t(value) }));
  const chart =
    report.data === undefined
      ? undefined
      : chartOf(namedRows(report.data.rows, question, t('ownCustomers')), question, measure, t('other'), url.in);
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {(['csv', 'xlsx', 'parquet'] as const).map((format) => (
            <Button key={format} component="a" variant="default" href={fileAddress(question, format)} download>
              {format.toUpperCase()}
            </Button>
          ))}
          {mayManage && (
            <Button variant="light" onClick={() => setKeeping(true)}>
              {t('keep')}
            </Button>
          )}
        </>
      }
      detail={report.data === undefined ? undefined : t(report.data.source)}
    >
      <Group gap="sm" align="end">
        <NativeSelect
          label={t('rows')}
          value={question.rows}
          data={choices(dimensions)}
          onChange={(event) => change({ rows: event.currentTarget.value, sort: '' })}
        />
        <NativeSelect
          label={t('columns')}
          value={question.columns ?? ''}
          data={[{ value: '', label: t('none') }, ...choices(dimensions.filter((each) => each !== question.rows))]}
          onChange={(event) => change({ columns2: event.currentTarget.value, sort: '' })}
        />
        <TextInput
          type="date"
          label={t('from')}
          value={question.from}
          onChange={(event) => event.currentTarget.value !== '' && change({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('to')}
          value={question.to}
          onChange={(event) => event.currentTarget.value !== '' && change({ to: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('measure')}
          value={measure}
          data={measures.map((value) => ({ value, label: t(value) }))}
          onChange={(event) => change({ show: event.currentTarget.value })}
        />
        {chart !== undefined && chart.currencies.length > 1 && (
          <NativeSelect
            label={t('chartIn')}
            value={chart.currency}
            data={[...chart.currencies]}
            onChange={(event) => change({ in: event.currentTarget.value })}
          />
        )}
      </Group>
      {chart !== undefined && chart.groups.length > 0 && (
        <BarChart
          {...{
            series: chart.series,
            groups: chart.groups,
            other: t('other'),
            isTime: question.rows === 'day' || question.rows === 'hour',
          }}
          other={averages.has(measure) ? undefined : t('other')}
          label={t('chart', { measure: `${t(measure)}${chart.currency === '' ? '' : `, ${chart.currency}`}`, rows: t(question.rows) })}
        />
      )}
      {report.data !== undefined && report.data.rows.length < report.data.rowsInAll && (
        <Text className="quiet">{t('truncated', { shown: report.data.rows.length, all: report.data.rowsInAll })}</Text>
      )}
      <DataTable
        {...{ name: 'reports', label: t('title'), columns }}
        list={wholeList({ data: report.data?.rows, isPending: report.isPending, error: report.error, refetch: report.refetch })}
        rowKey={({ row, column, currency }) => JSON.stringify([row, column, currency])}
        empty={<Empty title={t('empty')}>{t('emptyWhat')}</Empty>}
      />
      <Kept />
      {isKeeping && <Keep question={question} onClose={() => setKeeping(false)} />}
    </Page>
  );
}

function Kept() {
  const t = useTexts();
  const confirm = useConfirm();
  const kept = useQuery({ queryKey: ['saved-reports'], queryFn: () => client.GET('/v1/reports/saved').then(answered) });
  const forget = useChange({
    send: (report: string, { key }) =>
      client.DELETE('/v1/reports/saved/{report}', { params: { path: { report }, header: { 'Idempotency-Key': key } } }).then(answered),
    changes: [['saved-reports']],
  });
  const items = kept.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>{t('kept')}</Title>
      {forget.error !== null && <Fault error={forget.error} />}
      {items.map(({ report, name, period, question, nextMail, lastFailure }) => (
        <Group key={report} gap="md">
          <Anchor
            renderRoot={(props) => (
              <Link
                {...props}
                to="/reports"
                search={() => ({ rows: question.rows, columns2: question.columns ?? '', from: question.from, to: question.to })}
              />
            )}
          >
            <bdi>{name}</bdi>
          </Anchor>
          <Text className="quiet">
            {t(period)}
            {nextMail !== undefined && (
              <>
                {' '}
                · {t('nextMail')}: <Instant at={nextMail} />
              </>
            )}
            {lastFailure === undefined ? '' : ` · ${lastFailure}`}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            onClick={async () => {
              const what = t('deleteWhat', { name });
              if (await confirm({ title: t('delete'), what, action: t('delete'), isDangerous: true })) forget.mutate(report);
            }}
          >
            {t('delete')}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}

function Keep({ question, onClose }: { readonly question: Question; readonly onClose: () => void }) {
  const t = useTexts();
  const [name, setName] = useState('');
  const [period, setPeriod] = useState<(typeof periods)[number]>('last-month');
  const [mailTo, setMailTo] = useState('');
  const [mailEvery, setMailEvery] = useState<'never' | 'day' | 'week' | 'month'>('never');
  const keep = useChange({
    send: (body: Pick<SavedReport, 'name' | 'question' | 'period' | 'mailTo' | 'mailEvery'>, { key }) =>
      client.POST('/v1/reports/saved', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [['saved-reports']],
    onDone: onClose,
  });
  const addresses = mailTo.split(/[\s,;]+/).filter((each) => each !== '');
  return (
    <FormDialog
      {...{ title: t('keep'), action: t('keep'), opened: true, onClose, error: keep.error, isSending: keep.isPending }}
      isReady={name.trim() !== ''}
      onSubmit={() => keep.mutate({ name: name.trim(), question, period, mailTo: addresses, mailEvery })}
    >
      <TextInput
        required
        label={t('name')}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <NativeSelect
        label={t('period')}
        value={period}
        data={periods.map((value) => ({ value, label: t(value) }))}
        onChange={(event) => setPeriod(periods.find((each) => each === event.currentTarget.value) ?? 'fixed')}
      />
      <TextInput label={t('mailTo')} maxLength={2000} value={mailTo} onChange={(event) => setMailTo(event.currentTarget.value)} />
      <NativeSelect
        label={t('mailEvery')}
        value={mailEvery}
        data={[
          { value: 'never', label: t('never') },
          { value: 'day', label: t('everyDay') },
          { value: 'week', label: t('everyWeek') },
          { value: 'month', label: t('everyMonth') },
        ]}
        onChange={(event) =>
          setMailEvery((['day', 'week', 'month'] as const).find((each) => each === event.currentTarget.value) ?? 'never')
        }
      />
    </FormDialog>
  );
}

/** The last day with charges: a report opens on the month of it. Today, where there is none or nobody may say; undefined until it is known. */
function useLastDay(isAsked: boolean): string | undefined {
  const may = useMay()('overview:read');
  const overview = useQuery({
    queryKey: ['overview', undefined],
    queryFn: () => client.GET('/v1/overview', { params: { query: {} } }).then(answered),
    enabled: isAsked && may,
  });
  if (!may || overview.error !== null) return today();
  return overview.data?.on;
}

/** `columns2`: the table has `columns` in the address for those that it shows. */
function questionOf({ rows, columns2, from, to }: Readonly<Record<string, string | undefined>>, last: string | undefined): Question {
  const by = dimensions.find((each) => each === rows) ?? 'partner';
  const also = dimensions.find((each) => each === columns2 && each !== by);
  const end = last ?? today();
  return { rows: by, ...(also === undefined ? {} : { columns: also }), from: from ?? `${(to ?? end).slice(0, 8)}01`, to: to ?? end };
}

function fileAddress({ rows, columns, from, to }: Question, format: string): string {
  return `/v1/reports/file?${new URLSearchParams({ rows, ...(columns === undefined ? {} : { columns }), from, to, format })}`;
}

/** What plans sell is no partner's. */
function named(of: string | undefined, name: string, ownCustomers: string): string {
  return of === 'partner' && name === '' ? ownCustomers : name;
}

function namedRows(rows: readonly Row[], { rows: across, columns }: Question, ownCustomers: string): readonly Row[] {
  return rows.map(({ row, column, ...figures }) => ({
    ...{ ...figures, row: named(across, row, ownCustomers) },
    ...(column === undefined ? {} : { column: named(columns, column, ownCustomers) }),
  }));
}

/** For drawing only: amounts as numbers. Of one currency: the one that is asked for, or the one with the most rows. */
function chartOf(rows: readonly Row[], { columns }: Question, measure: Measure, other: string, asked: string | undefined) {
  const counts = Map.groupBy(rows, ({ currency }) => currency);
  const isMoney = measure === 'revenue' || measure === 'cost' || measure === 'margin';
  const currencies = [...counts]
    .filter(([currency]) => currency !== '')
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([currency]) => currency);
  const main = currencies.find((each) => each === asked) ?? currencies[0];
  const drawn = isMoney ? rows.filter(({ currency }) => currency === main) : rows;
  const names = [...new Set(drawn.map(({ column = '' }) => column))];
  const kept = columns === undefined || names.length <= MOST_SERIES ? names : names.slice(0, MOST_SERIES - 1);
  const isAverage = averages.has(measure);
  const series = kept.length < names.length && !isAverage ? [...kept, other] : kept;
  const groups = [...Map.groupBy(drawn, ({ row }) => row)].map(([label, of]) => ({
    label,
    values: series.map((name, at) =>
      of
        .filter(({ column = '' }) => (at < kept.length ? column === name : !kept.includes(column)))
        .reduce((sum, row) => sum + figureOf(row, measure), 0),
    ),
  }));
  return { series, groups, currency: isMoney ? (main ?? '') : '', currencies: isMoney ? currencies : [] };
}

function figureOf({ sold, bought, margin }: Row, measure: Measure): number {
  switch (measure) {
    case 'revenue':
      return Number(sold.amount);
    case 'cost':
      return Number(bought.amount);
    case 'margin':
      return Number(margin);
    case 'asr':
    case 'acd':
    case 'pdd':
      return Number(sold[measure] ?? bought[measure] ?? 0);
    default:
      return Number(sold[measure]) > 0 ? Number(sold[measure]) : Number(bought[measure]);
  }
}
