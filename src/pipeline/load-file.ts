/** One archived file into the books, batch by batch, from where it was left. */
import { makeDecoder, type RecordDecoder } from '#codecs/cdr/record-decoder.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import { partsOfSource } from '#core/usage/correlation.ts';
import { windowDaysOf } from '#core/usage/repetitions.ts';
import type { Source } from '#core/usage/source.ts';
import type { Piece, ReadBatch } from './batch-reader.ts';
import { type Booked, Booking } from './book-reading.ts';
import { compareChecks } from './file-checks.ts';
import type { SourceKeys } from './keys/source-keys.ts';
import { nothingTaken, type PassedOver, passedTogether } from './passed-over.ts';
import { piecesOf } from './pieces.ts';
import type { ArchivedContent, Counts, LoadedFile, ReasonCounts, UsageTransaction, UsageWriter } from './ports.ts';
import type { Configuration } from './read-record.ts';
import type { Lane, Readers } from './readers.ts';
import { type FileHead, RecordStream, readHead } from './record-stream.ts';
import type { Screen } from './screening/screen.ts';
import type { Stages } from './stages.ts';

/** A transaction ends with whichever comes first: it writes so many records, or keeps so many of the rare ones in memory. */
const TRANSACTION_RECORDS = 1_000_000;
const KEPT_RECORDS = 20_000;
/** A file's number goes into the rows with the other numbers of the books. */
const NOT_KNOWN = 0;
/** Records that a reader hands over at once. */
const BATCH_RECORDS = 16_384;
/**
 * Pieces that each reader has before it, some 4 MB each with what is read of them: enough to go on with while a transaction ends,
 * which takes some tenths of a second. With 2 the readers had nothing to do for half of the time.
 */
const PIECES_AHEAD = 24;

export interface LoadOptions {
  readonly writer: UsageWriter;
  readonly keys: SourceKeys;
  /** Of the same configuration. */
  readonly readers: Readers;
  readonly stages: Stages;
  /** Undefined where no rule is configured. */
  readonly screen?: Screen;
  readonly file: LoadedFile;
  readonly content: ArchivedContent;
  readonly source: Source;
  readonly configuration: Configuration;
  /** Refuse the file when a record would be rejected, instead of keeping the others. */
  readonly allOrNothing: boolean;
  /** Records of a transaction at most; the default is for speed. */
  readonly batchRecords?: number;
  readonly onProgress: (bytes: number, counts: Counts) => void;
  /** Joins the transaction of the file's last batch: what it writes is there exactly when the whole file is. */
  readonly atEnd?: (transaction: UsageTransaction) => Promise<void>;
  /** Its reading, where that has begun: used when nothing of the file is in the books, and closed by the caller in any case. */
  readonly begun?: FileReading;
  /** Called when the whole file is read and not yet in the books: another may be read. */
  readonly onRead?: () => void;
}

export interface LoadResult {
  readonly counts: Counts;
  readonly reasons: ReasonCounts;
  readonly passedOver: PassedOver;
  /** What the file says of itself and is not so, where the source takes such files all the same; and that nothing of it was taken. */
  readonly differences: readonly Refusal[];
}

/**
 * Loads what is not yet loaded of the file. Refused, with nothing taken: `usage.file-encoding`,
 * `usage.header-differs`, `usage.file-refused`, `usage.source-invalid`, `collect.count-differs`, `collect.check-missing`.
 */
export async function loadFile(options: LoadOptions): Promise<Result<LoadResult>> {
  const { source, file, begun } = options;
  const checked = await checkFile(options);
  if (!checked.ok) return checked;
  const { head, differences } = checked.value;
  const fresh = file.offsetBytes === 0;
  if (!fresh) await begun?.close(); // before others of the readers' numbers come
  const reading = (fresh ? begun : undefined) ?? new FileReading(options, head, file.offsetBytes);
  try {
    const booked = await bookAll(options, reading);
    const nothing = nothingTaken(booked.counts.read, booked.passedOver, source);
    return { ok: true, value: { ...booked, differences: nothing === undefined ? differences : [...differences, nothing] } };
  } catch (error) {
    options.readers.forget();
    throw error;
  } finally {
    await reading.close();
  }
}

