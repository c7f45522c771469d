/** Reports that are kept under a name, and mailed on a schedule. */
import type { ReportQuestion } from './report.ts';

/** Days that move with the calendar; `fixed`: those of the question. */
export const periods = ['fixed', 'yesterday', 'last-week', 'last-month', 'month-to-date', 'last-30-days'] as const;
export type ReportPeriod = (typeof periods)[number];

export const schedules = ['never', 'day', 'week', 'month'] as const;
export type ReportSchedule = (typeof schedules)[number];

export interface SavedReport {
  readonly id: number;
  readonly name: string;
  readonly owner: string;
  readonly question: ReportQuestion;
  readonly period: ReportPeriod;
  readonly mailTo: readonly string[];
  readonly mailFormat: string;
  readonly mailEvery: ReportSchedule;
  readonly dueMicros: number | undefined;
  readonly tries: number;
  readonly lastSentMicros: number | undefined;
  readonly lastFailure: string | undefined;
}

const DAY_MS = 86_400_000;
/** Mails go out at this hour of UTC, when the day before is in the books. */
const HOUR = 5;

/** First and last day, as they are on `today` (a UTC day). */
export function daysOf(
  period: ReportPeriod,
  question: Pick<ReportQuestion, 'from' | 'to'>,
  today: string,
): { readonly from: string; readonly to: string } {
  const at = Date.parse(today);
  const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const yesterday = date(at - DAY_MS);
  switch (period) {
    case 'fixed':
      return { from: question.from, to: question.to };
    case 'yesterday':
      return { from: yesterday, to: yesterday };
    case 'last-week': {
      // Monday to Sunday.
      const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
      return { from: date(monday - 7 * DAY_MS), to: date(monday - DAY_MS) };
    }
    case 'last-month':
      return { from: date(Date.UTC(year, month - 2, 1)), to: date(Date.UTC(year, month - 1, 0)) };
    case 'month-to-date':
      return { from: `${today.slice(0, 8)}01`, to: today };
    case 'last-30-days':
      return { from: date(at - 30 * DAY_MS), to: yesterday };
  }
}

/** When the next mail goes out: each day, Mondays, or the first of the month, at five o'clock UTC. Undefined: never. */
export function nextDue(every: ReportSchedule, afterMicros: number): number | undefined {
  if (every === 'never') return undefined;
  const after = afterMicros / 1000;
  const start = new Date(after);
  for (let add = 0; add <= 32; add += 1) {
    const day = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate() + add, HOUR));
    const fits = every === 'day' || (every === 'week' ? day.getUTCDay() === 1 : day.getUTCDate() === 1);
    if (fits && day.getTime() > after) return day.getTime() * 1000;
  }
  throw new Error('a month has a first day');
}
