/** Takes up records that wait in suspense, or were rejected, with today's configuration. Each step is one transaction. */
import { reject, shown } from '#codecs/cdr/draft.ts';
import type { RecordDecoder } from '#codecs/cdr/record-decoder.ts';
import { partsOfSource } from '#core/usage/correlation.ts';
import { windowDaysOf } from '#core/usage/repetitions.ts';
import type { Source } from '#core/usage/source.ts';
import type { Owners, SourceKeys, TransactionKeys } from './keys/source-keys.ts';
import { type Normaliser, openNormaliser } from './normalise.ts';
import type { Counts, DuplicateRecord, HeldRecord, RejectedRecord, RetryTransaction, UsageWriter, WaitingRecord } from './ports.ts';
import { type CountedRecord, rateCounted } from './rate-counted.ts';
import { type Configuration, type ReadRecord, readRecord } from './read-record.ts';
import { textAgain } from './record-again.ts';
import { tooLong } from './record-cutter.ts';
import { RollupSums } from './rollup-sums.ts';
import type { StoredFlag } from './screening/ports.ts';
import type { Screen } from './screening/screen.ts';
import { writeScreening } from './screening/write-screening.ts';
import { writeRated } from './write-rated.ts';

/** What is needed to read records of one file again. */
export interface ReopenedFile {
  readonly source: Source;
  readonly decoder: RecordDecoder;
  read(from: number, length: number): Promise<Uint8Array>;
}

export interface RetryCounts {
  readonly taken: number;
  readonly rated: number;
  readonly held: number;
  readonly duplicate: number;
  readonly rejected: number;
}

interface Waiting {
  readonly record: WaitingRecord;
  readonly read: ReadRecord;
}

/**
 * Reads the waiting records again from the archive and books what comes of them. A record keeps its number and a held
 * one its key. A held record that cannot be read any more (the source's declaration changed) stays held as it was.
 */
export async function retryRecords(
  writer: UsageWriter,
  keys: SourceKeys,
  from: 'held' | 'rejected' | 'duplicate',
  records: readonly WaitingRecord[],
  reopen: (fileId: number) => Promise<ReopenedFile>,
  configuration: Configuration,
  screen?: Screen,
  dryRun = false,
): Promise<RetryCounts> {
  const normalisers = new Map<Source, Normaliser>();
  const waiting: Waiting[] = [];
  const windows = new Map<number, number>();
  for (const record of records) {
    const file = await reopen(record.fileId);
    windows.set(record.sourceId, windowDaysOf(file.source));
    let normaliser = normalisers.get(file.source);
    if (normaliser === undefined) {
      normaliser = openNormaliser(file.source, configuration.compiled);
      normalisers.set(file.source, normaliser);
    }
    waiting.push({ record, read: await readAgain(file, record, normaliser, configuration) });
  }
  try {
    return await keys.transaction(
      (work: (transaction: RetryTransaction) => Promise<RetryCounts>) => writer.transaction(work),
      async (transaction, claims) => {
        // Held records have claimed their keys when they came.
        const owners = from === 'held' ? new Map<number, number>() : await claim(claims, waiting, windows);
        const counts = await bookAgain(transaction, from, waiting, owners, configuration, screen);
        if (dryRun) throw new Undone(counts);
        return counts;
      },
    );
  } catch (error) {
    if (error instanceof Undone) return error.counts;
    throw error;
  }
}

/** Thrown so that nothing is booked of what was only to be seen. */
class Undone extends Error {
  readonly counts: RetryCounts;

  constructor(counts: RetryCounts) {
    super('not to be booked');
    this.counts = counts;
  }
}

async function readAgain(
  file: ReopenedFile,
  record: WaitingRecord,
  normaliser: Normaliser,
  { compiled, correlations }: Configuration,
): Promise<ReadRecord> {
  if (record.byteLength > file.source.maximumRecordBytes + 2) return tooLong(record.byteLength, file.source.maximumRecordBytes);
  const text = await textAgain((from, length) => file.read(from, length), file.source, record.byteFrom, record.byteLength);
  const read = readRecord(
    text,
    !record.cut,
    file.decoder,
    normaliser,
    compiled,
    partsOfSource(correlations, file.source.id),
    record.corrected,
  );
  if (read.kind === 'skipped') return reject('usage.record-skipped', `the format passes over records of type ${shown(read.type)}`);
  if (read.kind === 'rejected' || record.key === undefined) return read;
  return { ...read, event: { ...read.event, id: record.key } };
}

