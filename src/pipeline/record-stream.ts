/** From the bytes of a file to its records, with memory that does not grow with the file or a record. */
import { type Rejection, reject } from '#codecs/cdr/draft.ts';
import { families } from '#codecs/cdr/families.ts';
import type { RecordSplitter } from '#codecs/cdr/line-splitter.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { Source, UsageEncoding } from '#core/usage/source.ts';
import type { ArchivedContent } from './ports.ts';

/** Looked at to tell how a file is written. */
const HEAD_BYTES = 64 * 1024;
const UTF16_LE = 'fffe';
const UTF16_BE = 'feff';
const UTF8_MARK = 'efbbbf';

/** How a file begins: what must be known to read it, also from its middle. */
export interface FileHead {
  readonly markBytes: number;
  /** The beginning of the text behind the mark and the header: how records are found may depend on it. */
  readonly text: string;
  /** Lines before the first record, the header last; with their line ends. */
  readonly headerLine: string | undefined;
  /** Where the first record may begin. */
  readonly bodyFrom: number;
}

/** Reads the head. Refused: a byte order mark of another encoding than the source's (`usage.file-encoding`). */
export async function readHead(content: ArchivedContent, source: Source): Promise<FileHead | Refusal> {
  const bytes = asBuffer(await content.read(0, HEAD_BYTES));
  const mark = bytes.subarray(0, 3).toString('hex');
  const marked = mark.startsWith(UTF16_LE) ? 'utf-16le' : mark.startsWith(UTF16_BE) ? 'utf-16be' : mark === UTF8_MARK ? 'utf-8' : undefined;
  if (marked !== undefined && marked !== source.encoding)
    return refuse('usage.file-encoding', `the file begins with the byte order mark of ${marked}, the source declares ${source.encoding}`);
  const markBytes = marked === undefined ? 0 : marked === 'utf-8' ? 3 : 2;
  const unit = bytesPerCharacter(source.encoding);
  const text = textOf(bytes.subarray(markBytes, bytes.length - ((bytes.length - markBytes) % unit)), source.encoding);
  const lines = source.skipLines + (source.header ? 1 : 0);
  let at = 0;
  let headerLine: string | undefined;
  for (let line = 0; line < lines; line++) {
    const end = text.indexOf('\n', at);
    headerLine = end < 0 ? text.slice(at) : text.slice(at, end).replace(/\r$/, '');
    at = end < 0 ? text.length : end + 1;
  }
  return {
    markBytes,
    text: text.slice(at),
    headerLine: source.header ? (headerLine ?? '') : undefined,
    bodyFrom: markBytes + at * unit,
  };
}

/** The splitter over a file's records from a byte position on. Positions of the splitter count characters of `unit` bytes. */
export class RecordStream {
  readonly splitter: RecordSplitter;
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #encoding: UsageEncoding;
  readonly #unit: number;
  readonly #from: number;
  readonly #maximumBytes: number;
  #half: Buffer = Buffer.alloc(0);
  #finished = false;

  constructor(content: ArchivedContent, source: Source, head: FileHead, from: number) {
    this.#encoding = source.encoding;
    this.#unit = bytesPerCharacter(source.encoding);
    this.#from = from;
    this.#maximumBytes = source.maximumRecordBytes;
    const limit = Math.floor(source.maximumRecordBytes / this.#unit);
    this.splitter = families[source.family].splitter(source, head.text, limit);
    this.#pieces = content.stream(from)[Symbol.asyncIterator]();
  }

  /** Byte position in the file of the record the splitter is at. */
  get byteFrom(): number {
    return this.#from + this.splitter.from * this.#unit;
  }

  get byteLength(): number {
    return this.splitter.length * this.#unit;
  }

  /** When the record the splitter is at is longer than the source allows. */
  get tooLong(): Rejection | undefined {
    return this.splitter.tooLong ? tooLong(this.byteLength, this.#maximumBytes) : undefined;
  }

  /** Moves to the next record; false at the end of the file. */
  next(): boolean | Promise<boolean> {
    return this.splitter.next() || (!this.#finished && this.#refill());
  }

  async #refill(): Promise<boolean> {
    while (!this.#finished) {
      const piece = await this.#pieces.next();
      if (piece.done === true) {
        this.#finished = true;
        if (this.#half.length > 0) this.splitter.push('\ufffd');
        this.splitter.finish();
      } else this.splitter.push(this.#textOf(asBuffer(piece.value)));
      if (this.splitter.next()) return true;
    }
    return false;
  }

  #textOf(bytes: Buffer): string {
    if (this.#unit === 1) return textOf(bytes, this.#encoding);
    const whole = this.#half.length === 0 ? bytes : Buffer.concat([this.#half, bytes]);
    const even = whole.length - (whole.length % this.#unit);
    this.#half = Buffer.from(whole.subarray(even));
    return textOf(whole.subarray(0, even), this.#encoding);
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

export function tooLong(bytes: number, maximumBytes: number): Rejection {
  return reject('usage.record-too-long', `the record has ${bytes} bytes, the source allows ${maximumBytes}`);
}

/** The text of one raw record as the decoder takes it. The last of a file may have half a line end. */
export function recordText(bytes: Uint8Array, source: Source): string {
  return textOf(asBuffer(bytes), source.encoding).replace(/\r?\n?$/, '');
}

function bytesPerCharacter(encoding: UsageEncoding): number {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
}

/** One character a byte, which the decoder makes text of; UTF-16 is decoded here, since its line ends have two bytes. */
function textOf(bytes: Buffer, encoding: UsageEncoding): string {
  if (encoding === 'utf-16le') return bytes.toString('utf16le');
  if (encoding === 'utf-16be') return Buffer.from(bytes).swap16().toString('utf16le');
  return bytes.toString('latin1');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
