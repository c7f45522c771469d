/**
 * What each side owes for a period under an agreement: a pure function from charges already added
 * up by rate to lines, totals and net. The sum of the lines is the totals, to the last digit.
 */
import { type LegRole, legRoles, type Side } from '../agreements/agreements.ts';
import type { Deal } from '../agreements/deals.ts';
import type { RateMatch, RateTerms } from '../tariffs/tariff.ts';
import { type Service, services } from '../usage/usage-event.ts';
import { conditionWords, type RateWords, rateWords, unitOf } from './rate-words.ts';

/** Charges of one rate under one agreement version, added up over the period. */
export interface ChargeTotal {
  readonly versionId: number;
  readonly role: LegRole;
  readonly tariff: string;
  /** Undefined for calls that were not answered and matched no rate: nothing is due. */
  readonly rateId: number | undefined;
  readonly currency: string;
  readonly events: bigint;
  readonly answered: bigint;
  /** Voice: microseconds. Data: bytes. Others: messages or units. */
  readonly raw: bigint;
  /** Voice: seconds. Data: bytes. Others: messages or units. */
  readonly billed: bigint;
  readonly amountNanos: bigint;
  /** Those of them that continue in another time band. */
  readonly split?: SplitCalls;
}

/** Calls that began in a band and continue in another, whose rate prices that part: billed × rate is not their amount. */
export interface SplitCalls {
  readonly events: bigint;
  /** Of the whole calls. */
  readonly billed: bigint;
  readonly amountNanos: bigint;
}

/** A rate as charges name it. */
export interface UsedRate {
  readonly id: number;
  readonly match: RateMatch;
  readonly terms: RateTerms;
  /** First local day in the agreement's zone; undefined when it was always valid. */
  readonly validFrom?: string;
}

export interface UsedTariff {
  readonly id: string;
  readonly service: Service;
  readonly per: number;
  /** Rates are chosen by what ported numbers stand for. */
  readonly portability?: 'follow';
}

/** What a statement is about: services of the network, and fees. */
export const statedServices = [...services, 'fee'] as const;
export type StatedService = (typeof statedServices)[number];

/** What earlier charges get back or owe in addition because of what the whole period's usage was. */
export interface Adjustment {
  readonly side: Side;
  readonly role: LegRole;
  /** Empty of fees, which no tariff prices. */
  readonly tariff: string;
  readonly rateId: number | undefined;
  readonly versionId: number;
  readonly currency: string;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  /** A sentence that a person can follow with pencil and paper; rates with the same words share a line. */
  readonly words: string;
  /** The price all of it gets, in words, and the local days it is about (`to` exclusive). */
  readonly price: string;
  readonly from: string;
  readonly to: string;
  /** What it is called, where that is not the rate's destination. */
  readonly title?: string;
  /** The kind of deal that makes it due; left out where it is no deal's. */
  readonly deal?: Deal['kind'];
}

export interface StatementLine {
  /** From 1, over both directions. */
  readonly number: number;
  readonly kind: 'usage' | 'adjustment';
  readonly side: Side;
  readonly role: LegRole;
  readonly service: StatedService;
  readonly tariff: string;
  /** Empty when no rate matched, which only unanswered calls can have. */
  readonly destination: string;
  readonly band: string;
  /** What else the rate matches: `callers outside EEA`. */
  readonly condition: string;
  /** First local day of the rate's validity, when the destination has several prices in this statement. */
  readonly validFrom?: string;
  readonly rate?: RateWords;
  /** What the rate's price is for: `min`. */
  readonly unit: string;
  readonly events: bigint;
  readonly answered: bigint;
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  readonly currency: string;
  /** Those of its calls that continue in another time band. */
  readonly split?: SplitCalls;
  /** Adjustments: how the amount came about. */
  readonly explanation?: string;
  /** The agreement versions and rates it is made of, by which its events are found. */
  readonly parts: readonly LinePart[];
  /** Adjustments: the local days whose usage they are about (`to` exclusive). */
  readonly days?: { readonly from: string; readonly to: string };
  /** Adjustments that a deal makes due: its kind. */
  readonly deal?: Deal['kind'];
}

