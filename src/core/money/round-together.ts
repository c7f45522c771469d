import { divideRounded, type RoundingMode } from './rounding.ts';

/**
 * Rounds amounts to whole units so that they add up to their sum, which is rounded once: each is cut down to a whole unit, and the
 * units that are missing then go one each to the largest rests, the first on a tie. An amount that is whole already stays as it is
 * while there are others, and none ends a unit or more from its exact value. Amounts may be negative.
 *
 * 0.335, 0.335, 0.33 to cents is 0.34, 0.33, 0.33: together 1.00.
 */
export function roundTogether(amounts: readonly bigint[], unit: bigint, mode: RoundingMode): bigint[] {
  const floors = amounts.map((amount) => floorDivide(amount, unit));
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  const missing = Number(divideRounded(sum, unit, mode) - floors.reduce((total, floor) => total + floor, 0n));
  const byRest = amounts.map((amount, index) => ({ index, rest: amount - (floors[index] as bigint) * unit })); // one for each amount
  byRest.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of byRest.slice(0, missing)) floors[index] = (floors[index] as bigint) + 1n;
  return floors.map((floor) => floor * unit);
}

function floorDivide(amount: bigint, unit: bigint): bigint {
  const quotient = amount / unit;
  return amount % unit < 0n ? quotient - 1n : quotient;
}
