/** Books: two accounts with one tariff each on overlapping codes, agreement versions, zones with clock changes. */
import type { Agreement } from '#core/agreements/agreements.ts';
import { roundingModes } from '#core/money/rounding.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { CodeDeck, OriginSet, Rate, RateMatch, Tariff } from '#core/tariffs/tariff.ts';
import type { TimeBandSet } from '#core/time/time-bands.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { localDate } from '../oracle/clock.ts';
import { possibleTies } from '../oracle/ties.ts';
import type { Random } from './random.ts';
import { randomBandSet } from './random-bands.ts';
import { randomCounters, randomTerms, repriced } from './random-terms.ts';

export const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Africa/Casablanca',
  'UTC',
] as const;

export const states: readonly (readonly [string, string])[] = [
  ['1212', 'NY'],
  ['1518', 'NY'],
  ['1415', 'CA'],
  ['1415777', 'NV'],
  ['1416', 'ON'],
];

/** Where prices, bands, days and validities change: events start near these. */
export interface World {
  readonly book: Book;
  readonly service: Service;
  readonly zone: string;
  readonly edges: readonly number[];
  readonly codes: readonly string[];
  readonly callers: readonly string[];
  /** Calls may last for centuries: only without bands, which the oracle walks minute by minute. */
  readonly endless: boolean;
}

const DAY = 86_400_000_000;
const codePool = ['', '4', '44', '447', '4479', '1', '1212', '1415', '14157', '49'] as const;
const callerPool = ['4', '49', '491', '4930', '33', '1', '1212'] as const;

export function randomWorld(random: Random): World {
  const service = random.pick(['voice', 'voice', 'voice', 'voice', 'voice', 'sms', 'mms', 'data', 'data', 'content', 'event'] as const);
  const zone = random.pick(zones);
  const anchor = anchorIn(random, zone);
  const banded = random.chance(service === 'voice' ? 60 : 25);
  const day = localDate(zone, anchor);
  const dates = [day, localDate(zone, anchor + DAY), localDate(zone, anchor - 3 * DAY)].sort();
  const bandSet = banded ? randomBandSet(random, random.chance(80) ? 'calendar' : undefined) : undefined;
  const codes = random.some(codePool, 50);
  if (codes.length === 0) codes.push('');
  const originSets: OriginSet[] = ['S', 'T'].map((id) => ({
    id,
    prefixes: [random.pick(callerPool), ...random.some(callerPool, 30)].filter((prefix, at, all) => all.indexOf(prefix) === at),
  }));
  const codeDecks: CodeDeck[] = [
    { id: 'deck', codes: codePool.slice(1).map((code) => ({ code, destination: random.pick(['D1', 'D2', 'D3']) })) },
  ];
  const validities = [0, anchor, anchor + random.between(-7200, 7200) * 1_000_000, anchor + DAY];
  const around = { random, service, bandSet, codes, validities, originSets, codeDecks };
  const tariffs = ['receivable', 'payable'].map((id) => randomTariff(id, around));
  const book: Book = {
    legalEntities: [{ id: 'us', name: 'Us', country: 'DE', currency: 'EUR', zone, address: [] }],
    parties: [{ id: 'them', name: 'Them', kind: 'carrier', address: [] }],
    accounts: ['a', 'b', 'c'].map((id) => ({ id, party: 'them', legalEntity: 'us', currency: 'EUR' })),
    trunks: [
      { id: 'in', account: 'a', names: [] },
      { id: 'out', account: 'b', names: [] },
      { id: 'own', names: [] },
      { id: 'both', account: 'c', names: [] },
      { id: 'named', account: 'c', agreement: 'c2', names: [] },
    ],
    agreements: randomAgreements(random, service, zone, day),
    calendars: [{ id: 'calendar', dates: [...new Set(dates)] }],
    timeBands: bandSet === undefined ? [] : [bandSet],
    originSets,
    codeDecks,
    tariffs,
  };
  const edges = [...validities.slice(1), ...clockEdges(zone, anchor, bandSet)];
  return {
    book: random.chance(92) ? withoutTies(book) : book,
    service,
    zone,
    edges,
    codes,
    callers: callerPool,
    endless: !banded && random.chance(20),
  };
}

