/**
 * Our calls, added up so far that any of the causes can still be tried on them: calls of one rate, in one quarter of an hour,
 * of one duration, from one file. In typed arrays: some 50 bytes for each, whatever the number of calls.
 */
export interface UsageCell {
  readonly rateId: number;
  readonly fileId: number;
  /** Start of the quarter of an hour, microseconds. */
  readonly slotMicros: number;
  /** Of one call: microseconds for voice, bytes or units for others. */
  readonly raw: number;
  readonly calls: number;
  /** Of all of them: microseconds for voice, bytes or units for others. */
  readonly billed: bigint;
  readonly amountNanos: bigint;
  /** Calls to ported numbers that the rate was chosen by the new number of: the rate of the number dialled. */
  readonly dialledRateId?: number;
}

export const SLOT_MICROS = 900_000_000;
/** Two million units of currency: sums of two such amounts are exact in a number. */
export const MOST_NANOS = 2_000_000_000_000_000;

export class UsageCells {
  #count = 0;
  rateIds = new Int32Array(1024);
  /** 0: the same. */
  dialledRateIds = new Int32Array(1024);
  fileIds = new Int32Array(1024);
  /** Quarters of an hour since 1970. */
  slots = new Int32Array(1024);
  raws = new Float64Array(1024);
  calls = new Int32Array(1024);
  billed = new Float64Array(1024);
  /** Whole nanos, each below MOST_NANOS: they are added up exactly. */
  amounts = new Float64Array(1024);

  get count(): number {
    return this.#count;
  }

  add(cell: UsageCell): void {
    const at = this.#count;
    if (at === this.slots.length) this.#grow();
    this.rateIds[at] = cell.rateId;
    this.dialledRateIds[at] = cell.dialledRateId ?? 0;
    this.fileIds[at] = cell.fileId;
    this.slots[at] = Math.floor(cell.slotMicros / SLOT_MICROS);
    this.raws[at] = cell.raw;
    this.calls[at] = cell.calls;
    this.billed[at] = Number(cell.billed);
    if (cell.amountNanos > BigInt(MOST_NANOS) || cell.amountNanos < -BigInt(MOST_NANOS))
      throw new RangeError(`calls of one duration within 15 minutes come to ${cell.amountNanos} nanos`);
    this.amounts[at] = Number(cell.amountNanos);
    this.#count += 1;
  }

  #grow(): void {
    const size = this.slots.length * 2;
    const grown = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.rateIds = grown(new Int32Array(size), this.rateIds);
    this.dialledRateIds = grown(new Int32Array(size), this.dialledRateIds);
    this.fileIds = grown(new Int32Array(size), this.fileIds);
    this.slots = grown(new Int32Array(size), this.slots);
    this.raws = grown(new Float64Array(size), this.raws);
    this.calls = grown(new Int32Array(size), this.calls);
    this.billed = grown(new Float64Array(size), this.billed);
    this.amounts = grown(new Float64Array(size), this.amounts);
  }
}
