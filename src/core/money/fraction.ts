import { formatDecimal } from './decimal.ts';

/** An exact fraction; the denominator is positive. Used for amounts before their one rounding. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function fraction(numerator: bigint, denominator: bigint): Fraction {
  const divisor = gcd(numerator < 0n ? -numerator : numerator, denominator);
  return divisor <= 1n ? { numerator, denominator } : { numerator: numerator / divisor, denominator: denominator / divisor };
}

export function addFractions(a: Fraction, b: Fraction): Fraction {
  if (a.numerator === 0n) return b;
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function compareFractions(a: Fraction, b: Fraction): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The value in full: `0.182`, or with the repeating digits in brackets: `0.013928(3)`. Cut with `…` after 40 digits. */
export function formatFraction(value: Fraction): string {
  const negative = value.numerator < 0n;
  const magnitude = negative ? -value.numerator : value.numerator;
  const whole = magnitude / value.denominator;
  let rest = magnitude % value.denominator;
  const seen = new Map<bigint, number>();
  let digits = '';
  while (rest !== 0n && digits.length < 40) {
    const from = seen.get(rest);
    if (from !== undefined) {
      digits = `${digits.slice(0, from)}(${digits.slice(from)})`;
      rest = 0n;
      break;
    }
    seen.set(rest, digits.length);
    rest *= 10n;
    digits += (rest / value.denominator).toString();
    rest %= value.denominator;
  }
  const sign = negative ? '-' : '';
  if (digits === '') return `${sign}${formatDecimal({ units: whole, scale: 0 })}`;
  return `${sign}${whole}.${digits}${rest === 0n ? '' : '…'}`;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
