/** The ZIP archive of a workbook, with limits that hold whatever its directory claims. */
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { RefusedError } from '#core/refusals.ts';
import { type SheetLimits, stop } from '../sheet-file.ts';

/** Below this size a part may be packed as far as it likes. */
const SMALL_BYTES = 16 * 1024 ** 2;

export class WorkbookPackage {
  readonly name: string;
  readonly #zip: yauzl.ZipFile;
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;

  private constructor(name: string, zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>) {
    this.name = name;
    this.#zip = zip;
    this.#entries = entries;
  }

  static async open(path: string, limits: SheetLimits): Promise<WorkbookPackage> {
    const name = basename(path);
    let zip: yauzl.ZipFile;
    try {
      zip = await yauzl.openPromise(path, { autoClose: false, validateEntrySizes: true });
    } catch (error) {
      return stop('rate-sheet.damaged', `the workbook cannot be unpacked: ${say(error)}`, { file: name });
    }
    try {
      return new WorkbookPackage(name, zip, await readDirectory(zip, name, limits));
    } catch (error) {
      zip.close();
      if (error instanceof RefusedError) throw error;
      return stop('rate-sheet.damaged', `the workbook cannot be unpacked: ${say(error)}`, { file: name });
    }
  }

  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase());
  }

  get parts(): Iterable<string> {
    return this.#entries.keys();
  }

  /**
   * The text of a part in pieces. XML is UTF-8 unless it begins with a UTF-16 mark. Throws RefusedError when it cannot be
   * unpacked, and behind the last piece when the checksum of the whole is another one.
   */
  async *text(part: string): AsyncGenerator<string> {
    const entry = this.#entries.get(part.toLowerCase());
    if (entry === undefined) return stop('rate-sheet.damaged', `the workbook lacks its part ${part}`, { file: this.name });
    try {
      const stream: Readable = await this.#zip.openReadStreamPromise(entry);
      let decoder: TextDecoder | undefined;
      let checksum = 0;
      for await (const piece of stream) {
        const bytes = piece as Buffer; // a stream without encoding gives Buffers
        checksum = crc32(bytes, checksum);
        decoder ??= new TextDecoder(encodingOf(bytes));
        const text = decoder.decode(bytes, { stream: true });
        if (text !== '') yield text;
      }
      const rest = decoder?.decode() ?? '';
      if (rest !== '') yield rest;
      if (checksum !== entry.crc32) stop('rate-sheet.damaged', `${part} was changed on the way: its checksum differs`, { file: this.name });
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      return stop('rate-sheet.damaged', `${part} cannot be unpacked: ${say(error)}`, { file: this.name });
    }
  }

  close(): void {
    this.#zip.close();
  }
}

async function readDirectory(zip: yauzl.ZipFile, name: string, limits: SheetLimits): Promise<ReadonlyMap<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    if (entry.isEncrypted()) stop('rate-sheet.encrypted', 'the archive is protected with a password', { file: name });
    total += entry.uncompressedSize;
    const packedFar = entry.uncompressedSize > SMALL_BYTES && entry.uncompressedSize > entry.compressedSize * limits.ratio;
    if (packedFar)
      stop('rate-sheet.zip-bomb', `${entry.fileName} unpacks to ${entry.uncompressedSize} bytes from ${entry.compressedSize}`, {
        file: name,
      });
    if (entry.uncompressedSize > limits.partBytes || total > limits.totalBytes) {
      stop(
        'rate-sheet.zip-bomb',
        `the workbook unpacks to more than ${total > limits.totalBytes ? limits.totalBytes : limits.partBytes} bytes`,
        { file: name },
      );
    }
    if (entries.size >= limits.parts) stop('rate-sheet.zip-bomb', `the workbook has more than ${limits.parts} parts`, { file: name });
    entries.set(entry.fileName.toLowerCase(), entry);
  }
  return entries;
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function say(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
