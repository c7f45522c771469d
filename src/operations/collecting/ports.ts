/** What collecting needs of the outside world: places with files, the memory of what was seen, and the road into the books. */
import { formatRefusal, type Refusal, RefusedError, refuse } from '#core/refusals.ts';

/** A file at its place. */
export interface PlaceFile {
  /** Below the place's path, with `/`. */
  readonly name: string;
  /** Size and time, or the place's own mark (an ETag): the same name with another version is another file. */
  readonly version: string;
  readonly sizeBytes: number;
  readonly modifiedMicros: number;
}

/** A directory, an SFTP server, a bucket. Calls fail with RefusedError (`collect.place-unreachable`, `collect.host-key-differs` …). */
export interface Place {
  list(): Promise<readonly PlaceFile[]>;
  /**
   * Runs the work with a local path at which the whole file stands. The work calls `unchanged` when it has read the file
   * and before it takes anything of it: that fails with RefusedError (`collect.file-changed`) when the file is no longer as listed.
   */
  withFile<T>(file: PlaceFile, work: (path: string, unchanged: () => Promise<void>) => Promise<T>): Promise<T>;
  delete(file: PlaceFile): Promise<void>;
  /** Into a folder beside the files. Moving what was moved before changes nothing. */
  move(file: PlaceFile, folder: string): Promise<void>;
  close(): Promise<void>;
}

/** A file at a local path, as `withFile` gives it. */
export interface FetchedFile {
  readonly path: string;
  /** Its name at its place. */
  readonly name: string;
  readonly unchanged: () => Promise<void>;
}

/** Room in the data folder for what is fetched, until it is in the archive. What a killed process left there is removed. */
export interface Spool {
  /** A path at which no file is yet. */
  newPath(): Promise<string>;
}

/** What it means that a fetched file could not be written: `data-folder.full`, or undefined when it is something else. */
export function noRoomFault(error: unknown): RefusedError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return undefined;
  return new RefusedError(refuse('data-folder.full', 'the disk has no room for what is fetched; it is fetched again when there is room'));
}

/** How long a place may take. */
export interface Patience {
  /** For a connection with its log-in. */
  readonly connectMs: number;
  /** For an answer, and between two pieces of a file. */
  readonly answerMs: number;
}

export const PATIENCE: Patience = { connectMs: 20_000, answerMs: 60_000 };

/** What the road into the books made of one file. */
export interface LoadedIntoBooks {
  readonly state: 'loaded' | 'refused';
  readonly fileId: number | undefined;
  readonly refusals: readonly Refusal[];
  /** What the file says of itself and is not so; and `usage.nothing-taken`. */
  readonly differences: readonly Refusal[];
  /** The content was in the books before, under this or another name. */
  readonly before: boolean;
}

export type CollectedState = 'growing' | 'loaded' | 'refused' | 'failing';

export interface CollectedFile {
  readonly name: string;
  readonly version: string;
  readonly state: CollectedState;
  readonly position: number | undefined;
  readonly changedAtMicros: number;
  readonly attempts: number;
  readonly nextAttemptAtMicros: number | undefined;
  readonly putAway: boolean;
}

