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

/** One transaction's part of a file. */
export class FileBooking {
  readonly #transaction: UsageTransaction;
  readonly #claims: TransactionKeys;
  readonly #file: FileToBook;
  readonly #configuration: Configuration;
  readonly #stages: Stages;
  readonly #sums = new RollupSums();
  readonly #screen: Screen | undefined;
  readonly #held: HeldRecord[] = [];
  readonly #duplicates: DuplicateRecord[] = [];
  readonly #rejected: RejectedRecord[] = [];
  readonly #counted: CountedRecord[] = [];
  #passed: PassedOver = {};
  #read = 0;
  #inRows = 0;
  /** Rows on their way to the database. */
  #copying: Promise<void> = Promise.resolve();

  constructor(
    transaction: UsageTransaction,
    claims: TransactionKeys,
    file: FileToBook,
    configuration: Configuration,
    stages: Stages,
    screen?: Screen,
  ) {
    this.#transaction = transaction;
    this.#claims = claims;
    this.#file = file;
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
   * Numbers the records, finds the repetitions, writes the rows. They may be on their way when it returns, and the next batch is made
   * ready meanwhile; `onWritten` is called when nobody looks at the batch any more.
   */
  async add(batch: ReadBatch, numbers: BookNumbers, onWritten: () => void): Promise<void> {
    await this.#stages.time('numbers', () => numbers.learn(this.#transaction, batch.newLines, batch.newTrunks));
    this.#passed = passedTogether(this.#passed, batch.passed);
    if (batch.count === 0) {
      onWritten();
      return;
    }
    const first = await this.#transaction.takeNumbers(batch.count);
    const keys = new BatchKeys(batch);
    const repeated = await this.#stages.time('keys', () => this.#findRepetitions(batch, keys, first));
    const screened = this.#stages.timeNow('sums', () => this.#screenAll(batch, first, repeated, numbers));
    this.#sortOthers(batch, first, repeated, screened);
    const of = { fileId: this.#file.fileId, runId: await this.#transaction.runId(this.#configuration.knownAtMicros) };
    const eventId = (record: number): number | undefined => (repeated[record] === 1 || screened.has(record) ? undefined : first + record);
    const settled = this.#stages.timeNow('sums', () =>
      batch.rows.map((day) => ({ day: day.day, ...settleRows(day, eventId, of, numbers, this.#sums) })),
    );
    this.#stages.timeNow('keys', () => keys.pack());
    await this.#stages.time('copy', () => this.#copying);
    this.#copying = this.#copy(settled).then(onWritten);
    this.#copying.catch(() => undefined); // reported where it is awaited
    this.#inRows += settled.reduce((sum, { rows }) => sum + rows, 0);
    this.#read += batch.count;
  }

  /** Rates what depends on counters, and writes all the rest. */
  async finish(offset: { readonly from: number; readonly to: number; readonly done: boolean }): Promise<Booked> {
    const transaction = this.#transaction;
    await this.#stages.time('copy', () => this.#copying);
    const { fileId } = this.#file;
    const sorted = { rated: this.#counted, held: this.#held };
    const rated = await rateCounted(transaction, sorted, this.#configuration);
    await writeRated(transaction, fileId, rated, this.#configuration.knownAtMicros, this.#sums);
    await transaction.writeHeld(this.#file, this.#held);
    await transaction.writeDuplicates(fileId, this.#duplicates);
    await transaction.writeRejected(fileId, this.#rejected);
    if (this.#screen !== undefined) await writeScreening(transaction, this.#screen);
    const reasons: Record<string, number> = {};
    for (const { reason } of [...this.#held, ...this.#rejected]) reasons[reason] = (reasons[reason] ?? 0) + 1;
    const counts = {
      read: this.#read,
      rated: this.#inRows + rated.length,
      held: this.#held.length,
      duplicate: this.#duplicates.length,
      rejected: this.#rejected.length,
    };
    const booked = { counts, reasons, passedOver: this.#passed };
    await transaction.advanceFile(fileId, offset, booked);
    // Last, and not waited for: the keys are made ready meanwhile.
    this.#stages.time('rollup', () => transaction.addToRollup(this.#sums)).catch(() => undefined); // the transaction's end reports it
    return booked;
  }

  async #copy(settled: readonly { readonly day: number; readonly pieces: readonly Uint8Array[] }[]): Promise<void> {
    for (const { day, pieces } of settled) await this.#transaction.copyEvents(day, pieces);
  }

  /** 1 for each record whose key another has. */
  async #findRepetitions(batch: ReadBatch, texts: BatchKeys, first: number): Promise<Uint8Array> {
    const { count, hi, lo } = batch;
    const startSeconds = batch.startSeconds.slice(); // looked at until the transaction ends; hashes are not
    const repeated = new Uint8Array(count);
    const rejected = new Set(batch.others.flatMap(({ kind, index }) => (kind === 'rejected' ? [index] : [])));
    const ids = new Float64Array(count);
    for (let index = 0; index < count; index += 1) ids[index] = first + index;
    const keyAt = (index: number): string => texts.at(index);
    const { sourceId, windowDays } = this.#file;
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
  #screenAll(batch: ReadBatch, first: number, repeated: Uint8Array, numbers: BookNumbers): ReadonlyMap<number, ScreeningHold> {
    const screen = this.#screen;
    if (screen === undefined) return NONE_SCREENED;
    const holds = new Map<number, ScreeningHold>();
    for (const { index, event, ofRow } of chargeable(batch, this.#file.source, numbers.trunkNames)) {
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
