/** While charging is served, its log is vacuumed as autovacuum would if it came by more often. Of a PostgreSQL of one's own, too. */
import { setTimeout as sleep } from 'node:timers/promises';
import { vacuumLog } from '#storage/charging/tending.ts';
import type { Installation } from '../installation.ts';

const LOOK_EVERY_MS = 2_000;

/** Until it is told to stop. Autovacuum does the same, later: where it cannot be done, that is said once, and tried again. */
export async function keepTended(
  { database, log }: Pick<Installation, 'database' | 'log'>,
  stop: AbortSignal,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<void> {
  let isSaid = false;
  while (!stop.aborted) {
    try {
      await vacuumLog(database, stop);
    } catch (error) {
      if (!isSaid && !stop.aborted) log.warn({ err: error }, 'the log of charging is not vacuumed in time; some answers may be late');
      isSaid ||= !stop.aborted;
    }
    await sleep(lookEveryMs, undefined, { signal: stop }).catch(() => undefined);
  }
}
