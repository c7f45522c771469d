/** The source's keys of a batch's records. They are asked for until the transaction ends; the batch's rows are not kept so long. */
import type { ReadBatch } from './batch-reader.ts';
import { FIXED_BYTES } from './event-layout.ts';
import { type DayRows, keyBytesOfRow } from './event-rows.ts';

const decoder = new TextDecoder();
/** Where the key begins in a row: it is the first of the columns behind the fixed ones, behind its length. */
const KEY_AT = FIXED_BYTES + 4;

export class BatchKeys {
  #batch: ReadBatch | undefined;
  /** Of records that are in no row. */
  readonly #others = new Map<number, string>();
  /** Packed, from `ends[index - 1]` to `ends[index]`. */
  #bytes = new Uint8Array(0);
  #ends = new Uint32Array(0);

  constructor(batch: ReadBatch) {
    this.#batch = batch;
    for (const other of batch.others) if (other.kind !== 'rejected') this.#others.set(other.index, other.event.id);
  }

  /** '' for records that have none. */
  at(index: number): string {
    const other = this.#others.get(index);
    if (other !== undefined) return other;
    if (this.#batch === undefined) return decoder.decode(this.#bytes.subarray(this.#ends[index - 1] ?? 0, this.#ends[index]));
    for (const day of this.#batch.rows) {
      const row = rowOf(day, index);
      if (row >= 0) return decoder.decode(keyBytesOfRow(day, row));
    }
    return '';
  }

  /** Lets the batch go: keeps a tenth of its bytes. */
  pack(): void {
    const batch = this.#batch;
    if (batch === undefined) return;
    const lengths = new Uint32Array(batch.count);
    for (const { records, bytes, starts, count } of batch.rows) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let row = 0; row < count; row += 1) lengths[records[row] as number] = view.getInt32((starts[row] as number) + FIXED_BYTES);
    }
    const ends = new Uint32Array(batch.count);
    let length = 0;
    for (let index = 0; index < batch.count; index += 1) {
      length += lengths[index] as number;
      ends[index] = length;
    }
    const packed = new Uint8Array(length);
    for (const { records, bytes, starts, count } of batch.rows) {
      for (let row = 0; row < count; row += 1) {
        const record = records[row] as number;
        const end = ends[record] as number;
        // Keys are short: byte by byte is faster than an object for each.
        let from = (starts[row] as number) + KEY_AT;
        for (let to = end - (lengths[record] as number); to < end; to += 1) packed[to] = bytes[from++] as number;
      }
    }
    this.#bytes = packed;
    this.#ends = ends;
    this.#batch = undefined;
  }
}

/** The row of a record, which are in order; −1 when it is not of this day. */
function rowOf({ records, count }: DayRows, record: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle] as number) < record) low = middle + 1;
    else high = middle;
  }
  return low < count && records[low] === record ? low : -1;
}
