/** Calls and messages with their charge, of some days. */
import { Group, Text, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { lastMonth } from './last-month.ts';
import { serviceText, wayText } from './said.ts';
import { useTexts } from './texts.ts';

type Call = components['schemas']['PortalCall'];

export function CallsPage() {
  const t = useTexts();
  const [url, change] = useUrl();
  const usual = lastMonth();
  const { from = usual.from, to = usual.to } = url;
  const list = useList(['portal', 'calls', from, to], (cursor) =>
    client
      .GET('/v1/portal/calls', { params: { query: { from, to, limit: 200, ...(cursor === undefined ? {} : { cursor }) } } })
      .then(answered),
  );
  const deleted = list.lastPage?.deleted;
  const columns = useMemo(
    (): readonly Column<Call>[] => [
      { id: 'started', header: t('started'), value: ({ started }) => started, kind: 'instant', width: 190 },
      { id: 'service', header: t('service'), value: ({ service }) => t(serviceText(service)), filter: true, width: 90 },
      { id: 'role', header: t('role'), value: ({ role }) => t(wayText(role)), filter: true, width: 130 },
      { id: 'calling', header: t('calling'), value: ({ calling }) => calling, width: 150 },
      { id: 'called', header: t('called'), value: ({ called }) => called, width: 150 },
      { id: 'destination', header: t('destination'), value: ({ destination }) => destination, filter: true, width: 180 },
      { id: 'seconds', header: t('seconds'), value: ({ seconds }) => seconds, kind: 'figure', width: 100 },
      { id: 'billed', header: t('billed'), value: ({ billed }) => billed, kind: 'figure', total: true, width: 100 },
      {
        id: 'amount',
        header: t('amount'),
        value: ({ amount }) => amount,
        kind: 'amount',
        currency: ({ currency }) => currency,
        total: ({ role }) => role,
      },
    ],
    [t],
  );
  return (
    <Page title={t('calls')} detail={t('callsWhat')}>
      <Group gap="sm">
        <TextInput
          {...{ label: t('from'), type: 'date', size: 'xs', value: from }}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          {...{ label: t('to'), type: 'date', size: 'xs', value: to }}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
      </Group>
      <DataTable
        {...{ name: 'portal-calls', label: t('calls'), list, columns }}
        rowKey={({ call }) => call}
        empty={<Empty title={t('noCalls')}>{t('noCallsWhat')}</Empty>}
      />
      {deleted !== undefined && (
        <Text className="quiet" role="status">
          {t(deleted.keptDays === 0 ? 'deletedDays' : 'deletedDaysKept', {
            days: deleted.days.map((days) => (days.from === days.to ? days.from : `${days.from} – ${days.to}`)).join(', '),
            kept: deleted.keptDays,
          })}
        </Text>
      )}
    </Page>
  );
}
