/** Where the embedded PostgreSQL has the tables that charging makes longer. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { growingFiles } from '#storage/charging/growing-files.ts';
import { sharedDatabase } from './with-engine.ts';

const database = sharedDatabase();

test('files of the log, sessions, use and the journal of the day are found, with their indexes and what they keep elsewhere', async () => {
  const store = openChargingStore(database());
  await store.prepareJournal(Date.now() * 1_000);
  await store.close();
  const paths = await growingFiles(database());
  const { rows } = await database().pool.query<{ folder: string; path: string; name: string; log: string }>(
    `select current_setting('data_directory') as folder, p.path, c.relname as name, (select reltoastrelid::regclass::text from pg_class where relname = 'charging_log') as log
       from unnest($1::text[]) as p(path) join pg_class c on pg_relation_filepath(c.oid) = p.path`,
    [paths],
  );
  assert.equal(rows.length, paths.length);
  for (const { folder, path } of rows) assert.ok(existsSync(join(folder, path)), path);
  const names = rows.map(({ name }) => name);
  for (const name of [
    'charging_log',
    'charging_session',
    'charging_session_pkey',
    'charging_usage',
    'charging_usage_pkey',
    rows[0]?.log.split('.')[1],
  ])
    assert.ok(names.includes(name ?? ''), `${name} is not among ${names.join(', ')}`);
  assert.ok(
    names.some((name) => /^charging_journal_\d{8}$/.test(name)),
    names.join(', '),
  );
});
