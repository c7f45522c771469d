/**
 * Arrays as PostgreSQL takes them in binary. `pg` writes arrays as text, quoted and escaped, which the server takes apart again: with
 * states of accounts that was a third of the whole commit. A Buffer it sends as it is.
 */

const OID = { int2: 21, int4: 23, int8: 20, text: 25, json: 114 } as const;

/** Dimensions, no bitmap of nulls, type, length, lower bound. */
const HEAD_BYTES = 20;

function head(buffer: Buffer, oid: number, length: number, hasNulls: boolean): void {
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(hasNulls ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
}

/** Whole numbers of 64 bits, as bigint or number. */
export function int8Array(values: readonly (bigint | number)[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 12 * values.length);
  head(buffer, OID.int8, values.length, false);
  let at = HEAD_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(8, at);
    if (typeof value === 'bigint') buffer.writeBigInt64BE(value, at + 4);
    else writeInteger(buffer, value, at + 4);
    at += 12;
  }
  return buffer;
}

/** Without a bigint on the way. Safe integers only. */
function writeInteger(buffer: Buffer, value: number, at: number): void {
  const high = Math.floor(value / 4_294_967_296);
  buffer.writeInt32BE(high, at);
  buffer.writeUInt32BE(value - high * 4_294_967_296, at + 4);
}

export function int4Array(values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 8 * values.length);
  head(buffer, OID.int4, values.length, false);
  for (const [index, value] of values.entries()) {
    buffer.writeInt32BE(4, HEAD_BYTES + 8 * index);
    buffer.writeInt32BE(value, HEAD_BYTES + 8 * index + 4);
  }
  return buffer;
}

export function int2Array(values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 6 * values.length);
  head(buffer, OID.int2, values.length, false);
  for (const [index, value] of values.entries()) {
    buffer.writeInt32BE(2, HEAD_BYTES + 6 * index);
    buffer.writeInt16BE(value, HEAD_BYTES + 6 * index + 4);
  }
  return buffer;
}

export function textArray(values: readonly (string | null)[]): Buffer {
  return strings(OID.text, values);
}

/** JSON texts. */
export function jsonArray(values: readonly (string | null)[]): Buffer {
  return strings(OID.json, values);
}

function strings(oid: number, values: readonly (string | null)[]): Buffer {
  // Three bytes of UTF-8 at most for each UTF-16 unit: written once, without measuring first.
  let most = HEAD_BYTES;
  let hasNulls = false;
  for (const value of values) {
    most += 4 + (value === null ? 0 : value.length * 3);
    hasNulls ||= value === null;
  }
  const buffer = Buffer.allocUnsafe(most);
  head(buffer, oid, values.length, hasNulls);
  let at = HEAD_BYTES;
  for (const value of values) {
    const length = value === null ? -1 : buffer.write(value, at + 4, 'utf8');
    buffer.writeInt32BE(length, at);
    at += 4 + Math.max(0, length);
  }
  return buffer.subarray(0, at);
}
