/** Puts one batch of records into the books: everything in one transaction. */
import type { CounterKey } from '#core/rating/charge.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import { CounterBook, comparePlaces, placeOf } from './counter-book.ts';
import type { SourceKeys, TransactionKeys } from './keys/source-keys.ts';
import type {
  Counts,
  DuplicateRecord,
  HeldRecord,
  RatedRecord,
  ReasonCounts,
  RejectedRecord,
  UsageTransaction,
  UsageWriter,
} from './ports.ts';
import type { Configuration, ReadRecord } from './read-record.ts';
import { RollupSums } from './rollup-sums.ts';
import { writeRated } from './write-rated.ts';

const MICROS_PER_DAY = 86_400_000_000;

/** A record of a batch, in the order of reading. */
export interface BatchRecord {
  readonly byteFrom: number;
  readonly byteLength: number;
  readonly read: ReadRecord;
}

export interface Batch {
  readonly records: readonly BatchRecord[];
  /** From where to where of the file it goes. */
  readonly fromBytes: number;
  readonly toBytes: number;
  readonly done: boolean;
}

export interface BatchResult {
  readonly counts: Counts;
  readonly reasons: ReasonCounts;
}

interface File {
  readonly fileId: number;
  readonly sourceId: number;
  /** Of its source. */
  readonly windowDays: number;
}

/** Dedupes, rates what depends on counters, writes all tables and moves the file's offset on. */
export async function bookBatch(
  writer: UsageWriter,
  keys: SourceKeys,
  file: File,
  batch: Batch,
  configuration: Configuration,
): Promise<BatchResult> {
  return keys.transaction(
    (work: (transaction: UsageTransaction) => Promise<BatchResult>) => writer.transaction(daysOf(batch.records), work),
    async (transaction, claims) => {
      const sorted = await sortOut(transaction, claims, file, batch.records);
      const rated = await rateCounted(transaction, sorted, configuration);
      const sums = new RollupSums();
      await writeRated(transaction, file.fileId, rated, configuration.knownAtMicros, sums);
      await transaction.writeHeld(file, sorted.held);
      await transaction.writeDuplicates(file.fileId, sorted.duplicates);
      await transaction.writeRejected(file.fileId, sorted.rejected);
      await transaction.addToRollup(sums);
      const result = resultOf(batch.records.length, rated.length, sorted);
      await transaction.advanceFile(
        file.fileId,
        { from: batch.fromBytes, to: batch.toBytes, done: batch.done },
        result.counts,
        result.reasons,
      );
      return result;
    },
  );
}

/** UTC days of the events that may be rated. */
export function daysOf(records: readonly BatchRecord[]): ReadonlySet<string> {
  const numbers = new Set<number>();
  for (const { read } of records) if (read.kind === 'rated') numbers.add(Math.floor(read.event.startMicros / MICROS_PER_DAY));
  return new Set([...numbers].map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)));
}

interface SortedOut {
  readonly rated: CountedRecord[];
  readonly held: HeldRecord[];
  readonly duplicates: DuplicateRecord[];
  readonly rejected: RejectedRecord[];
}

export interface CountedRecord extends RatedRecord {
  readonly counters: readonly CounterKey[];
}

/** Numbers the records and finds the repetitions, in this batch and before it. */
async function sortOut(
  transaction: UsageTransaction,
  claims: TransactionKeys,
  file: File,
  records: readonly BatchRecord[],
): Promise<SortedOut> {
  const sorted: SortedOut = { rated: [], held: [], duplicates: [], rejected: [] };
  if (records.length === 0) return sorted;
  const first = await transaction.takeNumbers(records.length);
  const claiming = records.flatMap(({ read }, index) =>
    read.kind === 'rejected' ? [] : [{ id: first + index, key: read.event.id, startMicros: read.event.startMicros }],
  );
  const owners = await claims.claim(file.sourceId, file.windowDays, claiming);
  for (const [index, { byteFrom, byteLength, read }] of records.entries()) {
    const place = { id: first + index, byteFrom, byteLength };
    const owner = owners.get(place.id);
    if (read.kind === 'rejected') sorted.rejected.push({ ...place, reason: read.reason, detail: read.detail });
    else if (owner !== undefined) sorted.duplicates.push({ ...place, key: read.event.id, of: owner });
    else if (read.kind === 'held')
      sorted.held.push({ ...place, event: read.event, reason: read.reason, detail: read.detail, leg: read.leg });
    else sorted.rated.push({ ...place, event: read.event, charges: read.rated.charges, counters: read.counters });
  }
  return sorted;
}

/** Rates again, in canonical order, what depends on counters. The rest is as it was. Appends to `sorted.held` what can no longer be rated. */
export async function rateCounted(
  transaction: UsageTransaction,
  sorted: { readonly rated: readonly CountedRecord[]; readonly held: HeldRecord[] },
  configuration: Configuration,
): Promise<readonly RatedRecord[]> {
  const counted = sorted.rated.filter(({ counters }) => counters.length > 0);
  if (counted.length === 0) return sorted.rated;
  counted.sort((a, b) => comparePlaces(placeOf(a.event), placeOf(b.event)));
  const keys = new Set(counted.flatMap(({ counters }) => counters));
  const counters = new CounterBook(await transaction.lockCounters([...keys].sort()));
  const again = new Map<number, RatedRecord>();
  for (const record of counted) {
    const outcome = rateEvent(configuration.compiled, record.event, counters.reader);
    if (outcome.kind === 'held') {
      // Only an amount beyond all bounds can come of a counter; the legs were found before.
      sorted.held.push({ ...record, reason: outcome.reason, detail: outcome.detail, leg: outcome.leg });
      continue;
    }
    for (const { counterMoves } of outcome.charges) counters.move(record.event, counterMoves);
    again.set(record.id, { ...record, charges: outcome.charges });
  }
  await transaction.saveCounters(counters.updates());
  return sorted.rated.flatMap((record) => (record.counters.length === 0 ? [record] : (again.get(record.id) ?? [])));
}

function resultOf(read: number, rated: number, { held, duplicates, rejected }: SortedOut): BatchResult {
  const reasons: Record<string, number> = {};
  for (const { reason } of held) reasons[reason] = (reasons[reason] ?? 0) + 1;
  for (const { reason } of rejected) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return { counts: { read, rated, held: held.length, duplicate: duplicates.length, rejected: rejected.length }, reasons };
}
