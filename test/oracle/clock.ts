/** Local time, asked of Temporal minute by minute: every zone's modern offsets are whole minutes, so no band can begin within one. */
import type { HolidayCalendar, TimeBandSet } from '#core/time/time-bands.ts';

export const MINUTE_MICROS = 60_000_000;

interface LocalMinute {
  readonly date: string;
  readonly minute: number;
  readonly weekday: (typeof weekdays)[number];
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const asked = new Map<string, Map<number, LocalMinute>>();

/** The local date, minute of the day by the clock on the wall, and weekday. */
export function localMinute(zone: string, micros: number): LocalMinute {
  const utcMinute = Math.floor(micros / MINUTE_MICROS);
  let ofZone = asked.get(zone);
  if (ofZone === undefined || ofZone.size > 200_000) {
    ofZone = new Map();
    asked.set(zone, ofZone);
  }
  const known = ofZone.get(utcMinute);
  if (known !== undefined) return known;
  const local = new Temporal.ZonedDateTime(BigInt(utcMinute) * 60_000_000_000n, zone);
  if (local.second !== 0) throw new RangeError(`${zone} has an offset with seconds at ${local.toString()}`);
  const weekday = weekdays[local.dayOfWeek - 1];
  if (weekday === undefined) throw new RangeError('a day of no week');
  const found = { date: local.toPlainDate().toString(), minute: local.hour * 60 + local.minute, weekday };
  ofZone.set(utcMinute, found);
  return found;
}

export function localDate(zone: string, micros: number): string {
  return localMinute(zone, micros).date;
}

/** The bands whose ranges hold this moment; `otherwise` only when no other does. A sound set gives exactly one. */
export function bandsAt(set: TimeBandSet, calendars: readonly HolidayCalendar[], zone: string, micros: number): readonly string[] {
  const { date, minute, weekday } = localMinute(zone, micros);
  const knowsHolidays = set.bands.some((band) => band.ranges.some((range) => range.days.includes('holiday')));
  const isHoliday = calendars.find(({ id }) => id === set.calendar)?.dates.includes(date) ?? false;
  const kind = knowsHolidays && isHoliday ? 'holiday' : weekday;
  const named = set.bands.filter((band) =>
    band.ranges.some(({ days, fromMinute, toMinute }) => {
      if (!days.includes(kind)) return false;
      return fromMinute <= toMinute ? fromMinute <= minute && minute < toMinute : minute >= fromMinute || minute < toMinute;
    }),
  );
  if (named.length > 0) return named.map(({ name }) => name);
  return set.bands.filter(({ otherwise }) => otherwise).map(({ name }) => name);
}

/** The first local day of the day, week (from Monday), month, quarter or year that holds this moment. */
export function periodStart(kind: 'day' | 'week' | 'month' | 'quarter' | 'year', zone: string, micros: number): string {
  const date = Temporal.PlainDate.from(localDate(zone, micros));
  switch (kind) {
    case 'day':
      return date.toString();
    case 'week':
      return date.subtract({ days: date.dayOfWeek - 1 }).toString();
    case 'month':
      return date.with({ day: 1 }).toString();
    case 'quarter':
      return date.with({ day: 1, month: date.month - ((date.month - 1) % 3) }).toString();
    case 'year':
      return date.with({ day: 1, month: 1 }).toString();
  }
}
