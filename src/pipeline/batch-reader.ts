/**
 * Pieces of a file to batches of records: cut, decoded, normalised, rated, encoded as rows. All that needs no books and takes
 * most of the time; it runs in worker threads, and for small files in the main one. What comes out is made to be sent.
 */
import { makeDecoder, type RecordDecoder } from '#codecs/cdr/record-decoder.ts';
import type { CounterKey, HeldReason } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import type { HoldReason, RejectionReason } from '#core/refusals/usage.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { PartsOfSource } from '#core/usage/correlation.ts';
import type { Source } from '#core/usage/source.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { type DayRows, EventRows } from './event-rows.ts';
import { GrowingBatch } from './growing-batch.ts';
import { type HashSeed, KeyHasher } from './keys/key-hash.ts';
import { type Normaliser, openNormaliser } from './normalise.ts';
import { type PassedOver, passOver } from './passed-over.ts';
import { PlainRecords } from './plain-records.ts';
import type { LineNames } from './ports.ts';
import { type PartPlace, readRecord } from './read-record.ts';
import { asBuffer, RecordCutter, textOf } from './record-cutter.ts';
import type { FileHead } from './record-stream.ts';
import { SpareMemory } from './spare-memory.ts';

/** A file as its readers must know it. */
export interface FileToRead {
  readonly fileId: number;
  readonly source: Source;
  readonly head: FileHead;
  /** How its records are put together, where a correlation says so. */
  readonly parts?: PartsOfSource;
}

/** A part of a file. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** Where it begins in the file. */
  readonly from: number;
  /** The piece before, read by the same reader, ended inside a record. */
  readonly continues: boolean;
  /** It ends between two records; else the next piece continues it. */
  readonly closed: boolean;
  /** Nothing is behind it: what has no end is a record too. */
  readonly last: boolean;
}

/** What a record came to that is not in the rows. */
export type OtherRecord = { readonly index: number } & (
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly detail: string }
  | {
      readonly kind: 'held';
      readonly event: UsageEvent;
      readonly reason: HeldReason | HoldReason;
      readonly detail: string;
      readonly leg: 'in' | 'out' | undefined;
      readonly part?: PartPlace;
    }
  /** To be rated when it is known where these counters stand. */
  | { readonly kind: 'counted'; readonly event: UsageEvent; readonly counters: readonly CounterKey[] }
);

/** Records in the order of reading; `index` counts them from 0. */
export interface ReadBatch {
  readonly count: number;
  /** The file up to here is in this batch or one before it. */
  readonly toBytes: number;
  readonly byteFrom: Float64Array;
  readonly byteLength: Float64Array;
  /** Records between them that are none by the format. */
  readonly passed: PassedOver;
  /** Hashes of the keys, and starts in seconds; 0 for rejected records. */
  readonly hi: Uint32Array;
  readonly lo: Uint32Array;
  readonly startSeconds: Float64Array;
  /** `records` of the rows are indexes. */
  readonly rows: readonly DayRows[];
  /** In the order of their indexes. */
  readonly others: readonly OtherRecord[];
  /** Lines and trunks that this reader met for the first time: their numbers go on from the last batch's. */
  readonly newLines: readonly LineNames[];
  readonly newTrunks: readonly string[];
}

export class BatchReader {
  readonly #book: CompiledBook;
  readonly #hasher: KeyHasher;
  /** What it makes its batches of. */
  readonly spare: SpareMemory;
  readonly #rows: EventRows;
  #file: FileToRead | undefined;
  #decoder: RecordDecoder | undefined;
  #normaliser: Normaliser | undefined;
  #cutter: RecordCutter | undefined;
  /** Where the file's records may be plain. */
  #plain: PlainRecords | undefined;
  #knownLines = 0;
  #knownTrunks = 0;

  constructor(book: CompiledBook, seed: HashSeed, spare = new SpareMemory(false)) {
    this.#book = book;
    this.#hasher = new KeyHasher(seed);
    this.spare = spare;
    this.#rows = new EventRows(spare);
  }

  /** The file that the next pieces belong to. Its source and header were found to be right before. */
  open(file: FileToRead): void {
    this.#file = file;
    this.#decoder = valueOrThrow(makeDecoder(file.source));
    if (file.head.headerLine !== undefined) valueOrThrow(this.#decoder.header(file.head.headerLine));
    this.#normaliser = openNormaliser(file.source, this.#book);
    this.#cutter = undefined;
    this.#plain = PlainRecords.open(file, this.#book, this.#normaliser, this.#rows.trunks);
  }

  /** The records of a piece, in batches of at most `most`. */
  read(piece: Piece, most: number): readonly ReadBatch[] {
    const file = this.#file;
    if (file === undefined) throw new Error('no file is open');
    const reading: Reading = { batches: [], batch: new GrowingBatch(Math.min(most, Math.ceil(piece.bytes.length / 64)), this.spare), most };
    const { bytes, from, last } = piece;
    if (this.#plain === undefined || piece.continues || !piece.closed) {
      const cutter = piece.continues && this.#cutter !== undefined ? this.#cutter : new RecordCutter(file.source, file.head, from);
      this.#cutter = piece.closed ? undefined : cutter;
      this.#readGenerally(cutter, bytes, last, file, reading);
    } else this.#readPlainly(this.#plain, piece, file, reading);
    if (reading.batch.toBytes > 0) reading.batches.push(this.#done(reading.batch));
    return reading.batches;
  }

  /** Records that are lines, from their bytes; each that is not plain, and all that follow when most are not, the general way. */
  #readPlainly(plain: PlainRecords, { bytes, from, last }: Piece, file: FileToRead, reading: Reading): void {
    let trust = TRUST;
    let at = 0;
    while (at < bytes.length && trust > 0) {
      const window = bytes.subarray(at, endOfWindow(bytes, at));
      const text = textOf(asBuffer(window), file.source.encoding);
      for (let begin = 0; begin < window.length; ) {
        const taken = plain.take(window, text, begin);
        const end = plain.next < 0 ? window.length : plain.next;
        const byteFrom = from + at + begin;
        if (taken) this.#addPlain(plain, byteFrom, end - begin, file, reading);
        else {
          const cutter = new RecordCutter(file.source, file.head, byteFrom);
          this.#readGenerally(cutter, window.subarray(begin, end), last && plain.next < 0, file, reading);
        }
        trust = taken ? Math.min(TRUST, trust + 1) : trust - 2;
        begin = end;
      }
      at += window.length;
    }
    if (at < bytes.length)
      this.#readGenerally(new RecordCutter(file.source, file.head, from + at), bytes.subarray(at), last, file, reading);
  }

  #addPlain(plain: PlainRecords, byteFrom: number, byteLength: number, { fileId }: FileToRead, reading: Reading): void {
    const record = this.#number(reading.batch, byteFrom, byteLength, plain.event);
    this.#rows.addPlain({ record, fileId, byteFrom, byteLength }, plain);
    if (reading.batch.count >= reading.most) this.#end(reading);
  }

