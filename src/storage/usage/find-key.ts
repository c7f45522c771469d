/** Whether a record with a source's key is in the books already: for people who look at one record, not for the bulk. */
import type pg from 'pg';
import { CHARGING_SOURCE } from '#core/usage/source.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';
import { type FoundCall, findCalls } from './search/find-calls.ts';
import { EVENT_SELECT, type EventRow, type StoredEvent, storedEventOf } from './stored-events.ts';
import { notTakenBack } from './taken-back.ts';

export interface StoredKey {
  readonly eventId: number;
  readonly status: 'rated' | 'held';
}

/** Rated records are looked for on the UTC days around the start, where a repetition of the same call must lie. */
export async function findStoredKey(
  client: pg.Pool | pg.ClientBase,
  source: string,
  key: string,
  startMicros: number,
): Promise<readonly StoredKey[]> {
  const { rows } = await client.query<{ event_id: bigint; status: StoredKey['status'] }>(
    `select event_id, 'rated' as status from usage_rated join usage_source s using (source_id)
      where s.name = $1 and source_key = $2 and ${notTakenBack('usage_rated.event_id')} and day between ($3::timestamptz at time zone 'UTC')::date - 1 and ($3::timestamptz at time zone 'UTC')::date + 1
     union all
     select event_id, 'held' from usage_held join usage_source s using (source_id) where s.name = $1 and source_key = $2
     order by 1`,
    [source, key, formatTimestamptz(startMicros)],
  );
  return rows.map(({ event_id, status }) => ({ eventId: Number(event_id), status }));
}

const DAY = 86_400_000_000;
const AT_ONCE = 1_000;

/** Rated events of a session of online charging, by their numbers. `from` and `to` in UTC microseconds: they are looked for on these UTC days, and one around. */
export async function selectEventsOfSession(
  database: Database,
  session: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly StoredEvent[]> {
  const filter = { session, from: (Math.floor(from / DAY) - 1) * DAY, to: (Math.floor(to / DAY) + 2) * DAY };
  const events: StoredEvent[] = [];
  for (let after: FoundCall | undefined; ; ) {
    const found = await findCalls(database, filter, { limit: AT_ONCE, after });
    const { rows } = await database.pool.query<EventRow>(
      `select ${EVENT_SELECT} where s.name = $1 and e.day = any($2::date[]) and e.event_id = any($3::bigint[])`,
      [CHARGING_SOURCE, [...new Set(found.map(({ day }) => day))], `{${found.map(({ id }) => id).join(',')}}`],
    );
    events.push(...rows.map(storedEventOf));
    after = found.at(-1);
    if (found.length < AT_ONCE) break;
  }
  return events.sort((a, b) => a.eventId - b.eventId);
}
