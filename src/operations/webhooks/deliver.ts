/** Tells systems of others what is due, in order for each subject, until they take it. */
import { RefusedError } from '#core/refusals.ts';
import type { OutgoingWebhook, WebhookCaller, WebhookOutcome, WebhookStore } from './ports.ts';
import { signWebhook } from './sign.ts';

/** Longer than any attempt takes. */
export const LEASE_MS = 2 * 60_000;
const SECOND_MICROS = 1_000_000;
/** Waits before the second attempt, the third …: three days in all. What comes after it of the same subject waits too. */
export const WAITS_SECONDS = [5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400];
const AT_ONCE = 20;

export interface WebhookServices {
  readonly store: WebhookStore;
  readonly caller: WebhookCaller;
  /** Throws RefusedError where it cannot be read. */
  readonly secret: (reference: string) => Promise<string>;
  /** Microseconds since 1970. */
  readonly now: () => number;
}

export interface ToldOne {
  readonly message: OutgoingWebhook;
  readonly outcome: WebhookOutcome;
  readonly nextMicros: number | undefined;
}

/** Tells until nothing is due or `stop` is set. Several may run at once. */
export async function tellDue(services: WebhookServices, by: string, told: (one: ToldOne) => void, stop?: AbortSignal): Promise<void> {
  const { store, now } = services;
  while (stop?.aborted !== true) {
    const taken = await store.take(now(), LEASE_MS, by, AT_ONCE);
    if (taken.length === 0) return;
    await Promise.all(
      taken.map(async (message) => {
        const outcome = await attempt(services, message);
        const end = now();
        const wait = outcome.outcome === 'deferred' ? WAITS_SECONDS[message.attempts - 1] : undefined;
        const nextMicros = wait === undefined ? undefined : end + wait * SECOND_MICROS;
        await store.finish(message, outcome, end, nextMicros);
        told({ message, outcome, nextMicros });
      }),
    );
  }
}

async function attempt({ caller, secret, now }: WebhookServices, { endpoint, eventId, body }: OutgoingWebhook): Promise<WebhookOutcome> {
  try {
    const signed = signWebhook(await secret(endpoint.secret), `evt_${eventId}`, Math.floor(now() / SECOND_MICROS), body);
    const headers = { 'content-type': 'application/json', 'user-agent': 'Carillon', ...signed };
    return await caller.call({ url: endpoint.url, headers, body });
  } catch (error) {
    const answer = error instanceof RefusedError ? error.message : error instanceof Error ? error.message : String(error);
    return { outcome: 'deferred', status: undefined, answer };
  }
}