  #readGenerally(cutter: RecordCutter, bytes: Uint8Array, last: boolean, file: FileToRead, reading: Reading): void {
    const decoder = this.#decoder;
    const normaliser = this.#normaliser;
    if (decoder === undefined || normaliser === undefined) throw new Error('no file is open');
    cutter.push(bytes);
    if (last) cutter.finish();
    const { splitter } = cutter;
    while (splitter.next()) {
      const { byteFrom, byteLength } = cutter;
      const { batch } = reading;
      const read = cutter.tooLong ?? readRecord(splitter.text, splitter.ended, decoder, normaliser, this.#book, file.parts);
      batch.toBytes = byteFrom + byteLength;
      if (read.kind === 'skipped') {
        passOver(batch.passed, read);
        continue;
      }
      if (read.kind === 'rejected')
        batch.others.push({ index: batch.add(byteFrom, byteLength), kind: 'rejected', reason: read.reason, detail: read.detail });
      else {
        const record = this.#number(batch, byteFrom, byteLength, read.event);
        if (read.kind === 'held') batch.others.push({ index: record, ...read });
        else if (read.counters.length > 0)
          batch.others.push({ index: record, kind: 'counted', event: read.event, counters: read.counters });
        else this.#rows.add({ record, fileId: file.fileId, byteFrom, byteLength }, read.event, read.rated.charges);
      }
      // What is in the books ends behind a record, also behind one that is charged in several.
      if (batch.count >= reading.most && splitter.inside !== true) this.#end(reading);
    }
  }

  /** A place in the batch for the record of an event. */
  #number(batch: GrowingBatch, byteFrom: number, byteLength: number, event: UsageEvent): number {
    const record = batch.add(byteFrom, byteLength);
    const hasher = this.#hasher;
    hasher.hash(event.id);
    batch.toBytes = byteFrom + byteLength;
    batch.hi[record] = hasher.hi;
    batch.lo[record] = hasher.lo;
    batch.startSeconds[record] = Math.floor(event.startMicros / 1_000_000);
    return record;
  }

  #end(reading: Reading): void {
    reading.batches.push(this.#done(reading.batch));
    reading.batch = new GrowingBatch(reading.most, this.spare);
  }

  #done(batch: GrowingBatch): ReadBatch {
    const { lines } = this.#rows.lines;
    const { names } = this.#rows.trunks;
    const done = {
      ...batch.done(),
      rows: this.#rows.take(),
      newLines: lines.slice(this.#knownLines),
      newTrunks: names.slice(this.#knownTrunks),
    };
    this.#knownLines = lines.length;
    this.#knownTrunks = names.length;
    return done;
  }
}

/** Credit for records that are not plain, two for each, earned by those that are: without it a piece is read the general way. */
const TRUST = 200;

/** Bytes that are made text at once: so few that the text lives in the young generation, and dies there with what was cut from it. */
const WINDOW_BYTES = 1 << 16;

/** Behind the last line end within a window, or behind the next one. */
function endOfWindow(bytes: Uint8Array, from: number): number {
  if (bytes.length - from <= WINDOW_BYTES) return bytes.length;
  const within = bytes.lastIndexOf(10, from + WINDOW_BYTES);
  const end = within >= from ? within : bytes.indexOf(10, from);
  return end < 0 ? bytes.length : end + 1;
}

/** A piece on its way to batches. */
interface Reading {
  readonly batches: ReadBatch[];
  batch: GrowingBatch;
  readonly most: number;
}

/** The memory of a batch. */
export function buffersOf(batch: ReadBatch): readonly ArrayBufferLike[] {
  const arrays: ArrayBufferView[] = [batch.byteFrom, batch.byteLength, batch.hi, batch.lo, batch.startSeconds];
  for (const { bytes, starts, records, answered, trunkIn, trunkOut, hashes, in: legIn, out: legOut } of batch.rows) {
    arrays.push(bytes, starts, records, answered, trunkIn, trunkOut, hashes);
    for (const { line, day, raw, billed, nanos } of [legIn, legOut]) arrays.push(line, day, raw, billed, nanos);
  }
  return arrays.map(({ buffer }) => buffer);
}
