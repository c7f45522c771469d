/** While charging is served, its log and its journal are kept as autovacuum would keep them if it came by more often. Of a PostgreSQL of one's own, too. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ChargingTables } from '#storage/charging/tending.ts';
import type { Installation } from '../installation.ts';

const LOOK_EVERY_MS = 2_000;
/** While much of the journal is not summarised, as after an upgrade: half of the time is left to others. */
const BEHIND_MS = 150;

/** Until it is told to stop. Autovacuum does the same, later: where it cannot be done, that is said once, and tried again. */
export async function keepTended(
  { database, log }: Pick<Installation, 'database' | 'log'>,
  stop: AbortSignal,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<void> {
  const tables = new ChargingTables(database);
  let isSaid = false;
  while (!stop.aborted) {
    let isBehind = false;
    try {
      ({ isBehind } = await tables.look(Date.now() * 1_000, stop));
    } catch (error) {
      if (!isSaid && !stop.aborted)
        log.warn({ err: error }, 'the log of charging is not vacuumed in time, or its journal not summarised; some answers may be late');
      isSaid ||= !stop.aborted;
    }
    await sleep(isBehind ? BEHIND_MS : lookEveryMs, undefined, { signal: stop }).catch(() => undefined);
  }
}
