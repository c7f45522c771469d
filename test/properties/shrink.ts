/** Makes a failing world small: leaves out events, rates and terms as long as it still fails. */

import type { Book } from '#core/tariffs/book.ts';
import type { Rate, RateMatch, RateTerms } from '#core/tariffs/tariff.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';

interface Case {
  readonly book: Book;
  readonly events: readonly UsageEvent[];
}

export function shrink(failing: Case, fails: (smaller: Case) => boolean): Case {
  let current = failing;
  for (let improved = true; improved; ) {
    improved = false;
    for (const smaller of smallerCases(current)) {
      if (!fails(smaller)) continue;
      current = smaller;
      improved = true;
      break;
    }
  }
  return current;
}

function* smallerCases({ book, events }: Case): Generator<Case> {
  for (let size = Math.floor(events.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < events.length; at += size) yield { book, events: events.toSpliced(at, size) };
  }
  for (const [index, tariff] of book.tariffs.entries()) {
    const withRates = (rates: readonly Rate[]): Case => ({
      book: { ...book, tariffs: book.tariffs.with(index, { ...tariff, rates }) },
      events,
    });
    for (let size = Math.ceil(tariff.rates.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < tariff.rates.length; at += size) yield withRates(tariff.rates.toSpliced(at, size));
    }
    for (const [at, rate] of tariff.rates.entries()) {
      const matches = without<RateMatch>(rate.match, ['code', 'destination']).map((match) => ({ ...rate, match }));
      const terms = without<RateTerms>(rate.terms, ['price']).map((smaller) => ({ ...rate, terms: smaller }));
      for (const smaller of [...matches, ...terms]) yield withRates(tariff.rates.with(at, smaller));
    }
  }
  for (const [at, event] of events.entries()) {
    for (const smaller of without(event, ['trunkIn', 'trunkOut', 'serviceClass', 'ratingGroup', 'apn', 'enriched'], true))
      yield { book, events: events.with(at, smaller) };
  }
}

/** The same without one of its fields: any but those listed, or only those listed. */
function without<T extends object>(value: T, listed: readonly string[], only = false): T[] {
  return Object.keys(value)
    .filter((key) => listed.includes(key) === only)
    .map((key) => Object.fromEntries(Object.entries(value).filter(([other]) => other !== key)) as T); // optional fields only: still a T
}
