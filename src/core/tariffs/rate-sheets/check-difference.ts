import type { Decimal } from '../../money/decimal.ts';
import { compareDecimals, formatDecimal } from '../../money/decimal.ts';
import { localDate, MICROS_PER_DAY, startOfLocalDay } from '../../time/zoned.ts';
import type { Difference, RateChange } from './difference.ts';
import type { Findings } from './findings.ts';
import type { SheetRate } from './sheet-rate.ts';
import { placeOf } from './sheet-rate.ts';
import type { ChangeWord } from './words.ts';

export interface DifferenceLimits {
  /** A price that becomes more than so many times the old one, or less than one so-many-th, is a warning. */
  readonly maxChangeFactor: Decimal;
  /** Days that an increase must be announced before it counts. */
  readonly noticeDays: number;
  readonly nowMicros: number;
  readonly zone: string;
  /** Whether the tariff has rates already: before the first sheet nothing can have been rated. */
  readonly hasRates: boolean;
}

/** Warns of what a sheet would change that looks wrong, too early or too late. */
export function checkDifference(found: Difference, sheet: string, limits: DifferenceLimits, findings: Findings): void {
  const noticeMicros = limits.nowMicros + limits.noticeDays * MICROS_PER_DAY;
  const today = startOfLocalDay(limits.zone, localDate(limits.zone, limits.nowMicros));
  const days = new Map<number, string>();
  const day = (micros: number): string => {
    const known = days.get(micros) ?? localDate(limits.zone, micros);
    days.set(micros, known);
    return known;
  };
  for (const change of found.changes) {
    const rate = change.sheetRate;
    if (rate === undefined) continue;
    checkWord(change, rate, sheet, findings);
    if (change.kind === 'unchanged') continue;
    checkFactor(change, rate, sheet, limits.maxChangeFactor, findings);
    if (change.fromMicros < today) {
      if (!limits.hasRates) continue;
      findings.warn(
        'rate-sheet.effective-in-past',
        `${change.code ?? change.destination} counts from ${day(change.fromMicros)}; charges already booked keep their price`,
        placeOf(rate, sheet),
      );
    } else if (change.kind === 'increase' && change.fromMicros < noticeMicros) {
      findings.warn(
        'rate-sheet.short-notice',
        `${change.code ?? change.destination} costs more from ${day(change.fromMicros)}, in less than ${limits.noticeDays} days`,
        placeOf(rate, sheet),
      );
    }
  }
  for (const rate of found.futureReplaced) {
    findings.warn(
      'rate-sheet.future-replaced',
      `${rate.code ?? rate.destination} has another price announced for later, which this row replaces`,
      placeOf(rate, sheet),
    );
  }
}

function checkFactor(change: RateChange, rate: SheetRate, sheet: string, factor: Decimal, findings: Findings): void {
  const { oldPrice, newPrice } = change;
  if (oldPrice === undefined || newPrice === undefined) return;
  const times = (price: Decimal): Decimal => ({ units: price.units * factor.units, scale: price.scale + factor.scale });
  if (compareDecimals(newPrice, times(oldPrice)) <= 0 && compareDecimals(oldPrice, times(newPrice)) <= 0) return;
  const message = `${change.code ?? change.destination} goes from ${formatDecimal(oldPrice)} to ${formatDecimal(newPrice)}, by more than a factor of ${formatDecimal(factor)}`;
  findings.warn('rate-sheet.price-factor', message, placeOf(rate, sheet, formatDecimal(newPrice)));
}

/** What the carrier calls a change must not be the opposite of what it is. */
const OPPOSITES: Readonly<Record<ChangeWord, readonly RateChange['kind'][]>> = {
  new: [],
  increase: ['decrease'],
  decrease: ['increase'],
  unchanged: ['increase', 'decrease', 'changed'],
  changed: [],
  closed: [],
};

function checkWord(change: RateChange, rate: SheetRate, sheet: string, findings: Findings): void {
  if (rate.word === undefined || !OPPOSITES[rate.word].includes(change.kind)) return;
  const message = `${change.code ?? change.destination} is said to be ${rate.word === 'unchanged' ? 'unchanged' : withArticle(rate.word)}, but is ${change.kind === 'changed' ? `changed (${change.what.join(', ')})` : withArticle(change.kind)}`;
  findings.warn('rate-sheet.word-differs', message, placeOf(rate, sheet));
}

function withArticle(word: string): string {
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}
