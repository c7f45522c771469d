/**
 * Fees of an agreement settled: what each window comes to, prorated by days where the fee does not hold for all of it, the sum rounded once
 * as the agreement says; less what statements have booked for it. So each window is billed once, whatever is changed afterwards.
 */
import { type Agreement, settlementOf } from '../../agreements/agreements.ts';
import type { Fee } from '../../agreements/deals.ts';
import { NANO_DECIMALS } from '../../money/amount.ts';
import { type Decimal, decimal, formatDecimal, trimDecimal } from '../../money/decimal.ts';
import { addFractions, type Fraction, formatFraction, fraction } from '../../money/fraction.ts';
import { groupThousands } from '../../money/grouping.ts';
import type { Period } from '../../time/period.ts';
import { FEE_SETTLED_AGAIN, say } from '../adjustment-texts.ts';
import { dayAfter, writePeriod } from '../statement-period.ts';
import { type FeeTerm, type FeeWindow, feeTermsOf, feeWindows, firstSettledDay } from './fee-windows.ts';
import { type DealAdjustment, roundedNanos, type SettledDeal } from './settle-deals.ts';

export interface FeesAsked {
  /** The versions known, by first day, and every one that was ever stored. */
  readonly known: readonly Agreement[];
  readonly versions: readonly Agreement[];
  readonly period: Period;
  /** Days that have statements already: what is due on them and was not known then is due now. Undefined: none. */
  readonly closed: Period | undefined;
  readonly settled: readonly SettledDeal[];
}

const NANOS = 10n ** BigInt(NANO_DECIMALS);
export const ZERO: Fraction = { numerator: 0n, denominator: 1n };

/** What a statement for the period bills of fees, or gives back of them. */
export function feeAdjustments({ known, versions, period, closed, settled }: FeesAsked): readonly DealAdjustment[] {
  const fees = storedFees(versions);
  if (fees.size === 0) return [];
  const settledFrom = firstSettledDay(known) ?? period.from;
  const open = settled.filter(({ deal }) => fees.has(deal));
  const days = [period.from, ...(closed === undefined ? [] : [closed.from]), ...open.map(({ window }) => window)].sort();
  const last = [period.to, ...open.map(({ window }) => window)].sort().at(-1) ?? period.to;
  // Windows that begin with the day behind the period are due in advance.
  const asked = { from: days[0] ?? period.from, to: dayAfter(last) };
  const windows = feeTermsOf(known).flatMap((of) => feeWindows(of, asked, settledFrom));
  const { booked, stray } = bookedFor(windows, open);
  const due = windows.flatMap((window): DealAdjustment[] => {
    const before = booked.get(window) ?? [];
    if (before.length === 0 && !isDue(window, period, closed)) return [];
    const adjustment = adjustmentOf(window, before);
    return adjustment === undefined ? [] : [adjustment];
  });
  const noMore = [...Map.groupBy(stray, ({ deal, window, side }) => `${deal} ${window} ${side}`).values()].flatMap((same) => {
    const [first] = same;
    const fee = first === undefined ? undefined : fees.get(first.deal);
    return first === undefined || fee === undefined ? [] : takenBack(fee, first, sumOf(same));
  });
  return [...noMore, ...due];
}

/** What a fee comes to in the window of a day. */
export interface FeeOnDay {
  readonly fee: Fee;
  /** The days of the window on which it holds. */
  readonly days: Period;
  readonly amountNanos: bigint;
  readonly words: string;
  /** The statement that has this day bills it. */
  readonly dueDay: string;
}

/** The fees that hold on a day. Whether they are billed is not looked at. */
export function feesOn(known: readonly Agreement[], day: string): readonly FeeOnDay[] {
  const settledFrom = firstSettledDay(known) ?? day;
  const one = { from: day, to: dayAfter(day) };
  return feeTermsOf(known).flatMap((of) =>
    feeWindows(of, one, settledFrom).flatMap((window): FeeOnDay[] => {
      const { days, dueDay } = window;
      const made = days.from <= day && day < days.to ? adjustmentOf(window, []) : undefined;
      if (made === undefined || made.deal.kind !== 'fee') return [];
      return [{ fee: made.deal, days, amountNanos: made.amountNanos, words: made.words, dueDay }];
    }),
  );
}

/** By id, as it was stored last. */
export function storedFees(versions: readonly Agreement[]): ReadonlyMap<string, Fee> {
  return new Map(
    versions.flatMap((version) =>
      settlementOf(version).deals.flatMap((deal): [string, Fee][] => (deal.kind === 'fee' ? [[deal.id, deal]] : [])),
    ),
  );
}

