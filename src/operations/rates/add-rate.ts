/** One rate by hand: what is missing for a call that waits, or a price that was agreed by telephone. */
import { isDeepStrictEqual } from 'node:util';
import { type Decimal, parseDecimal } from '#core/money/decimal.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import { parseIncrements } from '#core/tariffs/rate-sheets/increments.ts';
import type { Rate, RateTerms, Tariff } from '#core/tariffs/tariff.ts';
import { isLocalDate, startOfLocalDay } from '#core/time/zoned.ts';
import { applySetup, type ConfigurationStore } from '../configuration/apply.ts';
import { rateKey } from '../configuration/rate-key.ts';
import type { Setup } from '../configuration/setup.ts';

/** As it was written. */
export interface RateByHand {
  readonly tariff: string;
  /** Digits that called numbers begin with. */
  readonly code: string;
  /** Left out: that of the longest shorter code of the tariff. */
  readonly destination?: string;
  /** Per `per` of the tariff. */
  readonly price: string;
  /** `60/60`. Left out: as the tariff's other rates have them. */
  readonly increments?: string;
  /** A day in the zone of the agreement that uses the tariff. */
  readonly from: string;
}

export interface AddedRate {
  readonly tariff: Omit<Tariff, 'rates'>;
  readonly rate: Rate;
  /** What numbers of the code were priced with on that day: the same code, or the longest shorter one. */
  readonly before: Rate | undefined;
  /** Nothing is new: the very rate is there. */
  readonly isKnown: boolean;
}

/** Terms that a rate has from its tariff, where all rates of it have the same. */
const SHARED = [
  ...(['graceSeconds', 'freeSeconds', 'setupFee', 'attemptFee', 'disconnectFee', 'surcharge', 'minimumCharge', 'maximumCharge'] as const),
];
const MOST_NAME = 200;

/**
 * The rate that is meant, beside what it is instead of. Refused: no such tariff (`rate-sheet.tariff-unknown`), what cannot be read
 * (`rate-sheet.rate-wrong`, each with its field).
 */
export function rateByHand(book: Book, said: RateByHand): Result<AddedRate> {
  const tariff = book.tariffs.find(({ id }) => id === said.tariff);
  if (tariff === undefined)
    return { ok: false, refusals: [refuse('rate-sheet.tariff-unknown', `there is no tariff ${said.tariff}`, { value: said.tariff })] };
  const price = parseDecimal(said.price.trim());
  const increments = said.increments === undefined ? undefined : parseIncrements(said.increments);
  const wrong = (field: keyof RateByHand, message: string): Refusal =>
    refuse('rate-sheet.rate-wrong', message, { field, value: (said[field] ?? '').slice(0, 120) });
  const faults = [
    ...(/^\d{1,20}$/.test(said.code) ? [] : [wrong('code', 'a code is 1 to 20 digits')]),
    ...(price === undefined || price.units < 0n ? [wrong('price', 'not a price such as 0.0123')] : []),
    ...(said.increments !== undefined && increments === undefined ? [wrong('increments', 'not increments such as 60/60')] : []),
    ...(isLocalDate(said.from) ? [] : [wrong('from', 'there is no such day')]),
    ...((said.destination ?? '').length > MOST_NAME ? [wrong('destination', `a name has ${MOST_NAME} characters at most`)] : []),
  ];
  if (faults.length > 0 || price === undefined) return { ok: false, refusals: faults };
  const validFromMicros = startOfLocalDay(zoneOf(book, tariff), said.from);
  const before = inForce(tariff, said.code, validFromMicros);
  const named = said.destination?.trim() ?? '';
  const rate: Rate = {
    id: 1 + book.tariffs.reduce((most, { rates }) => rates.reduce((of, { id }) => Math.max(of, id), most), 0),
    match: { code: said.code, destination: named === '' ? (before?.match.destination ?? said.code) : named },
    terms: { price, ...incrementsOf(tariff, increments), ...sharedTerms(tariff) },
    validFromMicros,
    validToMicros: Number.POSITIVE_INFINITY,
  };
  const same = tariff.rates.find((each) => rateKey(each) === rateKey(rate));
  const isKnown = same !== undefined && isDeepStrictEqual(same.terms, rate.terms) && same.match.destination === rate.match.destination;
  return { ok: true, value: { tariff, rate, before, isKnown } };
}

/**
 * Writes it as a folder that has the rate would: a version of the configuration, checked as a whole first. The caller commits when it
 * returns and rolls back when it throws.
 */
export async function addRate(
  setup: Setup,
  { tariff, rate }: AddedRate,
  store: ConfigurationStore,
  compile: (book: Book) => readonly Refusal[],
  dryRun: boolean,
): Promise<Result<undefined>> {
  const key = rateKey(rate);
  const tariffs = setup.book.tariffs.map((each) =>
    each.id === tariff.id ? { ...each, rates: [...each.rates.filter((other) => rateKey(other) !== key), rate] } : each,
  );
  const applied = await applySetup({ ...setup, book: { ...setup.book, tariffs } }, store, compile, { dryRun, closeMissing: false });
  return applied.ok ? { ok: true, value: undefined } : applied;
}

/** Of the agreement that uses the tariff; of several the first by name. */
function zoneOf({ agreements }: Book, { id }: Tariff): string {
  const using = agreements.filter(({ services }) => services.some(({ tariff }) => tariff === id));
  return using.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]?.zone ?? 'UTC';
}

/** Of rates that ask for the code only; the latest of the longest code. */
function inForce({ rates }: Tariff, code: string, atMicros: number): Rate | undefined {
  let best: Rate | undefined;
  for (const rate of rates) {
    const of = rate.match.code;
    if (of === undefined || !code.startsWith(of) || rate.validFromMicros > atMicros || rate.validToMicros <= atMicros) continue;
    const length = best?.match.code?.length ?? -1;
    if (of.length > length || (of.length === length && rate.validFromMicros > (best?.validFromMicros ?? 0))) best = rate;
  }
  return best;
}

function incrementsOf({ rates, service }: Tariff, said: { readonly first: number; readonly next: number } | undefined) {
  if (service !== 'voice') return {};
  const [other] = rates;
  const first = said?.first ?? other?.terms.firstSeconds;
  const next = said?.next ?? other?.terms.nextSeconds;
  return { ...(first === undefined ? {} : { firstSeconds: first }), ...(next === undefined ? {} : { nextSeconds: next }) };
}

function sharedTerms({ rates }: Tariff): Partial<RateTerms> {
  const [first, ...others] = rates;
  const shared: Record<string, Decimal | number> = {};
  for (const name of SHARED) {
    const value = first?.terms[name];
    if (value !== undefined && others.every(({ terms }) => isDeepStrictEqual(terms[name], value))) shared[name] = value;
  }
  return shared;
}
