/** What re-rating reads and writes besides charges: the events that may fit, its run, counters to go through. */
import type pg from 'pg';
import type { CounterKey } from '#core/rating/charge.ts';
import { type Service, services, type UsageEvent } from '#core/usage/usage-event.ts';
import type { StandingEvent } from '#operations/usage/standing-charge.ts';
import { formatTimestamptz } from '../column-types.ts';
import { fetchStanding, STANDING_COLUMNS } from './standing-rows.ts';
import { notTakenBack } from './taken-back.ts';

/** Conditions on lines of the rollup; undefined for any. */
export interface LineFilter {
  readonly agreement: string | undefined;
  readonly tariff: string | undefined;
  readonly destination: string | undefined;
  readonly rateId: number | undefined;
}

/** Numbers of the lines that fit. */
export async function selectLineIds(client: pg.ClientBase | pg.Pool, filter: LineFilter): Promise<readonly number[]> {
  const { rows } = await client.query<{ line_id: number }>(
    `select line_id from rollup_line where ($1::text is null or agreement = $1) and ($2::text is null or tariff = $2)
       and ($3::text is null or destination = $3) and ($4::int is null or rate_id = $4)`,
    [filter.agreement ?? null, filter.tariff ?? null, filter.destination ?? null, filter.rateId ?? null],
  );
  return rows.map(({ line_id }) => line_id);
}

/** Names that charges in the books have. */
export async function selectBookedNames(
  client: pg.ClientBase | pg.Pool,
  what: 'agreement' | 'tariff' | 'destination',
): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(`select distinct ${what} as name from rollup_line order by 1`);
  return rows.map(({ name }) => name);
}

export interface EventFilter {
  /** Charged on one of these lines, now or before; undefined: any event. */
  readonly lineIds: readonly number[] | undefined;
  /** Local days of whatever zone, `to` exclusive. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly service: Service | undefined;
  readonly fileIds: readonly number[] | undefined;
}

/** Events with their charges as they stand, some thousand at once, through a cursor of the transaction of `client`; without those of files that were taken back, and without what charging has charged and a balance has paid. */
export async function* standingEvents(client: pg.ClientBase, filter: EventFilter): AsyncGenerator<Iterable<StandingEvent>> {
  // All of it will be read: without this, the plan is made for the first rows.
  await client.query('set local cursor_tuple_fraction = 1');
  // `exists`, not `in`: a list of all adjusted events is looked through for each event as soon as it does not fit the server's memory.
  await client.query(
    `declare standing no scroll cursor for
     select ${STANDING_COLUMNS} from usage_event e
      where ($1::int[] is null or e.in_line = any($1) or e.out_line = any($1)
          or exists (select from usage_adjustment a where a.event_id = e.event_id and a.line_id = any($1)))
        and ($2::date is null or e.day >= $2::date - 2) and ($3::date is null or e.day <= $3::date + 1)
        and ($4::smallint is null or e.service = $4) and ($5::int[] is null or e.file_id = any($5))
        and e.file_id not in (select file_id from usage_file join usage_source using (source_id) where state = 'rolled-back' or usage_source.name = 'charging')
        and ${notTakenBack('e.event_id')}`,
    [
      ...[filter.lineIds ?? null, filter.from ?? null, filter.to ?? null],
      ...[filter.service === undefined ? null : services.indexOf(filter.service), filter.fileIds ?? null],
    ],
  );
  yield* fetchStanding(client, 'standing');
}

/** Counters that must be gone through, with an event that moves each: the last in canonical order stays their last. */
export async function disturbCounters(client: pg.ClientBase, counters: ReadonlyMap<CounterKey, UsageEvent>): Promise<void> {
  if (counters.size === 0) return;
  const events = [...counters.values()];
  const place = (table: string): string => `(${table}.last_started_at, ${table}.last_source collate "C", ${table}.last_key collate "C")`;
  const later = `${place('excluded')} > ${place('usage_counter')}`;
  const last = (column: string): string => `${column} = case when ${later} then excluded.${column} else usage_counter.${column} end`;
  await client.query(
    `insert into usage_counter (key, value, last_started_at, last_source, last_key, disturbed)
     select key, 0, started_at, source, last, true from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[]) as t(key, started_at, source, last)
     on conflict (key) do update set disturbed = true, ${['last_started_at', 'last_source', 'last_key'].map(last).join(', ')}`,
    [
      [...counters.keys()],
      events.map(({ startMicros }) => formatTimestamptz(startMicros)),
      events.map(({ source }) => source),
      events.map(({ id }) => id),
    ],
  );
}

export interface RunToOpen {
  /** What is priced again, as given. */
  readonly subject: object;
  readonly why: string;
  readonly by: string;
  readonly knownAtMicros: number;
}

/**
 * The number of the run. One of the same subject and knowledge that was broken off goes on; others that were broken off
 * are left as they are: what they booked stands.
 */
export async function openRerateRun(client: pg.ClientBase, { subject, why, by, knownAtMicros }: RunToOpen): Promise<number> {
  const values = [JSON.stringify(subject), formatTimestamptz(knownAtMicros)];
  const { rows: open } = await client.query<{ run_id: number }>(
    `select run_id from correction_run where kind = 're-rate' and state = 'open' and subject = $1::jsonb and known_at = $2 order by run_id desc limit 1`,
    values,
  );
  await client.query(
    `update correction_run set state = 'abandoned', finished_at = clock_timestamp() where kind = 're-rate' and state = 'open' and run_id is distinct from $1`,
    [open[0]?.run_id ?? null],
  );
  if (open[0] !== undefined) return open[0].run_id;
  const { rows } = await client.query<{ run_id: number }>(
    `insert into correction_run (kind, subject, known_at, why, started_by, state) values ('re-rate', $1, $2, $3, $4, 'open') returning run_id`,
    [...values, why, by],
  );
  if (rows[0] === undefined) throw new Error('the run was not entered');
  return rows[0].run_id;
}

/** Ends a run; one that booked nothing leaves no trace. */
export async function closeRerateRun(client: pg.ClientBase, runId: number, summary: object): Promise<boolean> {
  const { rows } = await client.query<{ some: boolean }>('select exists (select from usage_adjustment where correction_run = $1) as some', [
    runId,
  ]);
  if (rows[0]?.some !== true) {
    await client.query('delete from correction_run where run_id = $1', [runId]);
    return false;
  }
  await client.query(`update correction_run set state = 'done', summary = $2, finished_at = clock_timestamp() where run_id = $1`, [
    runId,
    JSON.stringify(summary),
  ]);
  return true;
}
