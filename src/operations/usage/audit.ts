/** The audit of nothing lost: of each source, file and day, what was read and what became of it, down to the bytes. */
import { type Refusal, refuse } from '#core/refusals.ts';
import type { BookDifference } from './check-books.ts';

/** UTC days, the first included, the last not. */
export interface AuditRange {
  readonly from: string;
  readonly to: string;
}

/** A file that was loaded in the range, or has events of it. All counts are of the whole file. */
export interface AuditedFile {
  readonly fileId: number;
  readonly source: string;
  readonly name: string;
  readonly state: 'loading' | 'loaded' | 'refused';
  readonly sizeBytes: number;
  /** As the load counted them. `rejected` has the written-off ones too. */
  readonly counted: AuditCounts;
  /** As the records are in the books. */
  readonly stored: AuditCounts;
  readonly writtenOff: number;
  /** Records that the format passes over, by type: in none of the counts. */
  readonly passedOver: Readonly<Record<string, number>>;
  /** Bytes of all records; what is left of the file is its header and line ends. */
  readonly recordBytes: number;
  /** Records that begin inside another one, or stand behind the file's end. */
  readonly misplaced: number;
  /** Of the stored ones, those that went when their time was over: what they came to is known. */
  readonly deleted: number;
  readonly archivePath: string;
  /** The source no longer keeps its raw files of then. */
  readonly archiveRemoved: boolean;
  readonly sha256: string;
}

export interface AuditCounts {
  readonly read: number;
  readonly rated: number;
  readonly held: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** Events of a source that started on a UTC day. */
export interface AuditedDay {
  readonly source: string;
  readonly day: string;
  readonly rated: number;
  readonly held: number;
  /** Of the rated ones. */
  readonly durationMicros: bigint;
  readonly money: readonly AuditedMoney[];
}

export interface AuditedMoney {
  readonly currency: string;
  readonly receivableNanos: bigint;
  readonly payableNanos: bigint;
}

/** Records of these UTC days, both included, that were deleted on a day by a rule. */
export interface DeletedDetail {
  readonly rule: string;
  readonly first: string;
  readonly last: string;
  readonly on: string;
  readonly records: number;
}

export interface AuditStore {
  files(range: AuditRange): Promise<readonly AuditedFile[]>;
  days(range: AuditRange): Promise<readonly AuditedDay[]>;
  /** Rollup lines of the range's local days that are not the sum of their charges and adjustments. */
  rollupDifferences(range: AuditRange): Promise<readonly BookDifference[]>;
  /** Rows of the range that contradict each other, though all sums may be right; and files with rows that are not as they were written. */
  rowDifferences(range: AuditRange): Promise<readonly BookDifference[]>;
  /** What of the range was deleted when its time was over. */
  deleted(range: AuditRange): Promise<readonly DeletedDetail[]>;
  /** Open gaps in the sequence numbers of sources: source and numbers. */
  gaps(): Promise<readonly { readonly source: string; readonly numbers: string }[]>;
}

/** Looks at an archived file; undefined when it is as it was delivered, else what is wrong. */
export type ArchiveLook = (file: AuditedFile) => Promise<string | undefined>;

export interface AuditReport {
  readonly range: AuditRange;
  readonly files: readonly AuditedFile[];
  readonly days: readonly AuditedDay[];
  readonly deleted: readonly DeletedDetail[];
  /** Whether archived files were read again. */
  readonly archiveRead: boolean;
  /** Everything that does not add up; empty: nothing is lost. */
  readonly differences: readonly Refusal[];
}

export async function auditUsage(store: AuditStore, range: AuditRange, look: ArchiveLook | undefined): Promise<AuditReport> {
  const files = await store.files(range);
  const days = await store.days(range);
  const found: BookDifference[] = files.flatMap(fileDifferences);
  if (look !== undefined)
    for (const file of files) {
      const fault = await look(file);
      if (fault !== undefined) found.push({ what: nameOf(file), left: 'the file as it was delivered', right: fault });
    }
  found.push(...(await store.rollupDifferences(range)));
  found.push(...(await store.rowDifferences(range)));
  for (const { source, numbers } of await store.gaps())
    found.push({ what: `source ${source}`, left: `files numbered ${numbers}`, right: 'none of them came' });
  const differences = found.map(({ what, left, right }) => refuse('usage.books-differ', `${what}: ${left} against ${right}`));
  return { range, files, days, deleted: await store.deleted(range), archiveRead: look !== undefined, differences };
}

function fileDifferences(file: AuditedFile): readonly BookDifference[] {
  const { counted, stored } = file;
  const what = nameOf(file);
  const found: BookDifference[] = [];
  if (file.state === 'loading')
    found.push({ what, left: 'a whole file', right: 'loaded in part: load it again, it goes on where it stopped' });
  const outcomes = counted.rated + counted.held + counted.duplicate + counted.rejected;
  if (counted.read !== outcomes) found.push({ what, left: `${counted.read} read`, right: `${outcomes} with an outcome` });
  for (const name of ['read', 'rated', 'held', 'duplicate', 'rejected'] as const)
    if (counted[name] !== stored[name])
      found.push({ what, left: `${counted[name]} counted as ${name}`, right: `${stored[name]} in the books` });
  if (file.misplaced > 0)
    found.push({ what, left: 'records beside each other', right: `${file.misplaced} that overlap or lie behind its end` });
  if (file.recordBytes > file.sizeBytes)
    found.push({ what, left: `${file.sizeBytes} bytes`, right: `records of ${file.recordBytes} bytes` });
  return found;
}

function nameOf({ fileId, name }: AuditedFile): string {
  return `file ${fileId} (${name})`;
}
