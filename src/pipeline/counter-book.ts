import type { CounterKey, CounterMove, CounterReader } from '#core/rating/charge.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { CanonicalPlace, CounterUpdate, StoredCounter } from './ports.ts';

interface OpenCounter {
  value: bigint;
  last: CanonicalPlace | undefined;
  disturbed: boolean;
}

/** The counters of one batch: read, moved in canonical order, and given back to be stored. */
export class CounterBook {
  readonly #open = new Map<CounterKey, OpenCounter>();

  constructor(stored: ReadonlyMap<CounterKey, StoredCounter>) {
    for (const [key, { value, last }] of stored) this.#open.set(key, { value, last, disturbed: false });
  }

  readonly reader: CounterReader = (key) => this.#open.get(key)?.value ?? 0n;

  move(event: UsageEvent, moves: readonly CounterMove[]): void {
    const place = placeOf(event);
    for (const { key, added } of moves) {
      const counter = this.#open.get(key);
      if (counter === undefined) this.#open.set(key, { value: added, last: place, disturbed: false });
      else {
        counter.value += added;
        if (counter.last !== undefined && comparePlaces(place, counter.last) < 0) counter.disturbed = true;
        else counter.last = place;
      }
    }
  }

  updates(): readonly CounterUpdate[] {
    const updates: CounterUpdate[] = [];
    for (const [key, { value, last, disturbed }] of this.#open) if (last !== undefined) updates.push({ key, value, last, disturbed });
    return updates.sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}

export function placeOf(event: UsageEvent): CanonicalPlace {
  return { startMicros: event.startMicros, source: event.source, key: event.id };
}

/** The order in which counters move, whatever the order of loading. Texts by their UTF-16 units. */
export function comparePlaces(a: CanonicalPlace, b: CanonicalPlace): number {
  if (a.startMicros !== b.startMicros) return a.startMicros - b.startMicros;
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
