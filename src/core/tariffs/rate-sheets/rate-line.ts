import type { Rate, RateMatch, RateTerms } from '../tariff.ts';
import { sameTerms } from '../terms-key.ts';
import type { SheetRate } from './sheet-rate.ts';

/**
 * What identifies the price of one code in one band over time. Rates that sheets cannot give (with callers, trunks …) have
 * keys of their own.
 */
export function keyOfRate(match: RateMatch): string {
  const { code, destination, band, calling, origin, trunk, serviceClass, jurisdiction, ratingGroup, apn, bin } = match;
  const further = [calling, origin, trunk, serviceClass, jurisdiction, ratingGroup, apn, bin];
  const plain = keyOf(code, destination, band);
  return further.every((part) => part === undefined) ? plain : `${plain}\u0000${further.map((part) => part ?? '').join('\u0000')}`;
}

export function keyOfSheetRate(rate: SheetRate): string {
  return keyOf(rate.code, rate.destination, rate.band);
}

function keyOf(code: string | undefined, destination: string, band: string | undefined): string {
  return `${code ?? `=${destination.toLowerCase()}`}|${band ?? ''}`;
}

/** One price over a stretch of time. */
export interface RateSpan {
  readonly destination: string;
  readonly terms: RateTerms;
  readonly fromMicros: number;
  readonly toMicros: number;
}

export function spanOf(rate: Rate): RateSpan {
  return { destination: rate.match.destination, terms: rate.terms, fromMicros: rate.validFromMicros, toMicros: rate.validToMicros };
}

/** Whether two spans say the same, whenever they do. */
export function sayTheSame(a: RateSpan, b: RateSpan): boolean {
  return a.destination === b.destination && sameTerms(a.terms, b.terms);
}

/** Neighbours at one price become one span. The spans must be in order and apart. */
export function mergeSpans(spans: readonly RateSpan[]): RateSpan[] {
  const merged: RateSpan[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && last.toMicros === span.fromMicros && sayTheSame(last, span))
      merged[merged.length - 1] = { ...last, toMicros: span.toMicros };
    else merged.push(span);
  }
  return merged;
}
