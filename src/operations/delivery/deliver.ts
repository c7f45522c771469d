/** Delivers what is due: each attempt is entered before it begins and closed after it ended, so that a killed process loses nothing. */
import { createHash } from 'node:crypto';
import { RefusedError } from '#core/refusals.ts';
import type { AttemptOutcome, Delivery, DeliveryFile, DeliveryStore, DocumentFiles, Dropper, Letters, Mailer } from './ports.ts';

/** Longer than any attempt takes: who holds a delivery longer counts as dead. */
export const LEASE_MS = 10 * 60_000;

const MINUTE = 60_000;
/** Waits before the second attempt, the third …; after the last the delivery has failed. Three days in all. */
export const WAITS_MS = [1, 5, 15, 60, 180, 360, 720, 1440, 1440].map((minutes) => minutes * MINUTE);

export interface DeliveryServices {
  readonly store: DeliveryStore;
  readonly files: DocumentFiles;
  readonly letters: Letters;
  readonly mailer: Mailer;
  readonly dropper: Dropper;
  /** Microseconds since 1970. */
  readonly now: () => number;
}

export interface DeliveredOne {
  readonly delivery: Delivery;
  readonly outcome: AttemptOutcome;
  /** Undefined when it is done, or is not tried again. */
  readonly nextMicros: number | undefined;
}

/** Delivers until nothing is due or `stop` is set; tells of each. Several may run at once. */
export async function deliverDue(
  services: DeliveryServices,
  by: string,
  told: (one: DeliveredOne) => void,
  stop?: AbortSignal,
): Promise<void> {
  const { store, now } = services;
  while (stop?.aborted !== true) {
    const delivery = await store.take(now(), LEASE_MS, by);
    if (delivery === undefined) return;
    const outcome = await attempt(services, delivery);
    const end = now();
    const wait = WAITS_MS[delivery.attempts - 1];
    const nextMicros = outcome.outcome === 'deferred' && wait !== undefined ? end + wait * 1000 : undefined;
    await store.finish(delivery, outcome, end, nextMicros);
    told({ delivery, outcome, nextMicros });
  }
}

async function attempt({ files, letters, mailer, dropper }: DeliveryServices, delivery: Delivery): Promise<AttemptOutcome> {
  const { route } = delivery;
  try {
    if (route.by !== 'email' && route.by !== 'sftp') throw new Error(`what waits for ${route.by} is never due`);
    const made = await files.make(delivery, route.attach);
    const outcome =
      route.by === 'email' ? await mailer.send(route, await letters.letterFor(delivery, route), made) : await dropper.drop(route, made);
    return { ...outcome, sha256: hashesOf(made) };
  } catch (error) {
    // What is refused by name is mended by people, and then tried again by them.
    if (error instanceof RefusedError) return { outcome: 'refused', answer: error.message };
    return { outcome: 'deferred', answer: error instanceof Error ? error.message : String(error) };
  }
}

function hashesOf(files: readonly DeliveryFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({ name, content }) => [name, createHash('sha256').update(content).digest('hex')]));
}
