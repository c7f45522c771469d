/** The records of a batch while they are read. */
import type { OtherRecord, ReadBatch } from './batch-reader.ts';
import type { SpareMemory } from './spare-memory.ts';

export class GrowingBatch {
  count = 0;
  toBytes = 0;
  hi: Uint32Array;
  lo: Uint32Array;
  startSeconds: Float64Array;
  readonly others: OtherRecord[] = [];
  readonly passed: Record<string, number> = {};
  #byteFrom: Float64Array;
  #byteLength: Float64Array;

  constructor(room: number, spare: SpareMemory) {
    this.hi = new Uint32Array(spare.take(room * 4));
    this.lo = new Uint32Array(spare.take(room * 4));
    this.startSeconds = new Float64Array(spare.take(room * 8));
    this.#byteFrom = new Float64Array(spare.take(room * 8));
    this.#byteLength = new Float64Array(spare.take(room * 8));
  }

  add(byteFrom: number, byteLength: number): number {
    const index = this.count;
    if (index >= this.hi.length) this.#grow();
    this.#byteFrom[index] = byteFrom;
    this.#byteLength[index] = byteLength;
    this.hi[index] = 0;
    this.lo[index] = 0;
    this.startSeconds[index] = 0;
    this.count = index + 1;
    return index;
  }

  done(): Omit<ReadBatch, 'rows' | 'newLines' | 'newTrunks'> {
    const { count } = this;
    return {
      count,
      toBytes: this.toBytes,
      byteFrom: this.#byteFrom.subarray(0, count),
      byteLength: this.#byteLength.subarray(0, count),
      hi: this.hi.subarray(0, count),
      lo: this.lo.subarray(0, count),
      startSeconds: this.startSeconds.subarray(0, count),
      others: this.others,
      passed: this.passed,
    };
  }

  #grow(): void {
    const room = Math.max(64, this.hi.length * 2);
    this.hi = larger(this.hi, new Uint32Array(room));
    this.lo = larger(this.lo, new Uint32Array(room));
    this.startSeconds = larger(this.startSeconds, new Float64Array(room));
    this.#byteFrom = larger(this.#byteFrom, new Float64Array(room));
    this.#byteLength = larger(this.#byteLength, new Float64Array(room));
  }
}

function larger<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
