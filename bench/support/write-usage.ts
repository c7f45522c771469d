/** Months of calls straight into the books' tables, from a seed: what searching and reports are measured on. Rating them would take hours. */
import type { Database } from '#storage/database.ts';
import { indexNextPart } from '#storage/usage/search/index-part.ts';

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
    const fileId = rows[0]?.file_id;
    await client.query(`create table ${table} (like usage_event including defaults including constraints including indexes)`);
    await client.query(
      `insert into ${table} (event_id, byte_from, started_at, duration_micros, in_billed, in_amount_nanos, out_billed, out_amount_nanos, day, file_id, run_id,
           byte_length, trunk_in, trunk_out, in_line, out_line, service, answered, source_key, called, calling, cause)
         select n, n * 100, $1::timestamptz + (n - $2) * interval '1 day' / $3::int, seconds * 1000000::bigint, seconds, seconds * 1000000, seconds, seconds * 700000,
             $1::date, $4, 1, 100, ${trunkSql('in')}, ${trunkSql('out')},
             2 * (mod(n, $5::int) * $6 + destination) + 1, 2 * (mod(n / 7, $5::int) * $6 + destination) + 2, 0, seconds > 0,
             'call-' || n, (2000 + destination) || lpad(mod(n * 7919, 10000000)::text, 7, '0'), '4930' || lpad(mod(n * 104729, 2000000)::text, 7, '0'), case when seconds > 0 then '16' else '34' end
           from (select n, case when mod(n, 5) < 2 then 0 else (1 + mod(n * 31, 600))::int end as seconds,
                    ($6::int * power(mod(n * 48271, 1000003)::float8 / 1000003, 3))::int as destination
                   from generate_series($2::bigint, $2::bigint + $3 - 1) as n) as c`,
      [date, first, ofDay, fileId, partners, destinations],
    );
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
    await client.query(
      `insert into rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos)
         select line, day, count(*), count(*) filter (where answered), sum(duration_micros), sum(billed), sum(nanos)
           from (select in_line as line, day, answered, duration_micros, in_billed as billed, in_amount_nanos as nanos from ${table}
                 union all select out_line, day, answered, duration_micros, out_billed, out_amount_nanos from ${table}) as legs group by line, day`,
    );
    // Last: it locks the whole table for the other day that is written.
    await client.query(`alter table usage_event attach partition ${table} for values from ('${date}') to (date '${date}' + 1)`);
  });
  // As autovacuum does: with it the summaries of where which numbers are.
  await database.pool.query(`vacuum analyze ${table}`);
}

function trunkSql(side: 'in' | 'out'): string {
  return side === 'in' ? '1 + 2 * mod(n, $5::int)' : '2 + 2 * mod(n / 7, $5::int)';
}

/** The called number of call n, as `writeUsage` writes it. */
export function calledOf(n: number, destinations: number): string {
  const share = ((n * 48_271) % 1_000_003) / 1_000_003;
  return `${2000 + Math.round(destinations * share ** 3)}${String((n * 7919) % 10_000_000).padStart(7, '0')}`;
}
