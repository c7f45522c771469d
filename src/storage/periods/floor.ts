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
 * Raises the floor to a day, and waits for the transactions of this database that may have been told the old one. Returns false when one
 * is still running after that time: what is recorded now must be compared in full later.
 */
export async function raiseFloor({ pool }: Database, day: string, longestWaitMs = LONGEST_WAIT_MS): Promise<boolean> {
  await pool.query('update closing_floor set day = $1 where day < $1', [day]);
  // Who writes asks for the floor when it has a number already: a transaction that gets its number later is told the new one.
  const { rows: running } = await pool.query<{ pid: number; number: string }>(
    `select pid, backend_xid::text as number from pg_stat_activity where datname = current_database() and backend_xid is not null`,
  );
  if (running.length === 0) return true;
  const still = `select exists (select from pg_stat_activity a join unnest($1::int[], $2::text[]) as r(pid, number)
    on a.pid = r.pid and a.backend_xid::text = r.number) as running`;
  const values = [running.map(({ pid }) => pid), running.map(({ number }) => number)];
  for (const deadline = performance.now() + longestWaitMs; ; await sleep(LOOK_EVERY_MS)) {
    const { rows } = await pool.query<{ running: boolean }>(still, values);
    if (rows[0]?.running !== true) return true;
    if (performance.now() >= deadline) return false;
  }
}
