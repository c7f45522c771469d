/** The periods in which an agreement is settled, also those that begin on any day of a month, a week or a year. */
import { type Agreement, settlementOf } from '../agreements/agreements.ts';
import { type Period, periodOf } from '../time/period.ts';
import { lastDay, type StatementPeriod } from './statement-period.ts';

export type PeriodTerms = Pick<Agreement, 'settlementPeriod' | 'settlement'>;

/** The latest day of a month on which a period may begin, so that every month has it. Half-months begin twice. */
export const LATEST_START: Readonly<Record<Agreement['settlementPeriod'], number>> = {
  day: 31,
  week: 31,
  'half-month': 13,
  month: 28,
  quarter: 28,
};

/** The settlement period that a local day lies in. */
export function settlementPeriodOf(terms: PeriodTerms, day: string): StatementPeriod {
  const { periodStart } = settlementOf(terms);
  const kind = terms.settlementPeriod;
  if (periodStart !== undefined && kind !== 'day') return labelled(anchored(kind, periodStart, day));
  const period = periodOf(kind, day);
  return { ...period, label: calendarLabel(kind, period.from) };
}

/** A stretch of days with the label it is written with: `2026-10` where it is a month, else `2026-10-16..2026-11-15`. */
export function labelled({ from, to }: Period): StatementPeriod {
  const calendar = (['day', 'week', 'half-month', 'month', 'quarter'] as const).find((kind) => {
    const period = periodOf(kind, from);
    return period.from === from && period.to === to;
  });
  return { from, to, label: calendar === undefined ? `${from}..${lastDay({ from, to })}` : calendarLabel(calendar, from) };
}

function calendarLabel(kind: 'day' | 'week' | 'half-month' | 'month' | 'quarter', from: string): string {
  switch (kind) {
    case 'day':
      return from;
    case 'week': {
      const first = Temporal.PlainDate.from(from);
      return `${first.yearOfWeek}-W${String(first.weekOfYear).padStart(2, '0')}`;
    }
    case 'half-month':
      return `${from.slice(0, 7)}-H${from.endsWith('-01') ? 1 : 2}`;
    case 'month':
      return from.slice(0, 7);
    case 'quarter':
      return `${from.slice(0, 4)}-Q${(Number(from.slice(5, 7)) + 2) / 3}`;
  }
}

function anchored(kind: Exclude<Agreement['settlementPeriod'], 'day'>, start: string, text: string): Period {
  const anchor = Temporal.PlainDate.from(start);
  const day = Temporal.PlainDate.from(text);
  if (kind === 'week') {
    const since = (((day.dayOfWeek - anchor.dayOfWeek) % 7) + 7) % 7;
    const first = day.subtract({ days: since });
    return { from: first.toString(), to: first.add({ days: 7 }).toString() };
  }
  // Months since the anchor's, less one before its day of the month.
  const months = (day.year - anchor.year) * 12 + day.month - anchor.month - (day.day < anchor.day ? 1 : 0);
  const length = kind === 'quarter' ? 3 : 1;
  const from = anchor.add({ months: months - (((months % length) + length) % length) });
  const to = from.add({ months: length });
  if (kind !== 'half-month') return { from: from.toString(), to: to.toString() };
  const middle = from.add({ days: 15 });
  return Temporal.PlainDate.compare(day, middle) < 0
    ? { from: from.toString(), to: middle.toString() }
    : { from: middle.toString(), to: to.toString() };
}
