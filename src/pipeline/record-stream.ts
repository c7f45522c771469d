/** From the bytes of a file to its records, with memory that does not grow with the file or a record. */
import type { Rejection } from '#codecs/cdr/draft.ts';
import { families } from '#codecs/cdr/families.ts';
import type { RecordSplitter } from '#codecs/cdr/line-splitter.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { Source, UsageEncoding } from '#core/usage/source.ts';
import type { ArchivedContent } from './ports.ts';
import { asBuffer, bytesPerCharacter, RecordCutter, textOf } from './record-cutter.ts';

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
  const marked = families[source.family].binary ? undefined : markOf(mark);
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
    if (line < source.skipLines && headerLine.includes('\r'))
      return refuse(
        'usage.header-differs',
        `line ${line + 1}, which is passed over, has carriage returns inside: do all lines end with them?`,
      );
    at = end < 0 ? text.length : end + 1;
  }
  return {
    markBytes,
    text: text.slice(at),
    headerLine: source.header ? (headerLine ?? '') : undefined,
    bodyFrom: markBytes + at * unit,
  };
}

function markOf(mark: string): UsageEncoding | undefined {
  if (mark.startsWith(UTF16_LE)) return 'utf-16le';
  if (mark.startsWith(UTF16_BE)) return 'utf-16be';
  return mark === UTF8_MARK ? 'utf-8' : undefined;
}

/** The splitter over a file's records from a byte position on. */
export class RecordStream {
  readonly #cutter: RecordCutter;
  readonly #pieces: AsyncIterator<Uint8Array>;
  #finished = false;

  constructor(content: ArchivedContent, source: Source, head: FileHead, from: number) {
    this.#cutter = new RecordCutter(source, head, from);
    this.#pieces = content.stream(from)[Symbol.asyncIterator]();
  }

  get splitter(): RecordSplitter {
    return this.#cutter.splitter;
  }

  /** Byte position in the file of the record the splitter is at. */
  get byteFrom(): number {
    return this.#cutter.byteFrom;
  }

  /** When the record the splitter is at is longer than the source allows. */
  get tooLong(): Rejection | undefined {
    return this.#cutter.tooLong;
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
        this.#cutter.finish();
      } else this.#cutter.push(piece.value);
      if (this.splitter.next()) return true;
    }
    return false;
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

/** The text of one raw record as the decoder takes it. The last of a file may have half a line end. */
export function recordText(bytes: Uint8Array, source: Source): string {
  const text = textOf(asBuffer(bytes), source.encoding);
  return families[source.family].binary ? text : text.replace(/\r?\n?$/, '');
}
