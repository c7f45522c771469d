/**
 * Keeps a loaded file as it was: Zstandard in the seekable format (contrib/seekable_format of zstd), so
 * that one record is read without the rest, and `zstd -d` unpacks the whole. A gzip file is kept unpacked:
 * byte ranges count its content.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, createGunzip, type ZstdOptions, zstdCompress } from 'node:zlib';
import { RefusedError, refuse } from '#core/refusals.ts';
import { folderFault } from '../data-folder.ts';
import { freeMemory } from './free-memory.ts';

/** Content bytes of one frame. What is compressed at once, and unpacked to read one record. */
export const FRAME_BYTES = 1 << 20;
export const SEEK_TABLE_MAGIC = 0x184d2a5e;
export const SEEKABLE_MAGIC = 0x8f92eab1;
/** Of what is packed. */
const SMALLEST_CHUNK = 4_096;
const GZIP_MAGIC = 0x1f8b;

const compress = promisify<Buffer, ZstdOptions, Buffer>(zstdCompress);

export interface ArchivedFile {
  /** Of the content: the same file compressed or not is the same. */
  readonly sha256: Buffer;
  readonly contentBytes: number;
  /** Below the data folder, with `/`. */
  readonly path: string;
}

/** A frame on its way to the archive. */
interface PackedFrame {
  readonly packing: Promise<Buffer>;
  readonly length: number;
}

/**
 * Copies a file into the archive below the data folder and tells its digest. Written whole or not at all;
 * writing it again changes nothing. `unpacked` is the content where `file` is not it itself, but what it is packed in. Throws RefusedError when it cannot be read to its end (`usage.file-unreadable`).
 */
export async function archiveFile(
  file: string,
  dataFolder: string,
  onBytes: (bytes: number) => void = () => undefined,
  unpacked?: AsyncIterable<Buffer>,
): Promise<ArchivedFile> {
  if (unpacked === undefined) await refuseOtherThanFile(file);
  const folder = join(dataFolder, 'archive', 'usage');
  const temporary = join(folder, `${WRITING}${process.pid}-${randomBytes(6).toString('hex')}`);
  let target: FileHandle | undefined;
  try {
    await mkdir(folder, { recursive: true });
    target = await open(temporary, 'wx');
    const digest = createHash('sha256');
    const frames: number[] = [];
    let contentBytes = 0;
    const write = async (file: FileHandle, { packing, length }: PackedFrame): Promise<void> => {
      const packed = await packing;
      frames.push(packed.length, length);
      await file.write(packed);
      freeMemory(packed);
    };
    let before: PackedFrame | undefined;
    for await (const frame of unpacked === undefined ? framesOfFile(file, onBytes) : framesOf(unpacked)) {
      // In other threads, two at a time, while this one adds up the digest.
      const params = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 };
      const chunkSize = Math.max(SMALLEST_CHUNK, Math.ceil(frame.length / 4)); // most frames in one piece, and what is left of it is not freed at once
      const packing = compress(frame, { params, chunkSize });
      packing.catch(() => undefined); // reported where it is awaited
      digest.update(frame);
      contentBytes += frame.length;
      if (before !== undefined) await write(target, before);
      before = { packing, length: frame.length };
    }
    if (before !== undefined) await write(target, before);
    await target.write(seekTable(frames));
    await target.sync();
    await target.close();
    const sha256 = digest.digest();
    const name = sha256.toString('hex');
    const path = `archive/usage/${name.slice(0, 2)}/${name}.zst`;
    const place = join(dataFolder, path);
    await mkdir(dirname(place), { recursive: true });
    await rename(temporary, place);
    await syncFolder(dirname(place));
    return { sha256, contentBytes, path };
  } catch (error) {
    await target?.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error instanceof Error && 'syscall' in error ? new RefusedError(folderFault(error, dataFolder)) : error;
  }
}

/** How the name of a file begins that is not written to its end yet. */
const WRITING = '.writing-';

/** Removes what killed loads left half-written. Call it with the right to write usage: nobody else writes then. */
export async function removeHalfWritten(dataFolder: string): Promise<void> {
  const folder = join(dataFolder, 'archive', 'usage');
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(WRITING))) await rm(join(folder, name), { force: true });
}

