/** While charging is served, transfers whose own process died are finished. */
import { setTimeout as sleep } from 'node:timers/promises';
import { driveTransfers } from '#storage/charging/transfers.ts';
import type { Installation } from '../installation.ts';

const LOOK_MS = 1_000;

/** Until it is told to stop. A failure is logged, and it goes on. */
export async function keepTransferring({ database, log }: Pick<Installation, 'database' | 'log'>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return;
    try {
      await driveTransfers(database);
    } catch (error) {
      log.error({ err: error }, 'transfers could not be looked at; they wait');
    }
  }
}
