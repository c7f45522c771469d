/** Which pairs of rates of a tariff could both be best for some event: found by looking at every pair. */
import type { Book } from '#core/tariffs/book.ts';
import type { Rate, RateMatch, Tariff } from '#core/tariffs/tariff.ts';
import { codesOf, furtherMatches } from './choose.ts';

export function possibleTies(book: Book, tariff: Tariff): (readonly [Rate, Rate])[] {
  const ties: (readonly [Rate, Rate])[] = [];
  tariff.rates.forEach((a, index) => {
    for (const b of tariff.rates.slice(index + 1)) if (canTie(book, tariff, a, b)) ties.push([a, b]);
  });
  return ties;
}

function canTie(book: Book, tariff: Tariff, a: Rate, b: Rate): boolean {
  if (a.validFromMicros !== b.validFromMicros) return false;
  if (a.validToMicros <= a.validFromMicros || b.validToMicros <= b.validFromMicros) return false;
  if (furtherMatches(a) !== furtherMatches(b)) return false;
  const further = ['trunk', 'band', 'serviceClass', 'jurisdiction', 'ratingGroup', 'apn'] as const;
  if (further.some((key) => a.match[key] !== undefined && b.match[key] !== undefined && a.match[key] !== b.match[key])) return false;
  const [left, right] = [a.match.bin?.split('/'), b.match.bin?.split('/')];
  // One bin of each set: bins of different sets can come together.
  if (left !== undefined && right !== undefined && left[0] === right[0] && left[1] !== right[1]) return false;
  const codes = codesOf(book, tariff, b);
  if (!codesOf(book, tariff, a).some((code) => codes.includes(code))) return false;
  return callingCanTie(prefixesOf(book, a.match), prefixesOf(book, b.match));
}

/** Callers equally well matched: both none, both "not in", or a prefix in common. */
function callingCanTie(a: 'none' | 'outside' | readonly string[], b: 'none' | 'outside' | readonly string[]): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.some((prefix) => b.includes(prefix));
}

function prefixesOf(book: Book, match: RateMatch): 'none' | 'outside' | readonly string[] {
  if (match.calling !== undefined) return [match.calling];
  if (match.origin === undefined) return 'none';
  if (match.origin.startsWith('!')) return 'outside';
  return book.originSets.find(({ id }) => id === match.origin)?.prefixes ?? [];
}
