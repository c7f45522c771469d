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

/** What earlier charges get back or owe in addition because of what the whole period's usage was. */
export interface Adjustment {
  readonly side: Side;
  readonly role: LegRole;
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
  readonly service: Service;
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
  readonly service: Service;
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

type Unnumbered = Omit<StatementLine, 'number'> & { readonly order: number };

/** Adds up and orders lines. Nothing is rounded: what comes in is rounded charges. */
export function figuresOf(input: StatementInput): StatementFigures {
  const usage = gather(input.charges, (charge) => usageLine(charge, input));
  const adjustments = gather(input.adjustments, (adjustment) => adjustmentLine(adjustment, input));
  const lines = withValidity([...usage, ...adjustments].sort(compareLines)).map(({ order: _, ...line }, index) => ({
    number: index + 1,
    ...line,
  }));
  return { lines, services: serviceTotals(lines), net: netTotals(lines, input.currency) };
}

/** The parts of a line's key; two prices of a destination are two lines. */
function lineKey(line: Unnumbered): string {
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

function gather<T>(items: readonly T[], toLine: (item: T) => Unnumbered): Unnumbered[] {
  const lines = new Map<string, { line: Unnumbered; parts: LinePart[] }>();
  for (const item of items) {
    const line = toLine(item);
    const key = lineKey(line);
    const known = lines.get(key);
    if (known === undefined) {
      lines.set(key, { line, parts: [...line.parts] });
      continue;
    }
    known.parts.push(...line.parts);
    known.line = add(known.line, line);
  }
  return [...lines.values()].map(({ line, parts }) => ({ ...line, parts }));
}

function add(a: Unnumbered, b: Unnumbered): Unnumbered {
  const validFrom = earlier(a.validFrom, b.validFrom);
  const { validFrom: _, ...rest } = a;
  const split = addSplit(a.split, b.split);
  return {
    ...rest,
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(split === undefined ? {} : { split }),
    events: a.events + b.events,
    answered: a.answered + b.answered,
    raw: a.raw + b.raw,
    billed: a.billed + b.billed,
    amountNanos: a.amountNanos + b.amountNanos,
  };
}

function addSplit(a: SplitCalls | undefined, b: SplitCalls | undefined): SplitCalls | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { events: a.events + b.events, billed: a.billed + b.billed, amountNanos: a.amountNanos + b.amountNanos };
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a < b ? a : b;
}

function usageLine(charge: ChargeTotal, input: StatementInput): Unnumbered {
  const { events, answered, raw, billed, amountNanos, split } = charge;
  return {
    ...{ kind: 'usage', ...described(charge, input), events, answered, raw, billed, amountNanos },
    ...(split === undefined ? {} : { split }),
  };
}

function adjustmentLine(adjustment: Adjustment, input: StatementInput): Unnumbered {
  const { billed, amountNanos, words, price, from, to } = adjustment;
  const base = described(adjustment, input);
  const rate: RateWords = { price, increments: '', terms: [] };
  return {
    kind: 'adjustment',
    ...base,
    ...(adjustment.title === undefined ? {} : { destination: adjustment.title }),
    rate,
    events: 0n,
    answered: 0n,
    raw: 0n,
    billed,
    amountNanos,
    explanation: words,
    days: { from, to },
    ...(adjustment.deal === undefined ? {} : { deal: adjustment.deal }),
  };
}

function described(
  item: Pick<ChargeTotal, 'versionId' | 'role' | 'tariff' | 'rateId' | 'currency'>,
  input: StatementInput,
): Omit<Unnumbered, 'kind' | 'events' | 'answered' | 'raw' | 'billed' | 'amountNanos'> {
  const { versionId, role, rateId, currency } = item;
  const tariff = input.tariffs.get(item.tariff);
  if (tariff === undefined) throw new Error(`tariff ${item.tariff} was charged and is not configured`);
  const rate = rateId === undefined ? undefined : input.rates.get(rateId);
  if (rateId !== undefined && rate === undefined) throw new Error(`rate ${rateId} was charged and is not stored`);
  const unit = unitOf(tariff.service, tariff.per);
  return {
    side: legRoles[role],
    role,
    service: tariff.service,
    tariff: tariff.id,
    destination: rate?.match.destination ?? '',
    band: rate?.match.band ?? '',
    condition: rate === undefined ? '' : conditionWords(rate.match),
    ...(rate?.validFrom === undefined ? {} : { validFrom: rate.validFrom }),
    ...(rate === undefined ? {} : { rate: rateWords(tariff.service, unit, rate.terms) }),
    unit,
    currency,
    parts: [{ versionId, role, service: tariff.service, rateId }],
    order: rateId ?? Number.POSITIVE_INFINITY,
  };
}

const collator = new Intl.Collator('en', { numeric: true });

function compareLines(a: Unnumbered, b: Unnumbered): number {
  return (
    (a.side === b.side ? 0 : a.side === 'receivable' ? -1 : 1) ||
    services.indexOf(a.service) - services.indexOf(b.service) ||
    (a.kind === b.kind ? 0 : a.kind === 'usage' ? -1 : 1) ||
    Number(a.rate === undefined) - Number(b.rate === undefined) ||
    collator.compare(a.destination, b.destination) ||
    collator.compare(a.band, b.band) ||
    collator.compare(a.condition, b.condition) ||
    compareText(a.days?.from ?? '', b.days?.from ?? '') ||
    compareText(a.validFrom ?? '', b.validFrom ?? '') ||
    a.order - b.order ||
    compareText(lineKey(a), lineKey(b))
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Keeps a rate's first day only where one destination has several prices, so that the reader sees which is which. */
function withValidity(lines: readonly Unnumbered[]): Unnumbered[] {
  const place = (line: Unnumbered) => JSON.stringify([line.role, line.tariff, line.destination, line.band, line.condition]);
  const counts = new Map<string, number>();
  for (const line of lines) if (line.kind === 'usage') counts.set(place(line), (counts.get(place(line)) ?? 0) + 1);
  return lines.map((line) => {
    if (line.kind === 'usage' && (counts.get(place(line)) ?? 0) > 1) return line;
    const { validFrom: _, ...rest } = line;
    return rest;
  });
}

function serviceTotals(lines: readonly StatementLine[]): ServiceTotal[] {
  const totals = new Map<string, ServiceTotal>();
  for (const line of lines) {
    const { side, service, currency, unit } = line;
    const key = `${side} ${service} ${currency} ${unit}`;
    const total = totals.get(key) ?? { side, service, currency, unit, events: 0n, answered: 0n, raw: 0n, billed: 0n, amountNanos: 0n };
    totals.set(key, {
      ...total,
      events: total.events + line.events,
      answered: total.answered + line.answered,
      raw: total.raw + line.raw,
      // What an adjustment is about was counted by its usage line.
      billed: total.billed + (line.kind === 'usage' ? line.billed : 0n),
      amountNanos: total.amountNanos + line.amountNanos,
    });
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
