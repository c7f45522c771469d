/** Cuts bytes into records, without waiting for anything: the pieces are given to it. */
import { type Rejection, reject } from '#codecs/cdr/draft.ts';
import { families } from '#codecs/cdr/families.ts';
import { LineSplitter, type RecordSplitter } from '#codecs/cdr/line-splitter.ts';
import type { Source, UsageEncoding } from '#core/usage/source.ts';

/** What of a file's head says how its records are found. */
export interface CutterHead {
  readonly text: string;
  /** Where the first record may begin; a stream that begins behind it goes on in the middle of the file. */
  readonly bodyFrom: number;
}

export class RecordCutter {
  readonly splitter: RecordSplitter;
  readonly #encoding: UsageEncoding;
  readonly #unit: number;
  readonly #from: number;
  readonly #maximumBytes: number;
  #half: Buffer = Buffer.alloc(0);

  /** The first byte pushed is at `from` of the file. */
  constructor(source: Source, head: CutterHead, from: number) {
    this.#encoding = source.encoding;
    this.#unit = bytesPerCharacter(source.encoding);
    this.#from = from;
    this.#maximumBytes = source.maximumRecordBytes;
    this.splitter = makeSplitter(source, head, from);
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

  push(bytes: Uint8Array): void {
    this.splitter.push(this.#textOf(asBuffer(bytes)));
  }

  /** No more bytes come. */
  finish(): void {
    if (this.#half.length > 0) this.splitter.push('\ufffd');
    this.splitter.finish();
  }

  #textOf(bytes: Buffer): string {
    if (this.#unit === 1) return textOf(bytes, this.#encoding);
    const whole = this.#half.length === 0 ? bytes : Buffer.concat([this.#half, bytes]);
    const even = whole.length - (whole.length % this.#unit);
    this.#half = Buffer.from(whole.subarray(even));
    return textOf(whole.subarray(0, even), this.#encoding);
  }
}

function makeSplitter(source: Source, head: CutterHead, from: number): RecordSplitter {
  const limit = Math.floor(source.maximumRecordBytes / bytesPerCharacter(source.encoding));
  return families[source.family].splitter(source, head.text, limit, from, from > head.bodyFrom);
}

/** Whether a file may be cut behind any line feed, each part being read for itself. */
export function endsWithLines(source: Source, head: CutterHead): boolean {
  return bytesPerCharacter(source.encoding) === 1 && makeSplitter(source, head, 0) instanceof LineSplitter;
}

export function tooLong(bytes: number, maximumBytes: number): Rejection {
  return reject('usage.record-too-long', `the record has ${bytes} bytes, the source allows ${maximumBytes}`);
}

export function bytesPerCharacter(encoding: UsageEncoding): number {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
}

/** One character a byte, which the decoder makes text of; UTF-16 is decoded here, since its line ends have two bytes. */
export function textOf(bytes: Buffer, encoding: UsageEncoding): string {
  if (encoding === 'utf-16le') return bytes.toString('utf16le');
  if (encoding === 'utf-16be') return Buffer.from(bytes).swap16().toString('utf16le');
  return bytes.toString('latin1');
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
