/**
 * Small files loaded together: many to a transaction, so that a file of a hundred records does not pay for a commit, a run of keys and a
 * rollup of its own. Each is in the books whole or not at all, once, and has its own counts, as if it had come alone.
 */
import { stat } from 'node:fs/promises';
import { RefusedError } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';
import { isZip } from '#gateways/files/zip-file.ts';
import { checkFile, type LoadOptions } from '#pipeline/load-file.ts';
import { bookSmallFiles, readSmallFile, type SmallFile } from '#pipeline/load-small-files.ts';
import type { UsageWriter } from '#pipeline/ports.ts';
import type { Configuration } from '#pipeline/read-record.ts';
import { openArchive } from '#storage/usage/archive-reader.ts';
import type { ArchivedFile } from '#storage/usage/archive-writer.ts';
import { type KnownFile, openFiles, refuseFile } from '#storage/usage/files.ts';
import type { withUsageWriter } from '#storage/usage/usage-writer.ts';
import type { ArchiveAhead } from './archive-ahead.ts';
import type { UsageHome } from './home.ts';
import { alreadyLoaded, type FileReport, type FileToTake, type LoadRequest, refusedFile } from './load.ts';

/** Of a transaction. What is read of the files is in memory until it ends: some five times their bytes. */
const MOST_FILES = 200;
const MOST_BYTES = 4 << 20;
/** A file with more has a transaction of its own: it is no longer what takes the time. */
const SMALL_BYTES = 512 << 10;

type Client = Parameters<Parameters<typeof withUsageWriter>[2]>[1];

/** Files of the request from this one on that may be loaded together: as they are, and small. */
export async function smallFiles({ files, batchRecords }: LoadRequest, from: number): Promise<readonly FileToTake[]> {
  const small: FileToTake[] = [];
  if (batchRecords !== undefined) return small;
  for (let bytes = 0, index = from; index < files.length && small.length < MOST_FILES; index += 1) {
    const file = files[index] as string | FileToTake; // within the list
    const taken = typeof file === 'string' ? { path: file, name: file, unchanged: async () => undefined } : file;
    const size = await plainSize(taken);
    if (size === undefined || size > SMALL_BYTES || bytes + size > MOST_BYTES) break;
    bytes += size;
    small.push(taken);
  }
  return small;
}

/** Undefined for what is no plain file, or is packed: that may be of any size. */
async function plainSize({ path, unpacked }: FileToTake): Promise<number | undefined> {
  if (unpacked !== undefined) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true || (await isZip(path).catch(() => true))) return undefined;
  return found.size;
}

interface Together extends Pick<LoadOptions, 'keys' | 'readers' | 'screen' | 'stages' | 'allOrNothing'> {
  readonly source: Source;
  readonly configuration: Configuration;
  readonly archive: ArchiveAhead;
  /** Files behind them, which are archived meanwhile. */
  readonly next: readonly FileToTake[];
}

interface ArchivedTaken {
  readonly taken: FileToTake;
  readonly archived: ArchivedFile;
}

type Outcome = Omit<FileReport, 'file' | 'seconds'>;

/**
 * Loads them in their order. Undefined when one of them has something that is better looked at alone (it cannot be read, is larger than it
 * seemed, was begun before, stands there twice): nothing of them is in the books then, and each can be loaded as any file.
 */
export async function loadTogether(
  home: UsageHome,
  writer: UsageWriter,
  client: Client,
  files: readonly FileToTake[],
  run: Together,
): Promise<readonly FileReport[] | undefined> {
  const start = performance.now();
  const { source, archive, stages, allOrNothing, next } = run;
  let outcomes: readonly Outcome[] | undefined;
  try {
    const archived = await stages.time('archive', () => archiveAll(files, archive));
    for (const { path } of next) archive.begin(path);
    if (!areDifferent(archived) || archived.some(({ archived: { contentBytes } }) => contentBytes > SMALL_BYTES)) return undefined;
    const toOpen = archived.map(({ taken, archived: { sha256, contentBytes, path } }) => ({
      name: taken.name,
      sha256,
      sizeBytes: contentBytes,
      archivePath: path,
    }));
    const known = await openFiles(client, source.id, toOpen);
    if (known.some(({ state, offsetBytes }) => state === 'loading' && offsetBytes > 0)) return undefined;
    outcomes = await book(
      home,
      writer,
      client,
      known.map((file, index) => ({ file, ...(archived[index] as ArchivedTaken) })),
      { ...run, allOrNothing },
    );
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return undefined; // alone, it is said of which file
  }
  const seconds = Math.round((performance.now() - start) / files.length) / 1000;
  return outcomes.map((outcome, index) => ({ file: files[index]?.name ?? '', seconds, ...outcome }));
}

async function archiveAll(files: readonly FileToTake[], archive: ArchiveAhead): Promise<readonly ArchivedTaken[]> {
  for (const { path } of files) archive.begin(path);
  const archived: ArchivedTaken[] = [];
  for (const taken of files) archived.push({ taken, archived: await archive.take(taken.path, () => undefined, undefined) });
  for (const { unchanged } of files) await unchanged();
  return archived;
}

/** The same content twice is one file. */
function areDifferent(archived: readonly ArchivedTaken[]): boolean {
  return new Set(archived.map(({ archived: { sha256 } }) => sha256.toString('hex'))).size === archived.length;
}

async function book(
  { dataFolder }: UsageHome,
  writer: UsageWriter,
  client: Client,
  files: readonly (ArchivedTaken & { readonly file: KnownFile })[],
  run: Together,
): Promise<readonly Outcome[]> {
  const outcomes: (Outcome | undefined)[] = [];
  const small: (SmallFile & { readonly index: number })[] = [];
  for (const [index, { file, taken, archived }] of files.entries()) {
    const { atEnd } = taken;
    if (file.state === 'loaded') {
      if (atEnd !== undefined) await writer.transaction(atEnd);
      outcomes[index] = alreadyLoaded(file);
      continue;
    }
    const content = await openArchive(archived.path, dataFolder);
    try {
      const checked = await checkFile({ ...run, file, content });
      if (checked.ok) {
        const batches = await readSmallFile(run, content, checked.value);
        small.push({ index, file, checked: checked.value, batches, ...(atEnd === undefined ? {} : { atEnd }) });
      } else {
        await refuseFile(client, file.fileId);
        outcomes[index] = refusedFile(taken.name, file.fileId, checked.refusals);
      }
    } finally {
      await content.close();
    }
  }
  const booked = small.length === 0 ? [] : await bookSmallFiles(run, small, writer);
  for (const [place, { counts, reasons, passedOver, differences }] of booked.entries()) {
    const { index, file } = small[place] as (typeof small)[number]; // one for each
    const some = differences.length === 0 ? {} : { differences };
    outcomes[index] = { fileId: file.fileId, state: 'loaded', counts, reasons, passedOver, refusals: [], ...some };
  }
  return outcomes as readonly Outcome[]; // each was loaded before, refused or booked
}
