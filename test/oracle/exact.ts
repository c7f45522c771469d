/** Exact fractions of the oracle's own: it must not share arithmetic with what it audits. */
import type { Decimal } from '#core/money/decimal.ts';
import type { RoundingMode } from '#core/money/rounding.ts';

/** n / d, lowest terms, d > 0. */
export interface Exact {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Exact = { n: 0n, d: 1n };

export function exact(n: bigint, d = 1n): Exact {
  if (d === 0n) throw new RangeError('division by zero');
  let [a, b] = [n < 0n ? -n : n, d < 0n ? -d : d];
  while (b !== 0n) [a, b] = [b, a % b];
  const sign = d < 0n ? -1n : 1n;
  return a === 0n ? { n: 0n, d: 1n } : { n: (sign * n) / a, d: (sign * d) / a };
}

/** A whole number; throws when the JavaScript number is not one. */
export function whole(value: number): Exact {
  return exact(BigInt(value));
}

export function ofDecimal(value: Decimal): Exact {
  return exact(value.units, 10n ** BigInt(value.scale));
}

export function plus(a: Exact, b: Exact): Exact {
  return exact(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function minus(a: Exact, b: Exact): Exact {
  return exact(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function times(a: Exact, b: Exact): Exact {
  return exact(a.n * b.n, a.d * b.d);
}

export function over(a: Exact, b: Exact): Exact {
  return exact(a.n * b.d, a.d * b.n);
}

export function compare(a: Exact, b: Exact): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function least(a: Exact, b: Exact): Exact {
  return compare(a, b) <= 0 ? a : b;
}

/** The largest whole number not above the value. */
export function floorOf(a: Exact): bigint {
  const quotient = a.n / a.d;
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

/** The smallest whole number not below the value. */
export function ceilingOf(a: Exact): bigint {
  return -floorOf({ n: -a.n, d: a.d });
}

/**
 * Rounds to so many decimals: takes the two neighbours on the grid and says which one the mode means.
 * Done with floor and ceiling of the value itself, not with remainders as the engine's rounding is.
 */
export function roundTo(value: Exact, decimals: number, mode: RoundingMode): Exact {
  const grid = 10n ** BigInt(decimals);
  const scaled = times(value, exact(grid));
  const below = floorOf(scaled);
  const above = ceilingOf(scaled);
  if (below === above) return exact(below, grid);
  const negative = scaled.n < 0n;
  const awayFromZero = negative ? below : above;
  const towardsZero = negative ? above : below;
  const middle = compare(times(scaled, exact(2n)), exact(below + above));
  const nearer = middle < 0 ? below : above;
  const even = below % 2n === 0n ? below : above;
  const chosen: Record<RoundingMode, bigint> = {
    up: awayFromZero,
    down: towardsZero,
    ceiling: above,
    floor: below,
    'half-up': middle === 0 ? awayFromZero : nearer,
    'half-down': middle === 0 ? towardsZero : nearer,
    'half-even': middle === 0 ? even : nearer,
  };
  return exact(chosen[mode], grid);
}

/** The value in nanos; throws when it is not a whole number of them. */
export function nanosOf(value: Exact): bigint {
  const scaled = times(value, exact(1_000_000_000n));
  if (scaled.d !== 1n) throw new RangeError(`${value.n}/${value.d} is not a whole number of nanos`);
  return scaled.n;
}

export function ofNanos(nanos: bigint): Exact {
  return exact(nanos, 1_000_000_000n);
}
