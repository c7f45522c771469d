import type { Decimal } from '../../money/decimal.ts';
import { compareDecimals, formatDecimal, unitsAtScale } from '../../money/decimal.ts';
import type { RateTerms } from '../tariff.ts';
import { sameTerms } from '../terms-key.ts';
import type { Findings } from './findings.ts';
import { keyOfSheetRate } from './rate-line.ts';
import type { SheetRate } from './sheet-rate.ts';
import { placeOf } from './sheet-rate.ts';
import { plainWords } from './words.ts';

/** A price so many times the middle one of its sheet is worth a look. */
const HIGH_FACTOR = 1000n;
const FEWEST_TO_COMPARE = 20;

/** The rates of a sheet by what they price, each list ascending in time and without repetition. */
export type RatesByKey = ReadonlyMap<string, readonly SheetRate[]>;

/**
 * Finds what a sheet says twice or against itself: the same row again, two prices for one code and date, dates that overlap, one
 * code under two destinations, one destination in several countries, prices of zero or far above all others.
 */
export function checkSheet(
  rates: readonly SheetRate[],
  sheet: string,
  countryCodeOf: (digits: string) => string | undefined,
  findings: Findings,
): RatesByKey {
  const byKey = new Map<string, SheetRate[]>();
  for (const rate of rates) {
    const key = keyOfSheetRate(rate);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [rate]);
    else known.push(rate);
  }
  for (const [key, list] of byKey) if (list.length > 1) byKey.set(key, inOrder(list, sheet, findings));
  checkPrices(rates, sheet, findings);
  checkDestinations(rates, sheet, countryCodeOf, findings);
  return byKey;
}

function inOrder(list: SheetRate[], sheet: string, findings: Findings): SheetRate[] {
  list.sort((a, b) => a.fromMicros - b.fromMicros || a.row - b.row);
  const kept: SheetRate[] = [];
  for (const rate of list) {
    const last = kept.at(-1);
    const named = rate.code ?? rate.destination;
    if (last === undefined || last.fromMicros < rate.fromMicros) {
      if (last !== undefined && last.toMicros !== Number.POSITIVE_INFINITY && last.toMicros > rate.fromMicros) {
        findings.warn(
          'rate-sheet.overlap',
          `${named}: row ${last.row} ends after this row begins; this row counts from its date on`,
          placeOf(rate, sheet),
        );
      }
      kept.push(rate);
    } else if (sayPrice(last) === sayPrice(rate) && sameContent(last, rate)) {
      if (plainWords(last.destination) !== plainWords(rate.destination)) {
        findings.warn(
          'rate-sheet.destination-clash',
          `${named} is ${JSON.stringify(last.destination)} in row ${last.row}`,
          placeOf(rate, sheet, rate.destination),
        );
      } else findings.warn('rate-sheet.duplicate', `${named} is the same in row ${last.row}`, placeOf(rate, sheet));
    } else {
      findings.fault(
        'rate-sheet.contradiction',
        `${named} is ${sayPrice(rate)} here and ${sayPrice(last)} in row ${last.row}, from the same date`,
        placeOf(rate, sheet),
      );
    }
  }
  return kept;
}

function sameContent(a: SheetRate, b: SheetRate): boolean {
  if (a.toMicros !== b.toMicros) return false;
  return a.terms === b.terms || (a.terms !== undefined && b.terms !== undefined && sameTerms(a.terms, b.terms));
}

function sayPrice(rate: SheetRate): string {
  if (rate.terms === undefined) return 'closed';
  const { price, firstSeconds, nextSeconds } = rate.terms;
  return `${formatDecimal(price)}${firstSeconds === undefined ? '' : ` ${firstSeconds}/${nextSeconds ?? firstSeconds}`}`;
}

function checkPrices(rates: readonly SheetRate[], sheet: string, findings: Findings): void {
  const counts = new Map<RateTerms, number>();
  for (const { terms } of rates) if (terms !== undefined) counts.set(terms, (counts.get(terms) ?? 0) + 1);
  const prices = [...counts].map(([{ price }, count]) => ({ price, count })).sort((a, b) => compareDecimals(a.price, b.price));
  const middle = middleOf(prices);
  const limit = middle === undefined || middle.units === 0n ? undefined : { units: middle.units * HIGH_FACTOR, scale: middle.scale };
  const highest = prices.at(-1)?.price;
  const someHigh = limit !== undefined && highest !== undefined && compareDecimals(highest, limit) > 0;
  const someZero = prices[0]?.price.units === 0n;
  if (!someHigh && !someZero) return;
  let seen: { row: number; column: string } | undefined;
  for (const rate of rates) {
    if (rate.terms === undefined || (seen?.row === rate.row && seen.column === rate.column)) continue;
    const { price } = rate.terms;
    if (price.units === 0n)
      findings.warn(
        'rate-sheet.price-zero',
        `${rate.code ?? rate.destination} would cost nothing`,
        placeOf(rate, sheet, formatDecimal(price)),
      );
    else if (limit !== undefined && someHigh && compareDecimals(price, limit) > 0) {
      const times = middle === undefined ? 0n : ratio(price, middle);
      findings.warn('rate-sheet.price-high', `${times} times the middle price of the sheet`, placeOf(rate, sheet, formatDecimal(price)));
    } else continue;
    seen = { row: rate.row, column: rate.column };
  }
}

/** The price that half of all rates do not exceed; undefined for a sheet too short to tell. */
function middleOf(prices: readonly { readonly price: Decimal; readonly count: number }[]): Decimal | undefined {
  const total = prices.reduce((sum, { count }) => sum + count, 0);
  if (total < FEWEST_TO_COMPARE) return undefined;
  let below = 0;
  for (const { price, count } of prices) {
    below += count;
    if (below * 2 > total) return price;
  }
  return undefined;
}

function ratio(a: Decimal, b: Decimal): bigint {
  const scale = Math.max(a.scale, b.scale);
  return unitsAtScale(a, scale) / unitsAtScale(b, scale);
}

function checkDestinations(
  rates: readonly SheetRate[],
  sheet: string,
  countryCodeOf: (digits: string) => string | undefined,
  findings: Findings,
): void {
  const countries = new Map<string, { country: string; rate: SheetRate; told: boolean }>();
  for (const rate of rates) {
    if (rate.code === undefined || rate.destination === '') continue;
    const country = countryCodeOf(rate.code);
    if (country === undefined) continue;
    const name = rate.destination.toLowerCase();
    const known = countries.get(name);
    if (known === undefined) countries.set(name, { country, rate, told: false });
    else if (!known.told && known.country !== country) {
      known.told = true;
      findings.warn(
        'rate-sheet.destination-clash',
        `${JSON.stringify(rate.destination)} has codes of several countries: ${rate.code} here and ${known.rate.code ?? ''} in row ${known.rate.row}`,
        placeOf(rate, sheet, rate.code),
      );
    }
  }
}
