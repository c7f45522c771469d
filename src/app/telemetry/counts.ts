/** What the API was asked, and what became of messages and webhooks, as plain numbers: counting costs nothing on the way; who shows them reads them. */
import { Histogram, LATENCY_BOUNDS_MS } from '#engine/counts.ts';
import type { TellingScreen } from '../notifications/tell.ts';
import { family, histogramFamily, type MetricFamily } from './families.ts';

type Counted = Map<string, { readonly labels: Readonly<Record<string, string>>; count: number }>;

export class ServiceCounts {
  readonly #requests: Counted = new Map();
  readonly #messages: Counted = new Map();
  readonly #webhooks: Counted = new Map();
  readonly #latencyMs = new Histogram(LATENCY_BOUNDS_MS);

  /** `address`: as the API declares it, so that there are no more of them than operations. */
  answered(method: string, address: string, status: number, milliseconds: number): void {
    add(this.#requests, { method, address, status: String(status) });
    this.#latencyMs.add(milliseconds);
  }

  readonly screen: TellingScreen = {
    sent: ({ message: { way }, outcome: { outcome } }) => add(this.#messages, { way, outcome }),
    told: ({ outcome: { outcome } }) => add(this.#webhooks, { outcome }),
    waiting: () => undefined,
  };

  get families(): readonly MetricFamily[] {
    return [
      family('carillon_api_requests_total', 'counter', 'Answered requests of the API, by address and status.', pairs(this.#requests)),
      histogramFamily('carillon_api_latency_seconds', 'From a request of the API to the end of its answer.', this.#latencyMs, 1000),
      family('carillon_messages_total', 'counter', 'Attempts to send messages, by way and outcome.', pairs(this.#messages)),
      family('carillon_webhooks_total', 'counter', 'Attempts to send webhooks, by outcome.', pairs(this.#webhooks)),
    ];
  }
}

function add(counted: Counted, labels: Readonly<Record<string, string>>): void {
  const key = Object.values(labels).join(' ');
  const known = counted.get(key);
  if (known === undefined) counted.set(key, { labels, count: 1 });
  else known.count += 1;
}

const pairs = (counted: Counted) => [...counted.values()].map(({ labels, count }) => [labels, count] as const);
