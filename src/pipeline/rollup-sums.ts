/** Charges added up by line and local day: exact, in flat arrays, without an object or a bigint for each that is added. */

/** Below this, sums of whole numbers are exact in a number; above, they go on in a bigint. */
const CARRY = 2 ** 52;
const SMALLEST = 1024;

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

/** A column of sums; what does not fit a number goes on in `carried`. */
class Sums {
  part: Float64Array;
  readonly carried = new Map<number, bigint>();

  constructor(room: number) {
    this.part = new Float64Array(room);
  }

  add(place: number, value: number): void {
    const sum = (this.part[place] ?? 0) + value;
    // Looked at before it is kept: beyond 2^53 the addition itself is not exact.
    if (sum < CARRY && sum > -CARRY) this.part[place] = sum;
    else this.addLarge(place, BigInt(value));
  }

  addLarge(place: number, value: bigint): void {
    this.carried.set(place, (this.carried.get(place) ?? 0n) + value);
  }

  total(place: number): bigint {
    return BigInt(this.part[place] ?? 0) + (this.carried.get(place) ?? 0n);
  }

  grow(room: number): void {
    const part = new Float64Array(room);
    part.set(this.part);
    this.part = part;
  }
}

export class RollupSums {
  #count = 0;
  #room = SMALLEST;
  /** Open addressing: place + 1, or 0. Twice as large as there is room for. */
  #slots: Int32Array = new Int32Array(SMALLEST * 2);
  #lines: Int32Array = new Int32Array(SMALLEST);
  #days: Int32Array = new Int32Array(SMALLEST);
  #events: Float64Array = new Float64Array(SMALLEST);
  #answered: Float64Array = new Float64Array(SMALLEST);
  readonly #raw = new Sums(SMALLEST);
  readonly #billed = new Sums(SMALLEST);
  readonly #nanos = new Sums(SMALLEST);

  /** Distinct lines and days so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds a charge; all figures are safe whole numbers. */
  add(lineId: number, day: number, answered: number, raw: number, billed: number, nanos: number): void {
    const place = this.#place(lineId, day);
    this.#events[place] = (this.#events[place] ?? 0) + 1;
    this.#answered[place] = (this.#answered[place] ?? 0) + answered;
    this.#raw.add(place, raw);
    this.#billed.add(place, billed);
    this.#nanos.add(place, nanos);
  }

  /** Adds to the amount alone. */
  addAmount(lineId: number, day: number, nanos: bigint): void {
    this.#nanos.addLarge(this.#place(lineId, day), nanos);
  }

  *moves(): Generator<RollupMove> {
    for (let place = 0; place < this.#count; place += 1) {
      yield {
        lineId: this.#lines[place] ?? 0,
        day: this.#days[place] ?? 0,
        events: this.#events[place] ?? 0,
        answered: this.#answered[place] ?? 0,
        rawQuantity: this.#raw.total(place),
        billedQuantity: this.#billed.total(place),
        amountNanos: this.#nanos.total(place),
      };
    }
  }

  #place(lineId: number, day: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(lineId, day) & mask;
    for (;;) {
      const place = (this.#slots[slot] ?? 0) - 1;
      if (place < 0) break;
      if (this.#lines[place] === lineId && this.#days[place] === day) return place;
      slot = (slot + 1) & mask;
    }
    if (this.#count === this.#room) {
      this.#grow();
      return this.#place(lineId, day);
    }
    const place = this.#count;
    this.#count += 1;
    this.#slots[slot] = place + 1;
    this.#lines[place] = lineId;
    this.#days[place] = day;
    return place;
  }

  #grow(): void {
    const room = this.#room * 2;
    this.#room = room;
    const lines = new Int32Array(room);
    const days = new Int32Array(room);
    const events = new Float64Array(room);
    const answered = new Float64Array(room);
    lines.set(this.#lines);
    days.set(this.#days);
    events.set(this.#events);
    answered.set(this.#answered);
    this.#lines = lines;
    this.#days = days;
    this.#events = events;
    this.#answered = answered;
    for (const sums of [this.#raw, this.#billed, this.#nanos]) sums.grow(room);
    this.#slots = new Int32Array(room * 2);
    const mask = this.#slots.length - 1;
    for (let place = 0; place < this.#count; place += 1) {
      let slot = hashOf(lines[place] ?? 0, days[place] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = place + 1;
    }
  }
}

function hashOf(lineId: number, day: number): number {
  const mixed = Math.imul(lineId, 0x9e3779b1) ^ Math.imul(day, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
