/**
 * States of the accounts of one commit as the log has them; many are compressed together, for they are all alike. 0.5 µs for each; the way to the server, its write-ahead log and the
 * table take more of it whole (docs/decisions/0017-charging-behind-commits.md).
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { isJson } from './packed-account/kept-account.ts';

const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 16_384 };
/** Less is not worth the call: some fifty accounts. */
const LEAST_COMPRESSED = 16_384;
const WHOLE = { chunkSize: 1_048_576 };
/** Before each state: its octets. */
const HEAD_BYTES = 4;
/** Logs of the releases before began with JSON, a line for each. */
const FORM = 1;
/** Kept from commit to commit: one that is made anew costs more than what is written into it. */
let whole = Buffer.allocUnsafeSlow(262_144);

/** Accounts as `keptOf` gives them. */
export function packStates(states: readonly string[]): Buffer {
  let most = 1;
  for (const state of states) most += state.length * 3 + HEAD_BYTES; // bytes of UTF-8 at most for each UTF-16 unit
  if (whole.length < most) whole = Buffer.allocUnsafeSlow(most * 2);
  whole[0] = FORM;
  let at = 1;
  for (const state of states) {
    const length = whole.write(state, at + HEAD_BYTES, isJson(state) ? 'utf8' : 'latin1');
    whole.writeUInt32LE(length, at);
    at += HEAD_BYTES + length;
  }
  const octets = whole.subarray(0, at);
  return at < LEAST_COMPRESSED ? Buffer.from(octets) : zstdCompressSync(octets, LEVEL);
}

/** In their order. */
export function unpackStates(packed: Uint8Array): readonly string[] {
  // What is compressed begins with a number of zstd's.
  const octets = packed[0] === FORM ? Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength) : zstdDecompressSync(packed, WHOLE);
  if (octets[0] !== FORM) return octets.toString('utf8').split('\n').slice(0, -1);
  const states: string[] = [];
  for (let at = 1; at < octets.length; ) {
    const from = at + HEAD_BYTES;
    at = from + octets.readUInt32LE(at);
    states.push(octets.toString(octets[from] === 0x7b ? 'utf8' : 'latin1', from, at));
  }
  return states;
}
