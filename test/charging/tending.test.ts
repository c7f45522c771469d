/** What autovacuum would do too late for the log, done in time; and how entries of the journal are found. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { keepTended } from '#app/charging/keep-tended.ts';
import { makeJournalDays } from '#storage/charging/journal.ts';
import { vacuumLog } from '#storage/charging/tending.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { sharedDatabase } from './with-engine.ts';

const database = sharedDatabase();

const NOON = Date.parse('2026-10-05T12:00:00Z') * 1_000;
const never = new AbortController().signal;

beforeEach(async () => {
  const { pool } = database();
  await pool.query('alter table charging_log set (autovacuum_enabled = off)'); // nobody else is to tend it
  await pool.query('vacuum charging_log'); // of the test before
});

/** Rows of the log that are there no more; the server counts them at once. */
async function logAndForget(commits: number): Promise<void> {
  const client = await database().pool.connect();
  await client.query(
    `insert into charging_log (engine_id, sequence, accounts, versions, last_entries, states)
       select 1, g, '{a}', '{1}', '{1}', 's' from generate_series(1, $1::int) g`,
    [commits],
  );
  await client.query('delete from charging_log');
  await client.query('select pg_stat_force_next_flush()');
  client.release();
}

async function pagesOf(table: string): Promise<number> {
  const { rows } = await database().pool.query<{ pages: number }>('select (pg_relation_size($1::regclass) / 8192)::int as pages', [table]);
  return rows[0]?.pages ?? 0;
}

test('what was deleted of the log is room for what follows', async () => {
  await logAndForget(3_000);
  const before = await pagesOf('charging_log');
  assert.equal(await vacuumLog(database(), never), true);
  assert.equal(await pagesOf('charging_log'), before, 'its end is not given back');
  await logAndForget(3_000);
  assert.equal(await pagesOf('charging_log'), before);
});

test('a log of which little is dead is not vacuumed', async () => {
  await logAndForget(1_000);
  assert.equal(await vacuumLog(database(), never), false);
});

test('a log that another session has is left alone, and taken up when it has gone', async () => {
  await logAndForget(3_000);
  const client = await database().pool.connect();
  await client.query('begin; lock table charging_log in share update exclusive mode'); // as an autovacuum has it
  assert.equal(await vacuumLog(database(), never), false);
  await client.query('rollback');
  client.release();
  assert.equal(await vacuumLog(database(), never), true);
});

test('entries of a day are found by a B-tree: BRIN would be looked through whole at each step of a history', async () => {
  await makeJournalDays(database(), NOON, new Set());
  const { rows } = await database().pool.query(
    `select a.amname as method from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
      where i.indrelid = 'charging_journal_20261005'::regclass`,
  );
  assert.deepEqual(rows, [{ method: 'btree' }]);
});

test('a role that does not own the tables is told so', async () => {
  const other = openDatabase(database().address, { connections: 1 });
  try {
    await other.pool.query('set role carillon_partner');
    await assert.rejects(vacuumLog(other, never), /only the owner of charging_log may/);
  } finally {
    await other.close();
  }
});

test('the loop says once what keeps it from its work, goes on, and ends when it is told to', async () => {
  const said: string[] = [];
  const log = pino({}, { write: (line: string) => void said.push(line) });
  let asked = 0;
  const { pool } = database();
  const query = (...words: Parameters<typeof pool.query>): unknown => {
    asked += 1;
    if (asked <= 3) throw new Error('not now');
    return pool.query(...words);
  };
  const failing: Database = {
    ...database(),
    pool: new Proxy(pool, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name, target)) }),
  };
  await logAndForget(3_000);
  const before = await vacuums();
  const stop = new AbortController();
  const loop = keepTended({ database: failing, log }, stop.signal, 1);
  while ((await vacuums()) === before) await sleep(5);
  stop.abort();
  await loop;
  assert.equal(said.length, 1, said.join('\n'));
  assert.match(said[0] ?? '', /not now/);
});

async function vacuums(): Promise<bigint> {
  const { rows } = await database().pool.query<{ count: bigint }>(`select pg_stat_get_vacuum_count('charging_log'::regclass) as count`);
  return rows[0]?.count ?? 0n;
}