/** A pipe nobody writes to would never end, and what comes out of one cannot be read again. Throws RefusedError (`usage.file-unreadable`). */
export async function refuseOtherThanFile(file: string): Promise<void> {
  const kind = await stat(file).catch(() => undefined);
  if (kind === undefined || kind.isFile()) return;
  const what = kind.isDirectory() ? 'a folder' : kind.isFIFO() ? 'a pipe' : 'a device or a socket';
  throw new RefusedError(refuse('usage.file-unreadable', `it is ${what}; write it to a file first`, { file }));
}

/** The file's bytes in frames, unpacked when it is gzip. */
async function* framesOfFile(file: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    if (await isGzip(handle)) yield* framesOf(unzipped(file, onBytes));
    else yield* plainFrames(handle, onBytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RefusedError(refuse('usage.file-unreadable', `the file cannot be read to its end: ${reason}`, { file }));
  } finally {
    await handle?.close();
  }
}

/** Read into the same memory again and again: a stream would leave as much behind to be collected as the file is long. */
async function* plainFrames(handle: FileHandle, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  // A byte more than there is, so that a small file shows its end; one that grows meanwhile goes on in whole frames.
  const { size } = await handle.stat();
  let frame: Buffer = Buffer.allocUnsafeSlow(Math.min(FRAME_BYTES, size + 1));
  let other: Buffer | undefined;
  for (let from = 0, filled = 0; ; ) {
    const { bytesRead } = await handle.read(frame, filled, frame.length - filled, from);
    from += bytesRead;
    filled += bytesRead;
    onBytes(bytesRead);
    if (bytesRead > 0 && filled < frame.length) continue;
    if (filled > 0) yield frame.subarray(0, filled);
    if (bytesRead === 0) return;
    [frame, other] = [other ?? Buffer.allocUnsafeSlow(FRAME_BYTES), frame];
    filled = 0;
  }
}

async function* unzipped(file: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: FRAME_BYTES });
  raw.on('data', (chunk) => onBytes(chunk.length));
  const stream = raw.pipe(createGunzip({ chunkSize: FRAME_BYTES }));
  raw.on('error', (error) => stream.destroy(error));
  for await (const chunk of stream) yield chunk as Buffer; // streams without an encoding give Buffers
  await refuseBehind(file, stream.bytesWritten);
}

/** A gzip file may be padded with zeros (tapes, blocks). Gunzip stops there; what stands behind them would be lost in silence. */
async function refuseBehind(file: string, from: number): Promise<void> {
  let at = from;
  for await (const chunk of createReadStream(file, { start: from })) {
    const bytes = chunk as Buffer; // a stream without an encoding gives Buffers
    const other = bytes.findIndex((byte) => byte !== 0);
    if (other >= 0) throw new Error(`the gzip ends at byte ${from}, and byte ${at + other} is not zero`);
    at += bytes.length;
  }
}

async function isGzip(handle: FileHandle): Promise<boolean> {
  const head = Buffer.alloc(2);
  const { bytesRead } = await handle.read(head, 0, 2, 0);
  return bytesRead === 2 && head.readUInt16BE(0) === GZIP_MAGIC;
}

/** Cuts chunks into pieces of FRAME_BYTES; the last is shorter. Each is good until the next but one is asked for. */
async function* framesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let [frame, other] = [Buffer.allocUnsafeSlow(FRAME_BYTES), Buffer.allocUnsafeSlow(FRAME_BYTES)];
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const taken = chunk.copy(frame, filled, at, at + FRAME_BYTES - filled);
      filled += taken;
      at += taken;
      if (filled < FRAME_BYTES) continue;
      yield frame;
      [frame, other] = [other, frame];
      filled = 0;
    }
  }
  if (filled > 0) yield frame.subarray(0, filled);
}

/** `frames`: packed and unpacked length of each, one after the other. */
function seekTable(frames: readonly number[]): Buffer {
  const table = Buffer.alloc(8 + frames.length * 4 + 9);
  table.writeUInt32LE(SEEK_TABLE_MAGIC, 0);
  table.writeUInt32LE(frames.length * 4 + 9, 4);
  for (const [index, length] of frames.entries()) table.writeUInt32LE(length, 8 + index * 4);
  const footer = 8 + frames.length * 4;
  table.writeUInt32LE(frames.length / 2, footer);
  table.writeUInt8(0, footer + 4);
  table.writeUInt32LE(SEEKABLE_MAGIC, footer + 5);
  return table;
}

/** So that the renamed file is there after a power cut. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}
