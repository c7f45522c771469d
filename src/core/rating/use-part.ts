/** Use that is partly paid by allowances, or follows a charge of the same use: what of it is priced. Only the exact road knows parts. */
import type { BilledStretch } from './voice-quantity.ts';

export interface UsePart {
  /** Billed units that allowances have paid: not priced. Ascending, apart from each other. */
  readonly covered: readonly CoveredUnits[];
  /** Fees and limits belonged to the charge before. */
  readonly continues: boolean;
}

/** Billed seconds, bytes, messages or events [from, to). */
export interface CoveredUnits {
  readonly from: number;
  readonly to: number;
}

export const NOTHING_COVERED: readonly CoveredUnits[] = [];

/** How many of the first `billed` units are covered. */
export function coveredCount(covered: readonly CoveredUnits[], billed: number): number {
  let count = 0;
  for (const { from, to } of covered) if (from < billed) count += Math.min(to, billed) - from;
  return count;
}

/** Fees and limits are due with the first unit that is priced; where nothing was billed, they are those of a call of no length. */
export function hasFees(part: UsePart | undefined, billed: number, priced: number): boolean {
  return part === undefined || (!part.continues && (priced > 0 || billed === 0));
}

/** The stretches without what is covered. */
export function uncoveredStretches(stretches: readonly BilledStretch[], covered: readonly CoveredUnits[]): readonly BilledStretch[] {
  return stretches.flatMap((stretch) => {
    const parts: BilledStretch[] = [];
    const end = stretch.fromSeconds + stretch.seconds;
    let at = stretch.fromSeconds;
    const upTo = (to: number): void => {
      if (to > at) parts.push({ ...stretch, fromSeconds: at, seconds: to - at });
    };
    for (const { from, to } of covered) {
      if (to <= at || from >= end) continue;
      upTo(Math.min(from, end));
      at = Math.min(to, end);
    }
    upTo(end);
    return parts;
  });
}
