/** Charges added up by line and local day: exact, in flat arrays, without an object or a bigint for each that is added. */

/** Below this, sums of whole numbers are exact in a number; above, they go on in a bigint. */
const CARRY = 2 ** 52;
const SMALLEST = 1024;
/** A line and day has its figures side by side, in 64 bytes: they are met at random, and each look at memory costs more than the addition. */
const WIDTH = 8;
const EVENTS = 0;
const ANSWERED = 1;
const RAW = 2;
const BILLED = 3;
const NANOS = 4;
const LINE = 5;
const DAY = 6;

/** Lines are looked up by their numbers: no comparison waits for memory, so that the waits of several charges overlap. */
const PAGE_BITS = 10;
const PAGE_MASK = (1 << PAGE_BITS) - 1;

interface Pages {
  readonly day: number;
  /** Of 1,024 lines each; missing where none of them was met. */
  readonly pages: (Int32Array | undefined)[];
}

/** What is added up of the charges of a leg, a place for each row. */
export interface LegSums {
  readonly day: Int32Array;
  readonly raw: Float64Array;
  readonly billed: Float64Array;
  readonly nanos: Float64Array;
}

function addPage(pages: (Int32Array | undefined)[], lineId: number): Int32Array {
  const page = new Int32Array(1 << PAGE_BITS);
  pages[lineId >>> PAGE_BITS] = page;
  return page;
}

/** One line and day, and what to add to it. */
export interface RollupMove {
  /** Number of the line in the books. */
  readonly lineId: number;
  /** Counted from 1970-01-01. */
  readonly day: number;
  readonly events: number;
  readonly answered: number;
  /** Whole numbers: a bigint where it does not fit a number. */
  readonly rawQuantity: number | bigint;
  readonly billedQuantity: number | bigint;
  readonly amountNanos: number | bigint;
}

export class RollupSums {
  #count = 0;
  #room = SMALLEST;
  /** By day: place + 1 of each line, or 0. */
  readonly #days = new Map<number, Pages>();
  /** The days that were met last, by their last two bits: legs in different zones take turns. */
  readonly #near: (Pages | undefined)[] = [undefined, undefined, undefined, undefined];
  #sums: Float64Array = new Float64Array(SMALLEST * WIDTH);
  /** What does not fit a number, by its index in `sums`. */
  readonly #carried = new Map<number, bigint>();

  /** Distinct lines and days so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Adds the charges of one leg of these rows; `lineIds` has 0 for those without one. All figures are safe whole numbers. In two passes of little work each: they wait for
   * memory at every line, and the shorter the way from one to the next, the more of these waits overlap.
   */
  addRows(rows: Int32Array, lineIds: Int32Array, { day, raw, billed, nanos }: LegSums, answered: Uint8Array): void {
    const places = new Int32Array(rows.length);
    for (let index = 0; index < rows.length; index += 1) {
      const lineId = lineIds[index] as number; // one for each row
      places[index] = lineId === 0 ? -1 : this.#place(lineId, day[rows[index] as number] as number);
    }
    const sums = this.#sums;
    for (let index = 0; index < rows.length; index += 1) {
      const place = places[index] as number;
      if (place < 0) continue;
      const row = rows[index] as number;
      const at = place * WIDTH;
      sums[at + EVENTS] = (sums[at + EVENTS] as number) + 1;
      sums[at + ANSWERED] = (sums[at + ANSWERED] as number) + (answered[row] as number);
      this.#add(sums, at + RAW, raw[row] as number);
      this.#add(sums, at + BILLED, billed[row] as number);
      this.#add(sums, at + NANOS, nanos[row] as number);
    }
  }

  /** Adds to the amount alone. */
  addAmount(lineId: number, day: number, nanos: bigint): void {
    this.#carry(this.#place(lineId, day) * WIDTH + NANOS, nanos);
  }

  /** By day, in the order of the lines: neighbours are on the same page of the index. */
  *moves(): Generator<RollupMove> {
    for (const { pages } of this.#days.values())
      for (const page of pages) {
        if (page === undefined) continue;
        for (const place of page) if (place > 0) yield this.#moveAt((place - 1) * WIDTH);
      }
  }

  #moveAt(at: number): RollupMove {
    return {
      lineId: this.#sums[at + LINE] as number,
      day: this.#sums[at + DAY] as number,
      events: this.#sums[at + EVENTS] as number,
      answered: this.#sums[at + ANSWERED] as number,
      rawQuantity: this.#total(at + RAW),
      billedQuantity: this.#total(at + BILLED),
      amountNanos: this.#total(at + NANOS),
    };
  }

  #add(sums: Float64Array, index: number, value: number): void {
    const sum = (sums[index] as number) + value;
    // Looked at before it is kept: beyond 2^53 the addition itself is not exact.
    if (sum < CARRY && sum > -CARRY) sums[index] = sum;
    else this.#carry(index, BigInt(value));
  }

  #carry(index: number, value: bigint): void {
    this.#carried.set(index, (this.#carried.get(index) ?? 0n) + value);
  }

  #total(index: number): number | bigint {
    const sum = this.#sums[index] as number;
    const carried = this.#carried.get(index);
    return carried === undefined ? sum : BigInt(sum) + carried;
  }

  #place(lineId: number, day: number): number {
    const near = this.#near[day & 3];
    const { pages } = near?.day === day ? near : this.#pagesOf(day);
    const page = pages[lineId >>> PAGE_BITS] ?? addPage(pages, lineId);
    const place = (page[lineId & PAGE_MASK] as number) - 1; // within the page
    return place >= 0 ? place : this.#newPlace(lineId, day, page);
  }

  #pagesOf(day: number): Pages {
    let pages = this.#days.get(day);
    if (pages === undefined) {
      pages = { day, pages: [] };
      this.#days.set(day, pages);
    }
    this.#near[day & 3] = pages;
    return pages;
  }

  #newPlace(lineId: number, day: number, page: Int32Array): number {
    if (this.#count === this.#room) this.#grow();
    const place = this.#count;
    this.#count += 1;
    page[lineId & PAGE_MASK] = place + 1;
    this.#sums[place * WIDTH + LINE] = lineId;
    this.#sums[place * WIDTH + DAY] = day;
    return place;
  }

  #grow(): void {
    this.#room *= 2;
    const sums = new Float64Array(this.#room * WIDTH);
    sums.set(this.#sums);
    this.#sums = sums;
  }
}
