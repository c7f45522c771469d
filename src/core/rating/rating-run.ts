import type { UsageEvent } from '../usage/usage-event.ts';
import type { Charge, CounterKey, RatedEvent } from './charge.ts';
import type { CompiledBook } from './compile-book.ts';
import { rateEvent } from './rate-event.ts';

/**
 * Rates many events so that their order does not matter: those that move counters (tiers, volume by day) wait,
 * as do those whose amount is out of range where the counters now stand, and are rated at the end in the order of their start, then source, then id; all others at once. Counters begin at zero.
 */
export class RatingRun {
  readonly #book: CompiledBook;
  readonly #explain: boolean;
  readonly #waiting: UsageEvent[] = [];
  readonly #counters = new Map<CounterKey, bigint>();

  constructor(book: CompiledBook, explain: boolean) {
    this.#book = book;
    this.#explain = explain;
  }

  /** The rated event, or undefined when it waits for `finish`. */
  rate(event: UsageEvent): RatedEvent | undefined {
    const rated = rateEvent(this.#book, event, () => 0n, this.#explain);
    if (rated.kind === 'held' ? rated.reason === 'rating.amount-out-of-range' : rated.charges.some(movesCounters)) {
      this.#waiting.push(event);
      return undefined;
    }
    return rated;
  }

  /** The events that waited, with their charges. */
  *finish(): Generator<readonly [UsageEvent, RatedEvent]> {
    this.#waiting.sort(byStartThenId);
    for (const event of this.#waiting) {
      const rated = rateEvent(this.#book, event, (key) => this.#counters.get(key) ?? 0n, this.#explain);
      if (rated.kind === 'rated') {
        for (const { counterMoves } of rated.charges) {
          for (const { key, added } of counterMoves) this.#counters.set(key, (this.#counters.get(key) ?? 0n) + added);
        }
      }
      yield [event, rated];
    }
  }
}

function movesCounters({ counterMoves }: Charge): boolean {
  return counterMoves.length > 0;
}

function byStartThenId(a: UsageEvent, b: UsageEvent): number {
  return a.startMicros - b.startMicros || compareText(a.source, b.source) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
