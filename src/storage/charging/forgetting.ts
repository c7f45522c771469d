/** Sessions that are over are forgotten some pages at a time, round and round: an index of when they ended would be written with each end, and costs more than looking. */
import { KEPT_LONGER_MICROS } from '#engine/ports.ts';
import type { Database } from '../database.ts';

/** A megabyte: two milliseconds. 16 of them at once took 36 from who commits at that moment (docs/decisions/0022-charging-tail.md). */
const LEAST_PAGES = 128;
/** A table of any size is seen through in so many calls: an hour, as the engine calls. */
const CALLS_OF_A_ROUND = 14_400;

export interface Forgotten {
  readonly forgotten: number;
  /** The page to go on with. */
  readonly next: number;
}

/** Those of these pages that were over before an instant, or a day longer where repetitions may come later (`KEPT_LONGER`). */
export async function forgetClosed({ pool }: Database, beforeMicros: number, from: number): Promise<Forgotten> {
  const { rows } = await pool.query<{ pages: bigint }>(
    `select pg_relation_size('charging_session') / current_setting('block_size')::integer as pages`,
  );
  const pages = Number(rows[0]?.pages ?? 0n);
  const first = from < pages ? from : 0;
  const next = first + Math.max(LEAST_PAGES, Math.ceil(pages / CALLS_OF_A_ROUND));
  const { rowCount } = await pool.query(
    `delete from charging_session where ctid >= format('(%s,0)', $1::bigint)::tid and ctid < format('(%s,0)', $2::bigint)::tid
        and closed_micros < case when session_id ~ '^(http:|radius/)' then $4::bigint else $3::bigint end`,
    [first, next, beforeMicros, beforeMicros - KEPT_LONGER_MICROS],
  );
  return { forgotten: rowCount ?? 0, next };
}
