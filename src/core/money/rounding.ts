/** Rounding modes as agreements name them. `up` is away from zero, `down` towards it. */
export const roundingModes = ['half-up', 'half-even', 'half-down', 'up', 'down', 'ceiling', 'floor'] as const;
export type RoundingMode = (typeof roundingModes)[number];

/** Where and how a charge is rounded: once, at the end. */
export interface Rounding {
  /** 0 to 9 decimals. */
  readonly decimals: number;
  readonly mode: RoundingMode;
}

/** numerator / denominator as a whole number. The denominator must be positive. Half cases go by the magnitude. */
export function divideRounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const quotient = magnitude / denominator;
  const rest = magnitude % denominator;
  const away = rest !== 0n && roundsAway(quotient % 2n === 1n, compareToHalf(rest, denominator), negative, mode);
  const rounded = away ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

function compareToHalf(rest: bigint, denominator: bigint): number {
  const twice = rest * 2n;
  return twice < denominator ? -1 : twice > denominator ? 1 : 0;
}

/** Whether a value with a rest goes away from zero. `half` is the rest against one half: -1, 0, 1. */
export function roundsAway(odd: boolean, half: number, negative: boolean, mode: RoundingMode): boolean {
  switch (mode) {
    case 'half-up':
      return half >= 0;
    case 'half-down':
      return half > 0;
    case 'half-even':
      return half > 0 || (half === 0 && odd);
    case 'up':
      return true;
    case 'down':
      return false;
    case 'ceiling':
      return !negative;
    case 'floor':
      return negative;
  }
}
