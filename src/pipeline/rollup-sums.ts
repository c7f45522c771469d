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

/** One line and day, and what to add to it. */
export interface RollupMove {
  /** Number of the line in the books. */
  readonly lineId: number;
  /** Counted from 1970-01-01. */
  readonly day: number;
  readonly events: number;
  readonly answered: number;
  readonly rawQuantity: bigint;
  readonly billedQuantity: bigint;
  readonly amountNanos: bigint;
}

export class RollupSums {
  #count = 0;
  #room = SMALLEST;
  /** Open addressing: place + 1, or 0. Twice as large as there is room for. */
  #slots: Int32Array = new Int32Array(SMALLEST * 2);
  #sums: Float64Array = new Float64Array(SMALLEST * WIDTH);
  /** What does not fit a number, by its index in `sums`. */
  readonly #carried = new Map<number, bigint>();

  /** Distinct lines and days so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds a charge; all figures are safe whole numbers. */
  add(lineId: number, day: number, answered: number, raw: number, billed: number, nanos: number): void {
    const at = this.#place(lineId, day) * WIDTH;
    const sums = this.#sums;
    sums[at + EVENTS] = (sums[at + EVENTS] as number) + 1; // within the room, as are all below
    sums[at + ANSWERED] = (sums[at + ANSWERED] as number) + answered;
    this.#add(sums, at + RAW, raw);
    this.#add(sums, at + BILLED, billed);
    this.#add(sums, at + NANOS, nanos);
  }

  /** Adds to the amount alone. */
  addAmount(lineId: number, day: number, nanos: bigint): void {
    this.#carry(this.#place(lineId, day) * WIDTH + NANOS, nanos);
  }

  *moves(): Generator<RollupMove> {
    for (let place = 0; place < this.#count; place += 1) {
      const at = place * WIDTH;
      yield {
        lineId: this.#sums[at + LINE] as number,
        day: this.#sums[at + DAY] as number,
        events: this.#sums[at + EVENTS] as number,
        answered: this.#sums[at + ANSWERED] as number,
        rawQuantity: this.#total(at + RAW),
        billedQuantity: this.#total(at + BILLED),
        amountNanos: this.#total(at + NANOS),
      };
    }
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

  #total(index: number): bigint {
    return BigInt(this.#sums[index] as number) + (this.#carried.get(index) ?? 0n);
  }

  #place(lineId: number, day: number): number {
    const sums = this.#sums;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(lineId, day) & mask;
    for (;;) {
      const place = (slots[slot] as number) - 1;
      if (place < 0) break;
      if (sums[place * WIDTH + LINE] === lineId && sums[place * WIDTH + DAY] === day) return place;
      slot = (slot + 1) & mask;
    }
    if (this.#count === this.#room) {
      this.#grow();
      return this.#place(lineId, day);
    }
    const place = this.#count;
    this.#count += 1;
    slots[slot] = place + 1;
    sums[place * WIDTH + LINE] = lineId;
    sums[place * WIDTH + DAY] = day;
    return place;
  }

  #grow(): void {
    this.#room *= 2;
    const sums = new Float64Array(this.#room * WIDTH);
    sums.set(this.#sums);
    this.#sums = sums;
    const slots = new Int32Array(this.#room * 2);
    const mask = slots.length - 1;
    for (let place = 0; place < this.#count; place += 1) {
      let slot = hashOf(sums[place * WIDTH + LINE] as number, sums[place * WIDTH + DAY] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = place + 1;
    }
    this.#slots = slots;
  }
}

function hashOf(lineId: number, day: number): number {
  const mixed = Math.imul(lineId, 0x9e3779b1) ^ Math.imul(day, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