async function bookAgain(
  transaction: RetryTransaction,
  from: 'held' | 'rejected' | 'duplicate',
  waiting: readonly Waiting[],
  owners: Owners,
  configuration: Configuration,
  screen: Screen | undefined,
): Promise<RetryCounts> {
  const flags = await transaction.flagsOf(screen === undefined ? [] : waiting.map(({ record }) => record.id));
  const sorted: {
    rated: (CountedRecord & Owner)[];
    held: (HeldRecord & Owner)[];
    duplicates: (DuplicateRecord & Owner)[];
    rejected: (RejectedRecord & Owner)[];
  } = {
    rated: [],
    held: [],
    duplicates: [],
    rejected: [],
  };
  const left: WaitingRecord[] = [];
  for (const { record, read: ratable } of waiting) {
    const read = owners.has(record.id) ? ratable : screenAgain(screen, record.id, ratable, flags.get(record.id));
    const place = {
      id: record.id,
      byteFrom: record.byteFrom,
      byteLength: record.byteLength,
      fileId: record.fileId,
      sourceId: record.sourceId,
    };
    const owner = owners.get(record.id);
    if (read.kind === 'rejected') {
      if (from !== 'rejected' || read.reason === record.reason) continue;
      sorted.rejected.push({ ...place, reason: read.reason, detail: read.detail });
    } else if (owner !== undefined) sorted.duplicates.push({ ...place, key: read.event.id, of: owner });
    else if (read.kind === 'held') {
      // A part is known to the others by what it was corrected to.
      const isCorrectedPart = read.part !== undefined && record.corrected !== undefined;
      // It may wait for the same, but of another: the rate of the other side.
      if (from === 'held' && read.reason === record.reason && read.detail === record.detail && !isCorrectedPart) continue;
      sorted.held.push({
        ...place,
        event: read.event,
        reason: read.reason,
        detail: read.detail,
        leg: read.leg,
        ...(read.part === undefined ? {} : { part: read.part }),
      });
    } else sorted.rated.push({ ...place, event: read.event, charges: read.rated.charges, counters: read.counters });
    left.push(record);
  }
  await transaction.remove(
    from,
    left.map(({ id }) => id),
  );
  const rated = await rateCounted(transaction, sorted, configuration);
  const sums = new RollupSums();
  const ratedIds = new Set(rated.map(({ id }) => id));
  for (const [fileId, records] of Map.groupBy(left, (record) => record.fileId)) {
    const file = { fileId, sourceId: records[0]?.sourceId ?? 0 };
    const mine = <T extends Owner>(all: readonly T[]): T[] => all.filter((record) => record.fileId === fileId);
    const parts = { held: mine(sorted.held), duplicates: mine(sorted.duplicates), rejected: mine(sorted.rejected) };
    const ratedHere = sorted.rated.filter((record) => record.fileId === fileId && ratedIds.has(record.id));
    const byId = new Map(rated.map((record) => [record.id, record]));
    const priced = ratedHere.map((record) => byId.get(record.id) ?? record);
    await writeRated(transaction, fileId, priced, configuration.knownAtMicros, sums);
    await transaction.writeHeld(file, parts.held);
    await transaction.writeDuplicates(fileId, parts.duplicates);
    await transaction.writeRejected(fileId, parts.rejected);
    const { counts, reasons } = differences(from, records, ratedHere.length, parts);
    await transaction.amendFile(fileId, counts, reasons);
  }
  await transaction.addToRollup(sums);
  if (screen !== undefined) await writeScreening(transaction, screen);
  return {
    taken: waiting.length,
    rated: rated.length,
    held: from === 'held' ? waiting.length - rated.length : sorted.held.length,
    duplicate: from === 'duplicate' ? waiting.length - rated.length - sorted.held.length : sorted.duplicates.length,
    rejected: from === 'rejected' ? waiting.length - rated.length - sorted.held.length - sorted.duplicates.length : 0,
  };
}

/** What is about to be charged is looked at; what was flagged before is judged by its flags. */
function screenAgain(screen: Screen | undefined, id: number, read: ReadRecord, flags: readonly StoredFlag[] | undefined): ReadRecord {
  if (screen === undefined || read.kind !== 'rated') return read;
  const hold = flags === undefined ? screen.judge(id, read.event) : screen.judgeAgain(flags);
  return hold === undefined ? read : { kind: 'held', event: read.event, ...hold, leg: undefined };
}

interface Owner {
  readonly fileId: number;
  readonly sourceId: number;
}

/** Rejected records never claimed a key. Numbers of those whose key another record has, with that record's number. */
async function claim(claims: TransactionKeys, waiting: readonly Waiting[], windows: ReadonlyMap<number, number>): Promise<Owners> {
  const owners = new Map<number, number>();
  for (const [sourceId, records] of Map.groupBy(waiting, ({ record }) => record.sourceId)) {
    const claiming = records.flatMap(({ record: { id }, read }) =>
      read.kind === 'rejected' ? [] : [{ id, key: read.event.id, startMicros: read.event.startMicros }],
    );
    for (const [id, owner] of await claims.claim(sourceId, windows.get(sourceId) ?? 0, claiming)) owners.set(id, owner);
  }
  return owners;
}

function differences(
  from: 'held' | 'rejected' | 'duplicate',
  taken: readonly WaitingRecord[],
  rated: number,
  parts: {
    readonly held: readonly HeldRecord[];
    readonly duplicates: readonly DuplicateRecord[];
    readonly rejected: readonly RejectedRecord[];
  },
): { readonly counts: Counts; readonly reasons: Readonly<Record<string, number>> } {
  const reasons: Record<string, number> = {};
  if (from !== 'duplicate') for (const { reason } of taken) reasons[reason] = (reasons[reason] ?? 0) - 1;
  for (const { reason } of [...parts.held, ...parts.rejected]) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const counts = {
    read: 0,
    rated,
    held: parts.held.length - (from === 'held' ? taken.length : 0),
    duplicate: parts.duplicates.length - (from === 'duplicate' ? taken.length : 0),
    rejected: parts.rejected.length - (from === 'rejected' ? taken.length : 0),
  };
  return { counts, reasons };
}
