/** Puts batches that readers have read into the books: several of them in one transaction, which moves the file's offset on. */
import { BatchKeys } from './batch-keys.ts';
import type { ReadBatch } from './batch-reader.ts';
import type { KeyBatch } from './keys/ports.ts';
import type { TransactionKeys } from './keys/source-keys.ts';
import { type PassedOver, passedTogether } from './passed-over.ts';
import type { Counts, DuplicateRecord, HeldRecord, ReasonCounts, RejectedRecord, UsageTransaction } from './ports.ts';
import { type CountedRecord, rateCounted } from './rate-counted.ts';
import type { Configuration } from './read-record.ts';
import { RollupSums } from './rollup-sums.ts';
import { RowSums } from './row-sums.ts';
import { chargeable } from './screening/chargeable.ts';
import type { Screen, ScreeningHold } from './screening/screen.ts';
import { writeScreening } from './screening/write-screening.ts';
import { type BookNumbers, settleRows } from './settle-rows.ts';
import type { Stages } from './stages.ts';
import { writeRated } from './write-rated.ts';

/** The file as booking must know it. */
export interface FileToBook {
  readonly fileId: number;
  readonly sourceId: number;
  /** Of its source: how far apart repetitions may start. */
  readonly windowDays: number;
  /** Its source. */
  readonly source: string;
}

export interface Booked {
  readonly counts: Counts;
  readonly reasons: ReasonCounts;
  readonly passedOver: PassedOver;
}

/** How far a file is in the books when the transaction is. */
export interface FileOffset {
  readonly file: FileToBook;
  readonly from: number;
  readonly to: number;
  readonly done: boolean;
}

/** What a transaction has of one file. */
interface FilePart {
  readonly file: FileToBook;
  /** The last number of its records so far; of the file before it where it has none. */
  last: number;
  read: number;
  inRows: number;
  passed: PassedOver;
}

interface WaitingDay {
  readonly pieces: Uint8Array[];
  readonly sums: RowSums;
}

/** Rows that wait for others of their day: files of a few records share a COPY. */
const ROWS_AT_ONCE = 4_096;

/** What one transaction books: a part of a file, or several files one after the other. */
export class Booking {
  readonly #transaction: UsageTransaction;
  readonly #claims: TransactionKeys;
  readonly #configuration: Configuration;
  readonly #stages: Stages;
  readonly #sums = new RollupSums();
  readonly #screen: Screen | undefined;
  readonly #held: HeldRecord[] = [];
  readonly #duplicates: DuplicateRecord[] = [];
  readonly #rejected: RejectedRecord[] = [];
  readonly #counted: CountedRecord[] = [];
  readonly #parts: FilePart[] = [];
  #read = 0;
  /** Rows that are not on their way yet, by day, and whom to tell when they are written. */
  #waiting = new Map<number, WaitingDay>();
  #waitingRows = 0;
  #onWritten: (() => void)[] = [];
  /** Rows on their way to the database. */
  #copying: Promise<void> = Promise.resolve();

  constructor(transaction: UsageTransaction, claims: TransactionKeys, configuration: Configuration, stages: Stages, screen?: Screen) {
    this.#transaction = transaction;
    this.#claims = claims;
    this.#configuration = configuration;
    this.#stages = stages;
    this.#screen = screen;
  }

  /** Records so far. */
  get records(): number {
    return this.#read;
  }

  /** Records so far that are kept in memory until the end. */
  get kept(): number {
    return this.#held.length + this.#duplicates.length + this.#rejected.length + this.#counted.length;
  }