export interface LinePart {
  readonly versionId: number;
  readonly role: LegRole;
  readonly service: Service;
  readonly rateId: number | undefined;
}

export interface ServiceTotal {
  readonly side: Side;
  readonly service: StatedService;
  readonly currency: string;
  readonly unit: string;
  readonly events: bigint;
  readonly answered: bigint;
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amountNanos: bigint;
}

/** Both directions set against each other in one currency. */
export interface NetTotal {
  readonly currency: string;
  readonly receivableNanos: bigint;
  readonly payableNanos: bigint;
  /** Receivable less payable. */
  readonly netNanos: bigint;
  /** Who owes the net: the partner, the legal entity, or nobody when it is zero. */
  readonly owes: 'partner' | 'entity' | 'nobody';
}

export interface StatementFigures {
  readonly lines: readonly StatementLine[];
  readonly services: readonly ServiceTotal[];
  /** The agreement's currency first; usually the only one. */
  readonly net: readonly NetTotal[];
}

export interface StatementInput {
  /** The agreement's currency. */
  readonly currency: string;
  readonly charges: readonly ChargeTotal[];
  readonly adjustments: readonly Adjustment[];
  readonly rates: ReadonlyMap<number, UsedRate>;
  readonly tariffs: ReadonlyMap<string, UsedTariff>;
}

