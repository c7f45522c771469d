/**
 * Tiers and daily volumes go by the canonical order of events (start, source, key), but files come in any order. When an
 * event arrives that belongs before others already charged, those are looked at again here, and what they should have
 * cost more or less is booked as adjustments. Charges + adjustments then are what the canonical order gives.
 */
import type { Charge, CounterKey, CounterMove, CounterReader } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import { type Period, periodKinds, periodOf } from '#core/time/period.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';

/** A charge that moved a counter, with all that was booked for it so far. */
export interface CountedCharge {
  readonly eventId: number;
  readonly leg: 'in' | 'out';
  readonly event: UsageEvent;
  readonly knownAtMicros: number;
  /** Charge and adjustments together. */
  readonly billed: bigint;
  readonly amountNanos: bigint;
  /** As last booked. */
  readonly moves: readonly CounterMove[];
}

/** What a charge changes by. */
export interface Adjustment {
  readonly eventId: number;
  readonly event: UsageEvent;
  /** As it would be booked now; the differences are beside it. */
  readonly charge: Charge;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  readonly reason: 'earlier-usage-arrived-later';
}

/** The books as this operation needs them; all calls in one transaction. */
export interface CounterBooks {
  /** Counters that an event moved which comes before one that had moved it. */
  disturbed(): Promise<readonly CounterKey[]>;
  /** Charges that moved one of the counters, in canonical order. `period`: local days, of whatever zone. */
  charges(keys: readonly CounterKey[], period: Period): AsyncIterable<CountedCharge>;
  /** Writes adjustments and their part of the rollups. */
  adjust(adjustments: readonly Adjustment[]): Promise<void>;
  /** Stores where the counters stand; they are no longer disturbed. */
  settle(values: ReadonlyMap<CounterKey, bigint>): Promise<void>;
  /** The book that was known at an instant, compiled. */
  book(knownAtMicros: number): Promise<CompiledBook>;
}

const ADJUSTMENTS_AT_ONCE = 2_000;

/** Settles all disturbed counters. Returns the number of adjustments. */
export async function settleDisturbedCounters(books: CounterBooks): Promise<number> {
  const groups = Map.groupBy(await books.disturbed(), periodPart);
  let adjusted = 0;
  for (const [period, keys] of groups) adjusted += await settleGroup(books, keys, period);
  return adjusted;
}

/** `month:2026-10-01`, the last part of a counter's key. */
function periodPart(key: CounterKey): string {
  return key.slice(key.lastIndexOf('|') + 1);
}

function periodOfPart(part: string): Period {
  const [kind, from = ''] = part.split(':');
  const known = periodKinds.find((each) => each === kind);
  if (known === undefined) throw new Error(`not a counter's period: ${part}`);
  return periodOf(known, from);
}

async function settleGroup(books: CounterBooks, keys: readonly CounterKey[], part: string): Promise<number> {
  const values = new Map<CounterKey, bigint>(keys.map((key) => [key, 0n]));
  let pending: Adjustment[] = [];
  let adjusted = 0;
  for await (const counted of books.charges(keys, periodOfPart(part))) {
    const moves = counted.moves.filter(({ key }) => values.has(key));
    if (moves.every(({ key, before }) => values.get(key) === before)) {
      for (const { key, before, added } of moves) values.set(key, before + added);
      continue;
    }
    const charge = rateAgain(await books.book(counted.knownAtMicros), counted, values);
    for (const { key, before, added } of charge?.counterMoves ?? moves) if (values.has(key)) values.set(key, before + added);
    if (charge === undefined) continue;
    const billed = BigInt(charge.billedQuantity) - counted.billed;
    const amountNanos = charge.amountNanos - counted.amountNanos;
    if (billed === 0n && amountNanos === 0n) continue;
    pending.push({ eventId: counted.eventId, event: counted.event, charge, billed, amountNanos, reason: 'earlier-usage-arrived-later' });
    adjusted += 1;
    if (pending.length < ADJUSTMENTS_AT_ONCE) continue;
    await books.adjust(pending);
    pending = [];
  }
  await books.adjust(pending);
  await books.settle(values);
  return adjusted;
}

/** The leg's charge with the counters where they stand now. Undefined when it could not be priced, which keeps what is booked. */
function rateAgain(book: CompiledBook, counted: CountedCharge, values: ReadonlyMap<CounterKey, bigint>): Charge | undefined {
  const recorded = new Map(counted.moves.map(({ key, before }) => [key, before]));
  const reader: CounterReader = (key) => values.get(key) ?? recorded.get(key) ?? 0n;
  const rated = rateEvent(book, counted.event, reader);
  return rated.kind === 'rated' ? rated.charges.find(({ leg }) => leg === counted.leg) : undefined;
}