  /**
   * Numbers the records, finds the repetitions, writes the rows. They may be on their way when it returns, or wait for more, and the next
   * batch is made ready meanwhile; `onWritten` is called when nobody looks at the batch any more. A file's batches come one after the other.
   */
  async add(file: FileToBook, batch: ReadBatch, numbers: BookNumbers, onWritten: () => void): Promise<void> {
    await this.#stages.time('numbers', () => numbers.learn(this.#transaction, batch.newLines, batch.newTrunks));
    const part = this.#partOf(file);
    part.passed = passedTogether(part.passed, batch.passed);
    if (batch.count === 0) {
      onWritten();
      return;
    }
    const first = await this.#transaction.takeNumbers(batch.count);
    part.last = first + batch.count - 1;
    const keys = new BatchKeys(batch);
    const repeated = await this.#stages.time('keys', () => this.#findRepetitions(file, batch, keys, first));
    const screened = this.#stages.timeNow('sums', () => this.#screenAll(file, batch, first, repeated, numbers));
    this.#sortOthers(batch, first, repeated, screened);
    const of = { fileId: file.fileId, runId: await this.#transaction.runId(this.#configuration.knownAtMicros) };
    const eventId = (record: number): number | undefined => (repeated[record] === 1 || screened.has(record) ? undefined : first + record);
    this.#stages.timeNow('sums', () => {
      for (const day of batch.rows) {
        const { pieces, rows, rowSums } = settleRows(day, eventId, of, numbers, this.#sums);
        const waiting = this.#waiting.get(day.day) ?? { pieces: [], sums: new RowSums() };
        for (const piece of pieces) waiting.pieces.push(piece);
        waiting.sums.addAll(rowSums);
        this.#waiting.set(day.day, waiting);
        this.#waitingRows += rows;
        part.inRows += rows;
      }
    });
    this.#onWritten.push(onWritten);
    this.#stages.timeNow('keys', () => keys.pack());
    part.read += batch.count;
    this.#read += batch.count;
    if (this.#waitingRows >= ROWS_AT_ONCE) await this.#send();
  }

  /** Rates what depends on counters, and writes all the rest. `offsets`: of all files, in their order. */
  async finish(offsets: readonly FileOffset[]): Promise<readonly Booked[]> {
    const transaction = this.#transaction;
    await this.#send();
    await this.#stages.time('copy', () => this.#copying);
    const sorted = { rated: this.#counted, held: this.#held };
    const rated = await rateCounted(transaction, sorted, this.#configuration);
    await writeRated(transaction, (id) => this.#partWith(id).file.fileId, rated, this.#configuration.knownAtMicros, this.#sums);
    const [ratedOf, heldOf, duplicatesOf, rejectedOf] = [
      this.#byPart(rated),
      this.#byPart(this.#held),
      this.#byPart(this.#duplicates),
      this.#byPart(this.#rejected),
    ];
    for (const [{ file }, records] of heldOf) await transaction.writeHeld(file, records);
    for (const [{ file }, records] of duplicatesOf) await transaction.writeDuplicates(file.fileId, records);
    for (const [{ file }, records] of rejectedOf) await transaction.writeRejected(file.fileId, records);
    if (this.#screen !== undefined) await writeScreening(transaction, this.#screen);
    const advances = offsets.map(({ file, ...offset }) => {
      const part = this.#partOf(file);
      const [held, rejected] = [heldOf.get(part) ?? [], rejectedOf.get(part) ?? []];
      const reasons: Record<string, number> = {};
      for (const { reason } of [...held, ...rejected]) reasons[reason] = (reasons[reason] ?? 0) + 1;
      const counts = {
        read: part.read,
        rated: part.inRows + (ratedOf.get(part)?.length ?? 0),
        held: held.length,
        duplicate: duplicatesOf.get(part)?.length ?? 0,
        rejected: rejected.length,
      };
      return { fileId: file.fileId, ...offset, counts, reasons, passedOver: part.passed };
    });
    await transaction.advanceFiles(advances);
    // Last, and not waited for: the keys are made ready meanwhile.
    this.#stages.time('rollup', () => transaction.addToRollup(this.#sums)).catch(() => undefined); // the transaction's end reports it
    return advances;
  }

  #partOf(file: FileToBook): FilePart {
    const last = this.#parts.at(-1);
    if (last?.file.fileId === file.fileId) return last;
    let part = this.#parts.find((each) => each.file.fileId === file.fileId);
    if (part === undefined) {
      part = { file, last: last?.last ?? -1, read: 0, inRows: 0, passed: {} };
      this.#parts.push(part);
    }
    return part;
  }

  /** Files have numbers one behind the other. */
  #partWith(id: number): FilePart {
    let from = 0;
    let to = this.#parts.length - 1;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#parts[middle] as FilePart).last < id) from = middle + 1;
      else to = middle;
    }
    return this.#parts[from] as FilePart; // its records are of one of them
  }

  #byPart<T extends { readonly id: number }>(records: readonly T[]): ReadonlyMap<FilePart, readonly T[]> {
    return Map.groupBy(records, ({ id }) => this.#partWith(id));
  }

  /** Gives the rows that wait to the database, behind those before. */
  async #send(): Promise<void> {
    if (this.#onWritten.length === 0) return;
    await this.#stages.time('copy', () => this.#copying);
    const [days, written] = [this.#waiting, this.#onWritten];
    this.#waiting = new Map();
    this.#onWritten = [];
    this.#waitingRows = 0;
    this.#copying = this.#copy(days).then(() => {
      for (const each of written) each();
    });
    this.#copying.catch(() => undefined); // reported where it is awaited
  }

  async #copy(days: ReadonlyMap<number, WaitingDay>): Promise<void> {
    for (const [day, { pieces, sums }] of days) if (pieces.length > 0) await this.#transaction.copyEvents(day, pieces, sums);
  }

