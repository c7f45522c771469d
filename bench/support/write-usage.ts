/** Months of calls straight into the books' tables, from a seed: what searching and reports are measured on. Rating them would take hours. */
import { COPY_END, COPY_HEAD, EVENT_COLUMNS } from '#pipeline/event-layout.ts';
import { copyAtOnce } from '#storage/copy-at-once.ts';
import type { Database } from '#storage/database.ts';
import { indexNextPart } from '#storage/usage/search/index-part.ts';
import { destinationOf, SeededDay } from './seeded-rows.ts';

export interface SeededUsage {
  readonly records: number;
  readonly days: number;
  readonly partners: number;
  readonly destinations: number;
}

/** UTC; the first of the days. */
export const FIRST_DAY = '2026-10-01';

/** Days that are written, or indexed, at once. */
const AT_ONCE = 2;
/** Rows given to COPY at once, some megabytes. */
const ROWS_AT_ONCE = 20_000;

/**
 * Calls of `partners` carriers to `destinations` destinations, spread evenly over the days, indexed for searching by the very code that `serve` runs.
 * Everything about call n is a function of n, so that a search can be checked: its called number is the destination's code and seven digits,
 * its caller one of two million. Of two hundred calls one more waits, and one came twice. A day is one transaction: what is killed goes on with the
 * days that are missing. `tell` hears what is done.
 */
export async function writeUsage(database: Database, wanted: SeededUsage, tell: (done: string) => void): Promise<void> {
  await writeNames(database, wanted);
  const { rows } = await database.pool.query<{ name: string }>('select name from usage_file');
  const known = new Set(rows.map(({ name }) => name));
  const missing = Array.from({ length: wanted.days }, (_, day) => day).filter((day) => !known.has(fileOf(day)));
  await sideBySide(async () => {
    const day = missing.shift();
    if (day === undefined) return false;
    await writeDay(database, wanted, day);
    tell(`day ${day + 1} of ${wanted.days} is written`);
    return true;
  });
  await sideBySide(async () => {
    const part = await indexNextPart(database);
    if (part !== undefined) tell(`${part.records.toLocaleString('en')} records of ${part.day} are indexed`);
    return part !== undefined;
  });
  // A day that the other one had when this one looked.
  while ((await indexNextPart(database)) !== undefined);
}

/** Until each says that nothing is left. */
async function sideBySide(work: () => Promise<boolean>): Promise<void> {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (await work());
    }),
  );
}

const fileOf = (day: number): string => `seeded-${day + 1}.csv`;

async function writeNames(database: Database, { records, partners, destinations }: SeededUsage): Promise<void> {
  await database.transaction(async (client) => {
    const { rowCount } = await client.query(`insert into usage_source (name) values ('seeded') on conflict do nothing`);
    if (rowCount === 0) return;
    await client.query(`insert into usage_trunk (name) select 'trunk-' || n from generate_series(1, $1::int) as n`, [partners * 2]);
    await client.query(`insert into usage_run (known_at) values ('2026-09-30T00:00:00Z')`);
    // What is loaded later has numbers behind all of these.
    await client.query('update usage_numbering set next_event_id = $1', [3 * records + 1]);
    // Line numbers: of partner p and destination d, 2 × (p × destinations + d) + 1 incoming and + 2 outgoing.
    await client.query(
      `insert into rollup_line (agreement, version_id, role, tariff, rate_id, destination, band, currency)
         select 'partner-' || p, p + 1, r, 'tariff-' || p, d + 1, 'Destination ' || d, '', 'EUR'
           from generate_series(0, $1::int - 1) as p, generate_series(0, $2::int - 1) as d, unnest(array['incoming', 'outgoing']) with ordinality as t(r, n) order by p, d, n`,
      [partners, destinations],
    );
  });
}