/** A clock change of the zone between 2011 and 2027, or any moment. */
function anchorIn(random: Random, zone: string): number {
  const moment = 1_293_840_000_000 + random.below(16 * 365) * 86_400_000;
  if (!random.chance(60)) return (moment + random.below(86_400_000)) * 1000;
  const change = new Temporal.ZonedDateTime(BigInt(moment) * 1_000_000n, zone).getTimeZoneTransition('next');
  return (change === null || change.year > 2040 ? moment : change.epochMilliseconds) * 1000;
}

/** Local midnights, beginnings of months and weeks, and band edges of the days around, as instants. */
function clockEdges(zone: string, anchor: number, bandSet: TimeBandSet | undefined): number[] {
  const date = Temporal.PlainDate.from(localDate(zone, anchor));
  const minutes = [
    ...new Set([
      0,
      ...(bandSet?.bands ?? []).flatMap(({ ranges }) => ranges.flatMap(({ fromMinute, toMinute }) => [fromMinute, toMinute % 1440])),
    ]),
  ];
  const days = [
    date.subtract({ days: 1 }),
    date,
    date.add({ days: 1 }),
    date.with({ day: 1 }).add({ months: 1 }),
    date.add({ days: 8 - date.dayOfWeek }),
  ];
  const edges = days.flatMap((day) =>
    minutes.flatMap((minute) => {
      const local = day.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
      return (['earlier', 'later'] as const).map(
        (disambiguation) => local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds * 1000,
      );
    }),
  );
  return [anchor, ...new Set(edges)];
}

function randomAgreements(random: Random, service: Service, zone: string, day: string): Agreement[] {
  const version = (id: string, account: string, validFrom: string, services: Agreement['services'], validTo?: string): Agreement => ({
    id,
    versionId: 0,
    name: id,
    account,
    zone,
    currency: 'EUR',
    validFrom,
    ...(validTo !== undefined && { validTo }),
    rounding: { decimals: random.pick([0, 2, 2, 3, 4, 4, 5, 6, 9]), mode: random.pick(roundingModes) },
    seconds: random.pick(['as-given', 'as-given', 'ceil', 'nearest']),
    bands: random.pick(['start', 'split']),
    settlementPeriod: 'month',
    services,
  });
  const receivable = { service, role: random.pick(['incoming', 'retail'] as const), tariff: 'receivable' };
  const payable = { service, role: random.pick(['outgoing', 'content'] as const), tariff: 'payable' };
  const other = { service: service === 'voice' ? ('sms' as const) : ('voice' as const), role: 'incoming' as const, tariff: 'receivable' };
  const both = [receivable, payable];
  return [
    version('a', 'a', '2000-01-01', both),
    ...(random.chance(30) ? [version('a', 'a', day, both)] : []),
    version('b', 'b', '2000-01-01', both, random.chance(10) ? day : undefined),
    ...(random.chance(5) ? [version('b', 'b', day, [other])] : []),
    version('c1', 'c', '2000-01-01', [receivable]),
    version('c2', 'c', random.chance(30) ? day : '2000-01-01', random.chance(70) ? both : [payable]),
  ];
}

interface Around {
  readonly random: Random;
  readonly service: Service;
  readonly bandSet: TimeBandSet | undefined;
  readonly codes: readonly string[];
  readonly validities: readonly number[];
  readonly originSets: readonly OriginSet[];
  readonly codeDecks: readonly CodeDeck[];
}

