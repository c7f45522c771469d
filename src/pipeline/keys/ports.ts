/** What finding repetitions needs of the outside. `storage/usage/key-runs.ts` implements it. */

/** Two words of 32 bits that a database keeps for ever: runs of keys are sorted by hashes made with them. */
export interface HashSeed {
  readonly first: number;
  readonly second: number;
}

/** Of `KeyHasher`: two words of 32 bits, unsigned. */
export interface KeyHash {
  readonly hi: number;
  readonly lo: number;
}

/** The records of one batch, in the order of reading, all of one source. Hashes are those of `KeyHasher`. */
export interface KeyBatch {
  readonly sourceId: number;
  readonly count: number;
  readonly hi: Uint32Array;
  readonly lo: Uint32Array;
  /** Starts of the events in whole seconds since 1970; fractions are cut off. */
  readonly startSeconds: Int32Array | Float64Array;
  /** Numbers of the records. */
  readonly ids: Float64Array;
  /** Records with the same key are repetitions when their starts are not further apart. */
  readonly windowDays: number;
  /** The key as it is compared. Asked for the few whose hashes are equal, until the batch is committed or rolled back. */
  keyAt(index: number): string;
  /** Records that claim no key: the rejected. */
  skip?(index: number): boolean;
}

/** A set of keys that was written together: hashes in order, each with the number of the record that claimed it. */
export interface RunFacts {
  readonly runId: number;
  readonly entries: number;
  /** Hashes are addressed by this many of their upper bits. */
  readonly addressBits: number;
  /** Numbers of records divided by 2^32: the same for the whole run. */
  readonly idHigh: number;
  /** UTC days (since 1970) on which its events start, in order. */
  readonly days: readonly number[];
}

/** A run in the store. Only live ones are asked for keys. */
export interface StoredRun extends RunFacts {
  readonly live: boolean;
  /** The run that is being made of it. */
  readonly mergedInto: number | undefined;
}

/** A part of a run: one of 2^max(0, addressBits − 10) ranges of its hashes. The words are those of memory, little-endian. */
export interface RunChunk {
  readonly chunk: number;
  /** Where each address begins in the run, and where the last one ends; then the lower 32 bits of each hash. */
  readonly words: Uint8Array;
  /** For each hash its upper 32 bits and the number of its record modulo 2^32. */
  readonly entries: Uint8Array;
}

/** A run that is not stored yet. */
export interface NewRun extends Omit<RunFacts, 'runId'> {
  readonly chunks: readonly RunChunk[];
}

export interface EntryPlace {
  readonly runId: number;
  readonly chunk: number;
  /** In the chunk. */
  readonly position: number;
}

export interface StoredKey {
  /** Undefined: the record was deleted when its time was over, or the key erased because it named a person. Its hash of 64 bits, made with a seed that nobody outside has, stands for it. */
  readonly sourceKey: string | undefined;
  /** Undefined: not known any more, and taken to be near. */
  readonly startMicros: number | undefined;
}

/** What a claim reads. */
export interface KeyReader {
  /** All runs of a source, by number. */
  runs(sourceId: number): Promise<readonly StoredRun[]>;
  /** Words of these chunks of a run, a few at a time. */
  words(runId: number, chunks: readonly number[]): AsyncIterable<Omit<RunChunk, 'entries'>>;
  /** Upper hash and number modulo 2^32 of each place, one after the other. */
  entriesAt(places: readonly EntryPlace[]): Promise<Uint32Array>;
  /**
   * Keys and starts of records that have claimed one and were not released. Records that are not in the books, or do not
   * start on one of `days`, are not in the map. For each id a day on which it is likely to start.
   */
  storedKeys(ids: ReadonlyMap<number, number>, days: readonly number[]): Promise<ReadonlyMap<number, StoredKey>>;
}

/** A record in the books that has claimed a key. */
export interface KeyOwner extends StoredKey {
  readonly sourceKey: string;
  /** Of a key that was erased: what it hashed to. `sourceKey` is what stands for it. */
  readonly hash?: KeyHash;
  readonly sourceId: number;
  readonly id: number;
}

/** All of it: `UsageWriter.keys`. */
export interface KeyStore extends KeyReader, KeyMergeStore {
  readonly seed: HashSeed;
  /** Whether keys of records in the books are not in runs: after an update from a release that had another index. */
  readonly rebuild: boolean;
  /** Replaces all runs, in one transaction. `runsOf` makes those of a number of records of one source. */
  rebuildRuns(runsOf: (owners: readonly KeyOwner[]) => Promise<readonly NewRun[]>): Promise<void>;
}

/** What merging needs. Each step is a transaction of its own. */
export interface KeyMergeStore {
  runs(sourceId: number): Promise<readonly StoredRun[]>;
  transaction<T>(work: (step: KeyMergeStep) => Promise<T>): Promise<T>;
}

/** A merge that has begun. */
export interface Merge {
  readonly target: RunFacts;
  readonly sources: readonly RunFacts[];
  /** The next chunk of the target to be made, and how many entries are in those before it. */
  readonly nextChunk: number;
  readonly placed: number;
}

export interface KeyMergeStep {
  /** Begins a merge: the target has no chunks yet and is not live. */
  begin(sourceId: number, target: Omit<RunFacts, 'runId'>, sourceRunIds: readonly number[]): Promise<number>;
  merge(targetRunId: number): Promise<Merge>;
  /** Chunks of a run from `from` to below `to`. */
  chunks(runId: number, from: number, to: number): Promise<readonly RunChunk[]>;
  addChunks(runId: number, chunks: readonly RunChunk[], placed: number): Promise<void>;
  /** The target becomes live, its sources go. */
  finish(targetRunId: number): Promise<void>;
}
