import type { Decimal } from '../../money/decimal.ts';
import { compareDecimals, unitsAtScale } from '../../money/decimal.ts';
import type { Rate, RateMatch } from '../tariff.ts';
import type { RatesByKey } from './check-sheet.ts';
import type { RateSpan } from './rate-line.ts';
import { keyOfRate, mergeSpans, sayTheSame, spanOf } from './rate-line.ts';
import type { SheetRate } from './sheet-rate.ts';
import { plainWords } from './words.ts';

export const changeKinds = ['new', 'increase', 'decrease', 'changed', 'unchanged', 'closed'] as const;
/** `changed`: the price is the same, but increments, fees, name or dates are not. */
export type ChangeKind = (typeof changeKinds)[number];

/** What becomes of one code in one band at one instant. */
export interface RateChange {
  readonly kind: ChangeKind;
  readonly code: string | undefined;
  readonly destination: string;
  readonly band: string | undefined;
  readonly oldPrice: Decimal | undefined;
  readonly newPrice: Decimal | undefined;
  /** (new − old) / old in hundredths of a percent, half a hundredth away from zero; undefined without both, or when the old price is 0. */
  readonly hundredthsOfPercent: number | undefined;
  readonly fromMicros: number;
  /** Infinity while open. */
  readonly toMicros: number;
  /** For `changed`: what is. */
  readonly what: readonly string[];
  /** The sheet's entry; undefined for codes that a full replacement closes by leaving them out. */
  readonly sheetRate: SheetRate | undefined;
}

/** A rate to be written. */
export interface NewRate {
  readonly match: RateMatch;
  readonly span: RateSpan;
}

export interface Difference {
  readonly changes: readonly RateChange[];
  /** Rates in force that are no longer so as they stand. */
  readonly superseded: readonly Rate[];
  /** Rates that take their place: the same until an earlier end, and the new ones. */
  readonly added: readonly NewRate[];
  /** Prices announced for later, which the sheet replaces. */
  readonly futureReplaced: readonly SheetRate[];
}

export interface DifferenceOptions {
  readonly mode: 'full' | 'amendment';
  /** From when codes are closed that a full replacement leaves out. */
  readonly closeFromMicros: number;
}

/**
 * Compares a sheet with the rates in force. From its effective date on, a row replaces everything known for its code and band; what
 * was valid before stays. A full replacement closes what it leaves out. A row without a band replaces the bands of its code, and
 * rows with bands replace a rate without one.
 */
export function difference(sheet: RatesByKey, inForce: readonly Rate[], options: DifferenceOptions): Difference {
  const known = byKey(inForce);
  const result: MutableDifference = { changes: [], superseded: [], added: [], futureReplaced: [] };
  const starts = startsByCode(sheet);
  for (const [key, entries] of sheet) compareKey(entries, known.get(key) ?? [], result);
  for (const [key, rates] of known) {
    if (sheet.has(key)) continue;
    const match = rates[0]?.match;
    if (match === undefined) continue;
    const closeFrom = closingOf(match, starts, options);
    if (closeFrom !== undefined) closeKey(rates, closeFrom, result);
  }
  return result;
}

interface MutableDifference {
  readonly changes: RateChange[];
  readonly superseded: Rate[];
  readonly added: NewRate[];
  readonly futureReplaced: SheetRate[];
}

function byKey(rates: readonly Rate[]): Map<string, Rate[]> {
  const known = new Map<string, Rate[]>();
  for (const rate of rates) {
    const key = keyOfRate(rate.match);
    const list = known.get(key);
    if (list === undefined) known.set(key, [rate]);
    else list.push(rate);
  }
  for (const list of known.values()) if (list.length > 1) list.sort((a, b) => a.validFromMicros - b.validFromMicros);
  return known;
}

interface Start {
  plain?: number;
  banded?: number;
}

function startsByCode(sheet: RatesByKey): Map<string, Start> {
  const starts = new Map<string, Start>();
  for (const [first] of sheet.values()) {
    if (first === undefined) continue;
    const code = first.code ?? `=${first.destination.toLowerCase()}`;
    const start = starts.get(code) ?? {};
    const kind = first.band === undefined ? 'plain' : 'banded';
    start[kind] = Math.min(start[kind] ?? Number.POSITIVE_INFINITY, first.fromMicros);
    starts.set(code, start);
  }
  return starts;
}

