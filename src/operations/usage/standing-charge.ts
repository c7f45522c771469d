/** Charges as the books have them now, and what is booked to make them others: reversals, new charges, differences. */
import type { LegRole } from '#core/agreements/agreements.ts';
import type { Charge, CounterMove } from '#core/rating/charge.ts';
import type { Terms } from '#core/rating/compile-book.ts';
import { RatedCharge } from '#core/rating/rated-charge.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';

export type Leg = 'in' | 'out';

/** A line of the rollup, without its day. */
export interface ChargeLine {
  readonly agreement: string;
  readonly versionId: number;
  readonly role: LegRole;
  readonly tariff: string;
  /** 0: none. */
  readonly rateId: number;
  readonly destination: string;
  /** '' where the tariff has none. */
  readonly band: string;
  readonly currency: string;
}

/** One leg of an event as it is charged now, with all adjustments. */
export interface StandingCharge {
  readonly leg: Leg;
  readonly line: ChargeLine;
  /** Local day in the agreement's zone. */
  readonly day: string;
  /** Voice: microseconds. Others: as the charge has it. */
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  /** As last booked. */
  readonly moves: readonly CounterMove[];
  /** The configuration known then priced it. */
  readonly knownAtMicros: number;
}

/** An event with what is charged for it now. */
export interface StandingEvent {
  readonly eventId: number;
  readonly fileId: number;
  readonly event: UsageEvent;
  readonly charges: readonly StandingCharge[];
}

export const correctionReasons = ['earlier-usage-arrived-later', 're-rated', 'rolled-back', 'corrected', 'joined'] as const;
export type CorrectionReason = (typeof correctionReasons)[number];

/** A row that is added to the books for a leg; figures are differences. */
export interface Correction {
  readonly eventId: number;
  readonly event: UsageEvent;
  readonly leg: Leg;
  readonly line: ChargeLine;
  readonly day: string;
  /** -1: takes the charge back; 1: books one; 0: changes the one that stands. */
  readonly events: -1 | 0 | 1;
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  /** Of the charge that the row is about: as it stands when the row is booked. */
  readonly moves: readonly CounterMove[];
  readonly wholeBilled: bigint;
  readonly knownAtMicros: number;
  readonly reason: CorrectionReason;
}

/** The same object for charges of the same terms, row and band, as long as their compiled book is there: whoever looks lines up need not compare them. */
export function lineOf(charge: Charge): ChargeLine {
  if (!(charge instanceof RatedCharge)) return newLine(charge);
  let lines = linesOfTerms.get(charge.terms);
  if (lines === undefined) {
    lines = new Map();
    linesOfTerms.set(charge.terms, lines);
  }
  const place = (Math.max(charge.row, -1) + 1) * BANDS + Math.max(charge.bandIndex, -1) + 1;
  let line = charge.bandIndex < BANDS - 1 ? lines.get(place) : undefined;
  if (line === undefined) {
    line = newLine(charge);
    lines.set(place, line);
  }
  return line;
}

/** Bands that a tariff may have, and one for none; of more, each charge has a line of its own. */
const BANDS = 64;
const linesOfTerms = new WeakMap<Terms, Map<number, ChargeLine>>();

function newLine(charge: Charge): ChargeLine {
  const { agreement, agreementVersionId: versionId, role, tariff, rateId, destination, band, currency } = charge;
  return { agreement, versionId, role, tariff, rateId: rateId ?? 0, destination, band: band ?? '', currency };
}

/** The charge as it will stand. */
export function standingOf(charge: Charge, knownAtMicros: number): StandingCharge {
  return {
    leg: charge.leg,
    line: lineOf(charge),
    day: charge.day,
    raw: BigInt(charge.rawQuantity),
    billed: BigInt(charge.billedQuantity),
    amountNanos: charge.amountNanos,
    moves: charge.counterMoves,
    knownAtMicros,
  };
}

/** Whether there is nothing to book: what priced them may have been known at different times. */
export function isSameCharge(a: StandingCharge, b: StandingCharge): boolean {
  return (
    a.day === b.day &&
    a.raw === b.raw &&
    a.billed === b.billed &&
    a.amountNanos === b.amountNanos &&
    isSameLine(a.line, b.line) &&
    sameCounters(a.moves, b.moves)
  );
}

export function isSameLine(a: ChargeLine, b: ChargeLine): boolean {
  if (a === b) return true;
  return (
    a.rateId === b.rateId &&
    a.versionId === b.versionId &&
    a.role === b.role &&
    a.band === b.band &&
    a.tariff === b.tariff &&
    a.destination === b.destination &&
    a.agreement === b.agreement
  );
}

/** Whether they move the same counters, wherever those stand. */
export function sameCounters(a: readonly CounterMove[], b: readonly CounterMove[]): boolean {
  return a.length === b.length && a.every(({ key, added }) => b.some((other) => other.key === key && other.added === added));
}

/** Takes the standing charge back and books another; either may be missing. */
export function replacement(
  { eventId, event }: Pick<StandingEvent, 'eventId' | 'event'>,
  before: StandingCharge | undefined,
  after: StandingCharge | undefined,
  reason: CorrectionReason,
): readonly Correction[] {
  const row = (charge: StandingCharge, sign: -1 | 1): Correction => {
    const factor = BigInt(sign);
    const { leg, line, day, moves, knownAtMicros, billed } = charge;
    return {
      ...{ eventId, event, leg, line, day, events: sign, moves, wholeBilled: billed, knownAtMicros, reason },
      raw: factor * charge.raw,
      billed: factor * billed,
      amountNanos: factor * charge.amountNanos,
    };
  };
  return [...(before === undefined ? [] : [row(before, -1)]), ...(after === undefined ? [] : [row(after, 1)])];
}
