/**
 * How PostgreSQL's values arrive in JavaScript. Nothing is rounded on the way:
 *
 * | column        | value                                                              |
 * |---------------|--------------------------------------------------------------------|
 * | int8          | bigint                                                             |
 * | numeric       | string, as PostgreSQL writes it                                    |
 * | date          | string `YYYY-MM-DD`                                                |
 * | timestamptz   | number: microseconds since 1970-01-01T00:00:00Z, ±infinity → ±Infinity |
 * | timestamp, time, interval | string                                                 |
 *
 * The rest is what `pg` does: int4 and float8 numbers, bool, text, jsonb parsed, bytea a Buffer.
 */
import pg from 'pg';

const INSTANT = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?( BC)?$/;

/** The text that was read last, and what it says: rates begin and are known together. */
let lastText = '';
let lastMicros = 0;

/** Microseconds of a timestamptz in ISO style, exact. Throws on text that PostgreSQL would not write. */
export function parseTimestamptz(text: string): number {
  if (text === lastText) return lastMicros;
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === '-infinity') return Number.NEGATIVE_INFINITY;
  const match = INSTANT.exec(text);
  if (match === null) throw new Error(`not a timestamptz in ISO style: ${text}`);
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHours, offsetMinutes, offsetSeconds, bc] = match;
  const date = new Date(0);
  date.setUTCFullYear(bc === undefined ? Number(year) : 1 - Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), 0);
  const offset = Number(offsetHours) * 3600 + Number(offsetMinutes ?? 0) * 60 + Number(offsetSeconds ?? 0);
  const millis = date.getTime() - (sign === '-' ? -offset : offset) * 1000;
  lastMicros = millis * 1000 + Number((fraction ?? '').padEnd(6, '0'));
  lastText = text;
  return lastMicros;
}

/**
 * The text PostgreSQL reads as the same instant; the inverse of parseTimestamptz. For parameters and COPY.
 * Instants are whole microseconds, exact in the years 1684 to 2255, or ±Infinity.
 */
export function formatTimestamptz(micros: number): string {
  if (micros === Number.POSITIVE_INFINITY) return 'infinity';
  if (micros === Number.NEGATIVE_INFINITY) return '-infinity';
  if (!Number.isSafeInteger(micros)) throw new RangeError(`not a whole number of microseconds: ${micros}`);
  const millis = Math.floor(micros / 1000);
  const rest = micros - millis * 1000;
  return new Date(millis).toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`);
}

const asWritten = (text: string): string => text;

const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [20, BigInt],
  [1700, asWritten],
  [1082, asWritten],
  [1083, asWritten],
  [1114, asWritten],
  [1184, parseTimestamptz],
  [1186, asWritten],
]);

const arrayElements: ReadonlyMap<number, number> = new Map([
  [1016, 20],
  [1231, 1700],
  [1182, 1082],
  [1183, 1083],
  [1115, 1114],
  [1185, 1184],
  [1187, 1186],
]);

/** Wider than the enumeration of `pg`, which knows no array types. */
const TEXT_ARRAY: number = 1009;
const textArray = pg.types.getTypeParser(TEXT_ARRAY, 'text');

function parserOf(oid: number): ((text: string) => unknown) | undefined {
  const scalar = parsers.get(oid);
  if (scalar !== undefined) return scalar;
  const element = parsers.get(arrayElements.get(oid) ?? 0);
  if (element === undefined) return undefined;
  return (text) => textArray(text).map((item: string | null) => (item === null ? null : element(item)));
}

/** Given to every connection: no process-wide parser of `pg` is touched. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : parserOf(oid);
    return own ?? pg.types.getTypeParser(oid, format);
  },
};
