/** Many small files into the books in one transaction: each whole, or none of them. A transaction of its own for each would be most of the time. */
import { windowDaysOf } from '#core/usage/repetitions.ts';
import type { ReadBatch } from './batch-reader.ts';
import { Booking } from './book-reading.ts';
import { type CheckedFile, FileReading, type LoadOptions, type LoadResult } from './load-file.ts';
import { nothingTaken } from './passed-over.ts';
import type { ArchivedContent, LoadedFile, UsageTransaction, UsageWriter } from './ports.ts';
import type { Lane } from './readers.ts';

/** One of them; nothing of it is in the books. */
export interface SmallFile {
  readonly file: LoadedFile;
  readonly checked: CheckedFile;
  readonly batches: readonly { readonly lane: Lane; readonly batch: ReadBatch }[];
  readonly atEnd?: (transaction: UsageTransaction) => Promise<void>;
}

/** All records of a small file, in memory. One file at a time. Throws what reading it throws; nothing is lost then. */
export async function readSmallFile(
  options: Pick<LoadOptions, 'readers' | 'source' | 'configuration'>,
  content: ArchivedContent,
  { head }: CheckedFile,
): Promise<SmallFile['batches']> {
  const reading = new FileReading({ ...options, content }, head, 0);
  try {
    const batches: { readonly lane: Lane; readonly batch: ReadBatch }[] = [];
    for (let next = await reading.next(); next !== undefined; next = await reading.next()) {
      // Numbers of all files are asked for at once, when the first is booked.
      next.lane.numbers.note(next.batch.newLines, next.batch.newTrunks);
      batches.push({ lane: next.lane, batch: { ...next.batch, newLines: [], newTrunks: [] } });
    }
    return batches;
  } finally {
    await reading.close();
  }
}

/** Books them in their order. When it fails, nothing of them is in the books, and what was read of them must be read again. */
export async function bookSmallFiles(
  {
    keys,
    readers,
    stages,
    screen,
    source,
    configuration,
  }: Pick<LoadOptions, 'keys' | 'readers' | 'stages' | 'screen' | 'source' | 'configuration'>,
  files: readonly SmallFile[],
  writer: UsageWriter,
): Promise<readonly LoadResult[]> {
  const windowDays = windowDaysOf(source);
  try {
    const booked = await keys.transaction(
      (work: (transaction: UsageTransaction) => Promise<readonly Omit<LoadResult, 'differences'>[]>) => writer.transaction(work),
      async (transaction, claims) => {
        const booking = new Booking(transaction, claims, configuration, stages, screen);
        const offsets = files.map(({ file, batches }) => ({
          file: { ...file, windowDays, source: source.id },
          from: 0,
          to: batches.at(-1)?.batch.toBytes ?? 0,
          done: true,
        }));
        for (const [index, { batches, atEnd }] of files.entries()) {
          const { file } = offsets[index] as (typeof offsets)[number]; // one for each
          for (const { lane, batch } of batches) await booking.add(file, batch, lane.numbers, () => lane.letGo(batch));
          await atEnd?.(transaction);
        }
        return booking.finish(offsets);
      },
    );
    return booked.map(({ counts, reasons, passedOver }, index) => {
      const differences = files[index]?.checked.differences ?? [];
      const nothing = nothingTaken(counts.read, passedOver, source);
      return { counts, reasons, passedOver, differences: nothing === undefined ? differences : [...differences, nothing] };
    });
  } catch (error) {
    readers.forget();
    throw error;
  }
}
