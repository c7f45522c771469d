/**
 * Exact look-up of a number in a table of millions, at an instant, in memory that worker threads share.
 *
 * A look-up waits for memory more than it computes, so it looks at few places. Numbers are cut into ranges of equal size,
 * and a directory, small enough for the cache, says where a range begins. Within it, steps stand sorted, each together in
 * cells of two bytes; where a number stands is guessed from its place in the range. A number takes 4 to 9 bytes, as few as the
 * table allows: 2 for its low digits (4 in sparse tables), 0, 2 or 4 for the instant (since ever; up to 65,536 different
 * ones; more), 2 for the value (4 beyond 65,535 different ones), and the directory's part.
 */
import type { NumberSteps } from './number-steps.ts';

/** Cells that a part of a step takes: 0, 1 or 2. */
type Width = 0 | 1 | 2;

export interface NumberTableParts {
  readonly count: number;
  readonly least: number;
  readonly most: number;
  /** Numbers a range spans. */
  readonly rangeSize: number;
  /** The first step of each range; one more entry at the end. */
  readonly starts: Uint32Array;
  /** The steps, each its low digits, instant and value; a part of two cells has the lower 16 bits first. */
  readonly cells: Uint16Array;
  readonly lowWidth: Width;
  readonly fromWidth: Width;
  readonly valueWidth: Width;
  /** The different instants (seconds since 1970); undefined when the cells have the seconds themselves, or all steps hold since ever. */
  readonly instants: Uint32Array | undefined;
  /** What the numbers have; the first stands for none. */
  readonly values: readonly string[];
}

const MOST_DIGITS = 15;
/** So that the low digits take two bytes. */
const RANGE = 65_536;
/** Where ranges would be nearly empty, so many numbers each. */
const PER_RANGE = 16;
const MOST_WALKED = 24;

export class NumberTable {
  readonly parts: NumberTableParts;
  readonly #starts: Uint32Array;
  readonly #cells: Uint16Array;
  readonly #stride: number;
  readonly #lowWide: boolean;
  readonly #least: number;
  readonly #most: number;
  readonly #rangeSize: number;

  /** Takes the parts of another table, also the structured clone that a worker thread received. */
  constructor(parts: NumberTableParts) {
    this.parts = parts;
    this.#starts = parts.starts;
    this.#cells = parts.cells;
    this.#stride = parts.lowWidth + parts.fromWidth + parts.valueWidth;
    this.#lowWide = parts.lowWidth === 2;
    this.#least = parts.least;
    this.#most = parts.most;
    this.#rangeSize = parts.rangeSize;
  }

  /** `values[0]` is not looked at: index 0 of a step says none. */
  static build(steps: NumberSteps, values: readonly string[]): NumberTable {
    return new NumberTable(compact(steps, values));
  }

  /** Bytes that cells and directory take, without the values. */
  get bytes(): number {
    const { starts, cells, instants } = this.parts;
    return starts.byteLength + cells.byteLength + (instants?.byteLength ?? 0);
  }

  /** What a number (E.164 digits) has at an instant; undefined when it is not in the table then. */
  find(digits: string, atMicros: number): string | undefined {
    const index = this.indexAt(digits, Math.floor(atMicros / 1_000_000));
    return index === 0 ? undefined : this.parts.values[index];
  }

