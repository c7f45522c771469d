/** Terms as the tables write them (see README.md), made into a book with one agreement that prices both legs by one tariff. */
import type { Agreement } from '#core/agreements/agreements.ts';
import { decimal } from '#core/money/decimal.ts';
import { type RoundingMode, roundingModes } from '#core/money/rounding.ts';
import type { Book } from '#core/tariffs/book.ts';
import {
  jurisdictions,
  type OriginSet,
  type PriceStep,
  type Rate,
  type RateMatch,
  type RateTerms,
  type Tariff,
} from '#core/tariffs/tariff.ts';
import type { TimeBandSet } from '#core/time/time-bands.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { parseBands } from './bands.ts';

export interface Scenario {
  readonly book: Book;
  readonly service: Service;
  readonly zone: string;
  /** Prefixes (with the leading 1) and their states. */
  readonly states: readonly (readonly [string, string])[];
}

type Changing<T> = { -readonly [K in keyof T]: T[K] };

interface Draft {
  service: Service;
  per: number;
  readonly rates: { match: Changing<RateMatch>; terms: Changing<RateTerms>; from: string; until: string | undefined }[];
  readonly common: Changing<Partial<RateTerms>>;
  readonly steps: PriceStep[];
  readonly agreement: Changing<Pick<Agreement, 'zone' | 'currency' | 'rounding' | 'seconds' | 'bands'>>;
  readonly tariff: Changing<Pick<Tariff, 'withoutCaller' | 'portability' | 'charged' | 'messageUnit' | 'volume'>>;
  readonly origins: OriginSet[];
  readonly states: [string, string][];
  holidays: readonly string[];
  bands: TimeBandSet['bands'];
}

const number = '(\\d+(?:\\.\\d+)?)';

/** Each phrase: what it looks like, and what it does to the draft. The first that matches is taken. */
const phrases: readonly (readonly [RegExp, (draft: Draft, ...groups: string[]) => void])[] = [
  [/^(\d+)\/(\d+)$/, (draft, first, next) => Object.assign(draft.common, { firstSeconds: Number(first), nextSeconds: Number(next) })],
  [new RegExp(`^setup fee ${number}$`), (draft, fee) => Object.assign(draft.common, { setupFee: decimal(fee ?? '') })],
  [new RegExp(`^attempt fee ${number}$`), (draft, fee) => Object.assign(draft.common, { attemptFee: decimal(fee ?? '') })],
  [new RegExp(`^disconnect fee ${number}$`), (draft, fee) => Object.assign(draft.common, { disconnectFee: decimal(fee ?? '') })],
  [new RegExp(`^surcharge ${number}$`), (draft, fee) => Object.assign(draft.common, { surcharge: decimal(fee ?? '') })],
  [new RegExp(`^minimum charge ${number}$`), (draft, fee) => Object.assign(draft.common, { minimumCharge: decimal(fee ?? '') })],
  [new RegExp(`^maximum charge ${number}$`), (draft, fee) => Object.assign(draft.common, { maximumCharge: decimal(fee ?? '') })],
  [/^grace (\d+) s$/, (draft, seconds) => Object.assign(draft.common, { graceSeconds: Number(seconds) })],
  [/^free (\d+) s$/, (draft, seconds) => Object.assign(draft.common, { freeSeconds: Number(seconds) })],
  [new RegExp(`^then ${number}/(?:min|s) (\\d+)/(\\d+) after (\\d+) s$`), addStep],
  [/^(graduated|volume) by (\w+) a (\w+): (.+)$/, addTiers],
  [/^zone (\S+)$/, (draft, zone = '') => Object.assign(draft.agreement, { zone })],
  [/^currency (\S+)$/, (draft, currency = '') => Object.assign(draft.agreement, { currency })],
  [/^seconds (as-given|ceil|nearest)$/, (draft, seconds) => Object.assign(draft.agreement, { seconds })],
  [/^(split|start)$/, (draft, bands) => Object.assign(draft.agreement, { bands })],
  [
    /^(\d) decimals (.+)$/,
    (draft, decimals, mode = '') => Object.assign(draft.agreement, { rounding: { decimals: Number(decimals), mode: roundingMode(mode) } }),
  ],
  [/^without caller (ignore|outside|hold)$/, (draft, withoutCaller) => Object.assign(draft.tariff, { withoutCaller })],
  [/^portability (follow)$/, (draft, portability) => Object.assign(draft.tariff, { portability })],
  [/^charged when (submitted|delivered)$/, (draft, charged) => Object.assign(draft.tariff, { charged })],
  [
    /^rounded up to ([\d ]+) bytes per (session|day)$/,
    (draft, bytes = '', per) => Object.assign(draft.tariff, { volume: { ...draft.tariff.volume, roundUpToBytes: spaced(bytes), per } }),
  ],
  [/^counting (up|down|both)$/, (draft, count) => Object.assign(draft.tariff, { volume: { ...draft.tariff.volume, count } })],
  [/^bands (.+)$/, (draft, bands = '') => Object.assign(draft, { bands: parseBands(bands) })],
  [/^holidays (.+)$/, (draft, dates = '') => Object.assign(draft, { holidays: dates.split(' ') })],
  [/^set (\w+) = (.+)$/, (draft, id = '', prefixes = '') => draft.origins.push({ id, prefixes: prefixes.split(' ') })],
  [
    /^states (.+)$/,
    (draft, pairs = '') =>
      draft.states.push(...pairs.split(' ').map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? ''])),
  ],
  [
    /^(?:(\d*) ?(?:\(([^)]*)\))?: )?(\S+)\/(min|s|h|MB|GB|KiB|byte|part|message|unit|event)(?: (\d+)\/(\d+))?(?: from (\S+))?(?: until (\S+))?$/,
    addRate,
  ],
  [/^(?:(\d*) ?(?:\(([^)]*)\))?: )?share (\S+) % after (\S+)$/, addShare],
  [/^sizes (.+)$/, addSizes],
];

