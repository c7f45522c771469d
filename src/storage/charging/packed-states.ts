/**
 * States of the accounts of one commit as the log has them: their texts, a line each, compressed together. They are all alike, so an eighth is left, for
 * 1.6 µs of a state; the way to the server, its write-ahead log and the table took 5 µs more of it whole (docs/decisions/0017-charging-behind-commits.md).
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 65_536 };
const WHOLE = { chunkSize: 1_048_576 };
const LINE = 10;
/** Kept from commit to commit: one that is made anew costs more than what is written into it. */
let whole = Buffer.allocUnsafeSlow(262_144);

/** Texts of JSON, which have no line ends. */
export function packStates(states: readonly string[]): Buffer {
  let most = 0;
  for (const state of states) most += state.length * 3 + 1; // bytes of UTF-8 at most for each UTF-16 unit
  if (whole.length < most) whole = Buffer.allocUnsafeSlow(most * 2);
  let at = 0;
  for (const state of states) {
    at += whole.write(state, at, 'utf8');
    whole[at] = LINE;
    at += 1;
  }
  return zstdCompressSync(whole.subarray(0, at), LEVEL);
}

/** In their order. */
export function unpackStates(packed: Uint8Array): readonly string[] {
  return zstdDecompressSync(packed, WHOLE).toString('utf8').split('\n').slice(0, -1);
}
