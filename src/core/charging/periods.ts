/** Recurring periods as instants. */
import type { Period } from '../time/period.ts';
import { periodOf } from '../time/period.ts';
import { localDate, MICROS_PER_DAY, startOfLocalDay } from '../time/zoned.ts';
import { FOREVER } from './account.ts';
import type { RecurringPeriod } from './plan.ts';

/** UTC microseconds, from (inclusive) to (exclusive). */
export interface InstantPeriod {
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** The period that holds an instant: the calendar's in a zone, or one that begins right then. */
export function periodAt(period: RecurringPeriod | undefined, zone: string, micros: number): InstantPeriod {
  if (period === undefined) return { fromMicros: micros, toMicros: FOREVER };
  if (period.kind === 'days') return { fromMicros: micros, toMicros: micros + period.days * MICROS_PER_DAY };
  return instantsOf(periodOf(period.of, localDate(zone, micros)), zone);
}

/** The period of a tier's counter, from its key: `…|month:2026-10-01`. */
export function periodOfKey(key: string, zone: string): InstantPeriod {
  const match = /\|(day|week|month|quarter|year):(\d{4}-\d{2}-\d{2})$/.exec(key);
  if (match === null) return { fromMicros: 0, toMicros: FOREVER };
  return instantsOf(periodOf(match[1] as 'day', match[2] ?? ''), zone); // one of the words of the pattern
}

function instantsOf({ from, to }: Period, zone: string): InstantPeriod {
  return { fromMicros: startOfLocalDay(zone, from), toMicros: startOfLocalDay(zone, to) };
}

/** How many local days of a calendar period are left, today included, and how many it has. Periods of days begin when they are given: whole. */
export interface PeriodPart {
  readonly left: number;
  readonly of: number;
}

export function partOfPeriod(period: RecurringPeriod | undefined, zone: string, micros: number): PeriodPart {
  if (period?.kind !== 'calendar') return { left: 1, of: 1 };
  const today = localDate(zone, micros);
  const { from, to } = periodOf(period.of, today);
  return { left: daysBetween(today, to), of: daysBetween(from, to) };
}

function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}
