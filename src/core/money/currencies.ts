/**
 * Currencies of ISO 4217, also those withdrawn: old agreements and statements name them.
 * The table is generated (iso-4217.ts from data/currencies.csv).
 */
import { iso4217 } from './iso-4217.ts';

export interface Currency {
  /** Three letters: EUR. */
  readonly code: string;
  /** Three digits, or empty for some withdrawn before numbers were given. */
  readonly numeric: string;
  readonly name: string;
  /** Decimals of an amount as it is paid: JPY 0, EUR 2, KWD 3. Undefined for metals, testing codes, and most withdrawn currencies. */
  readonly minorUnits: number | undefined;
  /** Month of withdrawal, `2023-01`, or a year where ISO gives no month. */
  readonly withdrawn: string | undefined;
}

/** What a code is worth as the currency of an account, agreement or tariff. */
export type CurrencyReading =
  | { readonly kind: 'current'; readonly currency: Currency & { readonly minorUnits: number; readonly withdrawn: undefined } }
  | { readonly kind: 'withdrawn'; readonly currency: Currency & { readonly withdrawn: string } }
  /** A code of the list in which nothing is paid: gold, special drawing rights, testing. */
  | { readonly kind: 'not-money'; readonly currency: Currency }
  | { readonly kind: 'unknown' };

const byCode: ReadonlyMap<string, Currency> = new Map(
  iso4217.map(([code, numeric, minorUnits, name, withdrawn]) => [code, { code, numeric, minorUnits, name, withdrawn }]),
);

/** All currencies, current and withdrawn, by code. */
export const currencies: readonly Currency[] = [...byCode.values()];

/** Whether amounts may be kept in a currency; the caller refuses all but `current`, and can say since when it is withdrawn. */
export function readCurrency(code: string): CurrencyReading {
  const currency = byCode.get(code);
  if (currency === undefined) return { kind: 'unknown' };
  const { minorUnits, withdrawn } = currency;
  if (withdrawn !== undefined) return { kind: 'withdrawn', currency: { ...currency, withdrawn } };
  if (minorUnits === undefined) return { kind: 'not-money', currency };
  return { kind: 'current', currency: { ...currency, minorUnits, withdrawn } };
}

/** Decimals in which a current currency is paid; undefined when the code is not one. */
export function minorUnits(code: string): number | undefined {
  const reading = readCurrency(code);
  return reading.kind === 'current' ? reading.currency.minorUnits : undefined;
}
