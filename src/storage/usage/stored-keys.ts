/** Keys and starts of records in the books, by their numbers: what decides when hashes are equal. */
import type pg from 'pg';
import type { StoredKey } from '#pipeline/keys/ports.ts';
import { dateOf } from './days.ts';

/** Numbers nearer than this are read in one stretch: the index of a day's events knows pages, not rows. */
const STRETCH = 2_000;
const MICROS_PER_DAY = 86_400_000_000;

interface KeyRow {
  readonly event_id: bigint;
  readonly source_key: string;
  readonly started_at: number | null;
}

/** `ids`: with the day on which each is likely to start. Events are looked for on `days` only. */
export async function selectStoredKeys(
  client: pg.ClientBase,
  ids: ReadonlyMap<number, number>,
  days: readonly number[],
): Promise<ReadonlyMap<number, StoredKey>> {
  const found = new Map<number, StoredKey>();
  const take = (rows: readonly KeyRow[]): void => {
    for (const { event_id, source_key, started_at } of rows)
      found.set(Number(event_id), { sourceKey: source_key, startMicros: started_at ?? undefined });
  };
  const all = [...ids.keys()];
  const { rows } = await client.query<KeyRow>(
    `select event_id, source_key, started_at from usage_held where event_id = any($1::bigint[])
     union all select part_id, source_key, started_at from usage_part where part_id = any($1::bigint[])
     union all select event_id, source_key, started_at from usage_discard d
       where event_id = any($1::bigint[]) and source_key is not null and exists (select from usage_rejected r where r.event_id = d.event_id)`,
    [all],
  );
  take(rows);
  const likely = Map.groupBy(
    all.filter((id) => !found.has(id)),
    (id) => ids.get(id) ?? 0,
  );
  for (const [day, some] of likely) take(await eventsOf(client, some, [day]));
  const left = all.filter((id) => !found.has(id));
  if (left.length > 0) take(await eventsOf(client, left, days));
  const gone = left.filter((id) => !found.has(id));
  for (const [id, startMicros] of await deletedOf(client, gone, ids)) found.set(id, { sourceKey: undefined, startMicros });
  for (const id of await erasedOf(client, [...found.keys()]))
    found.set(id, { sourceKey: undefined, startMicros: found.get(id)?.startMicros });
  for (const id of await releasedOf(client, [...found.keys()])) found.delete(id);
  return found;
}

/** Of those that were deleted when their time was over, where they are likely to have started: in the days of their file that are gone, nearest to the day of `ids`. */
async function deletedOf(
  client: pg.ClientBase,
  gone: readonly number[],
  ids: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, number>> {
  if (gone.length === 0) return new Map();
  const { rows } = await client.query<{ id: bigint; first: number; last: number }>(
    `select i.id, min(g.day) - date '1970-01-01' as first, max(g.day) - date '1970-01-01' as last
       from unnest($1::bigint[]) as i(id) join usage_deleted_file g on i.id between g.first_id and g.last_id group by i.id`,
    [gone],
  );
  return new Map(
    rows.map(({ id, first, last }) => {
      const day = Math.min(last, Math.max(first, ids.get(Number(id)) ?? first));
      return [Number(id), (day + 0.5) * MICROS_PER_DAY];
    }),
  );
}

async function eventsOf(client: pg.ClientBase, ids: readonly number[], days: readonly number[]): Promise<readonly KeyRow[]> {
  const rows: KeyRow[] = [];
  for (const { from, to, inside } of stretches(ids)) {
    const answer = await client.query<KeyRow>(
      `select event_id, source_key, started_at from usage_event
        where day = any($1::date[]) and event_id between $2 and $3 and event_id = any($4::bigint[])`,
      [days.map(dateOf), from, to, inside],
    );
    rows.push(...answer.rows);
  }
  return rows;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly inside: readonly number[];
}

/** Numbers in order, those near each other together. */
function stretches(ids: readonly number[]): readonly Stretch[] {
  const sorted = [...ids].sort((a, b) => a - b);
  const found: Stretch[] = [];
  let inside: number[] = [];
  for (const [index, id] of sorted.entries()) {
    inside.push(id);
    const next = sorted[index + 1];
    if (next !== undefined && next - id <= STRETCH) continue;
    found.push({ from: inside[0] ?? id, to: id, inside });
    inside = [];
  }
  return found;
}

/** Those whose keys are known by their hashes only. */
async function erasedOf(client: pg.ClientBase, ids: readonly number[]): Promise<readonly number[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<{ id: bigint }>('select event_id as id from usage_key_erased where event_id = any($1::bigint[])', [
    ids,
  ]);
  return rows.map(({ id }) => Number(id));
}

/** Those whose keys are free again. */
async function releasedOf(client: pg.ClientBase, ids: readonly number[]): Promise<readonly number[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<{ id: bigint }>(
    `select id from unnest($1::bigint[]) as t(id)
       where exists (select from usage_key_release where first_event_id <= id and last_event_id >= id)`,
    [ids],
  );
  return rows.map(({ id }) => Number(id));
}
