/** Section 2 of docs/concepts/pricing.md: which rate. A linear scan over every rate of the tariff. */
import type { Book } from '#core/tariffs/book.ts';
import type { Jurisdiction, Rate, Tariff } from '#core/tariffs/tariff.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';

/** State (or province) of a number by its NPA or NPA-NXX; undefined when it is in no such place. */
export type StateOf = (number: string) => string | undefined;

/** The state of the longest prefix (with the leading 1) that the number begins with. */
export function statesBy(prefixes: readonly (readonly [prefix: string, state: string])[]): StateOf {
  return (number) => {
    const fitting = prefixes.filter(([prefix]) => number.startsWith(prefix));
    return fitting.sort(([a], [b]) => b.length - a.length)[0]?.[1];
  };
}

export interface Question {
  readonly book: Book;
  readonly tariff: Tariff;
  readonly event: UsageEvent;
  readonly trunk: string;
  readonly band: string | undefined;
  readonly jurisdiction: Jurisdiction;
}

/** A rate with the one of its codes that matched, and how specifically it did. */
export interface Candidate {
  readonly rate: Rate;
  readonly code: string;
  readonly destination: string;
  /** Compared place by place, greater first: code length, calling match, further matches, valid from. */
  readonly rank: readonly [number, number, number, number];
}

export type Choice =
  | { readonly kind: 'chosen'; readonly candidate: Candidate; readonly equallyGood: readonly Candidate[] }
  | { readonly kind: 'none'; readonly reason: 'rating.no-rate' | 'rating.no-rate-in-band' }
  | { readonly kind: 'no-caller' };

export function choose(question: Question): Choice {
  const fitting = candidates(question, { bands: true, calling: true });
  const best = bestOf(fitting);
  if (question.event.calling === undefined && question.tariff.withoutCaller === 'hold') {
    const couldBe = bestOf(candidates(question, { bands: true, calling: false }).filter(({ rate }) => hasCallingMatch(rate)));
    if (couldBe !== undefined && (best === undefined || couldBe.code.length >= best.code.length)) return { kind: 'no-caller' };
  }
  if (best === undefined) {
    const inOtherBands = candidates(question, { bands: false, calling: true });
    return { kind: 'none', reason: inOtherBands.length > 0 ? 'rating.no-rate-in-band' : 'rating.no-rate' };
  }
  return { kind: 'chosen', candidate: best, equallyGood: fitting.filter((other) => compareRanks(other, best) === 0) };
}

/** Where a tariff follows portability, a ported number is priced by the number it routes to. */
function pricedNumber(tariff: Tariff, event: UsageEvent): string {
  return tariff.portability === 'follow' && event.enriched?.routing !== undefined ? event.enriched.routing : event.called;
}

export function jurisdictionOf(tariff: Tariff, event: UsageEvent, stateOf: StateOf): Jurisdiction {
  const from = event.calling === undefined ? undefined : stateOf(event.calling);
  const to = stateOf(pricedNumber(tariff, event));
  if (from === undefined || to === undefined) return 'indeterminate';
  return from === to ? 'intrastate' : 'interstate';
}

/** Every code the rate stands for: its own, or all of its destination in the tariff's deck. */
export function codesOf(book: Book, tariff: Tariff, rate: Rate): readonly string[] {
  if (rate.match.code !== undefined) return [rate.match.code];
  const deck = book.codeDecks.find(({ id }) => id === tariff.codeDeck);
  return (deck?.codes ?? []).filter(({ destination }) => destination === rate.match.destination).map(({ code }) => code);
}

export function hasCallingMatch(rate: Rate): boolean {
  return rate.match.calling !== undefined || rate.match.origin !== undefined;
}

/** trunk, band, serviceClass, jurisdiction, ratingGroup, apn, bin: how many of them the rate names. */
export function furtherMatches({ match }: Rate): number {
  return [match.trunk, match.band, match.serviceClass, match.jurisdiction, match.ratingGroup, match.apn, match.bin].filter(
    (named) => named !== undefined,
  ).length;
}

function candidates(question: Question, heed: { readonly bands: boolean; readonly calling: boolean }): Candidate[] {
  const { book, tariff, event, trunk, band, jurisdiction } = question;
  const found: Candidate[] = [];
  for (const rate of tariff.rates) {
    const { match } = rate;
    if (event.startMicros < rate.validFromMicros || event.startMicros >= rate.validToMicros) continue;
    if (match.trunk !== undefined && match.trunk !== trunk) continue;
    if (heed.bands && match.band !== undefined && match.band !== band) continue;
    if (match.serviceClass !== undefined && match.serviceClass !== event.serviceClass) continue;
    if (match.ratingGroup !== undefined && match.ratingGroup !== event.ratingGroup) continue;
    if (match.apn !== undefined && match.apn !== event.apn) continue;
    if (match.bin !== undefined && !(event.enriched?.bins ?? []).includes(match.bin)) continue;
    if (match.jurisdiction !== undefined && match.jurisdiction !== jurisdiction) continue;
    const calling = heed.calling ? callingRank(book, tariff, rate, event.calling) : 0;
    if (calling === undefined) continue;
    for (const code of codesOf(book, tariff, rate)) {
      if (!pricedNumber(tariff, event).startsWith(code)) continue;
      found.push({ rate, code, destination: match.destination, rank: [code.length, calling, furtherMatches(rate), rate.validFromMicros] });
    }
  }
  return found;
}

/** No calling match 0, `!S` 1, a matching prefix 2 + its length; undefined when the caller does not fit. */
function callingRank(book: Book, tariff: Tariff, { match }: Rate, caller: string | undefined): number | undefined {
  if (match.calling !== undefined) return caller?.startsWith(match.calling) ? 2 + match.calling.length : undefined;
  if (match.origin === undefined) return 0;
  const outside = match.origin.startsWith('!');
  if (caller === undefined) return outside && tariff.withoutCaller === 'outside' ? 1 : undefined;
  const set = book.originSets.find(({ id }) => id === (outside ? match.origin?.slice(1) : match.origin));
  const lengths = (set?.prefixes ?? []).filter((prefix) => caller.startsWith(prefix)).map((prefix) => prefix.length);
  if (outside) return lengths.length === 0 ? 1 : undefined;
  return lengths.length === 0 ? undefined : 2 + Math.max(...lengths);
}

function bestOf(found: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of found) if (best === undefined || compareRanks(candidate, best) > 0) best = candidate;
  return best;
}

function compareRanks(a: Candidate, b: Candidate): number {
  for (const place of [0, 1, 2, 3] as const) if (a.rank[place] !== b.rank[place]) return a.rank[place] < b.rank[place] ? -1 : 1;
  return 0;
}
