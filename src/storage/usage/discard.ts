/** Records that shall never be charged: out of suspense, into the rejected, with who, when and why. */
import type pg from 'pg';
import { amendFile } from './amend-file.ts';
import { moreCondition, type WaitingFilter, waitingCondition } from './waiting.ts';

export interface Discard extends WaitingFilter {
  readonly wherefrom: 'held' | 'rejected';
  /** Only these records, where they are given. */
  readonly ids: readonly number[] | undefined;
  readonly why: string;
  readonly by: string;
}

interface DiscardedRow {
  readonly event_id: bigint;
  readonly file_id: number;
  readonly reason: string;
}

/** Discards what fits and gives back how many; what is discarded already is left as it is. In a transaction of `client`, which has the right to write usage. */
export async function discardRecords(client: pg.PoolClient, discard: Discard): Promise<number> {
  const { wherefrom: from, reason, fileIds, ids, why, by } = discard;
  const more = moreCondition(from, discard, 7);
  const key = from === 'held' ? 'w.source_key' : 'null';
  const start = from === 'held' ? 'w.started_at' : 'null::timestamptz';
  const { rows } = await client.query<DiscardedRow>(
    `with gone as (select event_id, w.file_id, f.source_id, ${key} as source_key, ${start} as started_at, reason, detail from usage_${from} w join usage_file f using (file_id) join usage_source s on s.source_id = f.source_id
          where ${waitingCondition(1)} and reason not in ('usage.discarded', 'usage.rolled-back') and ($3::bigint[] is null or event_id = any($3)) ${more.sql}),
        entered as (insert into usage_discard (event_id, source_id, source_key, was, was_reason, was_detail, why, discarded_by, discarded_at, started_at)
          select event_id, source_id, source_key, $4, reason, detail, $5, $6, now(), started_at from gone)
       select event_id, file_id, reason from gone`,
    [reason ?? null, fileIds ?? null, ids ?? null, from, why, by, ...more.values],
  );
  const gone = rows.map(({ event_id }) => event_id);
  const told = `format('discarded by %s on %s, because: %s; it was ${from} for %s: %s', d.discarded_by,
      to_char(d.discarded_at at time zone 'UTC', 'YYYY-MM-DD'), d.why, d.was_reason, d.was_detail)`;
  const today = 'd.discarded_at = now()'; // the instant of this transaction
  if (from === 'held') {
    await client.query(
      `insert into usage_rejected (event_id, file_id, byte_from, byte_length, reason, detail)
         select event_id, file_id, byte_from, byte_length, 'usage.discarded', ${told}
           from usage_held join usage_discard d using (event_id) where event_id = any($1::bigint[]) and ${today}`,
      [gone],
    );
    await client.query('delete from usage_held where event_id = any($1::bigint[])', [gone]);
  } else {
    await client.query(
      `update usage_rejected r set reason = 'usage.discarded', detail = ${told}
           from usage_discard d where d.event_id = r.event_id and r.event_id = any($1::bigint[]) and ${today}`,
      [gone],
    );
  }
  for (const [fileId, records] of Map.groupBy(rows, (row) => row.file_id)) {
    const moved = from === 'held' ? records.length : 0;
    const reasons: Record<string, number> = { 'usage.discarded': records.length };
    for (const record of records) reasons[record.reason] = (reasons[record.reason] ?? 0) - 1;
    await amendFile(client, fileId, { read: 0, rated: 0, held: -moved, duplicate: 0, rejected: moved }, reasons);
  }
  return rows.length;
}
