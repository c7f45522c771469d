/** Whether a record with a source's key is in the books already: for people who look at one record, not for the bulk. */
import type pg from 'pg';
import { formatTimestamptz } from '../column-types.ts';
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

/** Rated events of a source whose keys begin so, by their numbers. `from` and `to` in UTC microseconds: they are looked for on these days, and one around. */
export async function selectEventsOfKeys(
  client: pg.Pool | pg.ClientBase,
  source: string,
  keysBegin: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly StoredEvent[]> {
  const { rows } = await client.query<EventRow>(
    `select ${EVENT_SELECT} where s.name = $1 and starts_with(e.source_key, $2)
       and e.day between ($3::timestamptz at time zone 'UTC')::date - 1 and ($4::timestamptz at time zone 'UTC')::date + 1 order by e.event_id`,
    [source, keysBegin, formatTimestamptz(from), formatTimestamptz(to)],
  );
  return rows.map(storedEventOf);
}
