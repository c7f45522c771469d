import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ZstdOptions, constants as zlib, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { ArchivedContent } from '#pipeline/ports.ts';
import { SEEKABLE_MAGIC } from './archive-writer.ts';
import { freeMemory } from './free-memory.ts';

const FOOTER_BYTES = 9;

const unpackApart = promisify<Buffer, ZstdOptions, Buffer>(zstdDecompress);

interface Frame {
  readonly fileFrom: number;
  readonly packed: number;
  readonly from: number;
  readonly length: number;
}

/** Opens the archived copy of a loaded file. Throws RefusedError when it is gone or damaged (`usage.archive-missing`). */
export async function openArchive(path: string, dataFolder: string): Promise<ArchivedContent> {
  const place = join(dataFolder, path);
  let handle: FileHandle | undefined;
  try {
    handle = await open(place, 'r');
    return new Archive(handle, place, await readFrames(handle));
  } catch (error) {
    await handle?.close();
    throw missing(place, error);
  }
}

function missing(place: string, error: unknown): RefusedError {
  return new RefusedError(refuse('usage.archive-missing', error instanceof Error ? error.message : String(error), { file: place }));
}

async function readFrames(handle: FileHandle): Promise<readonly Frame[]> {
  const { size } = await handle.stat();
  const footer = await readExactly(handle, size - FOOTER_BYTES, FOOTER_BYTES);
  if (footer.readUInt32LE(5) !== SEEKABLE_MAGIC) throw new Error('it does not end with a seek table');
  const count = footer.readUInt32LE(0);
  const table = await readExactly(handle, size - FOOTER_BYTES - count * 8, count * 8);
  const frames: Frame[] = [];
  let fileFrom = 0;
  let from = 0;
  for (let index = 0; index < count; index++) {
    const packed = table.readUInt32LE(index * 8);
    const length = table.readUInt32LE(index * 8 + 4);
    frames.push({ fileFrom, packed, from, length });
    fileFrom += packed;
    from += length;
  }
  return frames;
}

async function readExactly(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  if (from < 0) throw new Error('it is too short');
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await handle.read(buffer, 0, length, from);
  if (bytesRead !== length) throw new Error('it breaks off');
  return buffer;
}

/** In memory of its own. */
function copyOf(content: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(content.length);
  content.copy(copy);
  return copy;
}

class Archive implements ArchivedContent {
  readonly length: number;
  readonly #handle: FileHandle;
  readonly #place: string;
  readonly #frames: readonly Frame[];
  /** The frame read last: neighbouring records are read one after the other. */
  #last: { readonly frame: Frame; readonly content: Buffer } | undefined;

  constructor(handle: FileHandle, place: string, frames: readonly Frame[]) {
    this.#handle = handle;
    this.#place = place;
    this.#frames = frames;
    const last = frames.at(-1);
    this.length = last === undefined ? 0 : last.from + last.length;
  }

  async *stream(from: number): AsyncGenerator<Buffer> {
    const frames = this.#frames.filter((frame) => frame.from + frame.length > from);
    let next = frames[0] === undefined ? undefined : this.#unpackAhead(frames[0]);
    for (const [index, frame] of frames.entries()) {
      const following = frames[index + 1];
      const content = await (next ?? this.#unpack(frame));
      // While this one is read, the next is unpacked in another thread.
      next = following === undefined ? undefined : this.#unpackAhead(following);
      yield from > frame.from ? content.subarray(from - frame.from) : content;
      freeMemory(content);
    }
  }

  async read(from: number, length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let index = this.#indexOf(from); index < this.#frames.length; index++) {
      const frame = this.#frames[index];
      if (frame === undefined || frame.from >= from + length) break;
      const content = await this.#unpack(frame);
      parts.push(content.subarray(Math.max(0, from - frame.from), Math.min(frame.length, from + length - frame.from)));
    }
    return parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #indexOf(position: number): number {
    let [low, high] = [0, this.#frames.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const frame = this.#frames[middle];
      if (frame !== undefined && frame.from + frame.length <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Not waited for when the stream is left: a failure is reported where the content is taken. */
  #unpackAhead(frame: Frame): Promise<Buffer> {
    const content = this.#unpackApart(frame);
    content.catch(() => undefined);
    return content;
  }

  async #unpackApart(frame: Frame): Promise<Buffer> {
    if (this.#last?.frame === frame) return copyOf(this.#last.content); // the head of the file was looked at
    try {
      const packed = await readExactly(this.#handle, frame.fileFrom, frame.packed);
      // Into one piece of memory, and one byte more, by which it is seen that nothing follows.
      const chunkSize = Math.max(zlib.Z_MIN_CHUNK, frame.length + 1);
      const content = await unpackApart(packed, { maxOutputLength: frame.length, chunkSize });
      freeMemory(packed);
      return content;
    } catch (error) {
      throw missing(this.#place, error);
    }
  }

  async #unpack(frame: Frame): Promise<Buffer> {
    if (this.#last?.frame === frame) return this.#last.content;
    try {
      const content = zstdDecompressSync(await readExactly(this.#handle, frame.fileFrom, frame.packed), { maxOutputLength: frame.length });
      this.#last = { frame, content };
      return content;
    } catch (error) {
      throw missing(this.#place, error);
    }
  }
}
