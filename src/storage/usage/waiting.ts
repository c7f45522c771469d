/** What waits in suspense, and what was rejected. */
import type pg from 'pg';
import type { WaitingRecord } from '#pipeline/ports.ts';

export interface WaitingFilter {
  readonly reason: string | undefined;
  readonly fileIds: readonly number[] | undefined;
}

interface WaitingRow {
  readonly event_id: bigint;
  readonly file_id: number;
  readonly source_id: number;
  readonly byte_from: bigint;
  readonly byte_length: number | bigint;
  readonly reason: string;
  readonly source_key: string | null;
}

/** The next records after a number, in the order of their numbers. */
export async function selectWaiting(
  client: pg.ClientBase,
  from: 'held' | 'rejected',
  filter: WaitingFilter,
  after: number,
  limit: number,
): Promise<readonly WaitingRecord[]> {
  const key = from === 'held' ? 'w.source_key' : 'null::text as source_key';
  const { rows } = await client.query<WaitingRow>(
    `select event_id, file_id, f.source_id, byte_from, byte_length, reason, ${key} from usage_${from} w join usage_file f using (file_id)
      where event_id > $1 and ($2::text is null or reason = $2) and ($3::int[] is null or file_id = any($3)) order by event_id limit $4`,
    [after, filter.reason ?? null, filter.fileIds ?? null, limit],
  );
  return rows.map((row) => ({
    id: Number(row.event_id),
    fileId: row.file_id,
    sourceId: row.source_id,
    byteFrom: Number(row.byte_from),
    byteLength: Number(row.byte_length),
    reason: row.reason,
    key: row.source_key ?? undefined,
  }));
}

/** Held or rejected records that share a reason and what it is about. */
export interface WaitingGroup {
  readonly reason: string;
  readonly detail: string;
  readonly count: number;
  /** Numbers of the first and last. */
  readonly first: number;
  readonly last: number;
  /** Of the calls, where they are events. */
  readonly durationMicros: bigint;
}

/** Grouped by reason and detail, the most numerous first. */
export async function selectWaitingGroups(
  client: pg.ClientBase | pg.Pool,
  from: 'held' | 'rejected',
  filter: WaitingFilter,
  limit: number,
): Promise<readonly WaitingGroup[]> {
  const duration = from === 'held' ? 'sum(duration_micros)' : '0';
  // Details of held events may name the called number: what they have in common is its beginning. Details of rejected
  // records quote the record; only reasons are alike.
  const detail = from === 'held' ? `replace(detail, called, left(called, 5) || '…')` : 'min(detail)';
  const { rows } = await client.query<{ reason: string; detail: string; count: bigint; first: bigint; last: bigint; duration: string }>(
    `select reason, ${detail} as detail, count(*) as count, min(event_id) as first, max(event_id) as last, ${duration}::numeric::text as duration
       from usage_${from} where ($1::text is null or reason = $1) and ($2::int[] is null or file_id = any($2))
      group by reason${from === 'held' ? ', 2' : ''} order by count(*) desc, reason, 2 limit $3`,
    [filter.reason ?? null, filter.fileIds ?? null, limit],
  );
  return rows.map((row) => ({
    reason: row.reason,
    detail: row.detail,
    count: Number(row.count),
    first: Number(row.first),
    last: Number(row.last),
    durationMicros: BigInt(row.duration),
  }));
}
