/** Takes a file out of the books, in one transaction of `client`, which has the right to write usage. */
import type pg from 'pg';
import type { Counts } from '#pipeline/ports.ts';
import { selectFile } from './files.ts';
import { detachParts, markTakenBack } from './taken-back.ts';

export interface AmountTakenBack {
  readonly role: string;
  readonly currency: string;
  readonly nanos: bigint;
}

export interface TakenBack {
  readonly run: number;
  readonly counts: Counts;
  readonly charges: number;
  readonly amounts: readonly AmountTakenBack[];
  readonly duplicatesElsewhere: number;
}

/** Reversals of all its charges as they stand, with the rollups; a closed day's with the first open one. */
const REVERSE = `with reversed as (
    insert into usage_adjustment (event_id, day, leg, version_id, role, local_day, rate_id, band, billed, amount_nanos, counters, reason, line_id,
        events, answered, raw, whole, run_id, correction_run, original_day)
      select s.event_id, s.day, s.leg, l.version_id, l.role, greatest(s.local_day, c.day), nullif(l.rate_id, 0), nullif(l.band, ''), -s.billed,
          -s.amount_nanos, coalesce(s.counters, '{}'), 'rolled-back', s.line_id, -1, -s.answered::integer, -s.raw, s.billed, s.run_id, $2,
          case when c.day > s.local_day then s.local_day end
        from usage_standing s join rollup_line l using (line_id)
          left join (select agreement, max(day) as day from usage_closed_until group by 1) c on c.agreement = l.agreement
       where s.file_id = $1 or s.event_id = any($3::bigint[])
      returning line_id, local_day, events, answered, raw, billed, amount_nanos),
  summed as (
    select line_id, local_day, sum(events) as events, sum(answered) as answered, sum(raw) as raw, sum(billed) as billed, sum(amount_nanos) as nanos
      from reversed group by 1, 2),
  rolled as (
    insert into rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos)
      select line_id, local_day, events, answered, raw, billed, nanos from summed order by 1, 2
      on conflict (line_id, day) do update set
        events = rollup_sum.events + excluded.events, answered = rollup_sum.answered + excluded.answered,
        raw_quantity = rollup_sum.raw_quantity + excluded.raw_quantity, billed_quantity = rollup_sum.billed_quantity + excluded.billed_quantity,
        amount_nanos = rollup_sum.amount_nanos + excluded.amount_nanos),
  late as (
    insert into rollup_late (line_id, day)
      select line_id, local_day from summed where local_day < (select day from closing_floor) on conflict do nothing),
  came as (
    insert into rollup_arrival (line_id, day, events, answered, raw, billed, amount_nanos)
      select line_id, local_day, events, answered, raw, billed, nanos from summed where local_day < (select day from closing_floor))
  select role, currency, (-sum(events))::bigint as charges, (-sum(nanos))::text as nanos
    from summed join rollup_line using (line_id) group by 1, 2 order by 1, 2`;

/** Numbers of its records in stretches: others may have been numbered between them. Each once: one that was corrected is an event and a part. */
const RELEASE = `insert into usage_key_release (first_event_id, last_event_id)
  select min(event_id), max(event_id) from (
    select event_id, event_id - row_number() over (order by event_id) as stretch from (
      select event_id from usage_event where file_id = $1 union select event_id from usage_held where file_id = $1
      union select event_id from usage_rejected where file_id = $1 union select part_id from usage_part where file_id = $1) as records) as placed
   group by stretch on conflict do nothing`;

/** Numbers of events that have parts in this file and in others. */
export async function callsWithOtherFiles(client: pg.ClientBase, fileId: number): Promise<readonly number[]> {
  const { rows } = await client.query<{ event_id: bigint }>(
    `select distinct event_id from usage_part own where own.file_id = $1
       and exists (select from usage_part other where other.event_id = own.event_id and other.file_id <> $1) order by 1`,
    [fileId],
  );
  return rows.map(({ event_id }) => Number(event_id));
}

/**
 * Undefined when it is rolled back already. `shared`: calls that have parts in other files: their charges go, too, and the
 * parts that are not of this file leave them. What waits for parts of its calls is to be looked at again.
 */