/** When a rate that the sheet does not name ends; undefined when it stays. */
function closingOf(match: RateMatch, starts: ReadonlyMap<string, Start>, options: DifferenceOptions): number | undefined {
  const start = starts.get(match.code ?? `=${match.destination.toLowerCase()}`);
  const other = match.band === undefined ? start?.banded : start?.plain;
  return other ?? (options.mode === 'full' ? options.closeFromMicros : undefined);
}

function closeKey(rates: readonly Rate[], closeFrom: number, result: MutableDifference): void {
  const last = rates.findLast((rate) => rate.validToMicros > closeFrom && rate.validFromMicros < rate.validToMicros);
  if (last === undefined) return;
  const atClose = rates.find((rate) => rate.validFromMicros <= closeFrom && closeFrom < rate.validToMicros) ?? last;
  apply(rates, [], closeFrom, last.match, result);
  result.changes.push(change('closed', atClose.match, atClose.terms.price, undefined, closeFrom, Number.POSITIVE_INFINITY, undefined));
}

function compareKey(entries: readonly SheetRate[], rates: readonly Rate[], result: MutableDifference): void {
  const [first] = entries;
  if (first === undefined) return;
  const spans = entries.flatMap((entry, index): RateSpan[] => {
    const end = Math.min(entry.toMicros, entries[index + 1]?.fromMicros ?? Number.POSITIVE_INFINITY);
    return entry.terms === undefined || end <= entry.fromMicros
      ? []
      : [{ destination: entry.destination, terms: entry.terms, fromMicros: entry.fromMicros, toMicros: end }];
  });
  const match: RateMatch = {
    ...(first.code === undefined ? {} : { code: first.code }),
    destination: first.destination,
    ...(first.band === undefined ? {} : { band: first.band }),
  };
  const before = rates.map(spanOf).filter((span) => span.fromMicros < span.toMicros);
  apply(rates, spans, first.fromMicros, match, result);
  const merged = mergeSpans(before);
  entries.forEach((entry, index) => {
    const end = Math.min(entry.toMicros, entries[index + 1]?.fromMicros ?? Number.POSITIVE_INFINITY);
    result.changes.push(classify(entry, end, index === 0 ? undefined : entries[index - 1], merged));
  });
  const future = before.find(
    (span) => span.fromMicros > first.fromMicros && !entries.some((entry) => entry.fromMicros === span.fromMicros),
  );
  const says = spans.some(
    (span) => future !== undefined && span.fromMicros < future.fromMicros && span.toMicros > future.fromMicros && !sayTheSame(span, future),
  );
  if (future !== undefined && says) result.futureReplaced.push(first);
}

/** Replaces all that is known from `from` on by `spans`, and writes down only what is different afterwards. */
function apply(rates: readonly Rate[], spans: readonly RateSpan[], from: number, match: RateMatch, result: MutableDifference): void {
  const kept = rates
    .map(spanOf)
    .filter((span) => span.fromMicros < from && span.fromMicros < span.toMicros)
    .map((span) => (span.toMicros > from ? { ...span, toMicros: from } : span));
  const wanted = mergeSpans([...kept, ...spans]);
  const standing = new Set<RateSpan>();
  for (const rate of rates) {
    if (rate.validFromMicros >= rate.validToMicros) continue;
    const same = wanted.find(
      (span) => span.fromMicros === rate.validFromMicros && span.toMicros === rate.validToMicros && sayTheSame(span, spanOf(rate)),
    );
    if (same === undefined) result.superseded.push(rate);
    else standing.add(same);
  }
  for (const span of wanted) if (!standing.has(span)) result.added.push({ match: { ...match, destination: span.destination }, span });
}

function classify(entry: SheetRate, end: number, previous: SheetRate | undefined, before: readonly RateSpan[]): RateChange {
  const old = before.find((span) => span.fromMicros <= entry.fromMicros && entry.fromMicros < span.toMicros);
  const future = before.find((span) => span.fromMicros > entry.fromMicros);
  const match: RateMatch = {
    ...(entry.code === undefined ? {} : { code: entry.code }),
    destination: entry.destination,
    ...(entry.band === undefined ? {} : { band: entry.band }),
  };
  const oldTerms = old?.terms ?? (previous === undefined ? future?.terms : undefined);
  if (entry.terms === undefined) {
    const kind = old === undefined && future === undefined && previous?.terms === undefined ? 'unchanged' : 'closed';
    return change(kind, match, oldTerms?.price ?? previous?.terms?.price, undefined, entry.fromMicros, end, entry);
  }
  const span: RateSpan = { destination: entry.destination, terms: entry.terms, fromMicros: entry.fromMicros, toMicros: end };
  if (old !== undefined && sayTheSame(old, span) && old.toMicros === end)
    return change('unchanged', match, old.terms.price, entry.terms.price, entry.fromMicros, end, entry);
  const compared =
    previous === undefined ? (old ?? future) : { ...span, terms: previous.terms ?? entry.terms, destination: previous.destination };
  if (compared === undefined || (previous !== undefined && previous.terms === undefined))
    return change('new', match, undefined, entry.terms.price, entry.fromMicros, end, entry);
  const order = compareDecimals(entry.terms.price, compared.terms.price);
  const kind = order > 0 ? 'increase' : order < 0 ? 'decrease' : 'changed';
  const what = kind === 'changed' ? whatChanged(compared, span) : [];
  return change(kind, match, compared.terms.price, entry.terms.price, entry.fromMicros, end, entry, what);
}

