/** Why a charge is what it is: the event rated again with what was known when it was booked. */
import type { Charge, CounterMove, CounterReader } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';

export type Leg = 'in' | 'out';

/** What the books say of one charge. */
export interface BookedCharge {
  readonly leg: Leg;
  readonly amountNanos: bigint;
  readonly billed: bigint;
  readonly moves: readonly CounterMove[];
}

/** A later correction of it, with the counters in canonical order. */
export interface BookedAdjustment {
  readonly amountNanos: bigint;
  readonly billed: bigint;
  readonly moves: readonly CounterMove[];
  readonly reason: string;
  readonly knownAtMicros: number;
}

export interface ExplainedAdjustment extends BookedAdjustment {
  /** The charge as the adjustment makes it, explained. */
  readonly charge: Charge;
}

export interface ExplainedCharge {
  readonly booked: BookedCharge;
  /** The same charge made again, with its explanation. */
  readonly charge: Charge;
  readonly adjustments: readonly ExplainedAdjustment[];
  /** Charge and adjustments together. */
  readonly dueNanos: bigint;
  /** Where what was made again is not what was booked. Empty unless something is wrong. */
  readonly faults: readonly Refusal[];
}

/**
 * Rates again and compares. `book` is the one known when the charge was booked. Refused: the event can no longer be
 * rated, or the amounts differ (`usage.explanation-differs`); then `faults` or the refusal has both.
 */
export function explainCharge(
  book: CompiledBook,
  event: UsageEvent,
  booked: BookedCharge,
  adjustments: readonly BookedAdjustment[],
): Result<ExplainedCharge> {
  const charge = rateLeg(book, event, booked.leg, booked.moves);
  if (!charge.ok) return charge;
  const faults: Refusal[] = [];
  let amountNanos = booked.amountNanos;
  compare(faults, `charge ${booked.leg}`, charge.value, amountNanos);
  const explained: ExplainedAdjustment[] = [];
  for (const adjustment of adjustments) {
    amountNanos += adjustment.amountNanos;
    const again = rateLeg(book, event, booked.leg, adjustment.moves);
    if (!again.ok) return again;
    compare(faults, `adjusted charge ${booked.leg}`, again.value, amountNanos);
    explained.push({ ...adjustment, charge: again.value });
  }
  return { ok: true, value: { booked, charge: charge.value, adjustments: explained, dueNanos: amountNanos, faults } };
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
