/** The stretches of days that a fee is for, and the part of each in which it holds. */
import { type Agreement, settlementOf } from '../../agreements/agreements.ts';
import type { Fee } from '../../agreements/deals.ts';
import type { Period } from '../../time/period.ts';
import { settlementPeriodOf } from '../settlement-periods.ts';
import { dayAfter, lastDay } from '../statement-period.ts';

/** A fee as one version of the agreement has it, on the days on which both hold. */
export interface FeeTerm {
  readonly fee: Fee;
  readonly version: Agreement;
  readonly days: Period;
}

/** Terms whose windows are the same, ascending: what changes from one to the next is how much is due. */
export interface FeeTerms {
  readonly id: string;
  readonly terms: readonly [FeeTerm, ...FeeTerm[]];
}

/** One window with the terms that hold in it. */
export interface FeeWindow {
  readonly of: FeeTerms;
  readonly window: Period;
  /** From the first to the last day on which the fee holds. */
  readonly days: Period;
  /** The terms with their days in the window. */
  readonly parts: readonly FeeTerm[];
  /** The statement that has this day has the fee. */
  readonly dueDay: string;
}

const MONTHS = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const;
/** Windows of the calendar are counted from a first of January. */
const CALENDAR = '2000-01-01';
const OPEN = '9999-12-31';

/** The first day of an agreement that is settled here: what was before was settled elsewhere. */
export function firstSettledDay(versions: readonly Agreement[]): string | undefined {
  return versions.map((each) => settlementOf(each).from).find((day) => day !== undefined) ?? versions[0]?.validFrom;
}

/** The fees of an agreement's versions, which are those known, by first day. */
export function feeTermsOf(versions: readonly Agreement[]): readonly FeeTerms[] {
  const known = termsOf.get(versions);
  if (known !== undefined) return known;
  const made = makeFeeTerms(versions);
  termsOf.set(versions, made);
  return made;
}

/** Of versions that were asked for: a close asks thrice for those of each agreement. */
const termsOf = new WeakMap<readonly Agreement[], readonly FeeTerms[]>();

function makeFeeTerms(versions: readonly Agreement[]): readonly FeeTerms[] {
  const settledFrom = firstSettledDay(versions) ?? OPEN;
  const terms = versions.flatMap((version, at) => {
    const ends = [version.validTo, versions[at + 1]?.validFrom];
    return settlementOf(version).deals.flatMap((fee): FeeTerm[] => {
      if (fee.kind !== 'fee') return [];
      const own = fee.every === 'once' ? dayAfter(fee.from) : fee.to;
      const days = { from: latest(version.validFrom, fee.from, settledFrom), to: earliest(own, ...ends) };
      return days.from < days.to ? [{ fee, version, days }] : [];
    });
  });
  const [only] = terms;
  if (only !== undefined && terms.length === 1) return [{ id: only.fee.id, terms: [only] }];
  return [...Map.groupBy(terms, windowsKey).values()].flatMap(([first, ...others]): FeeTerms[] =>
    first === undefined ? [] : [{ id: first.fee.id, terms: [first, ...others] }],
  );
}

function windowsKey({ fee, version }: FeeTerm): string {
  const { id, side, every, due, cycleStart, from } = fee;
  const periods = every === 'period' ? [version.settlementPeriod, settlementOf(version).periodStart] : [];
  return JSON.stringify([id, side, every, due, cycleStart ?? '', every === 'once' ? from : '', ...periods]);
}

/** The window that a day lies in. */
export function feeWindowOf({ terms: [{ fee, version }] }: FeeTerms, day: string): Period {
  const { every, cycleStart = CALENDAR } = fee;
  if (every === 'once') return { from: fee.from, to: dayAfter(fee.from) };
  if (every === 'period') return settlementPeriodOf(version, day);
  const key = `${every} ${cycleStart} ${day}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = countedWindow(cycleStart, MONTHS[every], day);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, made);
  return made;
}

/** Those that were asked for: a close asks for the same few for thousands of agreements. */
const known = new Map<string, Period>();
const MOST_KNOWN = 10_000;

/** Steps are counted from the anchor: the 31st has no counterpart in each month. */
function countedWindow(anchor: string, months: number, text: string): Period {
  const start = Temporal.PlainDate.from(anchor);
  const day = Temporal.PlainDate.from(text);
  const passed = (day.year - start.year) * 12 + day.month - start.month;
  let from = passed - (((passed % months) + months) % months);
  if (start.add({ months: from }).toString() > text) from -= months;
  return { from: start.add({ months: from }).toString(), to: start.add({ months: from + months }).toString() };
}

/** The windows in which the fee holds on some day, from that of one day to that of another, ascending. */
export function feeWindows(of: FeeTerms, days: Period, settledFrom: string): readonly FeeWindow[] {
  const [first] = of.terms;
  const windows: FeeWindow[] = [];
  const until = earliest(days.to, of.terms.at(-1)?.days.to);
  let from = latest(days.from, first.days.from);
  while (from < until) {
    const window = feeWindowOf(of, from);
    const parts = of.terms.flatMap((term): FeeTerm[] => {
      const both = { from: latest(term.days.from, window.from), to: earliest(term.days.to, window.to) };
      return both.from < both.to ? [{ ...term, days: both }] : [];
    });
    const [begin, end] = [parts[0]?.days.from, parts.at(-1)?.days.to];
    if (begin !== undefined && end !== undefined) {
      const held = { from: begin, to: end };
      windows.push({ of, window, days: held, parts, dueDay: dueDayOf(first.fee, held, settledFrom) });
    }
    from = window.to;
  }
  return windows;
}

/** In advance: the day before it begins, where an earlier statement can have it; in arrears: the last day on which it holds. */
function dueDayOf({ due, every }: Fee, days: Period, settledFrom: string): string {
  if (every === 'once') return days.from;
  return due === 'arrears' ? lastDay(days) : latest(settledFrom, lastDay({ from: '', to: days.from }));
}

/** The first day that the statements of an agreement must have so that its fees are on them. */
export function firstFeeDay(versions: readonly Agreement[]): string | undefined {
  const settledFrom = firstSettledDay(versions) ?? OPEN;
  const firsts = feeTermsOf(versions).map(({ terms: [{ fee, days }] }) =>
    fee.due === 'arrears' ? days.from : dueDayOf(fee, days, settledFrom),
  );
  return firsts.sort()[0];
}

/**
 * By fee the first day of the earliest window that a statement for the period may bill, where all before it were settled under the same
 * versions: what was booked for windows before those changes no more. Undefined where two of the fees have one id.
 */
export function openFeeWindows(versions: readonly Agreement[], period: Period): ReadonlyMap<string, string> | undefined {
  const open = new Map<string, string>();
  for (const of of feeTermsOf(versions)) {
    if (open.has(of.id)) return undefined;
    open.set(of.id, feeWindowOf(of, latest(period.from, of.terms[0].days.from)).from);
  }
  return open;
}

function latest(first: string, ...others: readonly string[]): string {
  let last = first;
  for (const day of others) if (day > last) last = day;
  return last;
}

function earliest(...days: readonly (string | undefined)[]): string {
  let first = OPEN;
  for (const day of days) if (day !== undefined && day < first) first = day;
  return first;
}
