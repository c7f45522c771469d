/** Months of calls straight into the books' tables, from a seed: what searching and reports are measured on. Rating them would take hours. */
import type { Database } from '#storage/database.ts';

export interface SeededUsage {
  readonly records: number;
  readonly days: number;
  readonly partners: number;
  readonly destinations: number;
}

/** UTC; the first of the days. */
export const FIRST_DAY = '2026-10-01';

/**
 * Calls of `partners` carriers to `destinations` destinations, spread evenly over the days. Everything about call n is a function of n, so
 * that a search can be checked: its called number is the destination's code and seven digits, its caller one of two million.
 */
export async function writeUsage({ pool }: Database, { records, days, partners, destinations }: SeededUsage): Promise<void> {
  await pool.query(`insert into usage_source (name) values ('seeded')`);
  await pool.query(
    `insert into usage_file (source_id, name, sha256, size_bytes, archive_path, state, read, rated)
       select source_id, 'seeded-' || d || '.csv', sha256(('seeded' || d)::bytea), 1, 'seeded', 'loaded', 0, 0 from usage_source, generate_series(1, $1::int) as d`,
    [days],
  );
  await pool.query(`insert into usage_trunk (name) select 'trunk-' || n from generate_series(1, $1::int) as n`, [partners * 2]);
  await pool.query(`insert into usage_run (known_at) values ('2026-09-30T00:00:00Z')`);
  // Line numbers: of partner p and destination d, 2 × (p × destinations + d) + 1 incoming and + 2 outgoing.
  await pool.query(
    `insert into rollup_line (agreement, version_id, role, tariff, rate_id, destination, band, currency)
       select 'partner-' || p, p + 1, r, 'tariff-' || p, d + 1, 'Destination ' || d, '', 'EUR'
         from generate_series(0, $1::int - 1) as p, generate_series(0, $2::int - 1) as d, unnest(array['incoming', 'outgoing']) with ordinality as t(r, n) order by p, d, n`,
    [partners, destinations],
  );
  const ofDay = Math.floor(records / days);
  for (let day = 0; day < days; day += 1) {
    const date = new Date(Date.parse(FIRST_DAY) + day * 86_400_000).toISOString().slice(0, 10);
    const table = `usage_event_${date.replaceAll('-', '')}`;
    await pool.query(`create table ${table} (like usage_event including defaults including constraints including indexes)`);
    await pool.query(`alter table usage_event attach partition ${table} for values from ('${date}') to (date '${date}' + 1)`);
    const first = day * ofDay + 1;
    await pool.query(
      `insert into ${table} (event_id, byte_from, started_at, duration_micros, in_billed, in_amount_nanos, out_billed, out_amount_nanos, day, file_id, run_id,
           byte_length, trunk_in, trunk_out, in_line, out_line, service, answered, source_key, called, calling, cause)
         select n, n * 100, $1::timestamptz + (n - $2) * interval '1 day' / $3::int, seconds * 1000000::bigint, seconds, seconds * 1000000, seconds, seconds * 700000,
             $1::date, $4, 1, 100, ${trunkSql('in')}, ${trunkSql('out')},
             2 * (mod(n, $5::int) * $6 + destination) + 1, 2 * (mod(n / 7, $5::int) * $6 + destination) + 2, 0, seconds > 0,
             'call-' || n, (2000 + destination) || lpad(mod(n * 7919, 10000000)::text, 7, '0'), '4930' || lpad(mod(n * 104729, 2000000)::text, 7, '0'), case when seconds > 0 then '16' else '34' end
           from (select n, case when mod(n, 5) < 2 then 0 else (1 + mod(n * 31, 600))::int end as seconds,
                    ($6::int * power(mod(n * 48271, 1000003) / 1000003.0, 3))::int as destination
                   from generate_series($2::bigint, $2::bigint + $3 - 1) as n) as c`,
      [date, first, ofDay, day + 1, partners, destinations],
    );
    await pool.query(`insert into usage_search_todo (day, first_id, last_id) values ($1, $2, $3)`, [date, first, first + ofDay - 1]);
    await pool.query(
      `insert into rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos)
         select line, day, count(*), count(*) filter (where answered), sum(duration_micros), sum(billed), sum(nanos)
           from (select in_line as line, day, answered, duration_micros, in_billed as billed, in_amount_nanos as nanos from ${table}
                 union all select out_line, day, answered, duration_micros, out_billed, out_amount_nanos from ${table}) as legs group by line, day`,
    );
  }
  await pool.query('vacuum analyze');
}

function trunkSql(side: 'in' | 'out'): string {
  return side === 'in' ? '1 + 2 * mod(n, $5::int)' : '2 + 2 * mod(n / 7, $5::int)';
}

/** The called number of call n, as `writeUsage` writes it. */
export function calledOf(n: number, destinations: number): string {
  const share = ((n * 48_271) % 1_000_003) / 1_000_003;
  return `${2000 + Math.round(destinations * share ** 3)}${String((n * 7919) % 10_000_000).padStart(7, '0')}`;
}
