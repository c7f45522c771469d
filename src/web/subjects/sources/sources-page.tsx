/** Sources with their throughput, open alarms, and the files that were loaded. */
import { Button, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { AskButton, AskMenu } from '../../parts/asked.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { joinAsk, loadAsk, rollBackAsk } from '../usage/asks.tsx';
import { useTexts as useUsageTexts } from '../usage/texts.ts';
import { useWord } from '../words/words.ts';
import { NumberTables } from './numbers.tsx';
import { ScreeningTable } from './screening.tsx';
import { useTexts } from './texts.ts';

type Source = components['schemas']['Source'];
type Alarm = components['schemas']['SourceAlarm'];
type LoadedFile = components['schemas']['LoadedFile'];

export function SourcesPage() {
  const t = useTexts();
  const usage = useUsageTexts();
  const may = useMay();
  const [{ tab = 'sources' }, change] = useUrl();
  const { data: sources } = useQuery({
    queryKey: ['sources'],
    queryFn: () => client.GET('/v1/sources').then(answered),
    select: ({ items }) => items,
  });
  const mayLoad = may('usage:manage') && may('files:send') && sources !== undefined && sources.length > 0;
  return (
    <Page
      title={t('title')}
      actions={
        mayLoad && (
          <AskButton
            of={loadAsk(
              usage,
              sources.map(({ source }) => source),
            )}
          />
        )
      }
    >
      <Tabs value={tab} onChange={(value) => change({ tab: value ?? '', sort: '', q: '' })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="sources">{t('title')}</Tabs.Tab>
          <Tabs.Tab value="alarms">{t('alarms')}</Tabs.Tab>
          <Tabs.Tab value="files">{t('files')}</Tabs.Tab>
          <Tabs.Tab value="screening">{t('screening')}</Tabs.Tab>
          <Tabs.Tab value="numbers">{t('numberTables')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="sources">
          <SourceTable />
        </Tabs.Panel>
        <Tabs.Panel value="alarms">
          <AlarmTable />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <FileTable />
        </Tabs.Panel>
        <Tabs.Panel value="screening">
          <ScreeningTable />
        </Tabs.Panel>
        <Tabs.Panel value="numbers">
          <NumberTables />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function SourceTable() {
  const t = useTexts();
  const query = useQuery({ queryKey: ['sources'], queryFn: () => client.GET('/v1/sources').then(answered), select: ({ items }) => items });
  const columns = useMemo(
    (): readonly Column<Source>[] => [
      { id: 'source', header: t('source'), value: ({ source }) => source, width: 160 },
      { id: 'format', header: t('format'), value: ({ format }) => format, filter: true, isHidden: true },
      { id: 'place', header: t('place'), value: ({ place }) => place ?? t('byHand'), filter: true },
      { id: 'alarms', header: t('alarms'), kind: 'figure', value: ({ openAlarms }) => openAlarms, width: 90 },
      { id: 'waiting', header: t('waiting'), kind: 'figure', value: ({ waiting }) => waiting, width: 90 },
      { id: 'refused', header: t('refused'), kind: 'figure', value: ({ refused }) => refused, width: 90 },
      { id: 'week', header: t('week'), kind: 'figure', value: ({ days }) => days.reduce((sum, { read }) => sum + read, 0), width: 130 },
      { id: 'held', header: t('held'), kind: 'figure', value: ({ days }) => days.reduce((sum, { held }) => sum + held, 0), width: 90 },
      { id: 'speed', header: t('speed'), kind: 'figure', value: ({ days }) => days.at(-1)?.recordsPerSecond, width: 110 },
      {
        ...{ id: 'line', header: t('read'), value: () => undefined, width: 120 },
        cell: ({ days, source }) => (
          <Sparkline values={days.map(({ read }) => read)} label={`${t('week')}: ${source}`} width={100} height={24} />
        ),
      },
      { id: 'last', header: t('lastFile'), value: ({ lastFile }) => lastFile, width: 240, isHidden: true },
      { id: 'seen', header: t('lastSeen'), kind: 'instant', value: ({ lastSeen }) => lastSeen, width: 200 },
    ],
    [t],
  );
  return (
    <DataTable
      {...{ name: 'sources', label: t('title'), list: wholeList(query), columns }}
      rowKey={({ source }) => source}
      empty={<Empty title={t('empty')}>{t('emptyWhat')}</Empty>}
    />
  );
}

function AlarmTable() {
  const t = useTexts();
  const word = useWord();
  const mayManage = useMay()('usage:manage');
  const query = useQuery({
    queryKey: ['source-alarms'],
    queryFn: () => client.GET('/v1/sources/alarms').then(answered),
    select: ({ items }) => items,
  });
  const clear = useChange({
    send: (alarm: number, { key }) =>
      client
        .POST('/v1/sources/alarms/clearings', { params: { header: { 'Idempotency-Key': key } }, body: { alarms: [alarm] } })
        .then(answered),
    changes: [['source-alarms'], ['sources']],
  });
  const { mutate } = clear;
  const columns = useMemo(
    (): readonly Column<Alarm>[] => [
      { id: 'source', header: t('source'), value: ({ source }) => source, filter: true },
      { id: 'kind', header: t('kind'), value: ({ kind }) => kind, cell: ({ kind }) => word(`alarm ${kind}`), filter: true, width: 110 },
      { id: 'subject', header: t('subject'), value: ({ subject }) => subject, width: 240 },
      { id: 'detail', header: t('detail'), value: ({ detail }) => detail, width: 420 },
      { id: 'raised', header: t('raised'), kind: 'instant', value: ({ raisedAt }) => raisedAt, width: 200 },
      {
        ...{ id: 'clear', header: t('clear'), value: () => undefined, width: 140 },
        cell: ({ alarm }) =>
          mayManage ? (
            <Button size="compact-xs" variant="default" onClick={() => mutate(alarm)}>
              {t('clear')}
            </Button>
          ) : null,
      },
    ],
    [t, word, mayManage, mutate],
  );
  return (
    <>
      {clear.error !== null && <Fault error={clear.error} />}
      <DataTable
        {...{ name: 'alarms', label: t('alarms'), list: wholeList(query), columns }}
        rowKey={({ alarm }) => String(alarm)}
        empty={<Empty title={t('noAlarms')}>{t('noAlarmsWhat')}</Empty>}
      />
    </>
  );
}

function FileTable() {
  const t = useTexts();
  const word = useWord();
  const usage = useUsageTexts();
  const mayManage = useMay()('usage:manage');
  const query = useQuery({
    queryKey: ['usage-files'],
    queryFn: () => client.GET('/v1/usage/files', { params: { query: { limit: 1_000 } } }).then(answered),
    select: ({ items }) => items,
  });
  const columns = useMemo(
    (): readonly Column<LoadedFile>[] => [
      { id: 'name', header: t('file'), value: ({ name }) => name, width: 300 },
      { id: 'source', header: t('source'), value: ({ source }) => source, filter: true },
      {
        id: 'state',
        header: t('state'),
        value: ({ state }) => state,
        cell: ({ state }) => word(`file ${state}`),
        filter: true,
        width: 130,
      },
      ...(['read', 'rated', 'held', 'duplicate', 'rejected'] as const).map(
        (id): Column<LoadedFile> => ({ id, header: t(id), kind: 'figure', value: (row) => row[id], total: true, width: 110 }),
      ),
      { id: 'speed', header: t('speed'), kind: 'figure', value: ({ recordsPerSecond }) => recordsPerSecond, width: 110 },
      { id: 'started', header: t('started'), kind: 'instant', value: ({ startedAt }) => startedAt, width: 200 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => undefined, width: 110 },
              cell: ({ file }: LoadedFile) => <AskMenu asks={[joinAsk(usage, { file }), rollBackAsk(usage, file)]} size="compact-xs" />,
            },
          ]
        : []),
    ],
    [t, word, usage, mayManage],
  );
  return (
    <DataTable
      {...{ name: 'files', label: t('files'), list: wholeList(query), columns }}
      rowKey={({ file }) => file}
      open={({ name }) => ({ to: '/usage', search: () => ({ file: name }) })}
      empty={<Empty title={t('noFiles')}>{t('noFilesWhat')}</Empty>}
    />
  );
}
