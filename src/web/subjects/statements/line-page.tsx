/** A line taken apart into its events: each leads to its record, and says why it costs what it costs. */
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Go } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { type Reason, Why } from '../../parts/why.tsx';
import { useTexts } from '../month/texts.ts';
import { Steps } from '../said/steps.tsx';
import { useWord } from '../words/words.ts';

type Event = components['schemas']['StatementEvent'];
const MOST = 1000;

export function LinePage() {
  const t = useTexts();
  const word = useWord();
  const path = useParams({ strict: false }) as { agreement: string; period: string; line: string }; // of its route
  const { agreement, period, line: number } = path;
  const events = useQuery({
    queryKey: ['statements', agreement, period, number],
    queryFn: () =>
      client
        .GET('/v1/agreements/{agreement}/statements/{period}/lines/{line}/events', { params: { path, query: { limit: MOST } } })
        .then(answered),
    retry: false,
  });
  const currency = events.data?.line.currency ?? '';
  const columns = useMemo(
    (): readonly Column<Event>[] => [
      {
        id: 'record',
        header: t('record'),
        value: ({ record }) => record,
        cell: ({ record }) => <Go href={`/usage/${encodeURIComponent(record)}`}>{record}</Go>,
        width: 110,
      },
      { id: 'start', header: t('start'), kind: 'instant', value: ({ start }) => start, width: 180 },
      { id: 'calling', header: t('calling'), value: ({ calling }) => calling },
      { id: 'called', header: t('called'), value: ({ called }) => called },
      { id: 'trunk', header: t('trunk'), value: ({ trunk }) => trunk, filter: true, width: 110 },
      { id: 'billed', header: t('billed'), kind: 'figure', value: ({ billed }) => billed, total: true, width: 100 },
      { id: 'amount', header: t('amount'), kind: 'amount', value: ({ amount }) => amount, currency: () => currency, total: true },
      {
        id: 'why',
        header: t('whyColumn'),
        value: ({ correction }) => correction,
        cell: ({ charge }) => <Why of={charge} name={['charges', charge]} load={() => reasonOf(charge, t('asBooked'), t('notAsBooked'))} />,
        width: 80,
      },
      { id: 'correction', header: t('correction'), value: ({ correction }) => correction, filter: true },
      { id: 'source', header: t('source'), value: ({ source }) => source, isHidden: true },
    ],
    [t, currency],
  );
  const line = events.data?.line;
  // What has none, such as a fee, is explained where they would stand.
  const hasEvents = (events.data?.of ?? 0) > 0;
  return (
    <Page
      title={t('lineTitle', { line: number })}
      above={[
        <Link key="statements" to="/statements">
          {t('statements')}
        </Link>,
        <Link key="statement" to="/statements/$agreement/$period" params={{ agreement, period }}>
          {agreement} {period}
        </Link>,
      ]}
      detail={
        line !== undefined && (
          <Group gap="sm">
            <Text>
              {[word(line.service), line.destination, line.band, line.condition, hasEvents ? line.explanation : '']
                .filter((each) => each)
                .join(' · ')}
            </Text>
            <Amount value={line.amount} currency={line.currency} />
            {hasEvents && (
              <Text>{t('eventsOf', { shown: Math.min(MOST, events.data?.items.length ?? 0), all: events.data?.of ?? 0 })}</Text>
            )}
          </Group>
        )
      }
    >
      <DataTable
        name="statement-events"
        label={t('events')}
        list={wholeList({ ...events, data: events.data?.items })}
        columns={columns}
        rowKey={({ charge, correction, amount }) => `${charge} ${correction ?? ''} ${amount}`}
        empty={<Empty title={t('eventsEmpty')}>{line?.explanation ?? t('eventsEmptyWhat')}</Empty>}
      />
    </Page>
  );
}

/** The charge computed again with its steps, and whether it is as booked. */
async function reasonOf(charge: string, same: string, different: string): Promise<Reason> {
  const explained = await client.GET('/v1/usage/explanations/{charge}', { params: { path: { charge } } }).then(answered);
  const own = explained.charges.find((each) => each.charge === charge) ?? explained.charges[0];
  return {
    sentence: (
      <>
        {own === undefined ? '' : <Amount value={own.due.amount} currency={own.due.currency} />}{' '}
        {own?.asBooked === false ? different : same}
      </>
    ),
    steps: [],
    more: <Steps steps={own?.explained ?? []} />,
  };
}
