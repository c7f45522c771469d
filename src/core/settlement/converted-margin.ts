/**
 * The margin on transit in one currency, at exchange rates that the reader states: on calls that come from
 * one partner and leave to another, what the one owes us less what we owe the other. Nothing is booked by it.
 */
import { minorUnits } from '../money/currencies.ts';
import { type Decimal, parseDecimal } from '../money/decimal.ts';
import { divideRounded } from '../money/rounding.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';
import type { MarginGroup } from './margin.ts';

export interface Conversion {
  /** ISO 4217: the currency of the report. */
  readonly currency: string;
  /** How much of it one unit of another currency is. */
  readonly rates: ReadonlyMap<string, Decimal>;
}

export interface ConvertedLine {
  readonly destination: string;
  readonly events: bigint;
  readonly answered: bigint;
  /** Voice only: what the partners who sent the calls are billed for. */
  readonly billedSeconds: bigint;
  readonly receivableNanos: bigint;
  readonly payableNanos: bigint;
  readonly marginNanos: bigint;
}

/** Traffic whose other end is the operator's own network: it has one side, and no margin here. */
export interface OneSided {
  readonly side: 'receivable' | 'payable';
  readonly currency: string;
  readonly events: bigint;
  readonly nanos: bigint;
}

export interface ConvertedMargin {
  readonly currency: string;
  readonly rates: Conversion['rates'];
  /** Largest receivable first. */
  readonly lines: readonly ConvertedLine[];
  readonly total: ConvertedLine;
  readonly oneSided: readonly OneSided[];
}

/** Rates as `EUR=1.16`, once for each currency. Refuses anything else, and currencies that nobody pays in. */
export function readConversion(currency: string, rates: readonly string[]): Result<Conversion> {
  const refusals: Refusal[] = [];
  const refused = (code: 'margin.currency-unknown' | 'margin.rate-malformed', message: string, value: string): void => {
    refusals.push(refuse(code, message, { value: value.slice(0, 120) }));
  };
  if (minorUnits(currency) === undefined) refused('margin.currency-unknown', 'not a current currency', currency);
  const read = new Map<string, Decimal>();
  for (const text of rates) {
    const [from = '', figure = ''] = text.split('=', 2);
    const rate = parseDecimal(figure);
    if (rate === undefined || rate.units <= 0n) refused('margin.rate-malformed', 'not an exchange rate', text);
    else if (minorUnits(from) === undefined) refused('margin.currency-unknown', 'not a current currency', text);
    else if (read.has(from) || from === currency) refused('margin.rate-malformed', `${from} needs no further rate`, text);
    else read.set(from, rate);
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: { currency, rates: read } };
}

/**
 * Each destination's amount in one currency is converted as a whole and rounded once, half even, to nanos;
 * totals are sums of lines. Refuses amounts in a currency without a rate.
 */
export function convertMargin(groups: readonly MarginGroup[], conversion: Conversion): Result<ConvertedMargin> {
  const missing = new Set(
    groups.flatMap(({ receivableCurrency: a, payableCurrency: b }) => (a === undefined || b === undefined ? [] : [a, b])),
  );
  missing.delete(conversion.currency);
  for (const currency of conversion.rates.keys()) missing.delete(currency);
  if (missing.size > 0) {
    const to = conversion.currency;
    const refusals = [...missing]
      .sort()
      .map((currency) => refuse('margin.rate-missing', `there are amounts in ${currency}, and no rate to ${to}`));
    return { ok: false, refusals };
  }
  const transit = groups.filter((group) => group.receivableCurrency !== undefined && group.payableCurrency !== undefined);
  const lines = [...Map.groupBy(transit, (group) => group.destination)].map(([destination, members]) =>
    line(destination, members, conversion),
  );
  lines.sort((a, b) => compare(b.receivableNanos, a.receivableNanos) || compare(a.destination, b.destination));
  return { ok: true, value: { ...conversion, lines, total: addLines(lines), oneSided: oneSidedOf(groups) } };
}

function line(destination: string, groups: readonly MarginGroup[], conversion: Conversion): ConvertedLine {
  const receivableNanos = converted(
    groups.map(({ receivableCurrency, receivableNanos: nanos }) => ({ currency: receivableCurrency, nanos })),
    conversion,
  );
  const payableNanos = converted(
    groups.map(({ payableCurrency, payableNanos: nanos }) => ({ currency: payableCurrency, nanos })),
    conversion,
  );
  return {
    destination,
    events: total(groups, (group) => group.events),
    answered: total(groups, (group) => group.answered),
    billedSeconds: total(groups, (group) => (group.service === 'voice' ? group.receivableBilled : 0n)),
    receivableNanos,
    payableNanos,
    marginNanos: receivableNanos - payableNanos,
  };
}

function converted(amounts: readonly { readonly currency: string | undefined; readonly nanos: bigint }[], conversion: Conversion): bigint {
  let sum = 0n;
  for (const [currency, members] of Map.groupBy(amounts, (amount) => amount.currency ?? '')) {
    const nanos = total(members, (amount) => amount.nanos);
    const rate = conversion.rates.get(currency);
    sum += rate === undefined ? nanos : divideRounded(nanos * rate.units, 10n ** BigInt(rate.scale), 'half-even');
  }
  return sum;
}

/** Lines added up, under no name. */
export function addLines(lines: readonly ConvertedLine[]): ConvertedLine {
  return {
    destination: '',
    events: total(lines, (each) => each.events),
    answered: total(lines, (each) => each.answered),
    billedSeconds: total(lines, (each) => each.billedSeconds),
    receivableNanos: total(lines, (each) => each.receivableNanos),
    payableNanos: total(lines, (each) => each.payableNanos),
    marginNanos: total(lines, (each) => each.marginNanos),
  };
}

function oneSidedOf(groups: readonly MarginGroup[]): OneSided[] {
  const sides = groups.flatMap((group): OneSided[] => {
    const { receivableCurrency, payableCurrency, receivableNanos, payableNanos, events } = group;
    if (receivableCurrency !== undefined && payableCurrency === undefined) {
      return [{ side: 'receivable', currency: receivableCurrency, events, nanos: receivableNanos }];
    }
    if (receivableCurrency === undefined && payableCurrency !== undefined) {
      return [{ side: 'payable', currency: payableCurrency, events, nanos: payableNanos }];
    }
    return [];
  });
  return [...Map.groupBy(sides, ({ side, currency }) => `${side} ${currency}`)]
    .sort(([a], [b]) => compare(b, a))
    .flatMap(([, members]) => {
      const [first] = members;
      return first === undefined
        ? []
        : [{ ...first, events: total(members, ({ events }) => events), nanos: total(members, ({ nanos }) => nanos) }];
    });
}

function total<T>(items: readonly T[], of: (item: T) => bigint): bigint {
  return items.reduce((sum, item) => sum + of(item), 0n);
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
