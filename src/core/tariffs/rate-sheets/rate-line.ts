import { formatDecimal, trimDecimal } from '../../money/decimal.ts';
import type { Rate, RateMatch, RateTerms } from '../tariff.ts';
import type { SheetRate } from './sheet-rate.ts';

/**
 * What identifies the price of one code in one band over time. Rates that sheets cannot give (with callers, trunks …) have
 * keys of their own.
 */
export function keyOfRate(match: RateMatch): string {
  const { code, destination, band, calling, origin, trunk, serviceClass, jurisdiction, ratingGroup, apn } = match;
  const further = [calling, origin, trunk, serviceClass, jurisdiction, ratingGroup, apn];
  const plain = keyOf(code, destination, band);
  return further.every((part) => part === undefined) ? plain : `${plain}\u0000${further.map((part) => part ?? '').join('\u0000')}`;
}

export function keyOfSheetRate(rate: SheetRate): string {
  return keyOf(rate.code, rate.destination, rate.band);
}

function keyOf(code: string | undefined, destination: string, band: string | undefined): string {
  return `${code ?? `=${destination.toLowerCase()}`}|${band ?? ''}`;
}

const keys = new WeakMap<RateTerms, string>();

/** Equal for terms that cost the same: 0.10 is 0.1. */
export function termsKey(terms: RateTerms): string {
  let key = keys.get(terms);
  if (key === undefined) {
    key = JSON.stringify(
      terms,
      (_, value: unknown) => (isDecimal(value) ? formatDecimal(trimDecimal(value)) : value === Number.POSITIVE_INFINITY ? 'open' : value),
      0,
    );
    key = sortedKeys(key);
    keys.set(terms, key);
  }
  return key;
}

function sortedKeys(json: string): string {
  const entries = Object.entries(JSON.parse(json) as Record<string, unknown>); // terms are an object
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isDecimal(value: unknown): value is { units: bigint; scale: number } {
  return typeof value === 'object' && value !== null && 'units' in value && typeof value.units === 'bigint';
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

export function sameTerms(a: RateSpan, b: RateSpan): boolean {
  return a.destination === b.destination && (a.terms === b.terms || termsKey(a.terms) === termsKey(b.terms));
}

/** Neighbours at one price become one span. The spans must be in order and apart. */
export function mergeSpans(spans: readonly RateSpan[]): RateSpan[] {
  const merged: RateSpan[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && last.toMicros === span.fromMicros && sameTerms(last, span))
      merged[merged.length - 1] = { ...last, toMicros: span.toMicros };
    else merged.push(span);
  }
  return merged;
}