/** What can be wrong with a file as a whole, before anything of it is taken. */
export async function checkFile({
  content,
  source,
  file,
  allOrNothing,
}: Pick<LoadOptions, 'content' | 'source' | 'file' | 'allOrNothing'>): Promise<Result<CheckedFile>> {
  const opened = await openRecords(content, source);
  if (!opened.ok) return opened;
  const { head, decoder } = opened.value;
  if (allOrNothing && file.offsetBytes === 0) {
    const refusal = await findRejected(content, source, head, decoder);
    if (refusal !== undefined) return { ok: false, refusals: [refusal] };
  }
  const checks = file.offsetBytes === 0 ? source.collecting?.checks : undefined;
  const differences = checks === undefined ? [] : await compareChecks(content, source, checks, head, decoder);
  if (checks?.onDifference === 'refuse' && differences.length > 0) return { ok: false, refusals: differences };
  return { ok: true, value: { head, differences } };
}

export interface CheckedFile {
  readonly head: FileHead;
  /** What the file says of itself and is not so, where the source takes such files all the same. */
  readonly differences: readonly Refusal[];
}

/**
 * Begins to read a file whose turn has not come, so that readers go on while the one before it gets into the books. Undefined
 * where it is not worth it, or where loadFile will refuse the file.
 */
export async function beginReading(options: ReadingOptions): Promise<FileReading | undefined> {
  const { content, source, readers } = options;
  const opened = await openRecords(content, source);
  if (!opened.ok || !readers.inThreads(content.length)) return undefined;
  const reading = new FileReading(options, opened.value.head, 0);
  reading.begin();
  return reading;
}

/** Books what is read, one transaction after the other; the readers read on meanwhile. */
async function bookAll(options: LoadOptions, reading: FileReading): Promise<Booked> {
  const { writer, keys, file, source, stages } = options;
  const most = options.batchRecords ?? TRANSACTION_RECORDS;
  const toBook = { ...file, windowDays: windowDaysOf(source), source: source.id };
  let total: Booked = { counts: file.counts, reasons: file.reasons, passedOver: file.passedOver };
  let offset = file.offsetBytes;
  for (let done = false; !done; ) {
    const from = offset;
    const booked = await keys.transaction(
      (work: (transaction: UsageTransaction) => Promise<Booked>) => writer.transaction(work),
      async (transaction, claims) => {
        const booking = new Booking(transaction, claims, options.configuration, stages, options.screen);
        while (booking.records < most && booking.kept < KEPT_RECORDS) {
          const next = await stages.time('waiting', () => reading.next());
          if (next === undefined) {
            done = true;
            options.onRead?.();
            break;
          }
          await booking.add(toBook, next.batch, next.lane.numbers, () => next.lane.letGo(next.batch));
          offset = next.batch.toBytes;
        }
        if (done) await options.atEnd?.(transaction);
        const [part] = await booking.finish([{ file: toBook, from, to: offset, done }]);
        return part as Booked; // of the one file
      },
    );
    total = added(total, booked);
    options.onProgress(offset, total.counts);
  }
  return total;
}

interface ReadPiece {
  readonly lane: Lane;
  readonly batches: Promise<readonly ReadBatch[]>;
}

export type ReadingOptions = Pick<LoadOptions, 'readers' | 'content' | 'source' | 'batchRecords' | 'configuration'>;

/** Gives pieces of a file to readers and takes the batches back in the order of the file. */
export class FileReading {
  readonly #lanes: readonly Lane[];
  readonly #pieces: AsyncGenerator<Piece>;
  readonly #most: number;
  readonly #reading: ReadPiece[] = [];
  #batches: { readonly lane: Lane; readonly batch: ReadBatch }[] = [];
  #last: Lane | undefined;
  #begun: Promise<void> | undefined;
  #ended = false;

