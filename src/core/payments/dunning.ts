/** Who is asked for what: which overdue documents move to which stage, and what the letter says of them. */
import { NANO_DECIMALS } from '../money/amount.ts';
import { decimal, unitsAtScale } from '../money/decimal.ts';
import type { DunningTerms } from '../parties/dunning-terms.ts';

/** A document that is open on an account. */
export interface OverdueDocument {
  readonly document: string;
  readonly dueDay: string;
  /** Open and not disputed, above zero. */
  readonly owedNanos: bigint;
  /** Stages passed so far: 0 when it was in no letter yet. */
  readonly stage: number;
  /** Day of its last letter. */
  readonly lastDay: string | undefined;
  /** Somebody said that it is not asked for. */
  readonly isPaused: boolean;
  /** The fee of an earlier letter: asked for with the others, and never the reason of a letter or of a hold. */
  readonly isFee: boolean;
}

export interface NoticeLine {
  readonly document: string;
  readonly dueDay: string;
  readonly owedNanos: bigint;
  /** The stage that it is at now; 0: it is overdue and was not asked for before. */
  readonly stage: number;
  readonly daysLate: number;
}

export interface Notice {
  /** From 1: the highest that a document has moved to; its tone, fee and hold are the letter's. */
  readonly stage: number;
  /** All that is overdue on the account, those that did not move too: who pays the letter has paid all. */
  readonly lines: readonly NoticeLine[];
  readonly owedNanos: bigint;
  readonly feeNanos: bigint;
  readonly hold: boolean;
  /** Until when is to be paid. */
  readonly payBy: string;
}

/**
 * The letter of an account in one currency on a day, or undefined when none is due: nothing moves to a further stage, or what is overdue is
 * less than the least amount. A document moves one stage at a time, also when it is months late, so that nobody gets the last letter first.
 */
export function noticeOn(day: string, currency: string, documents: readonly OverdueDocument[], terms: DunningTerms): Notice | undefined {
  const late = documents.filter((one) => !one.isPaused && one.owedNanos > 0n && one.dueDay < day);
  const owedNanos = late.reduce((sum, one) => sum + one.owedNanos, 0n);
  if (owedNanos === 0n || owedNanos < amountIn(terms.least, currency)) return undefined;
  let highest = 0;
  const lines = late.map((one): NoticeLine => {
    const daysLate = daysFrom(one.dueDay, day);
    const next = terms.stages[one.stage];
    const rested = one.lastDay === undefined || daysFrom(one.lastDay, day) >= terms.daysBetween;
    const moves = !one.isFee && next !== undefined && daysLate >= next.afterDays && rested;
    const stage = moves ? one.stage + 1 : one.stage;
    if (moves) highest = Math.max(highest, stage);
    return { document: one.document, dueDay: one.dueDay, owedNanos: one.owedNanos, stage, daysLate };
  });
  const stage = terms.stages[highest - 1];
  if (stage === undefined) return undefined;
  return {
    stage: highest,
    lines: lines.toSorted((a, b) => (a.dueDay === b.dueDay ? compare(a.document, b.document) : compare(a.dueDay, b.dueDay))),
    owedNanos,
    feeNanos: amountIn(stage.fee, currency),
    hold: stage.hold,
    payBy: Temporal.PlainDate.from(day).add({ days: terms.daysToPay }).toString(),
  };
}

/** Whether documents still hold the account: one that is overdue has reached a stage that holds. */
export function isHeld(day: string, documents: readonly OverdueDocument[], terms: DunningTerms): boolean {
  return documents.some(
    ({ stage, dueDay, owedNanos, isPaused, isFee }) =>
      !isPaused && !isFee && owedNanos > 0n && dueDay < day && terms.stages.slice(0, stage).some(({ hold }) => hold),
  );
}

function amountIn(amounts: Readonly<Record<string, string>> | undefined, currency: string): bigint {
  const written = amounts?.[currency];
  return written === undefined ? 0n : unitsAtScale(decimal(written), NANO_DECIMALS);
}

function daysFrom(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
