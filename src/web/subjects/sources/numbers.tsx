/** Tables of numbers with the files that count, what they have for a number, and taking a file in. */
import { Group, List, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { AskButton, asked, Work } from '../../parts/asked.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Instant } from '../../parts/instant.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';

type NumberTable = components['schemas']['NumberTable'];
type LookedUp = components['schemas']['LookedUpNumber'];

export function NumberTables() {
  const t = useTexts();
  const may = useMay();
  const mayImport = may('usage:manage') && may('files:send');
  const list = useList(['number-tables'], (cursor) =>
    client.GET('/v1/number-tables', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<NumberTable>[] => [
      { id: 'table', header: t('table'), value: ({ table }) => table, width: 180 },
      { id: 'gives', header: t('gives'), value: ({ gives }) => gives, width: 160 },
      { id: 'rows', header: t('rows'), kind: 'figure', value: ({ files }) => files.reduce((sum, { rows }) => sum + rows, 0), width: 120 },
      { id: 'files', header: t('files'), value: ({ files }) => files.map(({ file }) => file).join(', '), width: 320, wraps: true },
      { id: 'known', header: t('knownFrom'), kind: 'instant', value: ({ files }) => files.at(-1)?.knownFrom, width: 190 },
    ],
    [t],
  );
  const lookUp = asked({
    ...{ label: t('lookUp'), what: t('lookUpWhat') },
    fields: {
      number: { label: t('number'), most: 20, placeholder: '491701234567' },
      table: { label: t('table'), isOptional: true, choices: list.rows.map(({ table }) => ({ value: table, label: table })) },
      day: { label: t('onDay'), kind: 'day', isOptional: true },
    },
    send({ number, table, day }) {
      // What holds when the day begins in UTC.
      const query = { ...(table === undefined ? {} : { table }), ...(day === undefined ? {} : { at: `${day}T00:00:00Z` }) };
      return client.GET('/v1/numbers/{number}', { params: { path: { number: number.replace(/^\+/, '') }, query } }).then(answered);
    },
    said: (found) => <Found found={found} />,
  });
  const take = asked({
    ...{ label: t('takeNumbers'), what: t('takeNumbersWhat') },
    fields: {
      table: { label: t('table'), choices: list.rows.map(({ table }) => ({ value: table, label: table })) },
      upload: { label: t('file'), kind: 'file' },
      mode: {
        label: t('mode'),
        choices: [
          { value: 'full', label: t('modeFull') },
          { value: 'delta', label: t('modeDelta') },
        ],
      },
    },
    send: ({ table, ...body }, { key }) =>
      client
        .POST('/v1/number-tables/{table}/imports', { params: { path: { table }, header: { 'Idempotency-Key': key } }, body })
        .then(answered),
    said: ({ job }) => <Work job={job} changes={[['number-tables']]} />,
  });
  return (
    <Stack gap="sm">
      {list.rows.length > 0 && (
        <Group gap="sm">
          <AskButton of={lookUp} />
          {mayImport && <AskButton of={take} />}
        </Group>
      )}
      <DataTable
        {...{ name: 'number-tables', label: t('numberTables'), list, columns }}
        rowKey={({ table }) => table}
        empty={<Empty title={t('noNumberTables')}>{t('noNumberTablesWhat')}</Empty>}
      />
    </Stack>
  );
}

function Found({ found: { number, tables } }: { readonly found: LookedUp }) {
  const t = useTexts();
  return (
    <Stack gap="sm">
      {tables.map(({ table, value, history }) => (
        <div key={table}>
          <Text fw={500}>
            {table}: <bdi>{number}</bdi> → <bdi>{value ?? t('notThere')}</bdi>
          </Text>
          {history.length > 1 && (
            <List size="sm">
              {history.map(({ from, value: then }) => (
                <List.Item key={from ?? ''}>
                  {from === undefined ? t('fromTheStart') : <Instant at={from} />}: <bdi>{then ?? t('notThere')}</bdi>
                </List.Item>
              ))}
            </List>
          )}
        </div>
      ))}
    </Stack>
  );
}
