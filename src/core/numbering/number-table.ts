/**
 * Exact look-up of a number in a table of millions, at an instant, in memory that worker threads share.
 *
 * Numbers are cut into ranges of equal size with some sixteen numbers each; a directory says where a range begins, and
 * within it stand the low digits, sorted, with value and instant in arrays beside. Ten million numbers take 4 to 9 bytes
 * each, as few as the table allows: 2 for the number (4 in sparse tables), 2 for the value (4 beyond 65,535 different
 * ones), 0, 2 or 4 for the instant (all the same; up to 65,536 different ones; more), and a quarter for the directory.
 */
import type { NumberSteps } from './number-steps.ts';

type Column = Uint16Array | Uint32Array;

export interface NumberTableParts {
  readonly count: number;
  readonly least: number;
  readonly most: number;
  /** Numbers a range spans. */
  readonly rangeSize: number;
  /** Where each range begins; one more entry at the end. */
  readonly starts: Uint32Array;
  readonly lows: Column;
  readonly valueIndexes: Column;
  /** Seconds since 1970, or an index into `instants`; undefined when all steps hold since ever. */
  readonly froms: Column | undefined;
  readonly instants: Uint32Array | undefined;
  /** What the numbers have; the first stands for none. */
  readonly values: readonly string[];
}

const PER_RANGE = 16;
const MOST_DIGITS = 15;

export class NumberTable {
  readonly parts: NumberTableParts;

  /** Takes the parts of another table, also the structured clone that a worker thread received. */
  constructor(parts: NumberTableParts) {
    this.parts = parts;
  }

  /** `values[0]` is not looked at: index 0 of a step says none. */
  static build(steps: NumberSteps, values: readonly string[]): NumberTable {
    return new NumberTable(compact(steps, values));
  }

  /** Bytes that the columns and the directory take, without the values. */
  get bytes(): number {
    const { starts, lows, valueIndexes, froms, instants } = this.parts;
    return [starts, lows, valueIndexes, froms, instants].reduce((sum, column) => sum + (column?.byteLength ?? 0), 0);
  }

  /** What a number (E.164 digits) has at an instant; undefined when it is not in the table then. */
  find(digits: string, atMicros: number): string | undefined {
    const index = this.indexAt(digits, Math.floor(atMicros / 1_000_000));
    return index === 0 ? undefined : this.parts.values[index];
  }

  /** The index of the value; 0 for none. Allocates nothing. */
  indexAt(digits: string, atSeconds: number): number {
    const { least, most, rangeSize, starts, lows, valueIndexes, froms, instants } = this.parts;
    const number = numberOf(digits);
    if (!(number >= least && number <= most)) return 0;
    const offset = number - least;
    const range = Math.floor(offset / rangeSize);
    const low = offset - range * rangeSize;
    let first = starts[range] as number;
    let end = starts[range + 1] as number;
    while (first < end) {
      const middle = (first + end) >>> 1;
      if ((lows[middle] as number) <= low) first = middle + 1;
      else end = middle;
    }
    const begin = starts[range] as number;
    for (let at = end - 1; at >= begin && lows[at] === low; at -= 1) {
      if (froms === undefined) return valueIndexes[at] as number;
      const from = froms[at] as number;
      if ((instants === undefined ? from : (instants[from] as number)) <= atSeconds) return valueIndexes[at] as number;
    }
    return 0;
  }

  /** All steps of a number, the earliest first. */
  stepsOf(digits: string): readonly { readonly fromSeconds: number; readonly value: string | undefined }[] {
    const { least, most, rangeSize, starts, lows, valueIndexes, froms, instants, values } = this.parts;
    const number = numberOf(digits);
    if (!(number >= least && number <= most)) return [];
    const range = Math.floor((number - least) / rangeSize);
    const low = number - least - range * rangeSize;
    const steps: { fromSeconds: number; value: string | undefined }[] = [];
    for (let at = starts[range] as number; at < (starts[range + 1] as number); at += 1) {
      if (lows[at] !== low) continue;
      const from = froms === undefined ? 0 : (froms[at] as number);
      const value = valueIndexes[at] as number;
      steps.push({
        fromSeconds: instants === undefined ? from : (instants[from] as number),
        value: value === 0 ? undefined : values[value],
      });
    }
    return steps;
  }
}

/** NaN for what is no number of 1 to 15 digits. */
export function numberOf(digits: string): number {
  if (digits.length === 0 || digits.length > MOST_DIGITS) return Number.NaN;
  let number = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

function compact({ count, numbers, from, values: indexes }: NumberSteps, values: readonly string[]): NumberTableParts {
  const least = count === 0 ? 0 : (numbers[0] as number);
  const most = count === 0 ? -1 : (numbers[count - 1] as number);
  const rangeSize = sizeOfRange(most - least + 1, count);
  const ranges = count === 0 ? 0 : Math.floor((most - least) / rangeSize) + 1;
  const starts = new Uint32Array(new SharedArrayBuffer((ranges + 1) * 4));
  const lows = column(count, rangeSize - 1);
  const valueIndexes = column(count, values.length - 1);
  const instants = distinct(from, count);
  const froms =
    instants?.length === 1 && instants[0] === 0 ? undefined : column(count, instants === undefined ? 0xffff_ffff : instants.length - 1);
  const places = new Map(instants === undefined ? [] : Array.from(instants, (instant, index) => [instant, index]));
  let range = 0;
  for (let at = 0; at < count; at += 1) {
    const offset = (numbers[at] as number) - least;
    const own = Math.floor(offset / rangeSize);
    while (range < own) starts[++range] = at;
    lows[at] = offset - own * rangeSize;
    valueIndexes[at] = indexes[at] as number;
    if (froms !== undefined) froms[at] = instants === undefined ? (from[at] as number) : (places.get(from[at] as number) ?? 0);
  }
  while (range < ranges) starts[++range] = count;
  return { count, least, most, rangeSize, starts, lows, valueIndexes, froms, instants: froms === undefined ? undefined : instants, values };
}

/** A power of two, so that a range has some sixteen numbers; two bytes for the low digits where that costs less than it saves. */
function sizeOfRange(span: number, count: number): number {
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, (span * PER_RANGE) / Math.max(1, count))));
  const directory = (span / 65_536) * 4;
  if (wanted > 65_536 && directory < count * 2) return 65_536;
  return Math.min(wanted, 4_294_967_296);
}

function column(count: number, most: number): Column {
  return most <= 0xffff ? new Uint16Array(new SharedArrayBuffer(count * 2)) : new Uint32Array(new SharedArrayBuffer(count * 4));
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
