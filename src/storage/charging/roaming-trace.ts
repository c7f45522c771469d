/** What is kept of one session of a roamer: what was told of it that waits, and the records that were made of the rest. For people who look at one. */
import type { RoamingContainer, RoamingDirection, RoamingFacts } from '#core/charging/roaming-session.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

export interface KeptRoaming {
  readonly session: string;
  readonly direction: RoamingDirection;
  readonly basis: 'flows' | 'groups';
  /** What holds for use from here on. */
  readonly facts: RoamingFacts;
  readonly ended: boolean;
  readonly heardMicros: number;
  /** Those that are not booked yet. */
  readonly reports: readonly {
    readonly number: string;
    readonly toldMicros: number;
    readonly facts: RoamingFacts;
    readonly containers: readonly RoamingContainer[];
  }[];
  readonly records: readonly {
    /** As `usage show` and `explain` take it. */
    readonly event: string;
    readonly state: 'rated' | 'held';
    readonly file: string;
    /** Its key in that file. */
    readonly record: string;
  }[];
}

const DAY = 86_400_000_000;

/** Undefined: no such session is known, or it was over more than an hour ago. */
export function selectRoaming(database: Database, session: string): Promise<KeptRoaming | undefined> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const { rows } = await client.query<Pick<KeptRoaming, 'direction' | 'basis' | 'facts' | 'ended'> & { readonly heard: number }>(
      'select direction, basis, facts, ended, heard_at as heard from roaming_session where session = $1',
      [session],
    );
    const [known] = rows;
    if (known === undefined) return undefined;
    const { heard, ...said } = known;
    const reports = await client.query<KeptRoaming['reports'][number]>(
      'select number::text as number, taken_at as "toldMicros", facts, containers from roaming_report where session = $1 order by roaming_report.number',
      [session],
    );
    const records = await client.query<KeptRoaming['records'][number]>(
      `select e.event_id::text as event, e.state, f.name as file, e.source_key as record
         from (select event_id, 'rated' as state, file_id, source_key from usage_event
                where starts_with(source_key, $1) and day between ($2::timestamptz at time zone 'UTC')::date and ($3::timestamptz at time zone 'UTC')::date
               union all select event_id, 'held', file_id, source_key from usage_held where starts_with(source_key, $1)) e
         join usage_file f using (file_id) order by e.event_id`,
      [`${session}/`, formatTimestamptz((known.facts.since ?? heard) - DAY), formatTimestamptz(heard + DAY)],
    );
    return { session, ...said, heardMicros: heard, reports: reports.rows, records: records.rows };
  });
}