export const alarmKinds = ['gap', 'repeat', 'late', 'changed', 'refused', 'failing', 'silent', 'difference', 'passed-over'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

export interface Alarm {
  readonly kind: AlarmKind;
  /** A file's name, a range of numbers, or '' for the source as a whole. */
  readonly subject: string;
  readonly detail: string;
}

/** What is to be known of a file that is in the books: alarms by their kind. */
export function alarmsOf(subject: string, differences: readonly Refusal[]): readonly Alarm[] {
  const kinds = Map.groupBy(differences, ({ code }): AlarmKind => (code === 'usage.nothing-taken' ? 'passed-over' : 'difference'));
  return [...kinds].map(([kind, refusals]) => ({ kind, subject, detail: refusals.map(formatRefusal).join('; ') }));
}

/** What is remembered of a source's files. */
export interface CollectingStore {
  /** All versions known of these names. */
  known(source: string, names: readonly string[]): Promise<readonly CollectedFile[]>;
  /** Enters a file, or changes what is known of it. */
  save(source: string, file: PlaceFile, change: FileChange, nowMicros: number): Promise<void>;
  highestPosition(source: string): Promise<number | undefined>;
  /** Names of other files that have the position. */
  namesAt(source: string, position: number): Promise<readonly string[]>;
  /** Ranges of positions that no file has, between the lowest and the highest; both ends included. */
  gaps(source: string): Promise<readonly (readonly [number, number])[]>;
  /** When the last new file was seen. */
  lastSeen(source: string): Promise<number | undefined>;
  /** Raises alarms that are not open yet; tells which were new. One that is open says what it is about now. A gap that was cleared stays so: its numbers are lost, and somebody knows. */
  raise(source: string, alarms: readonly Alarm[], nowMicros: number): Promise<readonly Alarm[]>;
  /** Clears open alarms of these kinds whose subject is not among the ones that still hold. */
  clear(source: string, kinds: readonly AlarmKind[], still: readonly string[], nowMicros: number): Promise<void>;
  /** Clears the open alarm of this kind and subject, if there is one. */
  settle(source: string, kind: AlarmKind, subject: string, nowMicros: number): Promise<void>;
}

export interface FileChange {
  readonly state: CollectedState;
  readonly position?: number | undefined;
  readonly fileId?: number | undefined;
  readonly attempts?: number;
  readonly nextAttemptAtMicros?: number | undefined;
  readonly failure?: string | undefined;
  readonly putAway?: boolean;
}

/** A topic of a broker. Calls fail with RefusedError (`collect.place-unreachable`). */
export interface Topic {
  /** All that it has now. */
  partitions(): Promise<readonly number[]>;
  /** The first offset that is still there, and the one that the next message gets. */
  bounds(partition: number): Promise<{ readonly first: bigint; readonly end: bigint }>;
  /** Messages from an offset on: at most so many, and none at `before` or behind it. What was aborted by its producer is none. */
  read(partition: number, from: bigint, limits: { readonly messages: number; readonly before?: bigint }): Promise<TopicMessages>;
  /** Lets the broker know how far we are, for those who watch it. Nothing depends on it. */
  tell(partition: number, next: bigint): Promise<void>;
  close(): Promise<void>;
}

export interface TopicMessages {
  readonly values: readonly Uint8Array[];
  /** The offset behind the last one looked at. */
  readonly next: bigint;
}

/** Messages of a partition that become one file of the books: from `first` up to before `next`. */
export interface Stretch {
  readonly first: bigint;
  readonly next: bigint;
}

/** How far partitions are in the books. */
export interface TopicStore {
  /** The offset that is next; where the partition is new, `first`. */
  position(source: string, topic: string, partition: number, first: bigint): Promise<bigint>;
  /** The stretch that was begun and is not in the books. */
  begun(source: string, topic: string, partition: number): Promise<Stretch | undefined>;
  /** Begins a stretch at the position. False when the position is elsewhere, or another stretch was begun. */
  begin(source: string, topic: string, partition: number, stretch: Stretch): Promise<boolean>;
  /** Moves the position on over offsets in which there is nothing to book. False when it is elsewhere. */
  skip(source: string, topic: string, partition: number, stretch: Stretch): Promise<boolean>;
}

/**
 * Keeps collectors, also those of other processes, from reading the same partition side by side. It only saves work: who
 * loses the right without noticing is stopped by the position.
 */
export interface PartitionTurns {
  /**
   * Does the work unless another is at this partition; tells whether it did. The right of a process that dies is free at
   * once. The work is told whether it still has the right.
   */
  alone(topic: string, partition: number, work: (still: () => boolean) => Promise<void>): Promise<boolean>;
  close(): Promise<void>;
}

/** Where the messages of a stretch stand as a file until they are in the books. It survives the death of this process and the power. */
export interface StretchFiles {
  /** The file's path, or undefined when it is not there. */
  find(partition: number, stretch: Stretch): Promise<string | undefined>;
  write(partition: number, stretch: Stretch, values: readonly Uint8Array[]): Promise<string>;
  /** Removes the partition's files, those that were left too, of messages before the offset. What is behind it may be another collector's. */
  remove(partition: number, before: bigint): Promise<void>;
}

/** A source that takes uploads. */
export interface UploadSource {
  readonly token: string;
  /** Where its files wait. */
  readonly folder: string;
  wants(name: string): boolean;
}

/** What became of an uploaded file, after it no longer waits. */
export interface UploadOutcome {
  readonly state: 'loaded' | 'refused';
  readonly sha256: string;
  readonly fileId: number | undefined;
  readonly counts: Readonly<Record<'read' | 'rated' | 'held' | 'duplicate' | 'rejected', number>> | undefined;
  /** Records that the format passes over, by type: in none of the counts. */
  readonly passedOver: Readonly<Record<string, number>> | undefined;
  readonly failure: string | undefined;
}

/** What the desk where files are brought must know. */
export interface UploadDesk {
  /** Undefined: there is none, or it takes no uploads. Throws RefusedError (`collect.secret-missing`). */
  source(id: string): Promise<UploadSource | undefined>;
  /** Of the file with this content, or of the last with this name. */
  outcome(source: string, name: string, sha256?: string): Promise<UploadOutcome | undefined>;
  /** A file that was refused shall be looked at again. */
  forgetRefusal(source: string, name: string, sha256: string): Promise<void>;
}
