/** Whether a record with a source's key is in the books already: for people who look at one record, not for the bulk. */
import type pg from 'pg';
import { formatTimestamptz } from '../column-types.ts';
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