  /** Everything given to the readers before is read by them before. */
  constructor({ readers, content, source, batchRecords, configuration }: ReadingOptions, head: FileHead, offset: number) {
    const from = Math.max(offset, head.bodyFrom);
    const parts = partsOfSource(configuration.correlations, source.id);
    const toRead = { fileId: NOT_KNOWN, source, head, ...(parts === undefined ? {} : { parts }) };
    this.#lanes = readers.lanesFor(content.length - from);
    for (const lane of this.#lanes) lane.open(toRead);
    this.#pieces = piecesOf(content, toRead, from);
    this.#most = Math.min(BATCH_RECORDS, batchRecords ?? BATCH_RECORDS);
  }

  /** Gives the readers something to do before the first batch is asked for. */
  begin(): void {
    this.#begun = this.#readAhead();
    this.#begun.catch(() => undefined); // reported where a batch is asked for
  }

  /** The next batch; undefined behind the last. */
  async next(): Promise<{ readonly lane: Lane; readonly batch: ReadBatch } | undefined> {
    await this.#begun;
    for (;;) {
      const ready = this.#batches.shift();
      if (ready !== undefined) return ready;
      await this.#readAhead();
      const first = this.#reading.shift();
      if (first === undefined) return undefined;
      this.#batches = (await first.batches).map((batch) => ({ lane: first.lane, batch }));
    }
  }

  /** Ends it anywhere. What readers have numbered meanwhile counts for what they read next. */
  async close(): Promise<void> {
    await this.#begun?.catch(() => undefined);
    await this.#pieces.return(undefined);
    for (const { lane, batch } of this.#batches.splice(0)) lane.numbers.note(batch.newLines, batch.newTrunks);
    const reading = this.#reading.splice(0);
    for (const [index, read] of (await Promise.allSettled(reading.map(({ batches }) => batches))).entries())
      if (read.status === 'fulfilled')
        for (const { newLines, newTrunks } of read.value) reading[index]?.lane.numbers.note(newLines, newTrunks);
  }

  async #readAhead(): Promise<void> {
    while (!this.#ended && this.#reading.length < PIECES_AHEAD * this.#lanes.length) {
      const piece = await this.#pieces.next();
      if (piece.done === true) {
        this.#ended = true;
        return;
      }
      const lane = this.#laneFor(piece.value);
      const batches = lane.read(piece.value, this.#most);
      batches.catch(() => undefined); // reported where it is awaited
      this.#reading.push({ lane, batches });
      this.#last = lane;
    }
  }

  /** The reader that began a record goes on with it; else the one that has least to do. */
  #laneFor(piece: Piece): Lane {
    if (piece.continues && this.#last !== undefined) return this.#last;
    const [first, ...others] = this.#lanes;
    if (first === undefined) throw new Error('there is no reader');
    return others.reduce((least, lane) => (lane.waiting < least.waiting ? lane : least), first);
  }
}

/** What is needed to read records of a file, from any place of it. */
export async function openRecords(
  content: ArchivedContent,
  source: Source,
): Promise<Result<{ readonly head: FileHead; readonly decoder: RecordDecoder }>> {
  const made = makeDecoder(source);
  if (!made.ok) return made;
  const head = await readHead(content, source);
  if ('code' in head) return { ok: false, refusals: [head] };
  if (head.headerLine !== undefined) {
    const header = made.value.header(head.headerLine);
    if (!header.ok) return header;
  }
  return { ok: true, value: { head, decoder: made.value } };
}

/** Reads the whole file for nothing but its damage. */
async function findRejected(
  content: ArchivedContent,
  source: Source,
  head: FileHead,
  decoder: RecordDecoder,
): Promise<Refusal | undefined> {
  const stream = new RecordStream(content, source, head, head.bodyFrom);
  let read = 0;
  let rejected = 0;
  let first: { readonly place: string; readonly detail: string; readonly reason: string } | undefined;
  try {
    for (;;) {
      const next = stream.next();
      if (!(next === true || (await next))) break;
      read += 1;
      const { splitter } = stream;
      const decoded = stream.tooLong ?? decoder.decode(splitter.text, splitter.ended);
      if (decoded.kind !== 'rejected') continue;
      rejected += 1;
      first ??= { place: `byte ${stream.byteFrom}`, detail: decoded.detail, reason: decoded.reason };
    }
  } finally {
    await stream.close();
  }
  if (first === undefined) return undefined;
  return refuse(
    'usage.file-refused',
    `${rejected} of ${read} records are damaged; the first at ${first.place}: ${first.reason}, ${first.detail}`,
  );
}

function added(total: Booked, { counts, reasons, passedOver }: Booked): Booked {
  const sums: Record<string, number> = { ...total.reasons };
  for (const [reason, number] of Object.entries(reasons)) sums[reason] = (sums[reason] ?? 0) + number;
  return {
    counts: {
      read: total.counts.read + counts.read,
      rated: total.counts.rated + counts.rated,
      held: total.counts.held + counts.held,
      duplicate: total.counts.duplicate + counts.duplicate,
      rejected: total.counts.rejected + counts.rejected,
    },
    reasons: sums,
    passedOver: passedTogether(total.passedOver, passedOver),
  };
}