async function writeDay(database: Database, { records, days, partners, destinations }: SeededUsage, day: number): Promise<void> {
  const ofDay = Math.floor(records / days);
  const date = new Date(Date.parse(FIRST_DAY) + day * 86_400_000).toISOString().slice(0, 10);
  const table = `usage_event_${date.replaceAll('-', '')}`;
  const first = day * ofDay + 1;
  await database.transaction(async (client) => {
    await client.query(`set local work_mem = '128MB'; set local jit = off`);
    const { rows } = await client.query<{ file_id: number }>(
      `insert into usage_file (source_id, name, sha256, size_bytes, archive_path, state, read, rated)
         select source_id, $1::text, sha256(convert_to($1::text, 'UTF8')), 1, 'seeded', 'loaded', 0, 0 from usage_source returning file_id`,
      [fileOf(day)],
    );
    const fileId = rows[0]?.file_id ?? 0; // it returns one
    await client.query(`create table ${table} (like usage_event including defaults including constraints including indexes)`);
    const calls = new SeededDay({ partners, destinations }, date, { first, ofDay, fileId });
    // Nobody else sees the table yet, so its rows are written as old ones: nothing has to be looked through afterwards.
    const sql = `copy ${table} (${EVENT_COLUMNS.join(', ')}) from stdin (format binary, freeze)`;
    for (let from = first; from < first + ofDay; from += ROWS_AT_ONCE)
      await copyAtOnce(client, sql, [COPY_HEAD, calls.rows(from, Math.min(ROWS_AT_ONCE, first + ofDay - from)), COPY_END]);
    await client.query(
      `insert into usage_held (event_id, source_id, file_id, byte_from, byte_length, source_key, reason, detail, service, started_at, calling, called, trunk_in, trunk_out, answered, duration_micros, held_at)
         select n + $2::bigint, source_id, $3, n * 100, 100, 'held-' || n, case when mod(n, 3) = 0 then 'trunk-unknown' else 'no-rate' end, 'code ' || mod(n, 500), 'voice',
             $1::timestamptz + (n - $4) * interval '1 day' / $5::int, '4930' || lpad(mod(n * 104729, 2000000)::text, 7, '0'), (5000 + mod(n, 500)) || lpad(mod(n * 7919, 10000000)::text, 7, '0'),
             'trunk-' || mod(n, 40), 'trunk-9', true, 60000000, $1::timestamptz
           from usage_source, generate_series($4::bigint, $4::bigint + $5 - 1, 200) as n`,
      [date, records, fileId, first, ofDay],
    );
    await client.query(
      `insert into usage_duplicate (event_id, file_id, byte_from, byte_length, source_key, duplicate_of)
         select n + $1::bigint, $2, n * 100, 100, 'call-' || n, n from generate_series($3::bigint, $3::bigint + $4 - 1, 200) as n`,
      [2 * records, fileId, first, ofDay],
    );
    await client.query(`insert into usage_search_todo (day, first_id, last_id) values ($1, $2, $3)`, [date, first, first + ofDay - 1]);
    const lines = [...(calls.sums[0]?.keys() ?? [])].filter((line) => (calls.sums[0]?.[line] ?? 0) > 0);
    await client.query(
      `insert into rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos)
         select line, $2::date, events, answered, raw, billed, nanos
           from unnest($1::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) as s(line, events, answered, raw, billed, nanos)`,
      [lines, date, ...calls.sums.map((sum) => lines.map((line) => sum[line]))],
    );
    // Last: it locks the whole table for the other day that is written.
    await client.query(`alter table usage_event attach partition ${table} for values from ('${date}') to (date '${date}' + 1)`);
  });
  // As autovacuum does: with it the summaries of where which numbers are.
  await database.pool.query(
    `select brin_summarize_new_values(i.oid) from pg_index x join pg_class i on i.oid = x.indexrelid join pg_am a on a.oid = i.relam
      where x.indrelid = $1::regclass and a.amname = 'brin'`,
    [table],
  );
  await database.pool.query(`analyze ${table}`);
}

/** The called number of call n, as `writeUsage` writes it. */
export function calledOf(n: number, destinations: number): string {
  return `${2000 + destinationOf(n, destinations)}${String((n * 7919) % 10_000_000).padStart(7, '0')}`;
}