/** A line that is being added up. */
interface Growing {
  readonly line: Mutable<StatementLine>;
  readonly parts: LinePart[];
  /** Of the rate; stated where a destination has several prices. */
  validFrom: string | undefined;
  /** What has the same is one destination, at whatever price. */
  readonly place: string;
  readonly order: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Adds up and orders lines. Nothing is rounded: what comes in is rounded charges. */
export function figuresOf(input: StatementInput): StatementFigures {
  const gathered = [...gatherCharges(input), ...gatherAdjustments(input)].sort(compareLines);
  const prices = new Map<string, number>();
  for (const { line, place } of gathered) if (line.kind === 'usage') prices.set(place, (prices.get(place) ?? 0) + 1);
  const lines = gathered.map(({ line, validFrom, place }, index): StatementLine => {
    line.number = index + 1;
    // A rate's first day only where one destination has several prices, so that the reader sees which is which.
    if (line.kind === 'usage' && validFrom !== undefined && (prices.get(place) ?? 0) > 1) line.validFrom = validFrom;
    return line;
  });
  return { lines, services: serviceTotals(lines), net: netTotals(lines, input.currency) };
}

/** Two prices of a destination are two lines; several codes at one price are one. */
function gatherCharges(input: StatementInput): Iterable<Growing> {
  const lines = new Map<string, Growing>();
  for (const charge of input.charges) {
    const words = wordsOf(charge, input);
    const key = `${charge.currency} ${charge.role} ${words.key}`;
    const known = lines.get(key);
    if (known === undefined) lines.set(key, usageLine(charge, words));
    else addTo(known, charge, words);
  }
  return lines.values();
}

function usageLine(charge: ChargeTotal, words: Words): Growing {
  const { role, rateId, versionId, split } = charge;
  const { service } = words;
  const parts: LinePart[] = [{ versionId, role, service, rateId }];
  const line: Mutable<StatementLine> = {
    number: 0,
    kind: 'usage',
    side: legRoles[role],
    role,
    service,
    tariff: words.tariff,
    destination: words.destination,
    band: words.band,
    condition: words.condition,
    unit: words.unit,
    currency: charge.currency,
    parts,
    events: charge.events,
    answered: charge.answered,
    raw: charge.raw,
    billed: charge.billed,
    amountNanos: charge.amountNanos,
  };
  if (words.rate !== undefined) line.rate = words.rate;
  if (split !== undefined) line.split = split;
  return { line, parts, validFrom: words.validFrom, place: `${role} ${words.place}`, order: rateId ?? Number.POSITIVE_INFINITY };
}

function addTo(
  known: Growing,
  { role, rateId, versionId, events, answered, raw, billed, amountNanos, split }: ChargeTotal,
  words: Words,
): void {
  const { line } = known;
  known.parts.push({ versionId, role, service: words.service, rateId });
  known.validFrom = earlier(known.validFrom, words.validFrom);
  line.events += events;
  line.answered += answered;
  line.raw += raw;
  line.billed += billed;
  line.amountNanos += amountNanos;
  const both = addSplit(line.split, split);
  if (both !== undefined) line.split = both;
}

function gatherAdjustments(input: StatementInput): Iterable<Growing> {
  const lines = new Map<string, Growing>();
  const [only] = input.adjustments;
  if (only !== undefined && input.adjustments.length === 1) return [adjustmentLine(only, only.deal === 'fee' ? FEE : wordsOf(only, input))];
  for (const adjustment of input.adjustments) {
    const made = adjustmentLine(adjustment, adjustment.deal === 'fee' ? FEE : wordsOf(adjustment, input));
    const key = lineKey(made.line);
    const known = lines.get(key);
    if (known === undefined) {
      lines.set(key, made);
      continue;
    }
    known.parts.push(...made.parts);
    known.validFrom = earlier(known.validFrom, made.validFrom);
    known.line.billed += adjustment.billed;
    known.line.amountNanos += adjustment.amountNanos;
  }
  return lines.values();
}

function adjustmentLine(adjustment: Adjustment, words: AdjustedWords): Growing {
  const { side, role, rateId, versionId, currency, billed, amountNanos, price, from, to, title, deal } = adjustment;
  const { service } = words;
  const parts: LinePart[] = service === 'fee' ? [] : [{ versionId, role, service, rateId }];
  const line: StatementLine = {
    ...{ number: 0, kind: 'adjustment', side, role, service, tariff: words.tariff, destination: title ?? words.destination },
    ...{ band: words.band, condition: words.condition, rate: { price, increments: '', terms: [] }, unit: words.unit, currency, parts },
    ...{ events: 0n, answered: 0n, raw: 0n, billed, amountNanos, explanation: adjustment.words, days: { from, to } },
    ...(deal === undefined ? {} : { deal }),
  };
  return { line, parts, validFrom: words.validFrom, place: '', order: rateId ?? Number.POSITIVE_INFINITY };
}

/** The parts of a line's key; two prices of a destination are two lines. */
function lineKey(line: StatementLine): string {
  const { rate } = line;
  return JSON.stringify([
    line.kind,
    line.currency,
    line.role,
    line.tariff,
    line.destination,
    line.band,
    line.condition,
    rate?.price,
    rate?.increments,
    rate?.terms,
    line.explanation,
    line.days?.from,
  ]);
}

function addSplit(a: SplitCalls | undefined, b: SplitCalls | undefined): SplitCalls | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { events: a.events + b.events, billed: a.billed + b.billed, amountNanos: a.amountNanos + b.amountNanos };
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a < b ? a : b;
}

/** What a rate of a tariff says on a statement. */
interface Words extends Pick<StatementLine, 'tariff' | 'destination' | 'band' | 'condition' | 'unit' | 'rate' | 'validFrom'> {
  readonly service: Service;
  /** Rates with the same words share a line. */
  readonly key: string;
  readonly place: string;
}

type AdjustedWords = Omit<Words, 'service' | 'key' | 'place'> & { readonly service: StatedService };

/** No events are behind a fee, and no tariff. */
const FEE: AdjustedWords = { service: 'fee', tariff: '', destination: '', band: '', condition: '', unit: '' };

/** Words of rates that were asked for: thousands of statements name the same few. Forgotten with the rates. */
const wordsOfRates = new WeakMap<UsedRate, { readonly tariff: UsedTariff; readonly words: Words }>();

