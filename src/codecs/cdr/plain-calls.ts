/**
 * Reads most records of sources with plain columns from their bytes: a record makes no object, and a text only where one is asked for.
 * Whatever is not plain in the least (a quote, a letter outside of ASCII, a time of another form, a field that is missing) is
 * left to the decoder, which knows all rules and says what is wrong. Both give the same for a record that both can read.
 */
import type { Source } from '#core/usage/source.ts';
import { MOST_PDD_MILLIS } from '#core/usage/usage-event.ts';
import { ByteNames } from './byte-names.ts';
import { LocalClock } from './local-clock.ts';
import { type PlainColumns, plainColumns } from './plain-columns.ts';
import { PlainTimes } from './plain-times.ts';
import { isYes, MOST_DISORDER, startsInRange } from './record-limits.ts';

const SEPARATOR = 1;
const LINE_FEED = 2;
const OTHER = 3;
const RETURN = 13;
/** Digits of a figure: more are another look's. */
const MOST_DIGITS = 9;

export class PlainCalls {
  /** Behind the line end of the record; −1 when it has none. */
  next = 0;
  startMicros = 0;
  durationMicros = 0;
  answered = false;
  /** −1 without. */
  pddMillis = -1;
  readonly columns: PlainColumns;
  /** Where each column begins and ends. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly #source: Source;
  readonly #kinds: Uint8Array;
  readonly #start: PlainTimes;
  readonly #answer: PlainTimes;
  readonly #end: PlainTimes;
  readonly #yes: ByteNames<boolean>;
  readonly #mostMicros: number;
  /** The post-dial delay is in whole milliseconds, not in seconds. */
  readonly #pddInMillis: boolean;

  /** Undefined where the source's records are not plain. */
  static open(source: Source, headerLine: string | undefined): PlainCalls | undefined {
    const columns = plainColumns(source, headerLine);
    return columns && new PlainCalls(source, columns);
  }

  private constructor(source: Source, columns: PlainColumns) {
    this.#source = source;
    this.columns = columns;
    this.from = new Int32Array(columns.count);
    this.to = new Int32Array(columns.count);
    this.#kinds = kindsOfBytes(source);
    const clock = new LocalClock(source.zone);
    const times = (field: 'start' | 'answer' | 'end'): PlainTimes => new PlainTimes(source.fields[field]?.[0] ?? { columns: [] }, clock);
    this.#start = times('start');
    this.#answer = times('answer');
    this.#end = times('end');
    const values = source.fields.answered?.[0]?.values;
    this.#yes = new ByteNames((text) => text !== '' && isYes(text, values));
    this.#pddInMillis = source.fields.pdd?.[0]?.unit === 'ms';
    this.#mostMicros = source.maximumSeconds * 1_000_000;
  }

  /**
   * Reads the record that begins at `at`. False: it is the decoder's; `next` holds all the same. `text`: the bytes, one
   * character each.
   */
  take(bytes: Uint8Array, text: string, at: number): boolean {
    return this.#cut(bytes, at) && this.#read(bytes, text);
  }

  #cut(bytes: Uint8Array, begin: number): boolean {
    const { from, to } = this;
    const kinds = this.#kinds;
    const { length } = bytes;
    const last = from.length - 1;
    let column = 0;
    let plain = true;
    let at = begin;
    from[0] = begin;
    for (; ; at += 1) {
      if (at >= length) {
        this.next = -1;
        return false;
      }
      const kind = kinds[bytes[at] as number];
      if (kind === 0) continue;
      if (kind === LINE_FEED) break;
      if (kind === OTHER) {
        if (bytes[at] !== RETURN || bytes[at + 1] !== 10) plain = false;
      } else if (column < last) {
        to[column] = at;
        column += 1;
        from[column] = at + 1;
      } else plain = false;
    }
    this.next = at + 1;
    to[column] = at > begin && bytes[at - 1] === RETURN ? at - 1 : at;
    return plain && column === last && at - begin <= this.#source.maximumRecordBytes;
  }

  #read(bytes: Uint8Array, text: string): boolean {
    const { from, to, columns } = this;
    if (from[columns.key] === to[columns.key] || from[columns.called] === to[columns.called]) return false;
    for (let at = from[columns.key] as number; at < (to[columns.key] as number); at += 1) if (bytes[at] === BAR) return false;
    const start = this.#time(this.#start, columns.start, bytes, text);
    const duration = this.#duration(bytes);
    if (Number.isNaN(start) || duration < 0 || duration > this.#mostMicros) return false;
    const hasAnswer = this.#has(columns.answer);
    const hasEnd = this.#has(columns.end);
    const answer = hasAnswer ? this.#time(this.#answer, columns.answer, bytes, text) : start;
    const end = hasEnd ? this.#time(this.#end, columns.end, bytes, text) : start;
    if (Number.isNaN(answer) || Number.isNaN(end)) return false;
    const { startsAt, answeredBy } = this.#source;
    const answered =
      columns.answered >= 0
        ? this.#yes.find(bytes, text, from[columns.answered] as number, to[columns.answered] as number)
        : answeredBy === 'answer'
          ? hasAnswer
          : duration > 0;
    const begins = answered && startsAt === 'answer' && hasAnswer ? answer : start;
    if (!startsInRange(begins) || answer < start - MOST_DISORDER) return false;
    if (hasEnd && (end < begins - MOST_DISORDER || end < start - MOST_DISORDER)) return false;
    if (!this.#readPdd(bytes, answered)) return false;
    this.startMicros = begins;
    this.answered = answered;
    this.durationMicros = answered ? duration : 0;
    return true;
  }

  /** Whole seconds or milliseconds; false for anything else. */
  #readPdd(bytes: Uint8Array, answered: boolean): boolean {
    this.pddMillis = -1;
    const { pdd } = this.columns;
    if (!this.#has(pdd)) return true;
    const figure = wholeNumber(bytes, this.from[pdd] as number, this.to[pdd] as number);
    if (figure < 0) return false;
    const millis = this.#pddInMillis ? figure : figure * 1_000;
    if (millis >= (answered ? 0 : 1) && millis <= MOST_PDD_MILLIS) this.pddMillis = millis;
    return true;
  }

  #has(column: number): boolean {
    return column >= 0 && this.from[column] !== this.to[column];
  }

  #time(times: PlainTimes, column: number, bytes: Uint8Array, text: string): number {
    return times.at(bytes, text, this.from[column] as number, this.to[column] as number);
  }

  /** Whole seconds, as microseconds; below 0 for anything else. */
  #duration(bytes: Uint8Array): number {
    const { duration } = this.columns;
    return wholeNumber(bytes, this.from[duration] as number, this.to[duration] as number) * 1_000_000;
  }
}

/** −1 for anything but one to nine digits. */
function wholeNumber(bytes: Uint8Array, from: number, to: number): number {
  if (from === to || to - from > MOST_DIGITS) return -1;
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

const BAR = 124;

/** All but visible ASCII and spaces is for another look. */
function kindsOfBytes({ separator, quote }: Source): Uint8Array {
  const kinds = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 32 && byte < 127 ? 0 : OTHER));
  kinds[10] = LINE_FEED;
  if (quote !== '') kinds[quote.charCodeAt(0) & 255] = OTHER;
  kinds[separator.charCodeAt(0) & 255] = SEPARATOR;
  return kinds;
}
