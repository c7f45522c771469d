/**
 * Tiers and daily volumes go by the canonical order of events (start, source, key), but files come in any order. When an
 * event arrives that belongs before others already charged, those are looked at again here, and what they should have
 * cost more or less is booked as adjustments. Charges + adjustments then are what the canonical order gives. The same
 * when charges are rated again or taken back: what stands behind them in their counters is looked at again.
 */
import type { Charge, CounterKey, CounterReader } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import { type Period, periodKinds, periodOf } from '#core/time/period.ts';
import {
  type Correction,
  type CorrectionReason,
  isSameCharge,
  isSameLine,
  replacement,
  type StandingCharge,
  type StandingEvent,
  standingOf,
} from './standing-charge.ts';

/** A charge that moves a counter. */
export interface CountedCharge extends Omit<StandingEvent, 'charges'> {
  readonly charge: StandingCharge;
}

/**
 * The books as this operation needs them: all calls in one transaction, or each `book` and `settle` in one of its own. When it is
 * broken off between them, what was booked is right, and the counters are still to be gone through: the next time finds the rest.
 */
export interface CounterBooks {
  /** Counters that an event moved which comes before one that had moved it, and others that must be looked at again. */
  disturbed(): Promise<readonly CounterKey[]>;
  /** Charges that move one of the counters, in canonical order. `period`: local days, of whatever zone. */
  charges(keys: readonly CounterKey[], period: Period): AsyncIterable<CountedCharge>;
  /** By how much charges moved them that were deleted when their time was over; those without any are left out. */
  deleted(keys: readonly CounterKey[]): Promise<ReadonlyMap<CounterKey, bigint>>;
  /** Writes corrections and their part of the rollups. */
  book(corrections: readonly Correction[]): Promise<void>;
  /** Stores where the counters stand; they are no longer disturbed. */
  settle(values: ReadonlyMap<CounterKey, bigint>): Promise<void>;
  /** The book that was known at an instant, compiled. */
  bookKnownAt(knownAtMicros: number): Promise<CompiledBook>;
}

/** Charges that are to be priced with what is known at another instant than the one that priced them. */
export interface Rerating {
  readonly knownAtMicros: number;
  selects(counted: CountedCharge): boolean;
}

const CORRECTIONS_AT_ONCE = 10_000;

/** Settles all disturbed counters. Returns the number of charges changed. */
export async function settleDisturbedCounters(books: CounterBooks, rerating?: Rerating): Promise<number> {
  const groups = Map.groupBy(await books.disturbed(), periodPart);
  let adjusted = 0;
  for (const [period, keys] of groups) adjusted += await settleGroup(books, keys, period, rerating);
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

async function settleGroup(books: CounterBooks, keys: readonly CounterKey[], part: string, rerating?: Rerating): Promise<number> {
  const deleted = await books.deleted(keys);
  const values = new Map<CounterKey, bigint>(keys.map((key) => [key, deleted.get(key) ?? 0n]));
  const reason: CorrectionReason = rerating === undefined ? 'earlier-usage-arrived-later' : 're-rated';
  let pending: Correction[] = [];
  let adjusted = 0;
  for await (const counted of books.charges(keys, periodOfPart(part))) {
    const standing = counted.charge;
    const moves = standing.moves.filter(({ key }) => values.has(key));
    const selected = rerating?.selects(counted) === true;
    if (!selected && moves.every(({ key, before }) => values.get(key) === before)) {
      for (const { key, before, added } of moves) values.set(key, before + added);
      continue;
    }
    const knownAtMicros = selected && rerating !== undefined ? rerating.knownAtMicros : standing.knownAtMicros;
    const charge = rateAgain(await books.bookKnownAt(knownAtMicros), counted, values);
    for (const { key, added } of charge?.counterMoves ?? moves) {
      const value = values.get(key);
      if (value !== undefined) values.set(key, value + added);
    }
    if (charge === undefined) continue;
    const rows = differences(counted, standingOf(charge, knownAtMicros), reason);
    if (rows.length === 0) continue;
    pending.push(...rows);
    adjusted += 1;
    if (pending.length < CORRECTIONS_AT_ONCE) continue;
    await books.book(pending);
    pending = [];
  }
  await books.book(pending);
  await books.settle(values);
  return adjusted;
}

/** On the same line the difference; another line gets the charge, and the standing one is taken back. */
function differences(counted: CountedCharge, after: StandingCharge, reason: CorrectionReason): readonly Correction[] {
  const before = counted.charge;
  if (isSameCharge(before, after)) return [];
  if (!isSameLine(before.line, after.line) || before.day !== after.day || before.raw !== after.raw || reason === 're-rated')
    return replacement(counted, before, after, reason);
  const billed = after.billed - before.billed;
  const amountNanos = after.amountNanos - before.amountNanos;
  if (billed === 0n && amountNanos === 0n) return [];
  const { eventId, event } = counted;
  const { leg, line, day, moves, knownAtMicros } = after;
  return [
    { eventId, event, leg, line, day, events: 0, raw: 0n, billed, amountNanos, moves, wholeBilled: before.billed, knownAtMicros, reason },
  ];
}

/** The leg's charge with the counters where they stand now. Undefined when it could not be priced, which keeps what is booked. */
function rateAgain(book: CompiledBook, { event, charge }: CountedCharge, values: ReadonlyMap<CounterKey, bigint>): Charge | undefined {
  const recorded = new Map(charge.moves.map(({ key, before }) => [key, before]));
  const reader: CounterReader = (key) => values.get(key) ?? recorded.get(key) ?? 0n;
  const rated = rateEvent(book, event, reader);
  return rated.kind === 'rated' ? rated.charges.find(({ leg }) => leg === charge.leg) : undefined;
}
