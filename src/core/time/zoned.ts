/**
 * Instants and local time. Instants are whole microseconds since 1970-01-01T00:00Z in a number
 * (exact to the year 2255); zones are IANA names; local dates are `2026-10-01`.
 */
export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

/** True for a zone this runtime knows: `Europe/Berlin`, `UTC`. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** Dates that were asked for and exist. */
const dates = new Set<string>();
const MOST_DATES = 10_000;

/** True for a date that exists, written `2026-02-28`. */
export function isLocalDate(text: string): boolean {
  if (dates.has(text)) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    if (dates.size >= MOST_DATES) dates.clear();
    dates.add(text);
    return true;
  } catch {
    return false;
  }
}

export function toZoned(zone: string, micros: number): Temporal.ZonedDateTime {
  return instantOf(micros).toZonedDateTimeISO(zone);
}

export function microsOf(instant: Temporal.Instant): number {
  return Number(instant.epochNanoseconds / 1000n);
}

function instantOf(micros: number): Temporal.Instant {
  return Temporal.Instant.fromEpochNanoseconds(BigInt(micros) * 1000n);
}

/** The local date of an instant. For many instants use a DayClock. */
export function localDate(zone: string, micros: number): string {
  if (last.micros !== micros || last.zone !== zone) last = { zone, micros, date: toZoned(zone, micros).toPlainDate().toString() };
  return last.date;
}

/** What was asked last: a close asks what day it is for each agreement. */
let last = { zone: '', micros: Number.NaN, date: '' };

/** Beginnings of days that were asked for. */
const starts = new Map<string, number>();
const MOST_STARTS = 10_000;

/** The first instant of a local date; where midnight is skipped, the first moment after it. */
export function startOfLocalDay(zone: string, date: string): number {
  const key = `${date} ${zone}`;
  const found = starts.get(key);
  if (found !== undefined) return found;
  const start = microsOf(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).toInstant());
  if (starts.size >= MOST_STARTS) starts.clear();
  starts.set(key, start);
  return start;
}

/** A date of the years 1700 to 2199, whose midnight is exact as a number of microseconds in every zone (they are from 1684 to 2255). */
export function hasExactMidnight(text: string): boolean {
  return isLocalDate(text) && text >= '1700' && text < '2200';
}

/**
 * `2026-10-01T12:00:00Z` or with an offset. Undefined when it is not an instant, has no offset, or lies before 1684 or after
 * 2255, where microseconds are not exact. Digits below a microsecond are cut.
 */
export function parseInstant(text: string): number | undefined {
  try {
    const micros = microsOf(Temporal.Instant.from(text));
    return Number.isSafeInteger(micros) ? micros : undefined;
  } catch {
    return undefined;
  }
}

/** ISO 8601 in UTC with as many decimals as needed: `2026-10-01T12:00:00Z`. */
export function formatInstant(micros: number): string {
  return instantOf(micros).toString();
}

/** Local time in ISO form with offset, for people: `2026-10-25 02:30:00+02:00`. */
export function formatLocal(zone: string, micros: number): string {
  const zoned = toZoned(zone, micros);
  return `${zoned.toPlainDate().toString()} ${zoned.toPlainTime().toString()}${zoned.offset}`;
}

/** Which instant a local time means that a clock change repeats or skips. */
export type LocalTimeChoice = 'earlier' | 'later' | 'reject';

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6})\d*)?$/;

/**
 * `2026-10-25 02:30:00.5` in a zone. A time that the clock repeats is the earlier one unless asked
 * otherwise; one that it skips is undefined with `reject`, else moved by the change as Temporal does. Undefined when it is no time.
 */
export function parseLocalDateTime(text: string, zone: string, choice: LocalTimeChoice = 'earlier'): number | undefined {
  const match = LOCAL.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  try {
    const plain = Temporal.PlainDateTime.from(
      { year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute), second: Number(second) },
      { overflow: 'reject' },
    );
    return microsOf(plain.toZonedDateTime(zone, { disambiguation: choice }).toInstant()) + Number(fraction.padEnd(6, '0'));
  } catch {
    return undefined;
  }
}
