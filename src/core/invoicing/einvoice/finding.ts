/** What the checker finds, and the arithmetic that its rules share. */
import { compareDecimals, type Decimal, formatDecimal, unitsAtScale } from '../../money/decimal.ts';
import type { EAmount } from './einvoice.ts';

export interface EInvoiceFinding {
  /** `BR-CO-10`, `PEPPOL-EN16931-R120`. */
  readonly rule: string;
  /** What is wrong, in a sentence of our own. */
  readonly message: string;
  /** Business term, with the number of the line or entry: `BT-131 line 3`. */
  readonly field: string;
  readonly value?: string;
}

/** One check: a finding when `holds` is false. */
export type Check = (rule: string, holds: boolean, message: string, field: string, value?: string | undefined) => void;

export function isSaid(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

export const zero: Decimal = { units: 0n, scale: 0 };

export function add(...values: readonly (Decimal | undefined)[]): Decimal {
  const said = values.filter((value) => value !== undefined);
  const scale = Math.max(0, ...said.map((value) => value.scale));
  return { units: said.reduce((sum, value) => sum + unitsAtScale(value, scale), 0n), scale };
}

export function negated(value: Decimal | undefined): Decimal | undefined {
  return value === undefined ? undefined : { units: -value.units, scale: value.scale };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** To two decimals as the rules of EN 16931 round: half towards plus infinity. */
export function rounded({ units, scale }: Decimal): Decimal {
  if (scale <= 2) return { units, scale };
  const divisor = 10n ** BigInt(scale - 2);
  const shifted = units + divisor / 2n;
  const quotient = shifted / divisor;
  return { units: shifted < 0n && shifted % divisor !== 0n ? quotient - 1n : quotient, scale: 2 };
}

export function equal(a: Decimal, b: Decimal): boolean {
  return compareDecimals(a, b) === 0;
}

/** Whether two amounts differ by less than one: the rules' tolerance for taxes. */
export function within(a: Decimal, b: Decimal, most: Decimal, orEqual: boolean): boolean {
  const distance = add(a, negated(b));
  const magnitude = distance.units < 0n ? { ...distance, units: -distance.units } : distance;
  const compared = compareDecimals(magnitude, most);
  return compared < 0 || (orEqual && compared === 0);
}

export function magnitude(value: Decimal): Decimal {
  return value.units < 0n ? { units: -value.units, scale: value.scale } : value;
}

export function sayAmount(amount: EAmount | undefined): string | undefined {
  return amount === undefined ? undefined : formatDecimal(amount.value);
}

export function sayDecimal(value: Decimal | undefined): string | undefined {
  return value === undefined ? undefined : formatDecimal(value);
}
