/** Periods and their labels, found by walking from a day on which one begins. */
import type { Agreement } from '#core/agreements/agreements.ts';
import type { Days } from './deals.ts';

/** The period of an agreement that a day lies in: found by walking from a day on which one begins. */
export function periodWith({ settlementPeriod, settlement }: Agreement, day: string): Days {
  const start = settlement?.periodStart;
  const months = (from: string, every: number): Days => {
    for (let at = 0; ; at++) {
      const [begin, end] = [at, at + 1].map((count) =>
        Temporal.PlainDate.from(from)
          .add({ months: count * every })
          .toString(),
      ) as [string, string]; // two of two
      if (day < end) return { from: begin, to: end };
    }
  };
  switch (settlementPeriod) {
    case 'month':
      return months(start ?? '2025-10-01', 1);
    case 'quarter':
      return months(start ?? '2025-10-01', 3);
    case 'half-month': {
      const { from, to } = months(start ?? '2025-10-01', 1);
      const middle = addDays(from, 15);
      return day < middle ? { from, to: middle } : { from: middle, to };
    }
    case 'week': {
      let from = start ?? '2025-12-01'; // a Monday
      while (addDays(from, 7) <= day) from = addDays(from, 7);
      return { from, to: addDays(from, 7) };
    }
    case 'day':
      return { from: day, to: addDays(day, 1) };
  }
}

/** As docs/reference/statement.md writes periods: `2026-10`, `2026-10-H1`, `2026-W43`, `2026-Q4`, else the first and the last day. */
export function labelOf({ from, to }: Days): string {
  const [begin, end] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  const length = begin.until(end).days;
  if (length === 7 && begin.dayOfWeek === 1) return `${begin.yearOfWeek}-W${String(begin.weekOfYear).padStart(2, '0')}`;
  if (begin.day === 1 && end.day === 16 && begin.month === end.month) return `${from.slice(0, 7)}-H1`;
  if (begin.day === 16 && begin.add({ months: 1 }).with({ day: 1 }).equals(end)) return `${from.slice(0, 7)}-H2`;
  if (begin.day === 1 && begin.add({ months: 1 }).equals(end)) return from.slice(0, 7);
  if (begin.day === 1 && begin.month % 3 === 1 && begin.add({ months: 3 }).equals(end)) return `${begin.year}-Q${(begin.month + 2) / 3}`;
  return `${from}..${addDays(to, -1)}`;
}

export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

export function lastDay({ to }: Days): string {
  return addDays(to, -1);
}
