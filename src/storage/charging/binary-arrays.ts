/**
 * Arrays as PostgreSQL takes them in binary. `pg` writes arrays as text, quoted and escaped, which the server takes apart again: with
 * states of accounts that was a third of the whole commit. A Buffer it sends as it is.
 */

const OID = { int2: 21, int4: 23, int8: 20, text: 25, json: 114 } as const;

/** Dimensions, no bitmap of nulls, type, length, lower bound. */
const HEAD_BYTES = 20;
const MOST_INT8 = 9_223_372_036_854_775_807n;

function head(view: DataView, oid: number, length: number, hasNulls: boolean): void {
  view.setInt32(0, 1);
  view.setInt32(4, hasNulls ? 1 : 0);
  view.setInt32(8, oid);
  view.setInt32(12, length);
  view.setInt32(16, 1);
}

/** Methods of a DataView are instructions; those of a Buffer are calls, and make bigints of bigints. */
const viewOf = (buffer: Buffer): DataView => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

/** Whole numbers of 64 bits, as bigint or number: one of each row. Throws a RangeError for others. */
export function int8Column<Row>(rows: readonly Row[], of: (row: Row) => bigint | number): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 12 * rows.length);
  const view = viewOf(buffer);
  head(view, OID.int8, rows.length, false);
  let at = HEAD_BYTES;
  for (const row of rows) {
    const value = of(row);
    view.setInt32(at, 8);
    if (typeof value === 'bigint') {
      if (value > MOST_INT8 || value < -MOST_INT8 - 1n) throw new RangeError(`${value} is more than 64 bits hold`);
      view.setBigInt64(at + 4, value);
    } else {
      // Without a bigint on the way. Safe integers only.
      const high = Math.floor(value / 4_294_967_296);
      view.setInt32(at + 4, high);
      view.setUint32(at + 8, value - high * 4_294_967_296);
    }
    at += 12;
  }
  return buffer;
}

export function int4Column<Row>(rows: readonly Row[], of: (row: Row) => number): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 8 * rows.length);
  const view = viewOf(buffer);
  head(view, OID.int4, rows.length, false);
  let at = HEAD_BYTES;
  for (const row of rows) {
    view.setInt32(at, 4);
    view.setInt32(at + 4, inRange(of(row), 2_147_483_647));
    at += 8;
  }
  return buffer;
}

export function int2Column<Row>(rows: readonly Row[], of: (row: Row) => number): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 6 * rows.length);
  const view = viewOf(buffer);
  head(view, OID.int2, rows.length, false);
  let at = HEAD_BYTES;
  for (const row of rows) {
    view.setInt32(at, 2);
    view.setInt16(at + 4, inRange(of(row), 32_767));
    at += 6;
  }
  return buffer;
}

function inRange(value: number, most: number): number {
  if (value > most || value < -most - 1) throw new RangeError(`${value} is more than ${most}`);
  return value;
}

export function textColumn<Row>(rows: readonly Row[], of: (row: Row) => string | null): Buffer {
  return strings(OID.text, rows, of);
}

export function textArray(values: readonly string[]): Buffer {
  return strings(OID.text, values, itself);
}

/** JSON texts. */
export function jsonColumn<Row>(rows: readonly Row[], of: (row: Row) => string | null): Buffer {
  return strings(OID.json, rows, of);
}

/** What is its own column. */
export const itself = <Value>(value: Value): Value => value;

/** Longer texts are written by a call, which is quicker from there on. */
const SHORT = 40;

const SCRATCH_BYTES = 65_536;
/** A larger one is not kept. */
const MOST_SCRATCH_BYTES = 1_048_576;
/** Where texts are written before it is known how much they are; kept from array to array. */
let scratch: Buffer = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
let scratchView = viewOf(scratch);

function strings<Row>(oid: number, rows: readonly Row[], of: (row: Row) => string | null): Buffer {
  let hasNulls = false;
  let at = HEAD_BYTES;
  for (const row of rows) {
    const value = of(row);
    if (value === null) {
      hasNulls = true;
      room(at, 4);
      scratchView.setInt32(at, -1);
      at += 4;
      continue;
    }
    room(at, 4 + 3 * value.length); // octets of UTF-8 at most for each UTF-16 unit
    const length = value.length <= SHORT ? writeShort(scratch, value, at + 4) : scratch.write(value, at + 4, 'utf8');
    scratchView.setInt32(at, length);
    at += 4 + length;
  }
  head(scratchView, oid, rows.length, hasNulls);
  const buffer = Buffer.allocUnsafe(at);
  scratch.copy(buffer, 0, 0, at);
  if (scratch.length > MOST_SCRATCH_BYTES) useScratch(Buffer.allocUnsafeSlow(SCRATCH_BYTES));
  return buffer;
}

function room(at: number, octets: number): void {
  if (at + octets <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(2 * (at + octets));
  scratch.copy(larger, 0, 0, at);
  useScratch(larger);
}

function useScratch(buffer: Buffer): void {
  scratch = buffer;
  scratchView = viewOf(buffer);
}

/** ASCII character by character; what else there is, by the call. */
function writeShort(buffer: Buffer, value: string, at: number): number {
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charCodeAt(index);
    if (unit > 127) return buffer.write(value, at, 'utf8');
    buffer[at + index] = unit;
  }
  return value.length;
}
