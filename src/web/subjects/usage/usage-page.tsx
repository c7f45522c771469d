/** Any call among all of them. What is searched is in the address. */
import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { type FormEvent, useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { AskButton } from '../../parts/asked.tsx';
import { Empty } from '../../parts/empty.tsx';
import { IconSearch } from '../../parts/icons.ts';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useWord } from '../words/words.ts';
import { rerateAsk } from './asks.tsx';
import { useTexts } from './texts.ts';

type UsageRecord = components['schemas']['UsageRecord'];

const texts = ['number', 'callId', 'trunk', 'partner', 'destination'] as const;
const days = ['from', 'to'] as const;
const states = ['rated', 'held', 'duplicate', 'rejected'] as const;
type State = (typeof states)[number];
export const stateOf = { rated: 'settled', held: 'attention', duplicate: 'open', rejected: 'wrong' } as const satisfies Record<
  State,
  string
>;

export function UsagePage() {
  const t = useTexts();
  const word = useWord();
  const mayManage = useMay()('usage:manage');
  const [url, change] = useUrl();
  const query = useMemo(() => queryOf(url), [url]);
  const list = useList(['usage', query], (cursor) =>
    client
      .GET('/v1/usage/records', { params: { query: { ...query, limit: 100, ...(cursor === undefined ? {} : { cursor }) } } })
      .then(answered),
  );
  const deleted = list.lastPage?.deleted;
  const columns = useMemo((): readonly Column<UsageRecord>[] => {
    const amount = (leg: 'in' | 'out') => (row: UsageRecord) => row.charges.find(({ charge }) => charge.endsWith(`/${leg}`))?.money;
    return [
      { id: 'record', header: t('record'), value: ({ record }) => record, width: 110 },
      {
        id: 'is',
        header: t('state'),
        value: ({ status }) => status,
        cell: ({ status }) => <StateBadge state={stateOf[status]}>{t(status)}</StateBadge>,
        width: 130,
      },
      { id: 'start', header: t('start'), kind: 'instant', value: ({ event }) => event?.start, width: 220 },
      { id: 'caller', header: t('caller'), value: ({ event }) => event?.calling, width: 150 },
      { id: 'called', header: t('called'), value: ({ event }) => event?.called, width: 150 },
      { id: 'seconds', header: t('seconds'), kind: 'figure', value: ({ event }) => event?.seconds, width: 130 },
      {
        id: 'in',
        header: t('in'),
        kind: 'amount',
        value: (row) => amount('in')(row)?.amount,
        currency: (row) => amount('in')(row)?.currency ?? '',
        width: 130,
      },
      {
        id: 'out',
        header: t('out'),
        kind: 'amount',
        value: (row) => amount('out')(row)?.amount,
        currency: (row) => amount('out')(row)?.currency ?? '',
        width: 130,
      },
      { id: 'place', header: t('destination'), value: ({ charges }) => charges[0]?.destination, width: 180 },
      { id: 'trunkIn', header: t('trunkIn'), value: ({ event }) => event?.trunkIn },
      { id: 'trunkOut', header: t('trunkOut'), value: ({ event }) => event?.trunkOut },
      { id: 'reason', header: t('why'), value: ({ reason }) => reason, width: 200 },
      { id: 'file', header: t('file'), value: ({ file }) => file, isHidden: true, width: 240 },
      { id: 'id', header: t('callId'), value: ({ callId }) => callId, isHidden: true, width: 240 },
    ];
  }, [t]);
  const search = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    change(Object.fromEntries([...texts, ...days, 'state'].map((name) => [name, String(given.get(name) ?? '').trim()])));
  };
  return (
    <Page title={t('title')} actions={mayManage && <AskButton of={rerateAsk(t, word)} />}>
      <form onSubmit={search} key={JSON.stringify(query)}>
        <Group gap="sm" align="end">
          {texts.map((name) => (
            <TextInput
              key={name}
              name={name}
              label={t(name)}
              defaultValue={url[name] ?? ''}
              w={name === 'number' || name === 'callId' ? 220 : 150}
              {...(name === 'number' ? { placeholder: t('numberHint') } : {})}
            />
          ))}
          {days.map((name) => (
            <TextInput key={name} name={name} type="date" label={t(name)} defaultValue={url[name] ?? ''} w={150} />
          ))}
          <NativeSelect
            name="state"
            label={t('state')}
            defaultValue={url.state ?? ''}
            data={[{ value: '', label: t('any') }, ...states.map((value) => ({ value, label: t(value) }))]}
          />
          <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
            {t('search')}
          </Button>
          <Button
            variant="default"
            onClick={() => change(Object.fromEntries([...texts, ...days, 'state', 'reason', 'group', 'file'].map((name) => [name, ''])))}
          >
            {t('clear')}
          </Button>
        </Group>
      </form>
      {query.group !== undefined && <Text className="quiet">{t('onlyGroup')}</Text>}
      <DataTable
        name="usage"
        label={t('title')}
        list={list}
        columns={columns}
        rowKey={({ record, status }) => `${status}${record}`}
        open={({ record }) => ({ to: '/usage/$record', params: { record } })}
        empty={<Empty title={t('empty')}>{t('emptyWhat')}</Empty>}
      />
      {deleted !== undefined && (
        <Text className="quiet" role="status">
          {t(deleted.keptDays === 0 ? 'deletedDays' : 'deletedDaysKept', {
            days: deleted.days.map(({ from, to }) => (from === to ? from : `${from} – ${to}`)).join(', '),
            kept: deleted.keptDays,
          })}
        </Text>
      )}
    </Page>
  );
}

function queryOf(url: Readonly<Record<string, string | undefined>>) {
  const { number, callId, trunk, partner, destination, from, to, state, reason, group, file } = url;
  const status = states.find((each) => each === state);
  return {
    ...(number ? { number: number.replaceAll(/[\s()/.-]/g, '') } : {}),
    ...(callId ? { callId } : {}),
    ...(trunk ? { trunk } : {}),
    ...(partner ? { partner } : {}),
    ...(destination ? { destination } : {}),
    ...(reason ? { reason } : {}),
    ...(group ? { group } : {}),
    ...(file ? { file } : {}),
    ...(from ? { from: `${from}T00:00:00Z` } : {}),
    ...(to ? { to: `${new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z` } : {}),
    ...(status === undefined ? {} : { status }),
  };
}
