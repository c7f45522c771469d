/** Sends what is due: each attempt is entered before it begins and closed after it ended, so that a killed process loses nothing. */
import { noticeWays } from '#core/catalog/notice.ts';
import { RefusedError } from '#core/refusals.ts';
import type { NotificationStore, Outgoing, Sender, SendOutcome } from './ports.ts';
import { afterQuiet } from './quiet.ts';

/** Longer than any attempt takes: who holds a message longer counts as dead. */
export const LEASE_MS = 5 * 60_000;
const MINUTE_MICROS = 60_000_000;
/** Waits before the second attempt, the third …; after the last it has failed. Within a day: later nobody wants to read it. */
export const WAITS_MINUTES = [1, 5, 15, 60, 180, 360, 720];
const AT_ONCE = 20;

export interface SendingServices {
  readonly store: NotificationStore;
  /** Messages by a way that has none are left to processes that have it: they wait, and nothing counts as tried. */
  readonly senders: Readonly<Partial<Record<Outgoing['way'], Sender>>>;
  /** Microseconds since 1970. */
  readonly now: () => number;
}

export interface SentOne {
  readonly message: Outgoing;
  readonly outcome: SendOutcome;
  /** Undefined when it is done, or is not tried again. */
  readonly nextMicros: number | undefined;
}

/** Sends until nothing is due or `stop` is set; tells of each. Several may run at once. */
export async function sendDue(services: SendingServices, by: string, told: (one: SentOne) => void, stop?: AbortSignal): Promise<void> {
  const { store, senders, now } = services;
  const ways = noticeWays.filter((way) => senders[way] !== undefined);
  while (stop?.aborted !== true) {
    const taken = await store.take(now(), LEASE_MS, by, AT_ONCE, ways);
    if (taken.length === 0) return;
    await Promise.all(
      taken.map(async (message) => {
        const outcome = await attempt(services, message);
        const end = now();
        const wait = outcome.outcome === 'deferred' ? WAITS_MINUTES[message.attempts - 1] : undefined;
        const again = wait === undefined ? undefined : end + wait * MINUTE_MICROS;
        const nextMicros = again === undefined || message.urgent ? again : afterQuiet(message.quiet, message.zone, again);
        await store.finish(message, outcome, end, nextMicros);
        told({ message, outcome, nextMicros });
      }),
    );
  }
}

async function attempt({ senders }: SendingServices, message: Outgoing): Promise<SendOutcome> {
  try {
    const sender = senders[message.way];
    if (sender === undefined) throw new TypeError(`${message.way} was not asked for`);
    return await sender.send(message);
  } catch (error) {
    // What is refused by name (no gateway, no secret) people mend: it is tried again.
    const answer = error instanceof RefusedError ? error.message : error instanceof Error ? error.message : String(error);
    return { outcome: 'deferred', answer };
  }
}