  /** 1 for each record whose key another has. */
  async #findRepetitions({ sourceId, windowDays }: FileToBook, batch: ReadBatch, texts: BatchKeys, first: number): Promise<Uint8Array> {
    const { count, hi, lo } = batch;
    const startSeconds = batch.startSeconds.slice(); // looked at until the transaction ends; hashes are not
    const repeated = new Uint8Array(count);
    const rejected = new Set(batch.others.flatMap(({ kind, index }) => (kind === 'rejected' ? [index] : [])));
    const ids = new Float64Array(count);
    for (let index = 0; index < count; index += 1) ids[index] = first + index;
    const keyAt = (index: number): string => texts.at(index);
    const keys: KeyBatch = { sourceId, windowDays, count, hi, lo, startSeconds, ids, keyAt, skip: (index) => rejected.has(index) };
    const owners = await this.#claims.claimBatch(keys);
    for (let index = 0; index < count; index += 1) {
      const of = owners[index] as number; // one for each record
      if (of === first + index || rejected.has(index)) continue;
      repeated[index] = 1;
      this.#duplicates.push({ ...placeOf(batch, index, first), key: keyAt(index), of });
    }
    return repeated;
  }

  /** Looks at what is about to be charged, in the order of reading. Those that are held for it, by their indexes. */
  #screenAll(
    file: FileToBook,
    batch: ReadBatch,
    first: number,
    repeated: Uint8Array,
    numbers: BookNumbers,
  ): ReadonlyMap<number, ScreeningHold> {
    const screen = this.#screen;
    if (screen === undefined) return NONE_SCREENED;
    const holds = new Map<number, ScreeningHold>();
    for (const { index, event, ofRow } of chargeable(batch, file.source, numbers.trunkNames)) {
      if (repeated[index] === 1) continue;
      const hold = screen.judge(first + index, event);
      if (hold === undefined) continue;
      holds.set(index, hold);
      if (ofRow) this.#held.push({ ...placeOf(batch, index, first), event, ...hold, leg: undefined });
    }
    return holds;
  }

  #sortOthers(batch: ReadBatch, first: number, repeated: Uint8Array, screened: ReadonlyMap<number, ScreeningHold>): void {
    for (const other of batch.others) {
      if (repeated[other.index] === 1) continue;
      const place = placeOf(batch, other.index, first);
      if (other.kind === 'rejected') this.#rejected.push({ ...place, reason: other.reason, detail: other.detail });
      else if (other.kind === 'counted' && screened.has(other.index))
        this.#held.push({ ...place, event: other.event, leg: undefined, ...(screened.get(other.index) as ScreeningHold) });
      else if (other.kind === 'counted') this.#counted.push({ ...place, event: other.event, charges: [], counters: other.counters });
      else
        this.#held.push({
          ...place,
          event: other.event,
          reason: other.reason,
          detail: other.detail,
          leg: other.leg,
          ...(other.part === undefined ? {} : { part: other.part }),
        });
    }
  }
}

const NONE_SCREENED: ReadonlyMap<number, ScreeningHold> = new Map();

function placeOf(batch: ReadBatch, index: number, first: number): { id: number; byteFrom: number; byteLength: number } {
  return { id: first + index, byteFrom: batch.byteFrom[index] as number, byteLength: batch.byteLength[index] as number };
}