function wordsOf(item: Pick<ChargeTotal, 'tariff' | 'rateId'>, input: StatementInput): Words {
  const tariff = input.tariffs.get(item.tariff);
  if (tariff === undefined) throw new Error(`tariff ${item.tariff} was charged and is not configured`);
  if (item.rateId === undefined) return sayRate(tariff, undefined);
  const rate = input.rates.get(item.rateId);
  if (rate === undefined) throw new Error(`rate ${item.rateId} was charged and is not stored`);
  const known = wordsOfRates.get(rate);
  if (known?.tariff === tariff) return known.words;
  const words = sayRate(tariff, rate);
  wordsOfRates.set(rate, { tariff, words });
  return words;
}

function sayRate({ id, service, per }: UsedTariff, used: UsedRate | undefined): Words {
  const unit = unitOf(service, per);
  const destination = used?.match.destination ?? '';
  const band = used?.match.band ?? '';
  const condition = used === undefined ? '' : conditionWords(used.match);
  const rate = used === undefined ? undefined : rateWords(service, unit, used.terms);
  const place = JSON.stringify([id, destination, band, condition]);
  return {
    ...{ service, tariff: id, destination, band, condition, unit, place },
    ...(used?.validFrom === undefined ? {} : { validFrom: used.validFrom }),
    ...(rate === undefined ? {} : { rate }),
    key: `${place} ${JSON.stringify([rate?.price, rate?.increments, rate?.terms])}`,
  };
}

const collator = new Intl.Collator('en', { numeric: true });

function compareLines(before: Growing, after: Growing): number {
  const [a, b] = [before.line, after.line];
  return (
    (a.side === b.side ? 0 : a.side === 'receivable' ? -1 : 1) ||
    statedServices.indexOf(a.service) - statedServices.indexOf(b.service) ||
    (a.kind === b.kind ? 0 : a.kind === 'usage' ? -1 : 1) ||
    Number(a.rate === undefined) - Number(b.rate === undefined) ||
    collate(a.destination, b.destination) ||
    collate(a.band, b.band) ||
    collate(a.condition, b.condition) ||
    compareText(a.days?.from ?? '', b.days?.from ?? '') ||
    compareText(before.validFrom ?? '', after.validFrom ?? '') ||
    before.order - after.order ||
    compareText(lineKey(a), lineKey(b))
  );
}

function collate(a: string, b: string): number {
  return a === b ? 0 : collator.compare(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function serviceTotals(lines: readonly StatementLine[]): ServiceTotal[] {
  const totals = new Map<string, Mutable<ServiceTotal>>();
  for (const line of lines) {
    const { side, service, currency, unit } = line;
    const key = `${side} ${service} ${currency} ${unit}`;
    const total = totals.get(key) ?? { side, service, currency, unit, events: 0n, answered: 0n, raw: 0n, billed: 0n, amountNanos: 0n };
    totals.set(key, total);
    total.events += line.events;
    total.answered += line.answered;
    total.raw += line.raw;
    // What an adjustment is about was counted by its usage line.
    if (line.kind === 'usage') total.billed += line.billed;
    total.amountNanos += line.amountNanos;
  }
  return [...totals.values()];
}

function netTotals(lines: readonly StatementLine[], agreementCurrency: string): NetTotal[] {
  const others = [...new Set(lines.map((line) => line.currency))].filter((currency) => currency !== agreementCurrency).sort();
  return [agreementCurrency, ...others].map((currency) => {
    const sum = (side: Side) =>
      lines.reduce((total, line) => (line.side === side && line.currency === currency ? total + line.amountNanos : total), 0n);
    const receivableNanos = sum('receivable');
    const payableNanos = sum('payable');
    const netNanos = receivableNanos - payableNanos;
    return { currency, receivableNanos, payableNanos, netNanos, owes: netNanos > 0n ? 'partner' : netNanos < 0n ? 'entity' : 'nobody' };
  });
}
