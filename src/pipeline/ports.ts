/** What the bulk road needs of the outside world. `src/storage/usage` implements it with PostgreSQL. */
import type { Charge, CounterKey, CounterMove, HeldReason } from '#core/rating/charge.ts';
import type { HoldReason, RejectionReason } from '#core/refusals/usage.ts';
import { canonicalJson } from '#core/usage/canonical-json.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { CorrectedFields } from './correct-draft.ts';
import type { KeyStore, NewRun } from './keys/ports.ts';
import type { PassedOver } from './passed-over.ts';
import type { PartPlace } from './read-record.ts';
import type { RollupSums } from './rollup-sums.ts';
import type { RowSums } from './row-sums.ts';
import type { ScreeningWrites } from './screening/ports.ts';

export { COPY_END, COPY_HEAD, EPOCH_DAYS, EVENT_COLUMNS, FIXED_BYTES, VARIABLE_COLUMNS } from './event-layout.ts';
export { hashKnown, type RowSum, RowSums } from './row-sums.ts';

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
  /** Bytes. */
  readonly length: number;
  /** From a byte position to the end, in pieces. Each is good until the next is asked for. */
  stream(from: number): AsyncIterable<Uint8Array>;
  read(from: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export const loadedFileStates = ['loading', 'loaded', 'refused', 'rolled-back'] as const;

/** A file known to the books. */
export interface LoadedFile {
  readonly fileId: number;
  readonly sourceId: number;
  readonly state: (typeof loadedFileStates)[number];
  /** Content before it is in the books. */
  readonly offsetBytes: number;
  readonly counts: Counts;
  readonly reasons: ReasonCounts;
  /** What the format passes over; in none of the counts. */
  readonly passedOver: PassedOver;
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
  /** When it waits for others. */
  readonly part?: PartPlace;
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

/** What charges are added up by, without the day. */
export interface LineNames {
  readonly agreement: string;
  readonly versionId: number;
  readonly role: string;
  readonly tariff: string;
  /** 0: none. */
  readonly rateId: number;
  readonly destination: string;
  /** '' where the tariff has none. */
  readonly band: string;
  readonly currency: string;
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
export interface UsageTransaction extends ScreeningWrites {
  /** Numbers for this many records: the first; the rest follow. */
  takeNumbers(count: number): Promise<number>;
  /** Writes a run of keys that were claimed; gives back its number. */
  writeKeyRun(sourceId: number, run: NewRun): Promise<number>;
  /** Counters as they stand, locked until the batch ends. */
  lockCounters(keys: readonly CounterKey[]): Promise<ReadonlyMap<CounterKey, StoredCounter>>;
  saveCounters(updates: readonly CounterUpdate[]): Promise<void>;
  /** Numbers of lines and of trunks in the books, in their order; new ones are entered. */
  lineIds(lines: readonly LineNames[]): Promise<readonly number[]>;
  trunkIds(names: readonly string[]): Promise<readonly number[]>;
  /** The number of this run, whose charges are priced with what was known at an instant. */
  runId(knownAtMicros: number): Promise<number>;
  /** Writes rows of one UTC day, for which room is made when its first come, counted from 1970-01-01, as the rows of a binary COPY of `EVENT_COLUMNS`, in pieces, and adds to the sums of their files. */
  copyEvents(day: number, pieces: readonly Uint8Array[], sums: RowSums): Promise<void>;
  writeHeld(file: { readonly fileId: number; readonly sourceId: number }, records: readonly HeldRecord[]): Promise<void>;
  writeDuplicates(fileId: number, records: readonly DuplicateRecord[]): Promise<void>;
  writeRejected(fileId: number, records: readonly RejectedRecord[]): Promise<void>;
  /** Need not be waited for: the transaction's end waits for it. */
  addToRollup(sums: RollupSums): Promise<void>;
  /** Adds to the files' counts and moves their offsets on. Throws when an offset is not the expected one: somebody else wrote. */
  advanceFiles(files: readonly FileAdvance[]): Promise<void>;
  /** Moves what is in the books of a topic's partition on. Throws when it is not at `from`: somebody else has moved it. */
  moveTopicPosition(move: TopicMove): Promise<void>;
}

/** What a transaction has booked of a file. */
export interface FileAdvance extends Pick<LoadedFile, 'fileId' | 'counts' | 'reasons' | 'passedOver'> {
  readonly from: number;
  readonly to: number;
  /** All of the file is in the books. */
  readonly done: boolean;
}

/** Messages of a partition that a file of the books holds: from an offset up to before another. */
export interface TopicMove {
  readonly source: string;
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** A record that waits in suspense, or was rejected, with where it is. */
export interface WaitingRecord extends RecordPlace {
  readonly fileId: number;
  readonly sourceId: number;
  readonly reason: string;
  /** What of it, as it was told last. */
  readonly detail: string;
  /** Undefined for rejected records: they have claimed none. */
  readonly key: string | undefined;
  /** The file ended inside it. */
  readonly cut: boolean;
  /** What a person says that its fields are. */
  readonly corrected?: CorrectedFields;
}

/** The writes of one step of a retry. */
export interface RetryTransaction extends UsageTransaction {
  /** Takes records out of suspense, or out of the rejected. */
  remove(from: 'held' | 'rejected' | 'duplicate', ids: readonly number[]): Promise<void>;
  /** Changes the file's counts by these differences. */
  amendFile(fileId: number, counts: Counts, reasons: ReasonCounts): Promise<void>;
}

/** The one writer of usage at a time. */
export interface UsageWriter<Transaction extends RetryTransaction = RetryTransaction> {
  /** Keys of sources, on the connection of this writer. */
  readonly keys: KeyStore;
  /** Runs the work: all of it is in the books, or nothing. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

/** How an event's row keeps counters: `{key: [before, added]}` with the figures as texts; undefined without moves. */
export function formatCounters(moves: readonly CounterMove[]): string | undefined {
  if (moves.length === 0) return undefined;
  return canonicalJson(Object.fromEntries(moves.map(({ key, before, added }) => [key, [String(before), String(added)]])));
}
