/**
 * Exact decimal numbers as they are written: 0.0137 is 137 at scale 4. Prices keep the decimals
 * they came with. Nothing here is rounded.
 */
export interface Decimal {
  readonly units: bigint;
  /** Digits behind the point, 0 to 18. The value is units / 10^scale. */
  readonly scale: number;
}

const PLAIN = /^([+-]?)(\d{1,30})(?:\.(\d{1,18}))?$/;

/** Parses `-12.3400` (point as separator, no grouping, no exponent). Undefined when it is anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = PLAIN.exec(text);
  if (match === null) return undefined;
  const fraction = match[3] ?? '';
  const units = BigInt(`${match[2]}${fraction}`);
  return { units: match[1] === '-' ? -units : units, scale: fraction.length };
}

/** Like parseDecimal, for constants in code and tests. Throws on anything that is not a decimal. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === undefined) throw new RangeError(`not a decimal: ${text}`);
  return value;
}

/** Writes all decimals the number carries: {units: 1200n, scale: 3} is 1.200. */
export function formatDecimal(value: Decimal): string {
  if (value.scale === 0) return value.units.toString();
  const negative = value.units < 0n;
  const digits = (negative ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  const point = digits.length - value.scale;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The same value with trailing zeros of the fraction removed, but not below `leastScale`. */
export function trimDecimal(value: Decimal, leastScale = 0): Decimal {
  let { units, scale } = value;
  while (scale > leastScale && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

/** The units at another scale. Throws RangeError when digits would be lost. */
export function unitsAtScale(value: Decimal, scale: number): bigint {
  if (scale === value.scale) return value.units;
  if (scale >= value.scale) return value.units * 10n ** BigInt(scale - value.scale);
  const divisor = 10n ** BigInt(value.scale - scale);
  if (value.units % divisor !== 0n) throw new RangeError(`${formatDecimal(value)} does not fit ${scale} decimals`);
  return value.units / divisor;
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const left = unitsAtScale(a, scale);
  const right = unitsAtScale(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}
