/** `carillon delivery run`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type DeliveredOne, deliverDue } from '#operations/delivery/deliver.ts';
import type { Installation } from '../installation.ts';
import { withDeliveryServices } from './services.ts';

const EVERY_MS = 60_000;

export interface DeliveryRun {
  readonly by: string;
  /** Stay until `stop` is set. */
  readonly watch: boolean;
  readonly stop: AbortSignal;
}

export interface RunOutcome {
  readonly planned: number;
  readonly sent: number;
  readonly deferred: number;
  readonly refused: number;
}

/** Ends the attempt under way when `stop` is set, and begins no other. */
export async function runDeliveries(
  installation: Pick<Installation, 'database' | 'settings'>,
  { by, watch, stop }: DeliveryRun,
  told: (one: DeliveredOne) => void,
): Promise<RunOutcome> {
  const counts = { planned: 0, sent: 0, deferred: 0, refused: 0 };
  await withDeliveryServices(installation, async (services) => {
    for (;;) {
      counts.planned += await services.store.plan(services.now());
      await deliverDue(
        services,
        by,
        (one) => {
          counts[one.outcome.outcome] += 1;
          told(one);
        },
        stop,
      );
      if (!watch || stop.aborted) return;
      await sleep(EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  });
  return counts;
}
