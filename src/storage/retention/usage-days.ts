/** A UTC day of usage leaves the books as a whole: its partition, and what hangs on its events. What it came to stays (migration 400). */
import type pg from 'pg';
import { rowSumsOf } from '../usage/audit-sums.ts';
import { partitionOf } from '../usage/days.ts';
import { keyOwners, keyOwnersIn } from '../usage/key-owners.ts';
import { insertDeletion } from './deletions.ts';

/** All who come later wait behind who waits for a table. */
const LONGEST_WAIT_MS = 5_000;

export interface UsageDay {
  readonly day: string;
  /** As the server guesses, where nobody counted. */
  readonly records: number;
  readonly bytes: number;
}

/** By source: over the keys that records have claimed. */
export type SumsOfKeys = (
  owners: ReturnType<typeof keyOwners>,
) => Promise<ReadonlyMap<number, { readonly count: number; readonly parts: { readonly first: number; readonly second: number } }>>;

/** Days with rows of usage, before one, the oldest first. */
export async function usageDaysBefore(client: pg.ClientBase | pg.Pool, before: string): Promise<readonly UsageDay[]> {
  const { rows } = await client.query<{ day: string; records: string; bytes: string }>(
    `select d.day::text as day, greatest(0, case when c.reltuples < 0 then 0 else c.reltuples end)::bigint::text as records,
            pg_total_relation_size(c.oid)::text as bytes
       from pg_inherits i join pg_class c on c.oid = i.inhrelid
       cross join lateral (select to_date(right(c.relname, 8), 'YYYYMMDD') as day) d
      where i.inhparent = 'usage_event'::regclass and c.relname ~ '^usage_event_[0-9]{8}$' and d.day < $1::date order by 1`,
    [before],
  );
  return rows.map(({ day, records, bytes }) => ({ day, records: Number(records), bytes: Number(bytes) }));
}

export async function countUsageDay(client: pg.ClientBase | pg.Pool, day: string): Promise<number> {
  const { rows } = await client.query<{ records: string }>(`select count(*)::text as records from ${partitionOf(day)}`);
  return Number(rows[0]?.records ?? 0);
}

/** Charges of the day as they were booked, in lines and local days. */
const chargesOf = (partition: string): string => `
  select e.file_id, e.event_id, e.in_line as line_id, coalesce(e.in_day, e.day) as local_day, 1 as events, e.answered::integer as answered,
         coalesce(e.in_raw, e.duration_micros) as raw, e.in_billed as billed, e.in_amount_nanos as amount from ${partition} e where e.in_line <> 0
  union all
  select e.file_id, e.event_id, e.out_line, coalesce(e.out_day, e.day), 1, e.answered::integer, coalesce(e.out_raw, e.duration_micros), e.out_billed,
         e.out_amount_nanos from ${partition} e where e.out_line <> 0`;

/**
 * In the transaction that `client` is in, with the right to write usage. The index for searching must be made: what reports read of it
 * stays, its numbers go. How many records it were.
 */
export async function deleteUsageDay(
  client: pg.PoolClient,
  { day, bytes }: UsageDay,
  rule: string,
  by: string,
  keySums: SumsOfKeys,
): Promise<{ readonly records: number }> {
  const partition = partitionOf(day);
  const records = await countUsageDay(client, day);
  const deletion = await insertDeletion(client, { kind: 'usage', rule, from: day, to: nextDay(day), records, bytes, by });
  await client.query(
    `insert into usage_deleted_sum (deletion_id, source_id, day, line_id, local_day, events, answered, raw, billed, amount_nanos)
     select $1, f.source_id, $2::date, c.line_id, c.local_day, sum(c.events), sum(c.answered), sum(c.raw), sum(c.billed), sum(c.amount)
       from (${chargesOf(partition)}
         union all
         select e.file_id, e.event_id, a.line_id, a.local_day, a.events, a.answered, a.raw, a.billed, a.amount_nanos
           from usage_adjustment a join ${partition} e on e.event_id = a.event_id where a.day = $2::date) c
       join usage_file f using (file_id) group by f.source_id, c.line_id, c.local_day`,
    [deletion, day],
  );
  await client.query(
    `insert into usage_deleted_counter (deletion_id, key, value)
     select $1, m.key, sum((m.value ->> 1)::numeric) from usage_standing s cross join lateral jsonb_each(s.counters) m
      where s.day = $2::date and s.counters is not null group by m.key`,
    [deletion, day],
  );
  const sums = await rowSumsOf(client, partition);
  const files = [...sums.files.entries()];
  await client.query(
    `with rows as (
       select e.file_id, e.event_id as id, e.duration_micros as micros,
              not exists (select from usage_taken_back t where t.event_id = e.event_id) as stands,
              not exists (select from usage_correlated c where c.event_id = e.event_id) as is_record
         from ${partition} e),
     counted as (
       select file_id, count(*) filter (where stands and is_record) as rated, count(*) filter (where stands) as calls,
              coalesce(sum(micros) filter (where stands), 0) as micros, min(id) as first_id, max(id) as last_id from rows group by 1
       union all
       select p.file_id, count(*), 0, 0, min(p.part_id), max(p.part_id) from usage_part p join ${partition} e using (event_id) group by 1)
     insert into usage_deleted_file (deletion_id, file_id, day, rated, calls, micros, first_id, last_id, row_sum_a, row_sum_b)
     select $1, file_id, $2::date, sum(rated), sum(calls), sum(c.micros), min(first_id), max(last_id), coalesce(max(s.a), 0), coalesce(max(s.b), 0)
       from counted c left join unnest($3::integer[], $4::bigint[], $5::bigint[]) as s(file_id, a, b) using (file_id) group by file_id`,
    [deletion, day, files.map(([file]) => file), files.map(([, { a }]) => a), files.map(([, { b }]) => b)],
  );
  for (const [source, sum] of await keySums(keyOwners(client, keyOwnersIn(partition))))
    await client.query('insert into usage_deleted_key (deletion_id, source_id, keys, first_sum, second_sum) values ($1, $2, $3, $4, $5)', [
      ...[deletion, source, sum.count, sum.parts.first, sum.parts.second],
    ]);
  await client.query(
    `delete from usage_correction where event_id in (select event_id from ${partition} union all
       select part_id from usage_part p join ${partition} using (event_id))`,
  );
  for (const table of ['usage_part', 'usage_former_part', 'usage_correlated', 'usage_taken_back', 'usage_flag'])
    await client.query(`delete from ${table} where event_id in (select event_id from ${partition})`);
  await client.query('delete from usage_adjustment where day = $1::date', [day]);
  await client.query('delete from usage_search_part where day = $1::date', [day]);
  await client.query(`set local lock_timeout = '${LONGEST_WAIT_MS}ms'`);
  await client.query(`drop table ${partition}`);
  return { records };
}

/** Texts of records of a finished file that were repetitions or could not be read: their counts stay, what they said goes. How many. */
export async function forgetOtherRecords(client: pg.ClientBase | pg.Pool, fileIds: readonly number[]): Promise<number> {
  const { rowCount: rejected } = await client.query(
    `update usage_rejected set detail = '' where file_id = any($1::int[]) and detail <> '' and reason in ('usage.discarded', 'usage.rolled-back')`,
    [fileIds],
  );
  const { rowCount: discarded } = await client.query(
    `update usage_discard set was_detail = '' where was_detail <> '' and event_id in (select event_id from usage_rejected where file_id = any($1::int[]))`,
    [fileIds],
  );
  return (rejected ?? 0) + (discarded ?? 0);
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