function randomTariff(id: string, around: Around): Tariff {
  const { random, service, bandSet } = around;
  const pers: Readonly<Record<Service, readonly number[]>> = {
    voice: [60, 60, 60, 1, 30, 3600],
    data: [1_000_000, 1024, 1, 1_073_741_824],
    sms: [1],
    mms: [1],
    content: [1],
    event: [1],
  };
  const tariff: Omit<Tariff, 'rates'> = {
    id,
    name: id,
    service,
    currency: 'EUR',
    per: random.pick(pers[service]),
    ...(bandSet !== undefined && random.chance(90) && { timeBands: bandSet.id }),
    codeDeck: 'deck',
    withoutCaller: random.pick(['ignore', 'outside', 'hold']),
    ...(random.chance(30) && { portability: 'follow' as const }),
    charged: random.pick(['submitted', 'delivered']),
    messageUnit: random.pick(['part', 'message']),
    volume: {
      count: random.pick(['both', 'up', 'down']),
      roundUpToBytes: random.pick([1, 1000, 1024, 1_000_000, random.between(1, 5000)]),
      per: random.pick(['session', 'session', 'day']),
    },
    ratesBy: 'files',
  };
  const counters = randomCounters(random, service);
  const rates: Omit<Rate, 'id'>[] = [];
  const bands = tariff.timeBands === undefined ? [] : (bandSet?.bands ?? []);
  const addFamily = (match: RateMatch, validity: Validity): void => {
    const terms = randomTerms(random, tariff, counters);
    if (bands.length === 0 || random.chance(25)) {
      rates.push({ match, terms, ...validity });
      return;
    }
    const dropped = random.chance(3) ? random.pick(bands).name : undefined;
    for (const { name } of bands) {
      if (name === dropped) continue;
      const own = random.chance(98) ? repriced(random, terms) : randomTerms(random, tariff, counters);
      rates.push({ match: { ...match, band: name }, terms: own, ...(random.chance(97) ? validity : randomValidity(around)) });
    }
  };
  // A rate for every code since ever, so that most events find one.
  if (random.chance(85)) addFamily({ code: '', destination: 'Anywhere' }, { validFromMicros: 0, validToMicros: Number.POSITIVE_INFINITY });
  for (let families = random.between(1, random.pick([3, 8, 14])); families > 0 && rates.length < 38; families -= 1) {
    addFamily(randomMatch(around), randomValidity(around));
  }
  return { ...tariff, rates: random.shuffle(rates).map((rate, index) => ({ id: (id === 'payable' ? 1000 : 0) + index + 1, ...rate })) };
}

type Validity = Pick<Rate, 'validFromMicros' | 'validToMicros'>;

function randomValidity({ random, validities }: Around): Validity {
  const validFromMicros = random.pick([0, 0, 0, 0, ...validities]);
  const validToMicros = random.chance(80) ? Number.POSITIVE_INFINITY : validFromMicros + random.between(0, 2) * 43_200_000_000;
  return { validFromMicros, validToMicros };
}

function randomMatch({ random, service, codes }: Around): RateMatch {
  const byDestination = random.chance(10);
  const destination = byDestination ? random.pick(['D1', 'D2', 'D3']) : 'Named';
  const calling = random.below(100);
  return {
    ...(!byDestination && { code: random.pick(codes) }),
    destination,
    ...(calling < 15 && { calling: random.pick(callerPool) }),
    ...(calling >= 15 && calling < 27 && { origin: random.pick(['S', 'T']) }),
    ...(calling >= 27 && calling < 37 && { origin: random.pick(['!S', '!T']) }),
    ...(random.chance(10) && { trunk: random.pick(['in', 'out', 'both', 'named']) }),
    ...(random.chance(10) && { serviceClass: random.pick(['gold', 'basic']) }),
    ...(random.chance(8) && { jurisdiction: random.pick(['interstate', 'intrastate', 'indeterminate']) }),
    ...(random.chance(service === 'data' ? 20 : 3) && { ratingGroup: random.pick(['10', '20']) }),
    ...(random.chance(service === 'data' ? 20 : 3) && { apn: random.pick(['internet', 'ims']) }),
    ...(random.chance(8) && { bin: random.pick(['b/1', 'b/2', 'c/1']) }),
  };
}

/** The same book without the later rate of each pair that could tie. */
export function withoutTies(book: Book): Book {
  const tariffs = book.tariffs.map((tariff) => {
    const dropped = new Set(possibleTies(book, tariff).map(([, later]) => later.id));
    return { ...tariff, rates: tariff.rates.filter(({ id }) => !dropped.has(id)) };
  });
  return { ...book, tariffs };
}
