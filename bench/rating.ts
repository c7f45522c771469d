/**
 * Rating alone: charges a second on one core, both legs, tariffs with time bands, beside bare prefix look-ups of
 * the same numbers in the same tables; and how the time grows with ten times the rates.
 */
import type { Agreement } from '#core/agreements/agreements.ts';
import { decimal } from '#core/money/decimal.ts';
import { PrefixTable } from '#core/numbering/prefix-table.ts';
import { type CompiledBook, compileBook } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { Rate, Tariff } from '#core/tariffs/tariff.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { seeded } from '../test/support/seeded.ts';
import { type Figure, figure, report, seconds } from './harness.ts';

const EVENTS = 200_000;
const RUNS = 9;
const START = Date.UTC(2026, 9, 5) * 1000;
const zeroCounters = (): bigint => 0n;

/** One size of tariffs under one traffic. */
interface Case {
  readonly rates: number;
  readonly book: CompiledBook;
  readonly ranges: Ranges;
  readonly events: readonly UsageEvent[];
  readonly prefixes: PrefixTable;
}

const BASE_CODES = 4_000;

/**
 * Distinct codes the way price lists have them: the same few thousand destinations in every size, and the more rates,
 * the finer they are divided. So the same traffic meets ten times the rates.
 */
function makeCodes(count: number): string[] {
  const random = seeded(1);
  const codes = new Set<string>();
  const digits = (length: number): string => String(Math.floor(random() * 10 ** length)).padStart(length, '0');
  while (codes.size < BASE_CODES) codes.add(`${20 + Math.floor(random() * 80)}${digits(1 + Math.floor(random() * 4))}`);
  const base = [...codes];
  while (codes.size < count) codes.add(`${base[Math.floor(random() * BASE_CODES)]}${digits(2 + Math.floor(random() * 3))}`);
  return [...codes];
}

const RATES = [10_000, 100_000, 1_000_000] as const;

/**
 * To how many ranges of numbers a day's calls go. The wider they are spread, the more calls need lines of memory that no
 * call before them brought into the cache, and rating waits. No real traffic was at hand: the three show how far it goes.
 */
const RANGES = [1_000, 5_000, 20_000] as const;
type Ranges = (typeof RANGES)[number];

/** Where calls go: ranges of numbers below the destinations, the same in every size. */
function makeRanges(count: number): string[] {
  const random = seeded(3);
  const base = makeCodes(BASE_CODES);
  return Array.from({ length: count }, () => {
    const destination = base[Math.floor(random() ** 2 * BASE_CODES)] ?? '';
    return `${destination}${String(Math.floor(random() * 1e4)).padStart(4, '0')}`;
  });
}

function makeTariff(id: string, codes: readonly string[], random: () => number): Tariff {
  const rates = codes.flatMap((code, index) =>
    ['peak', 'offpeak'].map((band, offset): Rate => {
      const price = decimal((0.001 + Math.floor(random() * 4000) / 10_000).toFixed(4));
      const terms = { price, firstSeconds: 30, nextSeconds: 6 };
      return {
        id: index * 2 + offset + 1,
        match: { code, destination: `D${index}`, band },
        terms,
        validFromMicros: 0,
        validToMicros: Number.POSITIVE_INFINITY,
      };
    }),
  );
  return {
    id,
    name: id,
    service: 'voice',
    currency: 'EUR',
    per: 60,
    timeBands: 'bands',
    withoutCaller: 'ignore',
    charged: 'delivered',
    messageUnit: 'part',
    volume: { count: 'both', roundUpToBytes: 1, per: 'session' },
    rates,
    ratesBy: 'files',
  };
}

function agreement(id: string, account: string, role: 'incoming' | 'outgoing', tariff: string): Agreement {
  return {
    id,
    versionId: 0,
    name: id,
    account,
    zone: 'Europe/Berlin',
    currency: 'EUR',
    validFrom: '2026-01-01',
    rounding: { decimals: 6, mode: 'half-up' },
    seconds: 'ceil',
    bands: 'split',
    settlementPeriod: 'month',
    services: [{ service: 'voice', role, tariff }],
  };
}

/** A book with `rates` rates in each of its two tariffs. */
function makeBook(rates: number): CompiledBook {
  const random = seeded(2);
  const codes = makeCodes(rates / 2);
  const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
  const book: Book = {
    legalEntities: [],
    parties: [],
    accounts: [],
    calendars: [],
    originSets: [],
    codeDecks: [],
    trunks: [
      { id: 'a', account: 'a', names: [] },
      { id: 'b', account: 'b', names: [] },
    ],
    timeBands: [
      {
        id: 'bands',
        bands: [
          { name: 'peak', ranges: [{ days: weekdays, fromMinute: 480, toMinute: 1080 }], otherwise: false },
          { name: 'offpeak', ranges: [], otherwise: true },
        ],
      },
    ],
    agreements: [agreement('A', 'a', 'incoming', 'in'), agreement('B', 'b', 'outgoing', 'out')],
    tariffs: [makeTariff('in', codes, random), makeTariff('out', codes, random)],
  };
  const compiled = compileBook(book);
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ message }) => message).join('\n'));
  return compiled.value;
}

