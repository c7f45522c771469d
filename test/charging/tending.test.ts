/** What autovacuum would do too late for the log and the journal, done in time. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { keepTended } from '#app/charging/keep-tended.ts';
import { makeJournalDays } from '#storage/charging/journal.ts';
import { ChargingTables } from '#storage/charging/tending.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { readMigrations } from '#storage/migrations.ts';
import { sharedDatabase } from './with-engine.ts';

const database = sharedDatabase();

const DAY = 86_400_000_000;
const NOON = Date.parse('2026-10-05T12:00:00Z') * 1_000;
const [TODAY, YESTERDAY] = ['charging_journal_20261005', 'charging_journal_20261004'];
const PAGES_PER_RANGE = 16;
const never = new AbortController().signal;

beforeEach(async () => {
  const { pool } = database();
  await makeJournalDays(database(), NOON - DAY, new Set());
  await pool.query(`truncate ${TODAY}, ${YESTERDAY}`);
  // Nothing but what is tested here is to tend them.
  for (const table of ['charging_log', TODAY, YESTERDAY]) await pool.query(`alter table ${table} set (autovacuum_enabled = off)`);
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

async function write(fromMicros: number, entries: number): Promise<void> {
  await database().pool.query(
    `insert into charging_journal (entry_id, previous_id, at_micros, before, after, number, bucket, account_id, definition, unit, cause, cause_of)
       select $1::bigint + g, 0, $1, 0, 0, 0, 0, repeat('a', 1000), '', '', '', '' from generate_series(1, $2::int) g`,
    [fromMicros, entries],
  );
}

async function pagesOf(table: string): Promise<number> {
  const { rows } = await database().pool.query<{ pages: number }>('select (pg_relation_size($1::regclass) / 8192)::int as pages', [table]);
  return rows[0]?.pages ?? 0;
}

/** How many ranges still had none. */
async function summarise(table: string): Promise<number> {
  const { rows } = await database().pool.query<{ made: number }>('select brin_summarize_new_values($1) as made', [`${table}_entry_id_idx`]);
  return rows[0]?.made ?? -1;
}

async function holding<T>(table: string, work: () => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  await client.query(`begin; lock table ${table} in share update exclusive mode`); // as an autovacuum has it
  try {
    return await work();
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('what was deleted of the log is room for what follows', async () => {
  await logAndForget(3_000);
  const before = await pagesOf('charging_log');
  assert.equal((await new ChargingTables(database()).look(NOON, never)).vacuumed, true);
  assert.equal(await pagesOf('charging_log'), before, 'its end is not given back');
  await logAndForget(3_000);
  assert.equal(await pagesOf('charging_log'), before);
});

test('a log of which little is dead is not vacuumed', async () => {
  await logAndForget(1_000);
  assert.equal((await new ChargingTables(database()).look(NOON, never)).vacuumed, false);
});

test('full ranges of the journal are summarised as it grows, the last when its day is over', async () => {
  const tables = new ChargingTables(database());
  await write(NOON, 2_500);
  const full = Math.floor((await pagesOf(TODAY)) / PAGES_PER_RANGE);
  assert.ok(full > 10, `${full}`);
  // The first has its summary from the beginning: it was made with the table.
  assert.deepEqual(await tables.look(NOON, never), { vacuumed: false, summarised: full - 1, isBehind: false });
  assert.deepEqual(await tables.look(NOON, never), { vacuumed: false, summarised: 0, isBehind: false });
  await write(NOON + 60_000_000, 500);
  const more = (await pagesOf(TODAY)) / PAGES_PER_RANGE;
  assert.notEqual(more % 1, 0, 'a range has begun');
  assert.equal((await tables.look(NOON, never)).summarised, Math.floor(more) - full);
  assert.equal((await tables.look(NOON + DAY, never)).summarised, 1);
  assert.equal(await summarise(TODAY), 0);
});

test('what another has summarised is passed over, and much is done a part at a time', async () => {
  await write(NOON, 2_000);
  await summarise(TODAY);
  await write(NOON + 60_000_000, 35_000);
  const [tables, parts] = [new ChargingTables(database()), [] as number[]];
  for (let isBehind = true; isBehind; ) {
    const done = await tables.look(NOON, never);
    parts.push(done.summarised);
    isBehind = done.isBehind;
  }
  assert.equal(parts.length, 2, parts.join(', '));
  assert.ok((await summarise(TODAY)) <= 1, 'but for the last, which is not full');
});

test('yesterday is looked after, too', async () => {
  await write(NOON - DAY, 1_000);
  assert.ok((await new ChargingTables(database()).look(NOON, never)).summarised > 1);
  assert.equal(await summarise(YESTERDAY), 0);
});

test('a day that comes later does not ask autovacuum for summaries, nor do those that were there before', async () => {
  await makeJournalDays(database(), NOON + 10 * DAY, new Set());
  await makeJournalDays(database(), NOON + 10 * DAY, new Set()); // another engine
  // As releases before migration 534 made it.
  await database().pool.query('create table charging_journal_before partition of charging_journal for values from (0) to (1)');
  await database().pool.query(readMigrations().find(({ name }) => name.startsWith('534_'))?.sql ?? '');
  const { rows } = await database().pool.query<{ name: string; options: readonly string[] }>(
    `select c.relname as name, c.reloptions as options from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'charging_journal_entry'::regclass`,
  );
  assert.ok(rows.length >= 5);
  for (const { name, options } of rows) assert.ok(options.includes('autosummarize=off'), `${name}: ${options}`);
});

test('tables that another session has are left alone, and taken up when it has gone', async () => {
  const tables = new ChargingTables(database());
  await logAndForget(3_000);
  await write(NOON, 1_000);
  const meanwhile = await holding('charging_log', () => holding(TODAY, () => tables.look(NOON, never)));
  assert.deepEqual(meanwhile, { vacuumed: false, summarised: 0, isBehind: false });
  const { vacuumed, summarised } = await tables.look(NOON, never);
  assert.equal(vacuumed, true);
  assert.ok(summarised > 0);
});

test('a role that does not own the tables is told so', async () => {
  const other = openDatabase(database().address, { connections: 1 });
  try {
    await other.pool.query('set role carillon_partner');
    await assert.rejects(new ChargingTables(other).look(NOON, never), /only the owner of charging_log may/);
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
