/** All records that have claimed a key and were not released. */
import type pg from 'pg';
import type { SourceChunk } from '#pipeline/keys/key-sums.ts';
import type { KeyOwner } from '#pipeline/keys/ports.ts';
import { copyBinaryRows } from '../copy-binary.ts';
import { notTakenBack } from './taken-back.ts';

/** Owners of keys, as a query. A discarded record was held before, and keeps its key; so does a part, while its event has claimed none. */
export const KEY_OWNERS = `(
  select source_id, source_key, event_id, e.started_at from usage_event e join usage_file using (file_id)
    where not exists (select from usage_correlated c where c.event_id = e.event_id) and ${notTakenBack('e.event_id')}
  union all select source_id, source_key, part_id, started_at from usage_part
  union all select source_id, source_key, event_id, started_at from usage_held
  union all select distinct on (event_id) d.source_id, source_key, event_id, d.started_at
    from usage_discard d join usage_rejected r using (event_id) where source_key is not null and r.reason = 'usage.discarded')`;

const AT_ONCE = 100_000;

/** The same of the rows of one partition of usage. */
export const keyOwnersIn = (partition: string): string => `(
  select source_id, source_key, event_id, e.started_at from ${partition} e join usage_file using (file_id)
    where not exists (select from usage_correlated c where c.event_id = e.event_id) and ${notTakenBack('e.event_id')}
  union all select p.source_id, p.source_key, part_id, p.started_at from usage_part p join ${partition} e using (event_id))`;

/** Of keys that records had that were deleted when their time was over, by source. */
export async function deletedKeySums(
  client: pg.ClientBase,
): Promise<readonly { readonly source: number; readonly keys: number; readonly first: number; readonly second: number }[]> {
  const { rows } = await client.query<{ source_id: number; keys: bigint; first_sum: number; second_sum: number }>(
    'select source_id, keys, first_sum, second_sum from usage_deleted_key',
  );
  return rows.map(({ source_id, keys, first_sum, second_sum }) => ({
    source: source_id,
    keys: Number(keys),
    first: first_sum,
    second: second_sum,
  }));
}

/** In a transaction; a cursor reads them, so that memory does not grow with the books. */
export async function* keyOwners(client: pg.ClientBase, owners = KEY_OWNERS): AsyncGenerator<readonly KeyOwner[]> {
  await client.query(`declare key_owners no scroll cursor for select owner.*, hi, lo from ${owners} as owner left join usage_key_erased using (event_id)
    where not exists (select from usage_key_release where first_event_id <= event_id and last_event_id >= event_id)`);
  for (;;) {
    const { rows } = await client.query<{
      source_id: number;
      source_key: string;
      event_id: bigint;
      started_at: number | null;
      hi: bigint | null;
      lo: bigint | null;
    }>(`fetch ${AT_ONCE} from key_owners`);
    if (rows.length === 0) break;
    yield rows.map((row) => ({
      sourceId: row.source_id,
      id: Number(row.event_id),
      sourceKey: row.source_key,
      startMicros: row.started_at ?? undefined,
      ...(row.hi === null || row.lo === null ? {} : { hash: { hi: Number(row.hi), lo: Number(row.lo) } }),
    }));
  }
  await client.query('close key_owners');
}

/** Chunks of all live runs. */
export async function* liveChunks(client: pg.PoolClient): AsyncGenerator<SourceChunk> {
  const query = `select source_id, address_bits::integer, id_high, chunk, words, c.entries
    from usage_key_run join usage_key_chunk c using (run_id) where live`;
  for await (const [source, bits, high, chunk, words, entries] of copyBinaryRows(client, query)) {
    if (!source || !bits || !high || !chunk || !words || !entries) throw new Error('a chunk of a run of keys has nulls');
    const [sourceId, addressBits, idHigh] = [source.readInt32BE(0), bits.readInt32BE(0), high.readInt32BE(0)];
    yield { sourceId, addressBits, idHigh, chunk: chunk.readInt32BE(0), words, entries };
  }
}

/** Ranges of numbers whose keys are free again, in order. */
export async function releasedRanges(client: pg.ClientBase): Promise<readonly { readonly first: number; readonly last: number }[]> {
  const { rows } = await client.query<{ first: bigint; last: bigint }>(
    'select first_event_id as first, last_event_id as last from usage_key_release order by 1',
  );
  return rows.map(({ first, last }) => ({ first: Number(first), last: Number(last) }));
}
