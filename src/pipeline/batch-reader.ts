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
import { type HashSeed, KeyHasher } from './keys/key-hash.ts';
import { type Normaliser, openNormaliser } from './normalise.ts';
import type { LineNames } from './ports.ts';
import { type PartPlace, readRecord } from './read-record.ts';
import { RecordCutter } from './record-cutter.ts';
import type { FileHead } from './record-stream.ts';

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
  readonly #rows = new EventRows();
  #file: FileToRead | undefined;
  #decoder: RecordDecoder | undefined;
  #normaliser: Normaliser | undefined;
  #cutter: RecordCutter | undefined;
  #knownLines = 0;
  #knownTrunks = 0;

  constructor(book: CompiledBook, seed: HashSeed) {
    this.#book = book;
    this.#hasher = new KeyHasher(seed);
  }

  /** The file that the next pieces belong to. Its source and header were found to be right before. */
  open(file: FileToRead): void {
    this.#file = file;
    this.#decoder = valueOrThrow(makeDecoder(file.source));
    if (file.head.headerLine !== undefined) valueOrThrow(this.#decoder.header(file.head.headerLine));
    this.#normaliser = openNormaliser(file.source, this.#book);
    this.#cutter = undefined;
  }

  /** The records of a piece, in batches of at most `most`. */
  read(piece: Piece, most: number): readonly ReadBatch[] {
    const file = this.#file;
    const decoder = this.#decoder;
    const normaliser = this.#normaliser;
    if (file === undefined || decoder === undefined || normaliser === undefined) throw new Error('no file is open');
    const cutter = piece.continues && this.#cutter !== undefined ? this.#cutter : new RecordCutter(file.source, file.head, piece.from);
    this.#cutter = piece.closed ? undefined : cutter;
    cutter.push(piece.bytes);
    if (piece.last) cutter.finish();
    const batches: ReadBatch[] = [];
    let batch = new GrowingBatch(Math.min(most, Math.ceil(piece.bytes.length / 64)));
    const { splitter } = cutter;
    const hasher = this.#hasher;
    const rows = this.#rows;
    while (splitter.next()) {
      const { byteFrom, byteLength } = cutter;
      const read = cutter.tooLong ?? readRecord(splitter.text, splitter.ended, decoder, normaliser, this.#book, file.parts);
      batch.toBytes = byteFrom + byteLength;
      if (read.kind === 'skipped') continue;
      const record = batch.add(byteFrom, byteLength);
      if (read.kind === 'rejected') batch.others.push({ index: record, kind: 'rejected', reason: read.reason, detail: read.detail });
      else {
        hasher.hash(read.event.id);
        batch.hi[record] = hasher.hi;
        batch.lo[record] = hasher.lo;
        batch.startSeconds[record] = Math.floor(read.event.startMicros / 1_000_000);
        if (read.kind === 'held') batch.others.push({ index: record, ...read });
        else if (read.counters.length > 0)
          batch.others.push({ index: record, kind: 'counted', event: read.event, counters: read.counters });
        else rows.add({ record, fileId: file.fileId, byteFrom, byteLength }, read.event, read.rated.charges);
      }
      // What is in the books ends behind a record, also behind one that is charged in several.
      if (batch.count < most || splitter.inside === true) continue;
      batches.push(this.#done(batch));
      batch = new GrowingBatch(most);
    }
    if (batch.toBytes > 0) batches.push(this.#done(batch));
    return batches;
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

class GrowingBatch {
  count = 0;
  toBytes = 0;
  hi: Uint32Array;
  lo: Uint32Array;
  startSeconds: Float64Array;
  readonly others: OtherRecord[] = [];
  #byteFrom: Float64Array;
  #byteLength: Float64Array;

  constructor(room: number) {
    this.hi = new Uint32Array(room);
    this.lo = new Uint32Array(room);
    this.startSeconds = new Float64Array(room);
    this.#byteFrom = new Float64Array(room);
    this.#byteLength = new Float64Array(room);
  }

  add(byteFrom: number, byteLength: number): number {
    const index = this.count;
    if (index >= this.hi.length) this.#grow();
    this.#byteFrom[index] = byteFrom;
    this.#byteLength[index] = byteLength;
    this.count = index + 1;
    return index;
  }

  done(): Omit<ReadBatch, 'rows' | 'newLines' | 'newTrunks'> {
    const { count } = this;
    return {
      count,
      toBytes: this.toBytes,
      byteFrom: this.#byteFrom.subarray(0, count),
      byteLength: this.#byteLength.subarray(0, count),
      hi: this.hi.subarray(0, count),
      lo: this.lo.subarray(0, count),
      startSeconds: this.startSeconds.subarray(0, count),
      others: this.others,
    };
  }

  #grow(): void {
    const room = Math.max(64, this.hi.length * 2);
    this.hi = larger(this.hi, new Uint32Array(room));
    this.lo = larger(this.lo, new Uint32Array(room));
    this.startSeconds = larger(this.startSeconds, new Float64Array(room));
    this.#byteFrom = larger(this.#byteFrom, new Float64Array(room));
    this.#byteLength = larger(this.#byteLength, new Float64Array(room));
  }
}

function larger<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** The memory of a batch, to be handed over instead of copied. */
export function buffersOf(batch: ReadBatch): readonly ArrayBuffer[] {
  const arrays: ArrayBufferView[] = [batch.byteFrom, batch.byteLength, batch.hi, batch.lo, batch.startSeconds];
  for (const { bytes, starts, records, answered, trunkIn, trunkOut, in: legIn, out: legOut } of batch.rows) {
    arrays.push(bytes, starts, records, answered, trunkIn, trunkOut);
    for (const { line, day, raw, billed, nanos } of [legIn, legOut]) arrays.push(line, day, raw, billed, nanos);
  }
  return arrays.map(({ buffer }) => buffer as ArrayBuffer); // all are made by `new …Array(length)`
}
