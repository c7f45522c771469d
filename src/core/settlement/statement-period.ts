/** The stretch of local days that a statement covers, and the forms in which people write it. */
import { type Refusal, type Result, refuse } from '../refusals.ts';
import { addDays } from '../time/days.ts';
import { type Period, periodOf } from '../time/period.ts';
import { hasExactMidnight, isLocalDate } from '../time/zoned.ts';

export interface StatementPeriod extends Period {
  /** As it was written, in one form: `2026-10`, `2026-W43`, `2026-10-01..2026-10-07` (both inclusive). Fit for a file name. */
  readonly label: string;
}

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const HALF_MONTH = /^(\d{4})-(0[1-9]|1[0-2])-[Hh]([12])$/;
const QUARTER = /^(\d{4})-[Qq]([1-4])$/;
const WEEK = /^(\d{4})-[Ww](\d{2})$/;

/**
 * A day `2026-10-21`, an ISO week `2026-W43`, a half-month `2026-10-H1` (1st to 15th; H2 is the
 * rest), a month `2026-10` or a quarter `2026-Q4`. Refuses anything else (`statement.period-malformed`).
 */
export function parseStatementPeriod(text: string): Result<StatementPeriod> {
  const period = readPeriod(text);
  if (period !== undefined && !isInRange(period)) return refusal(outOfRange('period', text));
  if (period !== undefined) return { ok: true, value: { ...period, label: text.toUpperCase() } };
  return refusal(
    refuse(
      'statement.period-malformed',
      'not a period: write a day as 2026-10-21, a week as 2026-W43, a half-month as 2026-10-H1, a month as 2026-10, a quarter as 2026-Q4',
      { field: 'period', value: text.slice(0, 120) },
    ),
  );
}

/** All days from `from` to `to`, both inclusive, as `2026-10-01`. */
export function periodBetween(from: string, to: string): Result<StatementPeriod> {
  for (const [field, value] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isLocalDate(value)) return refusal(refuse('statement.period-malformed', 'not a date', { field, value: value.slice(0, 120) }));
  }
  if (to < from) return refusal(refuse('statement.period-reversed', `the last day ${to} lies before the first, ${from}`));
  const period = { from, to: dayAfter(to) };
  if (!isInRange(period)) return refusal(hasExactMidnight(from) ? outOfRange('to', to) : outOfRange('from', from));
  return { ok: true, value: { ...period, label: from === to ? from : `${from}..${to}` } };
}

/** Its ends become instants. */
function isInRange(period: Period): boolean {
  return hasExactMidnight(period.from) && hasExactMidnight(period.to);
}

function outOfRange(field: string, value: string): Refusal {
  return refuse('statement.period-malformed', 'a period lies within the years 1700 to 2199', { field, value });
}

/** The last day of a period; `to` is the first day after it. */
export function lastDay({ to }: Period): string {
  return addDays(to, -1);
}

/** Periods of a kind whose last day lies in the given one: those that a statement for it can close. Ascending. */
export function periodsEndingIn(kind: Parameters<typeof periodOf>[0], period: Period): Period[] {
  const ending: Period[] = [];
  let next = periodOf(kind, period.from);
  while (next.to <= period.to) {
    ending.push(next);
    next = periodOf(kind, next.to);
  }
  return ending;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `1 October 2026` */
export function writeDate(date: string): string {
  const { day, month, year } = Temporal.PlainDate.from(date);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** `1 – 31 October 2026`, `28 September – 4 October 2026`, `21 October 2026`. */
export function writePeriod(period: Period): string {
  const key = `${period.from} ${period.to}`;
  const known = written.get(key);
  if (known !== undefined) return known;
  const text = periodWords(period);
  if (written.size >= MOST_WRITTEN) written.clear();
  written.set(key, text);
  return text;
}

/** Those that were asked for: thousands of lines of a run are of the same few. */
const written = new Map<string, string>();
const MOST_WRITTEN = 1_000;

function periodWords(period: Period): string {
  const first = Temporal.PlainDate.from(period.from);
  const last = Temporal.PlainDate.from(lastDay(period));
  if (first.equals(last)) return writeDate(period.from);
  const end = writeDate(last.toString());
  if (first.year !== last.year) return `${writeDate(period.from)} – ${end}`;
  if (first.month !== last.month) return `${first.day} ${MONTHS[first.month - 1]} – ${end}`;
  return `${first.day} – ${end}`;
}

/** The reverse of `writePeriod`; undefined for other texts. */
export function readWrittenPeriod(text: string): Period | undefined {
  const match = /^(?:(\d{1,2})(?: ([A-Z][a-z]+))?(?: (\d{4}))? – )?(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text);
  if (match === null) return undefined;
  const [, firstDay, firstMonth, firstYear, lastDayText, month, year] = match;
  const dayOf = (day: string | undefined, name: string | undefined, of: string | undefined): string =>
    `${of}-${String(MONTHS.indexOf(name ?? '') + 1).padStart(2, '0')}-${day?.padStart(2, '0')}`;
  const last = dayOf(lastDayText, month, year);
  const from = firstDay === undefined ? last : dayOf(firstDay, firstMonth ?? month, firstYear ?? year);
  return isLocalDate(from) && isLocalDate(last) && from <= last ? { from, to: dayAfter(last) } : undefined;
}

function readPeriod(text: string): Period | undefined {
  if (isLocalDate(text)) return periodOf('day', text);
  const month = MONTH.exec(text);
  if (month !== null) return periodOf('month', `${text}-01`);
  const half = HALF_MONTH.exec(text);
  if (half !== null) return periodOf('half-month', `${half[1]}-${half[2]}-${half[3] === '1' ? '01' : '16'}`);
  const quarter = QUARTER.exec(text);
  if (quarter !== null) return periodOf('quarter', `${quarter[1]}-${String(Number(quarter[2]) * 3).padStart(2, '0')}-01`);
  const week = WEEK.exec(text);
  return week === null ? undefined : isoWeek(Number(week[1]), Number(week[2]));
}

/** ISO 8601: week 1 is the one with 4 January. Undefined when the year has no such week. */
function isoWeek(year: number, week: number): Period | undefined {
  if (week === 0) return undefined;
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const day = fourth.add({ weeks: week - 1 });
  if (day.yearOfWeek !== year || day.weekOfYear !== week) return undefined;
  return periodOf('week', day.toString());
}

/** The local day after a date. */
export function dayAfter(date: string): string {
  return addDays(date, 1);
}

function refusal(...refusals: Refusal[]): { ok: false; refusals: readonly Refusal[] } {
  return { ok: false, refusals };
}