function isDue({ dueDay }: FeeWindow, period: Period, closed: Period | undefined): boolean {
  const within = ({ from, to }: Period): boolean => dueDay >= from && dueDay < to;
  return within(period) || (closed !== undefined && within({ from: closed.from, to: period.from }));
}

/** What was booked belongs to the window in which the fee holds on that day, else to the one that has the day; what has neither is stray. */
export function bookedFor(windows: readonly FeeWindow[], settled: readonly SettledDeal[]) {
  const booked = new Map<FeeWindow, SettledDeal[]>();
  const stray: SettledDeal[] = [];
  for (const entry of settled) {
    const own = windows.filter(({ of }) => of.id === entry.deal && of.terms[0].fee.side === entry.side);
    const has = ({ from, to }: Period): boolean => entry.window >= from && entry.window < to;
    const found = own.find(({ days }) => has(days)) ?? own.find(({ window }) => has(window));
    if (found === undefined) stray.push(entry);
    else booked.set(found, [...(booked.get(found) ?? []), entry]);
  }
  return { booked, stray };
}

function adjustmentOf({ window, days, parts }: FeeWindow, before: readonly SettledDeal[]): DealAdjustment | undefined {
  const last = parts.at(-1);
  if (last === undefined) return undefined;
  const { fee, version } = last;
  const shares = parts.map((part) => ({ part, due: partOf(part, window) }));
  const due = roundedNanos(
    shares.reduce((sum, share) => addFractions(sum, share.due), ZERO),
    version.rounding,
  );
  const amountNanos = due - sumOf(before);
  if (amountNanos === 0n) return undefined;
  const again = before.length > 0;
  const alone = !again && parts.length === 1;
  const whole = alone && isWhole(last, window) && fullNanos(fee) === due;
  const words = shares.map((share) => partWords(share.part, window, share.due)).join('; ');
  return {
    ...{ deal: fee, window: days, side: fee.side, amountNanos },
    quantity: alone ? BigInt(fee.quantity ?? '1') : 0n,
    ...(whole ? { price: fee.price } : {}),
    words: `${fee.name ?? fee.id}, ${writePeriod(days)}: ${words}.${again ? FEE_SETTLED_AGAIN : ''}`,
  };
}

function takenBack(fee: Fee, { window, side }: SettledDeal, bookedNanos: bigint): DealAdjustment[] {
  if (bookedNanos === 0n) return [];
  const day = { from: window, to: dayAfter(window) };
  const words = `${fee.name ?? fee.id}, ${writePeriod(day)}: ${say('feeEnded', { m: money({ numerator: bookedNanos, denominator: 1n }) })}.${FEE_SETTLED_AGAIN}`;
  return [{ deal: fee, window: day, side, quantity: 0n, amountNanos: -bookedNanos, words }];
}

/** Quantity × price × days of the window ÷ all its days, in nanos. */
export function partOf(part: FeeTerm, window: Period): Fraction {
  const full = fullOf(part.fee);
  if (isWhole(part, window)) return full;
  return fraction(full.numerator * BigInt(daysOf(part.days)), full.denominator * BigInt(daysOf(window)));
}

function fullOf({ price, quantity }: Fee): Fraction {
  const each = decimal(price);
  return fraction(BigInt(quantity ?? '1') * each.units * NANOS, 10n ** BigInt(each.scale));
}

/** Undefined where it is not whole in nanos. */
function fullNanos(fee: Fee): bigint | undefined {
  const { numerator, denominator } = fullOf(fee);
  return denominator === 1n ? numerator : undefined;
}

function isWhole({ days }: FeeTerm, window: Period): boolean {
  return days.from === window.from && days.to === window.to;
}

function partWords(part: FeeTerm, window: Period, due: Fraction): string {
  const { fee, days } = part;
  const of = {
    n: grouped({ units: BigInt(fee.quantity ?? '1'), scale: 0 }),
    p: grouped(decimal(fee.price)),
    m: money(due),
  };
  return isWhole(part, window) ? say('feeWhole', of) : say('feeOfDays', { ...of, d: String(daysOf(days)), w: String(daysOf(window)) });
}

/** Nanos as an amount, in full. */
function money(nanos: Fraction): string {
  return groupThousands(formatFraction(fraction(nanos.numerator, nanos.denominator * NANOS)));
}

function grouped(value: Decimal): string {
  return groupThousands(formatDecimal(trimDecimal(value)));
}

export function sumOf(entries: readonly SettledDeal[]): bigint {
  return entries.reduce((sum, { amountNanos }) => sum + amountNanos, 0n);
}

function daysOf({ from, to }: Period): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}