function whatChanged(old: RateSpan, now: RateSpan): string[] {
  const what: string[] = [];
  const increments = (span: RateSpan) => `${span.terms.firstSeconds ?? 1}/${span.terms.nextSeconds ?? 1}`;
  if (increments(old) !== increments(now)) what.push(`increments ${increments(old)} to ${increments(now)}`);
  if (plainWords(old.destination) !== plainWords(now.destination) || old.destination !== now.destination)
    what.push(`name, was ${old.destination}`);
  if (what.length === 0) what.push(sayTheSame(old, now) ? 'dates' : 'fees');
  return what;
}

function change(
  kind: ChangeKind,
  match: RateMatch,
  oldPrice: Decimal | undefined,
  newPrice: Decimal | undefined,
  fromMicros: number,
  toMicros: number,
  sheetRate: SheetRate | undefined,
  what: readonly string[] = [],
): RateChange {
  const hundredthsOfPercent = oldPrice === undefined || newPrice === undefined ? undefined : percent(oldPrice, newPrice);
  return {
    kind,
    code: match.code,
    destination: match.destination,
    band: match.band,
    oldPrice,
    newPrice,
    hundredthsOfPercent,
    fromMicros,
    toMicros,
    what,
    sheetRate,
  };
}

function percent(old: Decimal, now: Decimal): number | undefined {
  if (old.units === 0n) return undefined;
  const scale = Math.max(old.scale, now.scale);
  const [before, after] = [unitsAtScale(old, scale), unitsAtScale(now, scale)];
  const moved = (after - before) * 10_000n;
  const size = moved < 0n ? -moved : moved;
  const rounded = (size * 2n + before) / (before * 2n);
  return Number(moved < 0n ? -rounded : rounded);
}

/** The largest change first: by percent, then by price, then by code; what is unchanged last. A price from zero counts as the largest of all. */
export function largestFirst(changes: readonly RateChange[]): RateChange[] {
  const ranks = priceRanks(changes);
  const keyed = changes.map((change) => ({ change, size: sizeOf(change), rank: ranks.get(change.newPrice ?? change.oldPrice) ?? -1 }));
  keyed.sort((a, b) => b.size - a.size || b.rank - a.rank || ((a.change.code ?? '') < (b.change.code ?? '') ? -1 : 1));
  return keyed.map(({ change }) => change);
}

function sizeOf({ kind, hundredthsOfPercent, oldPrice, newPrice }: RateChange): number {
  if (kind === 'unchanged') return -1;
  if (hundredthsOfPercent !== undefined) return Math.abs(hundredthsOfPercent);
  return oldPrice === undefined || newPrice === undefined ? 0 : Number.MAX_SAFE_INTEGER;
}

/** Prices in order, each compared once: a sheet has far fewer of them than changes. */
function priceRanks(changes: readonly RateChange[]): ReadonlyMap<Decimal | undefined, number> {
  const prices = new Set<Decimal>();
  for (const { oldPrice, newPrice } of changes) {
    const price = newPrice ?? oldPrice;
    if (price !== undefined) prices.add(price);
  }
  const ranks = new Map<Decimal | undefined, number>();
  let rank = 0;
  let last: Decimal | undefined;
  for (const price of [...prices].sort(compareDecimals)) {
    if (last !== undefined && compareDecimals(last, price) !== 0) rank += 1;
    ranks.set(price, rank);
    last = price;
  }
  return ranks;
}

/** How many changes there are of each kind. */
export function countChanges(changes: readonly RateChange[]): Record<ChangeKind, number> {
  const counts: Record<ChangeKind, number> = { new: 0, increase: 0, decrease: 0, changed: 0, unchanged: 0, closed: 0 };
  for (const each of changes) counts[each.kind] += 1;
  return counts;
}
