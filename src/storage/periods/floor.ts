/**
 * The day up to which statements may be made now. Loads mark what they add to days before it, so that the next statement finds what came
 * late without adding up all that was ever closed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database.ts';

/** A transaction of a load takes some seconds at most. */
const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 20;

/**
 * Raises the floor to a day, and waits for the transactions that may have been told the old one. Returns false when one is still running
 * after that time: what is recorded now must be compared in full later.
 */
export async function raiseFloor({ pool }: Database, day: string, longestWaitMs = LONGEST_WAIT_MS): Promise<boolean> {
  await pool.query('update closing_floor set day = $1 where day < $1', [day]);
  const { rows } = await pool.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next');
  const next = rows[0]?.next ?? '0';
  for (const deadline = performance.now() + longestWaitMs; ; await sleep(LOOK_EVERY_MS)) {
    const { rows: now } = await pool.query<{ over: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as over', [
      next,
    ]);
    if (now[0]?.over === true) return true;
    if (performance.now() >= deadline) return false;
  }
}
