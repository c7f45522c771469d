/** Times of number tables, to the second: ISO 8601, `YYYYMMDD`, `YYYYMMDDHHmmss`. */
import { parseInstant, parseLocalDateTime } from '#core/time/zoned.ts';

const MOST_REMEMBERED = 200_000;

/** Reads the times of one file; the same texts come again and again. */
export class NumberTimes {
  readonly #zone: string;
  readonly #remembered = new Map<string, number>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** Seconds since 1970; NaN for what is no time between 1970 and 2106. A fraction of a second is cut. */
  seconds(text: string): number {
    const known = this.#remembered.get(text);
    if (known !== undefined) return known;
    const seconds = readSeconds(text, this.#zone);
    if (this.#remembered.size < MOST_REMEMBERED) this.#remembered.set(text, seconds);
    return seconds;
  }
}

export function readSeconds(text: string, zone: string): number {
  const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/.exec(text);
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = compact ?? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const micros =
    year === undefined
      ? (parseInstant(text.replace(' ', 'T')) ?? parseLocalDateTime(text.trim(), zone))
      : parseLocalDateTime(`${year}-${month}-${day} ${hour}:${minute}:${second}`, zone);
  const seconds = micros === undefined ? Number.NaN : Math.floor(micros / 1_000_000);
  return seconds >= 1 && seconds <= 0xffff_ffff ? seconds : Number.NaN;
}