export function parseScenario(text: string): Scenario {
  const draft: Draft = {
    service: 'voice',
    per: 60,
    rates: [],
    common: {},
    steps: [],
    agreement: { zone: 'UTC', currency: 'EUR', rounding: { decimals: 9, mode: 'half-up' }, seconds: 'as-given', bands: 'start' },
    tariff: {
      withoutCaller: 'ignore',
      charged: 'delivered',
      messageUnit: 'part',
      volume: { count: 'both', roundUpToBytes: 1, per: 'session' },
    },
    origins: [],
    states: [],
    holidays: [],
    bands: [],
  };
  for (const phrase of text.split(';').map((part) => part.trim())) {
    const [pattern, act] = phrases.find(([regex]) => regex.test(phrase)) ?? [];
    if (pattern === undefined || act === undefined) throw new Error(`no such phrase in the terms: "${phrase}"`);
    // Groups that took no part in the match are undefined in the array: the functions give them defaults.
    act(draft, ...(pattern.exec(phrase) ?? []).slice(1));
  }
  return { book: makeBook(draft), service: draft.service, zone: draft.agreement.zone, states: draft.states };
}

const units: Readonly<Record<string, readonly [Service, number]>> = {
  s: ['voice', 1],
  min: ['voice', 60],
  h: ['voice', 3600],
  byte: ['data', 1],
  KiB: ['data', 1024],
  MB: ['data', 1_000_000],
  GB: ['data', 1_000_000_000],
  part: ['sms', 1],
  message: ['sms', 1],
  unit: ['content', 1],
  event: ['event', 1],
};

function addRate(
  draft: Draft,
  code = '',
  conditions = '',
  price = '',
  unit = '',
  first?: string,
  next?: string,
  from?: string,
  until?: string,
): void {
  const [service, per] = units[unit] ?? ['voice', 60];
  draft.service = service;
  draft.per = per;
  if (unit === 'message') draft.tariff.messageUnit = 'message';
  const own = first === undefined || next === undefined ? {} : { firstSeconds: Number(first), nextSeconds: Number(next) };
  draft.rates.push({ match: conditionsOf(code, conditions), terms: { price: decimal(price), ...own }, from: from ?? '1970-01-01', until });
}

function addShare(draft: Draft, code = '', conditions = '', percent = '', after = ''): void {
  draft.service = 'content';
  draft.per = 1;
  const share = { percent: decimal(percent), after: decimal(after) };
  draft.rates.push({ match: conditionsOf(code, conditions), terms: { price: decimal('0'), share }, from: '1970-01-01', until: undefined });
}

/** `0.01 up to 1000 bytes, 0.02 above` */
function addSizes(draft: Draft, text = ''): void {
  const sizeBands = text.split(', ').map((part) => {
    const [, price = '', , bytes] = /^(\S+) (up to ([\d ]+) bytes|above)$/.exec(part) ?? [];
    return { price: decimal(price), upToBytes: bytes === undefined ? Number.POSITIVE_INFINITY : spaced(bytes) };
  });
  draft.service = 'mms';
  draft.per = 1;
  draft.rates.push({
    match: { code: '', destination: '' },
    terms: { price: decimal('0'), sizeBands },
    from: '1970-01-01',
    until: undefined,
  });
}

