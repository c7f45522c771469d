/** What percentages come to: exact until the one rounding, and shared out over the lines without loss. */

import { NANO_DECIMALS } from '../money/amount.ts';
import { minorUnits } from '../money/currencies.ts';
import { decimal } from '../money/decimal.ts';
import { addFractions, type Fraction, fraction } from '../money/fraction.ts';
import { divideRounded, type RoundingMode } from '../money/rounding.ts';

/** Nanos of the smallest amount that can be paid: 10,000,000 for EUR. Undefined for what is no current currency. */
export function smallestUnitNanos(currency: string): bigint | undefined {
  const decimals = minorUnits(currency);
  return decimals === undefined ? undefined : 10n ** BigInt(NANO_DECIMALS - decimals);
}

/** 19 per cent is 19/100. */
export function percentFraction(percent: string): Fraction {
  const { units, scale } = decimal(percent);
  return fraction(units, 100n * 10n ** BigInt(scale));
}

/** amount × share, rounded to whole smallest units. */
export function shareOf(amountNanos: bigint, share: Fraction, unitNanos: bigint, mode: RoundingMode): bigint {
  return divideRounded(amountNanos * share.numerator, share.denominator * unitNanos, mode) * unitNanos;
}

/**
 * Splits a total that is the rounded sum of amounts × share over those amounts: each gets its exact part rounded down to a
 * whole unit, and what is left goes one unit each to the largest remainders, the first on a tie. Amounts may have either sign;
 * the mirror of the amounts gets the mirror of the parts.
 */
export function spread(totalNanos: bigint, amounts: readonly bigint[], share: Fraction, unitNanos: bigint): readonly bigint[] {
  if (totalNanos < 0n)
    return spread(
      -totalNanos,
      amounts.map((amount) => -amount),
      share,
      unitNanos,
    ).map((part) => -part);
  const divisor = share.denominator * unitNanos;
  const parts = amounts.map((amount) => divideRounded(amount * share.numerator, divisor, 'floor'));
  const remainders = amounts.map((amount, index) => ({ index, remainder: amount * share.numerator - (parts[index] ?? 0n) * divisor }));
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const left = Number(parts.reduce((rest, part) => rest - part, totalNanos / unitNanos));
  for (const { index } of remainders.slice(0, Math.max(left, 0))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts.map((part) => part * unitNanos);
}

/** One per cent figure that applies to a line, with the names of the taxes in its base. */
export interface AppliedPercent {
  readonly tax: string;
  readonly share: Fraction;
  readonly onTopOf: readonly string[];
}

/** What each percentage takes of the net, taxes on taxes counted in: 5 and 8.5 on top of it are 1/20 and 357/4000. In dependency order. */
export function effectiveShares(applied: readonly AppliedPercent[]): readonly Fraction[] {
  const byTax = new Map<string, Fraction>();
  return applied.map(({ tax, share, onTopOf }) => {
    const base = onTopOf.reduce((sum, name) => addFractions(sum, byTax.get(name) ?? fraction(0n, 1n)), fraction(1n, 1n));
    const effective = fraction(base.numerator * share.numerator, base.denominator * share.denominator);
    byTax.set(tax, addFractions(byTax.get(tax) ?? fraction(0n, 1n), effective));
    return effective;
  });
}
