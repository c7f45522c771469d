import {
  type CompiledTariff,
  isLastOfGroup,
  KIND,
  KIND_NUMBERS,
  LAST,
  MATCHER,
  type Matcher,
  matcherOf,
  ROW,
  shorterRowOf,
  VALIDITY,
  validFromOf,
  validToOf,
} from '../tariffs/compiled-tariff.ts';
import type { Jurisdiction } from '../tariffs/tariff.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import type { CompiledBook, Terms } from './compile-book.ts';

/** What a rate is chosen by: an event, or whoever can tell as much of one. */
export interface RateChoice {
  readonly startMicros: number;
  readonly called: string;
  readonly calling?: string | undefined;
  readonly serviceClass?: string | undefined;
  readonly ratingGroup?: string | undefined;
  readonly apn?: string | undefined;
  readonly enriched?: UsageEvent['enriched'] | undefined;
}

/** A row of the compiled tariff, or why there is none. */
export const NO_RATE = -1;
export const NO_RATE_IN_BAND = -2;
export const NO_CALLER = -3;

/**
 * The most specific valid row for an event on one leg (docs/concepts/pricing.md §2), or one of the negative
 * codes above. `band` is the index of the time band to price, or -1 when the tariff has none.
 */
export function selectRate(book: CompiledBook, terms: Terms, event: RateChoice, trunk: string, band: number): number {
  const { rows, kinds, validities, matchers } = terms.tariff;
  const { startMicros } = event;
  let onlyBandInTheWay = false;
  for (let first = terms.prefixes.longest(event.called); first >= 0; first = shorterRowOf(terms.tariff, first)) {
    let best = NO_RATE;
    let bestCalling = -1;
    let bestFurther = -1;
    let bestFrom = 0;
    let isLast = false;
    for (let row = first; !isLast; row += 1) {
      const kind = (rows[row * ROW + KIND] as number) * KIND_NUMBERS;
      isLast = kinds[kind + LAST] === 1;
      const validity = (kinds[kind + VALIDITY] as number) * 2;
      const validFrom = validities[validity] as number;
      if (startMicros < validFrom || startMicros >= (validities[validity + 1] as number)) continue;
      const matcherIndex = kinds[kind + MATCHER] as number;
      let calling = 0;
      let further = 0;
      if (matcherIndex !== 0) {
        const matcher = matchers[matcherIndex] as Matcher;
        const isOtherBand = matcher.band >= 0 && matcher.band !== band;
        if (isOtherBand && onlyBandInTheWay) continue;
        if (!matcher.bandOnly) {
          if (!fitsFurther(book, matcher, event, trunk)) continue;
          calling = callingWeight(terms, matcher, event.calling);
          if (calling === CALLER_MISSING && !isOtherBand) return NO_CALLER;
          if (calling < 0) continue;
        }
        if (isOtherBand) {
          onlyBandInTheWay = true;
          continue;
        }
        further = matcher.further;
      }
      if (best >= 0 && !isMoreSpecific(calling - bestCalling, further - bestFurther, validFrom - bestFrom)) continue;
      best = row;
      bestCalling = calling;
      bestFurther = further;
      bestFrom = validFrom;
    }
    if (best >= 0) return best;
  }
  return onlyBandInTheWay ? NO_RATE_IN_BAND : NO_RATE;
}

function isMoreSpecific(byCalling: number, byFurther: number, byStart: number): boolean {
  return byCalling !== 0 ? byCalling > 0 : byFurther !== 0 ? byFurther > 0 : byStart > 0;
}

const DOES_NOT_FIT = -1;
const CALLER_MISSING = -2;

/** How specifically a matcher names the caller: 0 not at all, 1 outside a set, 2 + digits of the prefix; negative when it does not fit. */
export function callingWeight(terms: Terms, matcher: Matcher, caller: string | undefined): number {
  if (matcher.calling === undefined && matcher.originSet < 0) return 0;
  if (caller === undefined || caller === '') {
    switch (terms.tariff.tariff.withoutCaller) {
      case 'ignore':
        return DOES_NOT_FIT;
      case 'outside':
        return matcher.outside ? 1 : DOES_NOT_FIT;
      case 'hold':
        return CALLER_MISSING;
    }
  }
  if (matcher.calling !== undefined) return caller.startsWith(matcher.calling) ? 2 + matcher.calling.length : DOES_NOT_FIT;
  const length = terms.originSets[matcher.originSet]?.longest(caller) ?? -1;
  if (matcher.outside) return length < 0 ? 1 : DOES_NOT_FIT;
  return length < 0 ? DOES_NOT_FIT : 2 + length;
}

function fitsFurther(book: CompiledBook, matcher: Matcher, event: RateChoice, trunk: string): boolean {
  return (
    (matcher.trunk === undefined || matcher.trunk === trunk) &&
    (matcher.serviceClass === undefined || matcher.serviceClass === event.serviceClass) &&
    (matcher.ratingGroup === undefined || matcher.ratingGroup === event.ratingGroup) &&
    (matcher.apn === undefined || matcher.apn === event.apn) &&
    (matcher.bin === undefined || event.enriched?.bins?.includes(matcher.bin) === true) &&
    (matcher.jurisdiction === undefined || matcher.jurisdiction === jurisdictionOf(book, event))
  );
}

/** From the states of both numbers; indeterminate when one is not known (or no table was given). */
export function jurisdictionOf(book: CompiledBook, event: RateChoice): Jurisdiction {
  const table = book.jurisdictions?.table;
  const from = table === undefined || event.calling === undefined ? -1 : table.longest(event.calling);
  const to = table === undefined ? -1 : table.longest(event.called);
  if (from < 0 || to < 0) return 'indeterminate';
  return from === to ? 'intrastate' : 'interstate';
}

/** Every row that fits in the given band, most specific first. For explanations; selectRate gives the first of it. */
export function rankRates(book: CompiledBook, terms: Terms, event: UsageEvent, trunk: string, band: number): readonly number[] {
  const { tariff } = terms;
  const ranked: number[] = [];
  for (let first = terms.prefixes.longest(event.called); first >= 0; first = shorterRowOf(tariff, first)) {
    const fitting: { readonly row: number; readonly calling: number; readonly further: number }[] = [];
    for (const row of rowsOfGroup(tariff, first)) {
      const matcher = matcherOf(tariff, row);
      const valid = event.startMicros >= validFromOf(tariff, row) && event.startMicros < validToOf(tariff, row);
      const calling = callingWeight(terms, matcher, event.calling);
      if (!valid || calling < 0 || (matcher.band >= 0 && matcher.band !== band) || !fitsFurther(book, matcher, event, trunk)) continue;
      fitting.push({ row, calling, further: matcher.further });
    }
    fitting.sort((a, b) => b.calling - a.calling || b.further - a.further || validFromOf(tariff, b.row) - validFromOf(tariff, a.row));
    ranked.push(...fitting.map(({ row }) => row));
  }
  return ranked;
}

function* rowsOfGroup(tariff: CompiledTariff, first: number): Generator<number> {
  for (let row = first; ; row += 1) {
    yield row;
    if (isLastOfGroup(tariff, row)) return;
  }
}
