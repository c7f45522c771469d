/** UTC days and times as PostgreSQL reads them. */
const MICROS_PER_DAY = 86_400_000_000;
const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

/** Days as dates, remembered. */
const dates = new Map<number, string>();

/** `2026-10-05`, of a day counted from 1970-01-01. */
export function dateOf(day: number): string {
  let date = dates.get(day);
  if (date === undefined) {
    if (dates.size > 50_000) dates.clear();
    date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  return date;
}

export function utcDay(micros: number): string {
  return dateOf(Math.floor(micros / MICROS_PER_DAY));
}

/** `2026-10-05 08:00:01.25+00`. Written by hand: Date.toISOString costs more than the rest of the row. */
export function utcTimestamp(micros: number): string {
  const ofDay = micros - Math.floor(micros / MICROS_PER_DAY) * MICROS_PER_DAY;
  const seconds = Math.floor(ofDay / 1_000_000);
  const fraction = ofDay - seconds * 1_000_000;
  const minutes = Math.floor(seconds / 60);
  const clock = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  return fraction === 0 ? `${utcDay(micros)} ${clock}+00` : `${utcDay(micros)} ${clock}.${String(fraction).padStart(6, '0')}+00`;
}

/** The table that has the events of a UTC day. */
export function partitionOf(date: string): string {
  const name = `usage_event_${date.replaceAll('-', '')}`;
  if (!/^usage_event_\d{8}$/.test(name)) throw new Error(`not a day: ${date}`);
  return name;
}
