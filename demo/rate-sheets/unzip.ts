/** Reads back the archives that `zip.ts` writes; for the tests. */
import { inflateRawSync } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;

export function unzipped(archive: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  let at = 0;
  while (archive.readUInt32LE(at) === LOCAL_HEADER) {
    const packedBytes = archive.readUInt32LE(at + 18);
    const nameBytes = archive.readUInt16LE(at + 26);
    const dataAt = at + LOCAL_HEADER_BYTES + nameBytes;
    const name = archive.toString('utf8', at + LOCAL_HEADER_BYTES, dataAt);
    parts.set(name, inflateRawSync(archive.subarray(dataAt, dataAt + packedBytes)).toString('utf8'));
    at = dataAt + packedBytes;
  }
  return parts;
}
