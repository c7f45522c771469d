/** Why a charge is what it is: the event rated again with what was known when it was booked. */
import type { Charge, CounterMove, CounterReader } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { Leg } from './standing-charge.ts';

/** What the books say of one charge. */
export interface BookedCharge {
  readonly amountNanos: bigint;
  readonly billed: bigint;
  readonly moves: readonly CounterMove[];
}

/** A later correction of it, with the counters in canonical order. */
export interface BookedAdjustment {
  /** -1: takes the charge back; 1: books one; 0: changes the one that stands. */
  readonly events: number;
  readonly amountNanos: bigint;
  readonly billed: bigint;
  readonly moves: readonly CounterMove[];
  readonly reason: string;
  readonly knownAtMicros: number;
  /** What is known then prices the charge as it is after the adjustment. */
  readonly pricedAtMicros: number;
  /** The run that booked it, where a person asked for one. */
  readonly run?: { readonly id: number; readonly why: string; readonly by: string };
  /** The local day of the charge, where that was closed and the adjustment is booked with a later one. */
  readonly originalDay?: string;
}

export interface ExplainedAdjustment extends BookedAdjustment {
  /** The charge as the adjustment makes it, explained; undefined where it is taken back. */
  readonly charge: Charge | undefined;
}

export interface ExplainedCharge {
  readonly leg: Leg;
  /** Undefined where the leg was charged only afterwards. */
  readonly booked: BookedCharge | undefined;
  /** The same charge made again, with its explanation; without one, as it was charged first. */
  readonly charge: Charge;
  readonly adjustments: readonly ExplainedAdjustment[];
  /** Charge and adjustments together. */
  readonly dueNanos: bigint;
  /** Where what was made again is not what was booked. Empty unless something is wrong. */
  readonly faults: readonly Refusal[];
}

/** Books by the instant at which they were known. */
export type KnownBooks = (knownAtMicros: number) => CompiledBook;

/**
 * Rates again and compares. Refused: the event can no longer be rated with what was known then
 * (`usage.explanation-differs`); amounts that differ are `faults`.
 */
export function explainCharge(
  books: KnownBooks,
  event: UsageEvent,
  leg: Leg,
  booked: (BookedCharge & { readonly knownAtMicros: number }) | undefined,
  adjustments: readonly BookedAdjustment[],
): Result<ExplainedCharge> {
  const faults: Refusal[] = [];
  let amountNanos = booked?.amountNanos ?? 0n;
  let first: Charge | undefined;
  if (booked !== undefined) {
    const charge = rateLeg(books(booked.knownAtMicros), event, leg, booked.moves);
    if (!charge.ok) return charge;
    first = charge.value;
    compare(faults, `charge ${leg}`, first, amountNanos);
  }
  const explained: ExplainedAdjustment[] = [];
  for (const adjustment of adjustments) {
    amountNanos += adjustment.amountNanos;
    if (adjustment.events < 0) {
      if (amountNanos !== 0n) faults.push(refuse('usage.explanation-differs', `charge ${leg}: taken back, ${amountNanos} nanos are left`));
      explained.push({ ...adjustment, charge: undefined });
      continue;
    }
    const again = rateLeg(books(adjustment.pricedAtMicros), event, leg, adjustment.moves);
    if (!again.ok) return again;
    first ??= again.value;
    compare(faults, `adjusted charge ${leg}`, again.value, amountNanos);
    explained.push({ ...adjustment, charge: again.value });
  }
  if (first === undefined) return { ok: false, refusals: [refuse('usage.charge-unknown', `there never was a charge ${leg} of the event`)] };
  return { ok: true, value: { leg, booked, charge: first, adjustments: explained, dueNanos: amountNanos, faults } };
}

function rateLeg(book: CompiledBook, event: UsageEvent, leg: Leg, moves: readonly CounterMove[]): Result<Charge> {
  const before = new Map(moves.map((move) => [move.key, move.before]));
  const counters: CounterReader = (key) => before.get(key) ?? 0n;
  const rated = rateEvent(book, event, counters, true);
  if (rated.kind === 'held') {
    return {
      ok: false,
      refusals: [refuse('usage.explanation-differs', `rated again, the event is held: ${rated.reason}, ${rated.detail}`)],
    };
  }
  const charge = rated.charges.find((each) => each.leg === leg);
  if (charge === undefined)
    return { ok: false, refusals: [refuse('usage.explanation-differs', `rated again, the event has no charge ${leg}`)] };
  return { ok: true, value: charge };
}

function compare(faults: Refusal[], what: string, charge: Charge, bookedNanos: bigint): void {
  if (charge.amountNanos === bookedNanos) return;
  faults.push(refuse('usage.explanation-differs', `${what}: booked ${bookedNanos} nanos, rated again ${charge.amountNanos} nanos`));
}