  /** The index of the value; 0 for none. Allocates nothing. */
  indexAt(digits: string, atSeconds: number): number {
    const number = numberOf(digits);
    if (!(number >= this.#least && number <= this.#most)) return 0;
    const offset = number - this.#least;
    const range = Math.floor(offset / this.#rangeSize);
    const low = offset - range * this.#rangeSize;
    const begin = this.#starts[range] as number;
    // Back to the last step of the number that has begun; its steps stand together, the earliest first.
    for (let at = this.#last(low, begin, this.#starts[range + 1] as number); at >= begin && this.#lowAt(at) === low; at -= 1)
      if (this.#fromAt(at) <= atSeconds) return this.#valueAt(at);
    return 0;
  }

  /**
   * The last of the steps from `begin` to before `end` whose low digits are not greater; `begin - 1` when there is none. Looks
   * where it would stand if numbers were spread evenly, mostly a line of memory or two away, and halves the rest where they are not.
   */
  #last(low: number, begin: number, end: number): number {
    if (begin === end) return begin - 1;
    const guess = begin + Math.floor(((end - begin) * low) / this.#rangeSize);
    if (this.#lowAt(guess) <= low) {
      const most = Math.min(guess + MOST_WALKED, end);
      let at = guess + 1;
      while (at < most && this.#lowAt(at) <= low) at += 1;
      return at === most && most < end ? this.#halve(low, at - 1, end) : at - 1;
    }
    const least = Math.max(guess - MOST_WALKED, begin);
    let at = guess - 1;
    while (at >= least && this.#lowAt(at) > low) at -= 1;
    return at < least && least > begin ? this.#halve(low, begin, least) : at;
  }

  #halve(low: number, begin: number, end: number): number {
    let [first, behind] = [begin, end];
    while (first < behind) {
      const middle = (first + behind) >>> 1;
      if (this.#lowAt(middle) <= low) first = middle + 1;
      else behind = middle;
    }
    return first - 1;
  }

  /** All steps of a number, the earliest first. */
  stepsOf(digits: string): readonly { readonly fromSeconds: number; readonly value: string | undefined }[] {
    const number = numberOf(digits);
    if (!(number >= this.#least && number <= this.#most)) return [];
    const range = Math.floor((number - this.#least) / this.#rangeSize);
    const low = number - this.#least - range * this.#rangeSize;
    const steps: { fromSeconds: number; value: string | undefined }[] = [];
    for (let at = this.#starts[range] as number; at < (this.#starts[range + 1] as number); at += 1) {
      if (this.#lowAt(at) !== low) continue;
      const value = this.#valueAt(at);
      steps.push({ fromSeconds: this.#fromAt(at), value: value === 0 ? undefined : this.parts.values[value] });
    }
    return steps;
  }

  #lowAt(step: number): number {
    const at = step * this.#stride;
    return this.#lowWide ? this.#wide(at) : (this.#cells[at] as number);
  }

  #fromAt(step: number): number {
    const { lowWidth, fromWidth, instants } = this.parts;
    if (fromWidth === 0) return 0;
    const at = step * this.#stride + lowWidth;
    if (fromWidth === 2) return this.#wide(at);
    const from = this.#cells[at] as number;
    return instants === undefined ? from : (instants[from] as number);
  }

  #valueAt(step: number): number {
    const { lowWidth, fromWidth, valueWidth } = this.parts;
    const at = step * this.#stride + lowWidth + fromWidth;
    return valueWidth === 2 ? this.#wide(at) : (this.#cells[at] as number);
  }

  #wide(at: number): number {
    return (this.#cells[at] as number) + (this.#cells[at + 1] as number) * 65_536;
  }
}

/** NaN for what is no number of 1 to 15 digits. */
export function numberOf(digits: string): number {
  const { length } = digits;
  if (length === 0 || length > MOST_DIGITS) return Number.NaN;
  // Two halves, each of which stays a small whole number; a character that is no digit makes a bit of `wrong` the sign.
  let wrong = 0;
  let head = 0;
  let tail = 0;
  let at = 0;
  for (; at < length - TAIL_DIGITS; at += 1) {
    const digit = digits.charCodeAt(at) - 48;
    wrong |= digit | (9 - digit);
    head = (head * 10 + digit) | 0;
  }
  for (; at < length; at += 1) {
    const digit = digits.charCodeAt(at) - 48;
    wrong |= digit | (9 - digit);
    tail = (tail * 10 + digit) | 0;
  }
  return wrong < 0 ? Number.NaN : head * 100_000_000 + tail;
}

const TAIL_DIGITS = 8;

function compact({ count, numbers, from, values: indexes }: NumberSteps, values: readonly string[]): NumberTableParts {
  const least = count === 0 ? 0 : (numbers[0] as number);
  const most = count === 0 ? -1 : (numbers[count - 1] as number);
  const rangeSize = sizeOfRange(most - least + 1, count);
  const ranges = count === 0 ? 0 : Math.floor((most - least) / rangeSize) + 1;
  const starts = new Uint32Array(new SharedArrayBuffer((ranges + 1) * 4));
  const instants = distinct(from, count);
  const sinceEver = instants?.length === 1 && instants[0] === 0;
  const lowWidth = widthOf(rangeSize - 1);
  const fromWidth = sinceEver ? 0 : widthOf(instants === undefined ? 0xffff_ffff : instants.length - 1);
  const valueWidth = widthOf(values.length - 1);
  const cells = new Uint16Array(new SharedArrayBuffer(count * (lowWidth + fromWidth + valueWidth) * 2));
  const places = new Map(Array.from(instants ?? [], (instant, index) => [instant, index]));
  let cell = 0;
  const put = (value: number, width: Width): void => {
    if (width > 0) cells[cell++] = value % 65_536;
    if (width > 1) cells[cell++] = Math.floor(value / 65_536);
  };
  let range = 0;
  for (let at = 0; at < count; at += 1) {
    const offset = (numbers[at] as number) - least;
    const own = Math.floor(offset / rangeSize);
    while (range < own) starts[++range] = at;
    const seconds = from[at] as number;
    put(offset - own * rangeSize, lowWidth);
    put(instants === undefined ? seconds : (places.get(seconds) ?? 0), fromWidth);
    put(indexes[at] as number, valueWidth);
  }
  while (range < ranges) starts[++range] = count;
  const known = sinceEver ? undefined : instants;
  return { count, least, most, rangeSize, starts, cells, lowWidth, fromWidth, valueWidth, instants: known, values };
}

/** 65,536 unless the directory would then take more than the two bytes a number that it saves. */
function sizeOfRange(span: number, count: number): number {
  if ((span / RANGE) * 4 <= count * 2) return RANGE;
  const wanted = 2 ** Math.ceil(Math.log2((span * PER_RANGE) / Math.max(1, count)));
  return Math.max(RANGE, Math.min(wanted, 4_294_967_296));
}

function widthOf(most: number): 1 | 2 {
  return most <= 0xffff ? 1 : 2;
}

/** The different instants, sorted; undefined when there are too many for two bytes. */
function distinct(from: Uint32Array, count: number): Uint32Array | undefined {
  const seen = new Set<number>();
  for (let at = 0; at < count; at += 1) {
    seen.add(from[at] as number);
    if (seen.size > 65_536) return undefined;
  }
  const instants = new Uint32Array(new SharedArrayBuffer(seen.size * 4));
  instants.set([...seen].sort((a, b) => a - b));
  return instants;
}
