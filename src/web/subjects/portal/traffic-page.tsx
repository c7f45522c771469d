/** Traffic and quality both ways: by day, destination or service, and why calls ended. */
import { Button, Group, SegmentedControl, Select, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { IconDownload } from '../../parts/icons.ts';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { BarChart } from '../reports/bar-chart.tsx';
import { lastMonth } from './last-month.ts';
import { useTexts } from './texts.ts';

type Traffic = components['schemas']['PortalTraffic'];
type Cause = components['schemas']['PortalCause'];

const rowsOf = ['day', 'destination', 'service'] as const;
const measures = ['attempts', 'minutes', 'asr', 'acd', 'pdd', 'amount'] as const;
const ways = ['from-you', 'to-you'] as const;

export function TrafficPage() {
  const t = useTexts();
  const [url, change] = useUrl();
  const usual = lastMonth();
  const { from = usual.from, to = usual.to } = url;
  const rows = rowsOf.find((each) => each === url.by) ?? 'day';
  const measure = measures.find((each) => each === url.measure) ?? 'minutes';
  const traffic = useQuery({
    queryKey: ['portal', 'traffic', rows, from, to],
    queryFn: () => client.GET('/v1/portal/traffic', { params: { query: { rows, from, to } } }).then(answered),
  });
  const causes = useQuery({
    queryKey: ['portal', 'causes', from, to],
    queryFn: () => client.GET('/v1/portal/traffic/causes', { params: { query: { from, to } } }).then(answered),
  });
  const items = traffic.data?.items;
  const hasUnits = items?.some(({ units }) => units !== undefined) === true;
  const hasDelays = items?.some(({ pdd }) => pdd !== undefined) === true;
  const columns = useMemo((): readonly Column<Traffic>[] => {
    type Figure = Exclude<(typeof measures)[number], 'amount'> | 'answered' | 'units' | 'pddSlow';
    // What they hand to us and we to them are not added up.
    const figure = (id: Figure, width: number, isSummed = false): Column<Traffic> => ({
      ...{ id, header: t(id), value: (row) => row[id], kind: 'figure', width, total: isSummed && (({ way }) => way) },
    });
    return [
      { id: 'row', header: t(rows), value: ({ row }) => row, width: 190, ...(rows === 'day' ? { kind: 'day' } : {}) },
      { id: 'way', header: t('role'), value: ({ way }) => t(way), filter: true, width: 150 },
      { id: 'service', header: t('service'), value: ({ service }) => t(service), filter: true, width: 100 },
      ...[
        figure('attempts', 100, true),
        figure('answered', 110, true),
        figure('minutes', 120, true),
        ...(hasUnits ? [figure('units', 100, true)] : []),
      ],
      ...[figure('asr', 90), figure('acd', 90)],
      ...(hasDelays ? [figure('pdd', 90), figure('pddSlow', 120)] : []),
      {
        ...{ id: 'amount', header: t('amount'), value: ({ amount }: Traffic) => amount, kind: 'amount', width: 130 },
        currency: ({ currency }) => currency,
      },
    ];
  }, [t, rows, hasUnits, hasDelays]);
  const file = (format: string): string => `/v1/portal/traffic/file?${new URLSearchParams({ rows, from, to, format })}`;
  return (
    <Page
      title={t('traffic')}
      detail={t('trafficWhat')}
      actions={(['csv', 'xlsx'] as const).map((format) => (
        <Button
          key={format}
          {...{
            component: 'a',
            href: file(format),
            download: true,
            variant: 'default',
            leftSection: <IconDownload size={16} aria-hidden />,
          }}
        >
          {format === 'csv' ? 'CSV' : 'Excel'}
        </Button>
      ))}
    >
      <Group gap="sm" align="flex-end">
        <TextInput
          {...{ label: t('from'), type: 'date', size: 'xs', value: from }}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          {...{ label: t('to'), type: 'date', size: 'xs', value: to }}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
        <SegmentedControl
          {...{ size: 'xs', value: rows, 'aria-label': t('addUpBy') }}
          data={rowsOf.map((value) => ({ value, label: t(value) }))}
          onChange={(by) => change({ by })}
        />
        <Select
          {...{ label: t('drawn'), size: 'xs', w: 160, allowDeselect: false, value: measure }}
          data={measures.map((value) => ({ value, label: t(value) }))}
          onChange={(value) => change({ measure: value ?? 'minutes' })}
        />
      </Group>
      {items !== undefined && items.length > 0 && <Drawn items={items} measure={measure} />}
      <DataTable
        {...{ name: 'portal-traffic', label: t('traffic'), columns, list: wholeList({ ...traffic, data: items }) }}
        rowKey={({ row, way, service, currency }) => `${row} ${way} ${service} ${currency}`}
        empty={<Empty title={t('noTraffic')}>{t('noCallsWhat')}</Empty>}
      />
      <Title order={2}>{t('causes')}</Title>
      <Causes query={{ ...causes, data: causes.data?.items }} />
    </Page>
  );
}

/** Drawn only: figures are read in the table. Money of the first currency, which the label says. */
function Drawn({ items, measure }: { readonly items: readonly Traffic[]; readonly measure: (typeof measures)[number] }) {
  const t = useTexts();
  const currency = items[0]?.currency;
  const label = measure === 'amount' ? `${t('amount')}, ${currency}` : t(measure);
  const groups = useMemo(() => {
    const isAdded = measure === 'attempts' || measure === 'minutes' || measure === 'amount';
    const byRow = new Map<string, number[]>();
    for (const item of items) {
      if (measure === 'amount' && item.currency !== currency) continue;
      const values = byRow.get(item.row) ?? ways.map(() => 0);
      const at = ways.indexOf(item.way);
      const value = Number(item[measure] ?? 0);
      values[at] = isAdded ? (values[at] ?? 0) + value : Math.max(values[at] ?? 0, value);
      byRow.set(item.row, values);
    }
    const all = [...byRow].map(([row, values]) => ({ label: row, values }));
    // Days in their order; else the largest, as many as can be read.
    if (/^\d{4}-\d\d-\d\d$/.test(all[0]?.label ?? '')) return all;
    const size = ({ values }: { readonly values: readonly number[] }): number => Math.max(...values);
    return all.sort((a, b) => size(b) - size(a)).slice(0, 12);
  }, [items, measure, currency]);
  return <BarChart label={label} series={ways.map((each) => t(each))} groups={groups} />;
}

function Causes({ query }: { readonly query: Parameters<typeof wholeList<Cause>>[0] }) {
  const t = useTexts();
  const sums = useMemo(() => {
    const all = new Map<string, number>();
    for (const { way, attempts } of query.data ?? []) all.set(way, (all.get(way) ?? 0) + Number(attempts));
    return all;
  }, [query.data]);
  const columns = useMemo(
    (): readonly Column<Cause>[] => [
      { id: 'cause', header: t('cause'), value: ({ cause }) => (cause === '' ? t('noCause') : cause), width: 220 },
      { id: 'way', header: t('role'), value: ({ way }) => t(way), filter: true, width: 160 },
      { id: 'attempts', header: t('attempts'), value: ({ attempts }) => attempts, kind: 'figure', total: ({ way }) => way },
      { id: 'answered', header: t('answered'), value: ({ answered: count }) => count, kind: 'figure', total: ({ way }) => way },
      {
        ...{ id: 'share', header: t('share'), kind: 'figure', width: 110 },
        value: ({ way, attempts }) => ((Number(attempts) * 100) / (sums.get(way) ?? 1)).toFixed(1),
      },
    ],
    [t, sums],
  );
  return (
    <DataTable
      {...{ name: 'portal-causes', label: t('causes'), columns, list: wholeList(query), isSmall: true }}
      rowKey={({ cause, way }) => `${way} ${cause}`}
      empty={<Empty title={t('noTraffic')} />}
    />
  );
}
