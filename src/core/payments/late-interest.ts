/** Interest on what is paid late. */

import { minorUnits } from '../money/currencies.ts';
import type { Decimal } from '../money/decimal.ts';
import { divideRounded } from '../money/rounding.ts';

export interface InterestStep {
  /** First day that bears interest, and the first that does not. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** What was open on these days. */
  readonly openNanos: bigint;
}

/** An amount that changed what was open, on its day: the invoice itself, payments (below zero) … */
export interface OpenChange {
  readonly day: string;
  readonly nanos: bigint;
}

/**
 * Simple interest from the day after the due day up to and with `until`, on what was open at the end of each day, at `percent` a year of 365
 * days; rounded once, half-up, to the currency's smallest unit. Nothing where nothing was open or what was open is below zero.
 */
export function lateInterest(
  changes: readonly OpenChange[],
  dueDay: string,
  until: string,
  percent: Decimal,
  currency: string,
): { readonly nanos: bigint; readonly steps: readonly InterestStep[] } {
  const begin = Temporal.PlainDate.from(dueDay).add({ days: 1 }).toString();
  const end = Temporal.PlainDate.from(until).add({ days: 1 }).toString();
  const turns = [...new Set([begin, ...changes.map(({ day }) => day).filter((day) => day > begin && day < end)])].sort();
  const steps: InterestStep[] = [];
  let weighted = 0n;
  for (const [index, from] of turns.entries()) {
    const to = turns[index + 1] ?? end;
    if (from >= to) continue;
    const openNanos = changes.reduce((sum, { day, nanos }) => (day <= from ? sum + nanos : sum), 0n);
    const days = Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
    if (openNanos <= 0n) continue;
    steps.push({ from, to, days, openNanos });
    weighted += openNanos * BigInt(days);
  }
  const unit = 10n ** BigInt(9 - (minorUnits(currency) ?? 2));
  const nanos = divideRounded(weighted * percent.units, 365n * 100n * 10n ** BigInt(percent.scale) * unit, 'half-up') * unit;
  return { nanos, steps };
}
