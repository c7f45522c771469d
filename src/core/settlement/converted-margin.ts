/**
 * What is earned on calls that come from one party and leave to another: what the one owes us less
 * what we owe the other. The two sides can be in different currencies, so a report has one currency and the
 * exchange rates that it was told. Nothing is booked by it.
 */
import { minorUnits } from '../money/currencies.ts';
import { type Decimal, parseDecimal } from '../money/decimal.ts';
import { divideRounded } from '../money/rounding.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';

/** Added-up calls of one group, from one currency to another. */
export interface TransitSum {
  /** Destination, or party, as the report is grouped. */
  readonly group: string;
  readonly events: bigint;
  readonly answered: bigint;
  readonly durationMicros: bigint;
  readonly receivable: Money;
  readonly payable: Money;
}

export interface Money {
  readonly currency: string;
  readonly nanos: bigint;
}

export interface Conversion {
  /** ISO 4217: the currency of the report. */
  readonly currency: string;
  /** How much of it one unit of another currency is. */
  readonly rates: ReadonlyMap<string, Decimal>;
}

export interface MarginLine {
  readonly group: string;
  readonly events: bigint;
  readonly answered: bigint;
  readonly durationMicros: bigint;
  readonly receivableNanos: bigint;
  readonly payableNanos: bigint;
  readonly marginNanos: bigint;
}

export interface MarginReport {
  readonly currency: string;
  /** Largest receivable first. */
  readonly lines: readonly MarginLine[];
  readonly total: MarginLine;
}

/** `EUR=1.16`, once for each currency. Refuses anything else, and currencies that nobody pays in. */
export function readConversion(currency: string, rates: readonly string[]): Result<Conversion> {
  const refusals: Refusal[] = [];
  if (minorUnits(currency) === undefined)
    refusals.push(refuse('margin.currency-unknown', 'not a current currency', { value: currency.slice(0, 120) }));
  const read = new Map<string, Decimal>();
  for (const text of rates) {
    const [from = '', figure = ''] = text.split('=', 2);
    const rate = parseDecimal(figure);
    if (rate === undefined || rate.units <= 0n)
      refusals.push(refuse('margin.rate-malformed', 'not an exchange rate', { value: text.slice(0, 120) }));
    else if (minorUnits(from) === undefined)
      refusals.push(refuse('margin.currency-unknown', 'not a current currency', { value: text.slice(0, 120) }));
    else read.set(from, rate);
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: { currency, rates: read } };
}

/**
 * Each group's sums in the currency of the report. A group's amount in one currency is converted as a whole
 * and rounded once, half even, to nanos; totals are sums of lines. Refuses a currency without a rate.
 */
export function marginReport(sums: readonly TransitSum[], conversion: Conversion): Result<MarginReport> {
  const missing = new Set(sums.flatMap((sum) => [sum.receivable, sum.payable]).map(({ currency }) => currency));
  missing.delete(conversion.currency);
  for (const currency of conversion.rates.keys()) missing.delete(currency);
  if (missing.size > 0) {
    const refusals = [...missing].map((currency) =>
      refuse('margin.rate-missing', `there are amounts in ${currency}, and no rate to ${conversion.currency}`),
    );
    return { ok: false, refusals };
  }
  const groups = new Map<string, TransitSum[]>();
  for (const sum of sums) groups.set(sum.group, [...(groups.get(sum.group) ?? []), sum]);
  const lines = [...groups].map(([group, members]) => line(group, members, conversion));
  lines.sort((a, b) =>
    a.receivableNanos < b.receivableNanos ? 1 : a.receivableNanos > b.receivableNanos ? -1 : a.group < b.group ? -1 : 1,
  );
  return { ok: true, value: { currency: conversion.currency, lines, total: added('', lines) } };
}

function line(group: string, sums: readonly TransitSum[], conversion: Conversion): MarginLine {
  const receivableNanos = converted(
    sums.map((sum) => sum.receivable),
    conversion,
  );
  const payableNanos = converted(
    sums.map((sum) => sum.payable),
    conversion,
  );
  return {
    group,
    events: sums.reduce((total, { events }) => total + events, 0n),
    answered: sums.reduce((total, { answered }) => total + answered, 0n),
    durationMicros: sums.reduce((total, { durationMicros }) => total + durationMicros, 0n),
    receivableNanos,
    payableNanos,
    marginNanos: receivableNanos - payableNanos,
  };
}

function converted(amounts: readonly Money[], { currency, rates }: Conversion): bigint {
  const byCurrency = new Map<string, bigint>();
  for (const amount of amounts) byCurrency.set(amount.currency, (byCurrency.get(amount.currency) ?? 0n) + amount.nanos);
  let total = 0n;
  for (const [from, nanos] of byCurrency) {
    const rate = from === currency ? undefined : rates.get(from);
    total += rate === undefined ? nanos : divideRounded(nanos * rate.units, 10n ** BigInt(rate.scale), 'half-even');
  }
  return total;
}

function added(group: string, lines: readonly MarginLine[]): MarginLine {
  const sum = (of: (line: MarginLine) => bigint): bigint => lines.reduce((total, each) => total + of(each), 0n);
  return {
    group,
    events: sum((each) => each.events),
    answered: sum((each) => each.answered),
    durationMicros: sum((each) => each.durationMicros),
    receivableNanos: sum((each) => each.receivableNanos),
    payableNanos: sum((each) => each.payableNanos),
    marginNanos: sum((each) => each.marginNanos),
  };
}
