/** Files packed together by ZIP, with limits that hold whatever its directory claims. */
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { RefusedError, refuse } from '#core/refusals.ts';

export interface ZipLimits {
  readonly files: number;
  /** Content of all files together: this much … */
  readonly freeBytes: number;
  /** … or so many times what is packed. Texts of call records are packed to a tenth or a thirtieth. */
  readonly ratio: number;
}

export const ZIP_LIMITS: ZipLimits = { files: 10_000, freeBytes: 256 * 1024 ** 2, ratio: 100 };

export interface PackedFile {
  /** Path inside the ZIP, with `/`. */
  readonly name: string;
  /** Throws RefusedError (`usage.zip-unreadable`), behind the last piece when the checksum is another one. */
  content(): AsyncIterable<Buffer>;
}

export interface ZipFile {
  readonly files: readonly PackedFile[];
  close(): void;
}

/** By its first bytes; whatever is no file is none. */
export async function isZip(path: string): Promise<boolean> {
  const kind = await stat(path).catch(() => undefined);
  if (kind?.isFile() !== true) return false;
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return false;
  try {
    const head = Buffer.alloc(4);
    await handle.read(head, 0, 4, 0);
    return head.equals(Buffer.from('PK\x03\x04', 'latin1')) || head.equals(Buffer.from('PK\x05\x06', 'latin1'));
  } finally {
    await handle.close();
  }
}

/** Reads the directory only. Throws RefusedError (`usage.zip-unreadable`): damaged, encrypted, empty, or too much in it. */
export async function openZip(path: string, limits: ZipLimits = ZIP_LIMITS): Promise<ZipFile> {
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.openPromise(path, { autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw unreadable(path, `it cannot be unpacked: ${say(error)}`);
  }
  try {
    const entries = await directoryOf(zip, path, limits);
    return { files: entries.map((entry) => packedFile(zip, entry, path)), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error instanceof RefusedError ? error : unreadable(path, `its directory cannot be read: ${say(error)}`);
  }
}

async function directoryOf(zip: yauzl.ZipFile, path: string, limits: ZipLimits): Promise<readonly yauzl.Entry[]> {
  const { size } = await stat(path);
  const most = Math.max(limits.freeBytes, size * limits.ratio);
  const entries: yauzl.Entry[] = [];
  const names = new Set<string>();
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    if (entry.isEncrypted()) throw unreadable(path, `${entry.fileName} is encrypted`);
    if (names.has(entry.fileName)) throw unreadable(path, `${entry.fileName} is in it twice`);
    names.add(entry.fileName);
    entries.push(entry);
    bytes += entry.uncompressedSize;
    if (entries.length > limits.files) throw unreadable(path, `it holds more than ${limits.files} files`);
    if (bytes > most) throw unreadable(path, `its files have more than ${most} bytes together, which is no packed text`);
  }
  if (entries.length === 0) throw unreadable(path, 'it holds no file');
  return entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
}

function packedFile(zip: yauzl.ZipFile, entry: yauzl.Entry, path: string): PackedFile {
  return {
    name: entry.fileName,
    async *content() {
      try {
        const stream: Readable = await zip.openReadStreamPromise(entry);
        let checksum = 0;
        let first = true;
        for await (const piece of stream) {
          const bytes = piece as Buffer; // a stream without encoding gives Buffers
          const mark = first ? bytes.subarray(0, 4).toString('latin1') : '';
          first = false;
          if (mark.startsWith('\x1f\x8b') || mark === 'PK\x03\x04') throw unreadable(path, `${entry.fileName} is packed once more inside`);
          checksum = crc32(bytes, checksum);
          yield bytes;
        }
        if (checksum !== entry.crc32) throw unreadable(path, `${entry.fileName} is damaged: its checksum differs`);
      } catch (error) {
        throw error instanceof RefusedError ? error : unreadable(path, `${entry.fileName} cannot be unpacked: ${say(error)}`);
      }
    },
  };
}

function unreadable(file: string, problem: string): RefusedError {
  return new RefusedError(refuse('usage.zip-unreadable', problem, { file }));
}

function say(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
