import { addFractions, compareFractions, type Fraction, fraction } from '../money/fraction.ts';
import type { CompiledTiers } from '../tariffs/compiled-tariff.ts';

/** A part of a quantity and the tier whose price it has. */
export interface TierSlice {
  readonly tier: number;
  /** In the units that are priced: seconds, messages, bytes, events. */
  readonly quantity: Fraction;
}

/**
 * Lays a quantity end to end behind a counter and cuts it where tiers begin.
 *
 * `position` is where the counter stands, in its own units. `advance(tier)` says how far one priced unit
 * moves the counter in that tier: 1, or with tiers by money the price of the unit in nanos.
 */
export function sliceByTiers(
  tiers: CompiledTiers,
  position: Fraction,
  quantity: Fraction,
  advance: (tier: number) => Fraction,
): { readonly slices: readonly TierSlice[]; readonly position: Fraction } {
  const slices: TierSlice[] = [];
  let at = position;
  let rest = quantity;
  while (rest.numerator > 0n) {
    const tier = tierAt(tiers, at);
    const end = tiers.from[tier + 1];
    const step = advance(tier);
    let taken = rest;
    if (end !== undefined && step.numerator > 0n) {
      const room = divide(subtract({ numerator: end, denominator: 1n }, at), step);
      if (compareFractions(room, rest) < 0) taken = room;
    }
    slices.push({ tier, quantity: taken });
    at = addFractions(at, multiply(taken, step));
    rest = subtract(rest, taken);
  }
  return { slices, position: at };
}

/** The last tier that begins at or before a position. */
export function tierAt(tiers: CompiledTiers, position: Fraction): number {
  let tier = 0;
  while (tier + 1 < tiers.from.length && (tiers.from[tier + 1] ?? 0n) * position.denominator <= position.numerator) tier += 1;
  return tier;
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator);
}

function subtract(a: Fraction, b: Fraction): Fraction {
  return addFractions(a, { numerator: -b.numerator, denominator: b.denominator });
}