/** A day of calls in the order of time, mostly to popular ranges, as traffic is. */
function makeEvents(count: Ranges): UsageEvent[] {
  const random = seeded(4);
  const ranges = makeRanges(count);
  return Array.from({ length: EVENTS }, (_, index): UsageEvent => {
    const range = ranges[Math.floor(random() ** 3 * ranges.length)] ?? '';
    const answered = random() < 0.55;
    return {
      id: String(index),
      source: 'bench',
      service: 'voice',
      startMicros: START + Math.floor((index / EVENTS) * 86_400) * 1_000_000,
      calling: `49${Math.floor(random() * 1e9)}`,
      called: `${range}${Math.floor(1e4 + random() * 9e4)}`,
      trunkIn: 'a',
      trunkOut: 'b',
      answered,
      durationMicros: answered ? Math.ceil(-Math.log(1 - random()) * 180) * 1_000_000 : 0,
      quantity: 0,
      bytesUp: 0,
      bytesDown: 0,
    };
  });
}

function rateAll({ book, events }: Case): { readonly charges: number; readonly nanos: bigint } {
  let charges = 0;
  let nanos = 0n;
  for (const event of events) {
    const rated = rateEvent(book, event, zeroCounters);
    if (rated.kind === 'held') continue;
    for (const { amountNanos } of rated.charges) {
      charges += 1;
      nanos += amountNanos;
    }
  }
  return { charges, nanos };
}

function lookUpAll({ prefixes, events }: Case): number {
  let found = 0;
  for (const { called } of events) if (prefixes.longest(called) >= 0) found += 1;
  return found;
}

/** The exact road, with explanations, on a part of the events: the same amounts. */
function isRight(one: Case): boolean {
  return one.events.slice(0, 2_000).every((event) => {
    const [fast, exact] = [rateEvent(one.book, event, zeroCounters), rateEvent(one.book, event, zeroCounters, true)];
    return (
      fast.kind === 'rated' &&
      exact.kind === 'rated' &&
      fast.charges.length === 2 &&
      fast.charges.every((charge, index) => charge.amountNanos === exact.charges[index]?.amountNanos)
    );
  });
}

/** Bytes of the flat tables of a tariff, for each rate. */
function bytesPerRate(rates: number): number {
  const tariff = cases.find((one) => one.rates === rates)?.book.shared.tariffs[0];
  if (tariff === undefined) throw new Error('no tariff compiled');
  const { prefixes, rows, kinds, validities, details, groups } = tariff;
  const tables = [prefixes.nodes, rows, kinds, validities, details, groups.firstRows, groups.shorter];
  return tables.reduce((sum, { byteLength }) => sum + byteLength, 0) / rates;
}

const events = new Map(RANGES.map((ranges) => [ranges, makeEvents(ranges)]));
const cases = RATES.flatMap((rates) => {
  const book = makeBook(rates);
  const table = book.shared.tariffs[0]?.prefixes;
  if (table === undefined) throw new Error('no tariff compiled');
  return RANGES.map((ranges): Case => ({ rates, book, ranges, events: events.get(ranges) ?? [], prefixes: new PrefixTable(table) }));
});
const measured = cases.map((one) => ({ one, runs: [] as number[], lookUps: [] as number[] }));
for (let run = -2; run < RUNS; run += 1) {
  // Cases take turns, so that a busy moment of the machine meets all of them; the first two rounds warm up.
  for (const { one, runs, lookUps } of measured) {
    const rating = (2 * EVENTS) / seconds(() => rateAll(one));
    const looking = EVENTS / seconds(() => lookUpAll(one));
    if (run < 0) continue;
    runs.push(rating);
    lookUps.push(looking);
  }
}

function measurement(rates: number, ranges: Ranges): (typeof measured)[number] {
  const found = measured.find(({ one }) => one.rates === rates && one.ranges === ranges);
  if (found === undefined) throw new Error('not measured');
  return found;
}

function perSecond(name: string, rates: number, ranges: Ranges): Figure {
  const { runs, lookUps } = measurement(rates, ranges);
  return figure(name, runs, lookUps);
}

/** How many times as long a charge takes with ten times the rates, round by round. */
function growth(name: string, rates: number, ranges: Ranges): Figure {
  const larger = measurement(rates * 10, ranges).runs;
  return figure(
    name,
    measurement(rates, ranges).runs.map((run, round) => run / (larger[round] ?? 0)),
  );
}

const ok = cases.every((one) => isRight(one) && rateAll(one).charges === 2 * EVENTS);
report(
  'rating',
  ok,
  [
    perSecond('charges_per_s', 100_000, 1_000),
    ...RANGES.flatMap((ranges) => [
      perSecond(`charges_per_s_10k_rates_${ranges}_ranges`, 10_000, ranges),
      perSecond(`charges_per_s_100k_rates_${ranges}_ranges`, 100_000, ranges),
      perSecond(`charges_per_s_1m_rates_${ranges}_ranges`, 1_000_000, ranges),
      growth(`time_10k_to_100k_rates_${ranges}_ranges`, 10_000, ranges),
      growth(`time_100k_to_1m_rates_${ranges}_ranges`, 100_000, ranges),
    ]),
    ...RATES.map((rates) => figure(`bytes_per_rate_${rates}_rates`, [bytesPerRate(rates)])),
  ],
  [
    `${EVENTS.toLocaleString('en')} calls, both legs, each tariff with 10,000, 100,000 or 1,000,000 rates in two time bands, split`,
    'charges_per_s: 100,000 rates, calls to 1,000 ranges of numbers (an assumption, not taken from real traffic)',
    'limit: bare longest-prefix look-ups of the same numbers; time: how many times as long with ten times the rates, in the same round',
    'bytes: of the flat tables of a tariff that threads share',
  ],
);
