/** What the bulk road needs of the outside world. `src/storage/usage` implements it with PostgreSQL. */
import type { Charge, CounterKey, HeldReason } from '#core/rating/charge.ts';
import type { HoldReason, RejectionReason } from '#core/refusals/usage.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';

export const outcomes = ['rated', 'held', 'duplicate', 'rejected'] as const;
export type Outcome = (typeof outcomes)[number];

/** How many records of a file ended as what. `read` is always the sum of the others. */
export interface Counts {
  readonly read: number;
  readonly rated: number;
  readonly held: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** Reason codes of held and rejected records with their numbers. */
export type ReasonCounts = Readonly<Record<string, number>>;

/** The content of an archived file, unpacked. */
export interface ArchivedContent {
  /** From a byte position to the end, in pieces. */
  stream(from: number): AsyncIterable<Uint8Array>;
  read(from: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A file known to the books. */
export interface LoadedFile {
  readonly fileId: number;
  readonly sourceId: number;
  readonly state: 'loading' | 'loaded' | 'refused';
  /** Content before it is in the books. */
  readonly offsetBytes: number;
  readonly counts: Counts;
  readonly reasons: ReasonCounts;
}

/** Where the raw record is. */
export interface RecordPlace {
  /** Number of the record in the books: every record read has one, whatever became of it. */
  readonly id: number;
  readonly byteFrom: number;
  readonly byteLength: number;
}

export interface RatedRecord extends RecordPlace {
  readonly event: UsageEvent;
  readonly charges: readonly Charge[];
}

export interface HeldRecord extends RecordPlace {
  readonly reason: HeldReason | HoldReason;
  readonly detail: string;
  readonly leg: 'in' | 'out' | undefined;
  readonly event: UsageEvent;
}

export interface DuplicateRecord extends RecordPlace {
  readonly key: string;
  /** The record that has this key in the books. */
  readonly of: number;
}

export interface RejectedRecord extends RecordPlace {
  readonly reason: RejectionReason;
  readonly detail: string;
}

/** One line of the rollup and what to add to it. */
export interface RollupMove {
  readonly agreement: string;
  readonly versionId: number;
  readonly role: string;
  readonly day: string;
  readonly tariff: string;
  readonly rateId: number | undefined;
  readonly destination: string;
  readonly band: string;
  readonly currency: string;
  readonly events: number;
  readonly answered: number;
  readonly rawQuantity: bigint;
  readonly billedQuantity: bigint;
  readonly amountNanos: bigint;
}

/** A place in the canonical order of events: by start, then source, then key. */
export interface CanonicalPlace {
  readonly startMicros: number;
  readonly source: string;
  readonly key: string;
}

export interface StoredCounter {
  readonly value: bigint;
  /** The last event in canonical order that moved it. */
  readonly last: CanonicalPlace | undefined;
}

export interface CounterUpdate {
  readonly key: CounterKey;
  readonly value: bigint;
  readonly last: CanonicalPlace;
  /** An event moved it that comes before one that had moved it already: what was charged since must be looked at again. */
  readonly disturbed: boolean;
}

/** The writes of one batch: all of them are in the books, or none. */
export interface UsageTransaction {
  /** Numbers for this many records: the first; the rest follow. */
  takeNumbers(count: number): Promise<number>;
  /** Claims source keys for records; gives back those that another record has: index of the key → that record's number. */
  claimKeys(sourceId: number, keys: readonly string[], ids: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** Counters as they stand, locked until the batch ends. */
  lockCounters(keys: readonly CounterKey[]): Promise<ReadonlyMap<CounterKey, StoredCounter>>;
  saveCounters(updates: readonly CounterUpdate[]): Promise<void>;
  writeRated(
    file: { readonly fileId: number; readonly sourceId: number },
    records: readonly RatedRecord[],
    knownAtMicros: number,
  ): Promise<void>;
  writeHeld(file: { readonly fileId: number; readonly sourceId: number }, records: readonly HeldRecord[]): Promise<void>;
  writeDuplicates(fileId: number, records: readonly DuplicateRecord[]): Promise<void>;
  writeRejected(fileId: number, records: readonly RejectedRecord[]): Promise<void>;
  addToRollup(moves: Iterable<RollupMove>): Promise<void>;
  /** Adds to the file's counts and moves its offset on. Throws when the offset is not the expected one: somebody else wrote. */
  advanceFile(
    fileId: number,
    offset: { readonly from: number; readonly to: number; readonly done: boolean },
    counts: Counts,
    reasons: ReasonCounts,
  ): Promise<void>;
}

/** A record that waits in suspense, or was rejected, with where it is. */
export interface WaitingRecord extends RecordPlace {
  readonly fileId: number;
  readonly sourceId: number;
  readonly reason: string;
  /** Undefined for rejected records: they have claimed none. */
  readonly key: string | undefined;
  /** The file ended inside it. */
  readonly cut: boolean;
}

/** The writes of one step of a retry. */
export interface RetryTransaction extends UsageTransaction {
  /** Takes records out of suspense, or out of the rejected. */
  remove(from: 'held' | 'rejected', ids: readonly number[]): Promise<void>;
  /** Changes the file's counts by these differences. */
  amendFile(fileId: number, counts: Counts, reasons: ReasonCounts): Promise<void>;
}

/** The one writer of usage at a time. */
export interface UsageWriter {
  /** Makes room for these UTC days, then runs the work: all of it is in the books, or nothing. */
  transaction<T>(days: Iterable<string>, work: (transaction: RetryTransaction) => Promise<T>): Promise<T>;
}