function addStep(draft: Draft, price = '', first = '', next = '', from = ''): void {
  draft.steps.push({ fromSeconds: Number(from), price: decimal(price), firstSeconds: Number(first), nextSeconds: Number(next) });
}

/** `0.015 from 1000, 0.01 from 5000` */
function addTiers(draft: Draft, kind = '', measure = '', period = '', text = ''): void {
  const tiers = text.split(', ').map((part) => {
    const [price = '', from = ''] = part.split(' from ');
    return { from: decimal(from.replaceAll(' ', '')), price: decimal(price) };
  });
  Object.assign(draft.common, { tiers: { counter: 'c', kind, measure, period, tiers } });
}

function conditionsOf(code: string, text: string): Changing<RateMatch> {
  const match: Changing<RateMatch> = { code, destination: code === '' ? 'Anywhere' : `D${code}` };
  for (const condition of text.split(', ').filter((part) => part !== '')) {
    const [, kind = '', value = ''] = /^(caller outside|caller in|caller|trunk|class|group|apn|bin) (\S+)$/.exec(condition) ?? [];
    const found: Partial<RateMatch> = {
      ...(kind === 'caller' && { calling: value }),
      ...(kind === 'caller in' && { origin: value }),
      ...(kind === 'caller outside' && { origin: `!${value}` }),
      ...(kind === 'trunk' && { trunk: value }),
      ...(kind === 'class' && { serviceClass: value }),
      ...(kind === 'group' && { ratingGroup: value }),
      ...(kind === 'apn' && { apn: value }),
      ...(kind === 'bin' && { bin: value }),
    };
    const jurisdiction = jurisdictions.find((one) => one === condition);
    Object.assign(match, kind !== '' ? found : jurisdiction !== undefined ? { jurisdiction } : { band: condition });
  }
  return match;
}

function roundingMode(text: string): RoundingMode {
  const mode = roundingModes.find((one) => one === text.replace(' ', '-'));
  if (mode === undefined) throw new Error(`no rounding mode ${text}`);
  return mode;
}

export function spaced(text: string): number {
  return Number(text.replaceAll(' ', ''));
}

function makeBook(draft: Draft): Book {
  const { zone } = draft.agreement;
  const instant = (date: string): number => Number(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds) * 1000;
  const rates = draft.rates.map(
    ({ match, terms, from, until }, index): Rate => ({
      id: index + 1,
      match,
      terms: { ...draft.common, ...(draft.steps.length > 0 && { steps: draft.steps }), ...terms },
      validFromMicros: instant(from),
      validToMicros: until === undefined ? Number.POSITIVE_INFINITY : instant(until),
    }),
  );
  const tariff: Tariff = {
    id: 'tariff',
    name: 'Tariff',
    service: draft.service,
    currency: draft.agreement.currency,
    per: draft.per,
    ...(draft.bands.length > 0 && { timeBands: 'bands' }),
    ...draft.tariff,
    rates,
    ratesBy: 'files',
  };
  const { service } = draft;
  const services = [
    { service, role: 'incoming', tariff: 'tariff' },
    { service, role: 'outgoing', tariff: 'tariff' },
  ] as const;
  const { currency } = draft.agreement;
  const agreement: Agreement = {
    id: 'agreement',
    versionId: 0,
    name: 'Agreement',
    account: 'account',
    validFrom: '1970-01-01',
    settlementPeriod: 'month',
    services,
    ...draft.agreement,
  };
  return {
    legalEntities: [{ id: 'us', name: 'Us', country: 'DE', currency, zone, address: [] }],
    parties: [{ id: 'partner', name: 'Partner', kind: 'carrier', address: [] }],
    accounts: [{ id: 'account', party: 'partner', legalEntity: 'us', currency }],
    trunks: ['in', 'out', 'special'].map((id) => ({ id, account: 'account', names: [] })),
    agreements: [agreement],
    calendars: [{ id: 'calendar', dates: draft.holidays }],
    timeBands: draft.bands.length > 0 ? [{ id: 'bands', calendar: 'calendar', bands: draft.bands }] : [],
    originSets: draft.origins,
    codeDecks: [],
    tariffs: [tariff],
  };
}
