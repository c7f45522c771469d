import { MICROS_PER_SECOND } from '#core/time/zoned.ts';
import type { FieldRule } from '#core/usage/source.ts';
import type { LocalClock } from './local-clock.ts';
import { widthOfTime } from './plain-columns.ts';
import { compileTimePicture, type TimeReader } from './time-picture.ts';

const FIRST = Date.UTC(2000, 0, 1) * 1000;

/** Times of one width that end with their seconds. Most are of the minute of the one before: only their seconds are read. */
export class PlainTimes {
  readonly #read: TimeReader;
  readonly #clock: LocalClock;
  readonly #isUtc: boolean;
  readonly #width: number;
  readonly #reading = { micros: 0, instant: false };
  /** All but the seconds of the last time, and the instant where its minute begins. */
  readonly #minute: Uint8Array;
  #minuteMicros = Number.NaN;

  /** `rule`: one whose picture has a width. */
  constructor(rule: FieldRule, clock: LocalClock) {
    const picture = rule.time ?? 'iso';
    const read = compileTimePicture(picture);
    if (read === undefined) throw new Error(`no picture of a time: ${picture}`);
    this.#read = read;
    this.#clock = clock;
    this.#isUtc = rule.utc === true;
    this.#width = widthOfTime(picture);
    this.#minute = new Uint8Array(this.#width - 2);
  }

  /** The instant, microseconds; NaN where it takes another look: not a time, an hour in which clocks change, a leap second. */
  at(bytes: Uint8Array, text: string, from: number, to: number): number {
    if (to - from !== this.#width) return Number.NaN;
    const tens = (bytes[to - 2] as number) - 48; // within the width
    const ones = (bytes[to - 1] as number) - 48;
    if (!(tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9)) return Number.NaN;
    const seconds = tens * 10 + ones;
    if (!this.#isSameMinute(bytes, from)) this.#readMinute(bytes, text, from, to, seconds);
    return this.#minuteMicros + seconds * MICROS_PER_SECOND;
  }

  #isSameMinute(bytes: Uint8Array, from: number): boolean {
    const minute = this.#minute;
    for (let at = minute.length - 1; at >= 0; at -= 1) if (minute[at] !== bytes[from + at]) return false;
    return true;
  }

  #readMinute(bytes: Uint8Array, text: string, from: number, to: number, seconds: number): void {
    const reading = this.#reading;
    this.#minute.set(bytes.subarray(from, to - 2));
    this.#read(text.slice(from, to), reading);
    const micros = reading.micros - seconds * MICROS_PER_SECOND;
    this.#minuteMicros = !(micros >= FIRST) ? Number.NaN : this.#isUtc || reading.instant ? micros : this.#clock.instant(micros);
  }
}
