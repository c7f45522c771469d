/** What people ask of collecting: how each source stands, and which alarms are open. */
import type pg from 'pg';
import type { AlarmKind } from '#operations/collecting/ports.ts';
import { formatTimestamptz } from '../column-types.ts';

export interface SourceStanding {
  readonly source: string;
  readonly loaded: number;
  readonly refused: number;
  /** Growing, or to be tried again. */
  readonly waiting: number;
  readonly lastName: string | undefined;
  readonly lastSeenMicros: number | undefined;
  readonly highestPosition: number | undefined;
  readonly openAlarms: number;
}

/** Of these sources, in their order; a source of which nothing was seen yet has zeros. */
export async function sourceStandings(pool: pg.Pool, sources: readonly string[]): Promise<readonly SourceStanding[]> {
  const { rows } = await pool.query<{
    source: string;
    loaded: bigint;
    refused: bigint;
    waiting: bigint;
    last_name: string | null;
    last_seen: number | null;
    highest: bigint | null;
    alarms: bigint;
  }>(
    `select s.source, count(*) filter (where f.state = 'loaded') as loaded, count(*) filter (where f.state = 'refused') as refused,
        count(*) filter (where f.state in ('growing', 'failing')) as waiting,
        (array_agg(f.name order by f.first_seen_at desc, f.name desc) filter (where f.name is not null))[1] as last_name, max(f.first_seen_at) as last_seen,
        max(f.position) as highest,
        (select count(*) from collecting_alarm a where a.source = s.source and a.cleared_at is null) as alarms
       from unnest($1::text[]) with ordinality as s (source, place) left join collected_file f on f.source = s.source
      group by s.source, s.place order by s.place`,
    [sources],
  );
  return rows.map((row) => ({
    source: row.source,
    loaded: Number(row.loaded),
    refused: Number(row.refused),
    waiting: Number(row.waiting),
    lastName: row.last_name ?? undefined,
    lastSeenMicros: row.last_seen ?? undefined,
    highestPosition: row.highest === null ? undefined : Number(row.highest),
    openAlarms: Number(row.alarms),
  }));
}

export interface RaisedAlarm {
  readonly id: number;
  readonly source: string;
  readonly kind: AlarmKind;
  readonly subject: string;
  readonly detail: string;
  readonly raisedAtMicros: number;
  readonly clearedAtMicros: number | undefined;
}

/** The open alarms, or all of them; the latest first. */
export async function selectAlarms(
  pool: pg.Pool,
  filter: { readonly source: string | undefined; readonly cleared: boolean; readonly limit: number },
): Promise<readonly RaisedAlarm[]> {
  const { rows } = await pool.query<{
    alarm_id: bigint;
    source: string;
    kind: AlarmKind;
    subject: string;
    detail: string;
    raised_at: number;
    cleared_at: number | null;
  }>(
    `select alarm_id, source, kind, subject, detail, raised_at, cleared_at from collecting_alarm
      where ($1::text is null or source = $1) and ($2 or cleared_at is null) order by alarm_id desc limit $3`,
    [filter.source ?? null, filter.cleared, filter.limit],
  );
  return rows.map((row) => ({
    id: Number(row.alarm_id),
    source: row.source,
    kind: row.kind,
    subject: row.subject,
    detail: row.detail,
    raisedAtMicros: row.raised_at,
    clearedAtMicros: row.cleared_at ?? undefined,
  }));
}

/** Clears open alarms that a person has seen to; gives back the numbers that were open. */
export async function clearAlarms(pool: pg.Pool, ids: readonly number[], nowMicros: number): Promise<readonly number[]> {
  const { rows } = await pool.query<{ alarm_id: bigint }>(
    'update collecting_alarm set cleared_at = $2 where alarm_id = any($1) and cleared_at is null returning alarm_id',
    [ids, formatTimestamptz(nowMicros)],
  );
  return rows.map(({ alarm_id }) => Number(alarm_id));
}
