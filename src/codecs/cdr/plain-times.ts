import { MICROS_PER_SECOND } from '#core/time/zoned.ts';
import type { FieldRule } from '#core/usage/source.ts';
import type { LocalClock } from './local-clock.ts';
import { widthOfTime } from './plain-columns.ts';
import { compileTimePicture, type TimeReader } from './time-picture.ts';

const SECONDS = 2;
const FIRST = Date.UTC(2000, 0, 1) * 1000;

/** Minutes remembered, by the two digits before the last separator. */
const MINUTES = 64;

/** Times of one width that end with their seconds. Most are of a minute that was met before: only their seconds are read. */
export class PlainTimes {
  readonly #read: TimeReader;
  readonly #clock: LocalClock;
  readonly #isUtc: boolean;
  readonly #width: number;
  readonly #reading = { micros: 0, instant: false };
  /** All but the seconds of a time, and the instant where its minute begins. */
  readonly #written: Uint8Array;
  readonly #begins = new Float64Array(MINUTES).fill(Number.NaN);

  /** `rule`: one whose picture has a width. */
  constructor(rule: FieldRule, clock: LocalClock) {
    const picture = rule.time ?? 'iso';
    const read = compileTimePicture(picture);
    if (read === undefined) throw new Error(`no picture of a time: ${picture}`);
    this.#read = read;
    this.#clock = clock;
    this.#isUtc = rule.utc === true;
    this.#width = widthOfTime(picture);
    this.#written = new Uint8Array(MINUTES * (this.#width - SECONDS));
  }

  /** The instant, microseconds; NaN where it takes another look: not a time, an hour in which clocks change, a leap second. */
  at(bytes: Uint8Array, text: string, from: number, to: number): number {
    if (to - from !== this.#width) return Number.NaN;
    const tens = (bytes[to - SECONDS] as number) - 48; // within the width
    const ones = (bytes[to - 1] as number) - 48;
    if (!(tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9)) return Number.NaN;
    const seconds = tens * 10 + ones;
    const minute = ((bytes[to - 5] as number) * 10 + (bytes[to - 4] as number)) & (MINUTES - 1);
    if (!this.#isWritten(minute, bytes, from)) this.#readMinute(minute, bytes, text, from, seconds);
    return (this.#begins[minute] as number) + seconds * MICROS_PER_SECOND;
  }

  #isWritten(minute: number, bytes: Uint8Array, from: number): boolean {
    const written = this.#written;
    const length = this.#width - SECONDS;
    const place = minute * length;
    for (let at = length - 1; at >= 0; at -= 1) if (written[place + at] !== bytes[from + at]) return false;
    return true;
  }

  #readMinute(minute: number, bytes: Uint8Array, text: string, from: number, seconds: number): void {
    const reading = this.#reading;
    const length = this.#width - SECONDS;
    this.#written.set(bytes.subarray(from, from + length), minute * length);
    this.#read(text.slice(from, from + this.#width), reading);
    const micros = reading.micros - seconds * MICROS_PER_SECOND;
    const isInstant = this.#isUtc || reading.instant;
    this.#begins[minute] = !(micros >= FIRST) ? Number.NaN : isInstant ? micros : this.#clock.instant(micros);
  }
}
