/**
 * Use that charging has completed, into the store of usage: archived as files of lines of JSON, booked with its charges, and taken off the
 * list in one transaction. Killed anywhere, the next run goes on.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Charge } from '#core/rating/charge.ts';
import { DEFAULT_DUPLICATE_WINDOW_DAYS } from '#core/usage/repetitions.ts';
import { CHARGING_SOURCE } from '#core/usage/source.ts';
import { SourceKeys, type TransactionKeys } from '#pipeline/keys/source-keys.ts';
import type { DuplicateRecord, RatedRecord, UsageTransaction } from '#pipeline/ports.ts';
import { RollupSums } from '#pipeline/rollup-sums.ts';
import { writeRated } from '#pipeline/write-rated.ts';
import { selectWaitingUsage, takeWaitingUsage, type WaitingUsage } from '#storage/charging/usage-outbox.ts';
import { archiveFile } from '#storage/usage/archive-writer.ts';
import { type FileToLoad, type KnownFile, openFile } from '#storage/usage/files.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import type { UsageHome } from '../usage/home.ts';

/** Records of a file and of its transaction. */
const MOST_AT_ONCE = 50_000;

type Client = Parameters<Parameters<typeof withUsageWriter>[2]>[1];

export interface BookedUsage {
  readonly records: number;
  readonly files: number;
}

/**
 * Books everything that waits now. `onWait` is called when another process writes usage: this one waits for its turn. What was archived and not
 * booked by a run that was killed stays in the archive, and in no book.
 */
export async function bookChargedUsage(home: UsageHome, onWait: () => void = () => undefined): Promise<BookedUsage> {
  const { rows } = await home.database.pool.query('select from charging_usage limit 1');
  if (rows.length === 0) return { records: 0, files: 0 };
  return withUsageWriter(home.database, onWait, async (writer, client) => {
    const keys = await SourceKeys.open(writer.keys);
    let records = 0;
    let files = 0;
    for (;;) {
      const waiting = await selectWaitingUsage(client, MOST_AT_ONCE);
      if (waiting.length === 0) return { records, files };
      const { file, places } = await archived(home, waiting);
      await keys.transaction(
        (work: (transaction: UsageTransaction) => Promise<void>) => writer.transaction(work),
        // The writer's transactions are on this connection.
        async (transaction, claims) => book(transaction, claims, client, { file: await openFile(client, file), waiting, places }),
      );
      records += waiting.length;
      files += 1;
    }
  });
}

interface Place {
  readonly byteFrom: number;
  readonly byteLength: number;
}

/** The lines as a file of the archive, and where each stands. */
async function archived(
  { dataFolder }: UsageHome,
  waiting: readonly WaitingUsage[],
): Promise<{ file: FileToLoad; places: readonly Place[] }> {
  const places: Place[] = [];
  const lines: Buffer[] = [];
  let at = 0;
  for (const { text } of waiting) {
    const line = Buffer.from(`${text}\n`);
    places.push({ byteFrom: at, byteLength: line.length - 1 });
    lines.push(line);
    at += line.length;
  }
  const folder = join(dataFolder, 'archive', 'charging');
  const path = join(folder, `.writing-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, Buffer.concat(lines), { mode: 0o600 });
    const { sha256, contentBytes, path: archivePath } = await archiveFile(path, dataFolder);
    const name = `charging-${waiting[0]?.record.id ?? ''}-${waiting.length}.ndjson`;
    return { file: { source: CHARGING_SOURCE, name, sha256, sizeBytes: contentBytes, archivePath }, places };
  } finally {
    await rm(path, { force: true });
  }
}

/** All of a file: the rows, the rollup, the file's counts, and that nothing of it waits any more. */
async function book(
  transaction: UsageTransaction,
  claims: TransactionKeys,
  client: Client,
  { file, waiting, places }: { file: KnownFile; waiting: readonly WaitingUsage[]; places: readonly Place[] },
): Promise<void> {
  const first = await transaction.takeNumbers(waiting.length);
  const owners = await claims.claim(
    file.sourceId,
    DEFAULT_DUPLICATE_WINDOW_DAYS,
    waiting.map(({ record }, index) => ({ id: first + index, key: record.id, startMicros: record.event.startMicros })),
  );
  const rated: RatedRecord[] = [];
  const duplicates: DuplicateRecord[] = [];
  for (const [index, { record }] of waiting.entries()) {
    const place = { id: first + index, ...(places[index] as Place) }; // one for each
    const of = owners.get(place.id);
    if (of !== undefined) duplicates.push({ ...place, key: record.id, of });
    else rated.push({ ...place, event: record.event, charges: record.charge === undefined ? [] : [ofPlan(record.charge)] });
  }
  const sums = new RollupSums();
  await writeRated(transaction, file.fileId, rated, Date.now() * 1000, sums);
  await transaction.writeDuplicates(file.fileId, duplicates);
  await transaction.addToRollup(sums);
  const counts = { read: waiting.length, rated: rated.length, held: 0, duplicate: duplicates.length, rejected: 0 };
  const { fileId, sizeBytes: to } = file;
  await transaction.advanceFiles([{ fileId, from: 0, to, done: true, counts, reasons: {}, passedOver: {} }]);
  await takeWaitingUsage(
    client,
    waiting.map(({ record }) => record.id),
  );
}

/** Versions of plans are numbered apart from those of agreements: in the books they stand below zero. */
function ofPlan(charge: Charge): Charge {
  return { ...charge, agreementVersionId: -charge.agreementVersionId };
}
