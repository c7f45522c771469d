/**
 * Arrays as PostgreSQL takes them in binary. `pg` writes arrays as text, quoted and escaped, which the server takes apart again: with
 * states of accounts that was a third of the whole commit. A Buffer it sends as it is.
 */

const OID = { int2: 21, int4: 23, int8: 20, text: 25, json: 114 } as const;

/** Dimensions, no bitmap of nulls, type, length, lower bound. */
const HEAD_BYTES = 20;

function head(view: DataView, oid: number, length: number, hasNulls: boolean): void {
  view.setInt32(0, 1);
  view.setInt32(4, hasNulls ? 1 : 0);
  view.setInt32(8, oid);
  view.setInt32(12, length);
  view.setInt32(16, 1);
}

/** Methods of a DataView are instructions; those of a Buffer are calls, and make bigints of bigints. */
const viewOf = (buffer: Buffer): DataView => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

/** Whole numbers of 64 bits, as bigint or number. Throws a RangeError for others. */
export function int8Array(values: readonly (bigint | number)[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 12 * values.length);
  const view = viewOf(buffer);
  head(view, OID.int8, values.length, false);
  let at = HEAD_BYTES;
  for (const value of values) {
    view.setInt32(at, 8);
    if (typeof value === 'bigint') {
      if (BigInt.asIntN(64, value) !== value) throw new RangeError(`${value} is more than 64 bits hold`);
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

export function int4Array(values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 8 * values.length);
  const view = viewOf(buffer);
  head(view, OID.int4, values.length, false);
  for (let index = 0; index < values.length; index += 1) {
    view.setInt32(HEAD_BYTES + 8 * index, 4);
    view.setInt32(HEAD_BYTES + 8 * index + 4, inRange(values[index] as number, 2_147_483_647));
  }
  return buffer;
}

export function int2Array(values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 6 * values.length);
  const view = viewOf(buffer);
  head(view, OID.int2, values.length, false);
  for (let index = 0; index < values.length; index += 1) {
    view.setInt32(HEAD_BYTES + 6 * index, 2);
    view.setInt16(HEAD_BYTES + 6 * index + 4, inRange(values[index] as number, 32_767));
  }
  return buffer;
}

function inRange(value: number, most: number): number {
  if (value > most || value < -most - 1) throw new RangeError(`${value} is more than ${most}`);
  return value;
}

export function textArray(values: readonly (string | null)[]): Buffer {
  return strings(OID.text, values);
}

/** JSON texts. */
export function jsonArray(values: readonly (string | null)[]): Buffer {
  return strings(OID.json, values);
}

/** Longer texts are measured and written by a call, which is quicker from there on. */
const SHORT = 40;

function strings(oid: number, values: readonly (string | null)[]): Buffer {
  let most = HEAD_BYTES;
  let hasNulls = false;
  for (const value of values) {
    most += 4;
    if (value === null) hasNulls = true;
    else most += value.length <= SHORT && isAscii(value) ? value.length : Buffer.byteLength(value, 'utf8');
  }
  const buffer = Buffer.allocUnsafe(most);
  const view = viewOf(buffer);
  head(view, oid, values.length, hasNulls);
  let at = HEAD_BYTES;
  for (const value of values) {
    const length = value === null ? -1 : value.length <= SHORT ? writeShort(buffer, value, at + 4) : buffer.write(value, at + 4, 'utf8');
    view.setInt32(at, length);
    at += 4 + Math.max(0, length);
  }
  return buffer;
}

function isAscii(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) if (value.charCodeAt(index) > 127) return false;
  return true;
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