export async function takeFileBack(
  client: pg.ClientBase,
  fileId: number,
  shared: readonly number[],
  { why, by }: { readonly why: string; readonly by: string },
): Promise<TakenBack | undefined> {
  const file = await selectFile(client, fileId);
  if (file === undefined || file.state === 'rolled-back') return undefined;
  const { counts, reasons, state, offsetBytes } = file;
  const { rows: runs } = await client.query<{ run_id: number }>(
    `insert into correction_run (kind, subject, why, started_by, state, finished_at) values ('rollback', $1, $2, $3, 'done', clock_timestamp()) returning run_id`,
    [JSON.stringify({ fileId, name: file.name, state, offsetBytes, counts, reasons }), why, by],
  );
  const run = runs[0]?.run_id;
  if (run === undefined) throw new Error('the run was not entered');
  await client.query(
    `update usage_counter set disturbed = true where key in
       (select jsonb_object_keys(counters) from usage_standing
         where (file_id = $1 or event_id = any($2::bigint[])) and counters is not null)`,
    [fileId, shared],
  );
  await client.query(RELEASE, [fileId]);
  const { rows } = await client.query<{ role: string; currency: string; charges: bigint; nanos: string }>(REVERSE, [fileId, run, shared]);
  await markTakenBack(client, shared, run);
  await detachParts(client, shared, fileId);
  await client.query(
    `update usage_waiting_part set state = 'new' where group_key in
       (select group_key from usage_correlated c join usage_part p using (event_id) where p.file_id = $1)`,
    [fileId],
  );
  await closeOthers(client, fileId, `rolled back with its file by ${by}, because: ${why}`);
  const { rows: duplicates } = await client.query<{ n: bigint }>(
    `select count(*) as n from usage_duplicate d join usage_file f using (file_id) where d.file_id <> $1 and f.state <> 'rolled-back'
       and exists (select from usage_key_release where first_event_id <= d.duplicate_of and last_event_id >= d.duplicate_of)
       and d.duplicate_of in (select event_id from usage_event where file_id = $1 union all select event_id from usage_rejected where file_id = $1
         union all select part_id from usage_part where file_id = $1)`,
    [fileId],
  );
  await client.query(
    `update usage_file set state = 'rolled-back', finished_at = coalesce(finished_at, clock_timestamp()) where file_id = $1`,
    [fileId],
  );
  // What searching and reports have added up of it is made again.
  await client.query(
    'insert into usage_search_todo (day, first_id, last_id) select day, min(event_id), max(event_id) from usage_event where file_id = $1 group by day',
    [fileId],
  );
  return {
    run,
    counts,
    charges: rows.reduce((sum, { charges }) => sum + Number(charges), 0),
    amounts: rows.map(({ role, currency, nanos }) => ({ role, currency, nanos: BigInt(nanos) })),
    duplicatesElsewhere: Number(duplicates[0]?.n ?? 0),
  };
}

/** What was held or rejected is rejected for `usage.rolled-back`, and says what it was before. */
async function closeOthers(client: pg.ClientBase, fileId: number, told: string): Promise<void> {
  const detail = `$2::text || '; it was ' || $3::text || ' for ' || reason || ': ' || detail`;
  await client.query(
    `insert into usage_rejected (event_id, file_id, byte_from, byte_length, reason, detail)
       select event_id, file_id, byte_from, byte_length, 'usage.rolled-back', ${detail} from usage_held where file_id = $1`,
    [fileId, told, 'held'],
  );
  await client.query(
    `update usage_rejected set reason = 'usage.rolled-back', detail = ${detail} where file_id = $1 and reason <> 'usage.rolled-back'`,
    [fileId, told, 'rejected'],
  );
  await client.query('delete from usage_held where file_id = $1', [fileId]);
  await client.query(
    `update usage_file set rejected = rejected + held, held = 0,
       reasons = case when rejected + held = 0 then '{}' else jsonb_build_object('usage.rolled-back', rejected + held) end where file_id = $1`,
    [fileId],
  );
}
