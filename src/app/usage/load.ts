/** `carillon usage load`: files into the books. */
import { availableParallelism } from 'node:os';
import { type Refusal, type RefusalCode, RefusedError } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';
import { isZip, openZip } from '#gateways/files/zip-file.ts';
import { SourceKeys } from '#pipeline/keys/source-keys.ts';
import { type LoadOptions, loadFile } from '#pipeline/load-file.ts';
import type { PassedOver } from '#pipeline/passed-over.ts';
import type { Counts, ReasonCounts, UsageTransaction, UsageWriter } from '#pipeline/ports.ts';
import type { Configuration } from '#pipeline/read-record.ts';
import { Stages } from '#pipeline/stages.ts';
import { analyzeGrownTables } from '#storage/statistics.ts';
import { openArchive } from '#storage/usage/archive-reader.ts';
import { removeHalfWritten } from '#storage/usage/archive-writer.ts';
import { type KnownFile, openFile, refuseFile } from '#storage/usage/files.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { ArchiveAhead } from './archive-ahead.ts';
import { collectLater } from './collect-later.ts';
import { currentConfiguration, findSource } from './configuration.ts';
import { type CorrelateCounts, correlateWaiting } from './correlate.ts';
import { settleCounters } from './counters.ts';
import type { UsageHome } from './home.ts';
import { takeReaders } from './kept-readers.ts';
import { loadTogether, smallFiles } from './load-together.ts';
import { openScreen } from './open-screen.ts';
import { ReadingAhead } from './reading-ahead.ts';

export interface FileToTake {
  readonly path: string;
  /** What the books call it. */
  readonly name: string;
  /** Called when the file was read and before anything of it is taken; throws when it changed meanwhile. */
  readonly unchanged: () => Promise<void>;
  /** The content, where the path is that of what it is packed in. */
  readonly unpacked?: () => AsyncIterable<Buffer>;
  /** Joins the transaction that books the file's last records, or one of its own when the content is in the books already. */
  readonly atEnd?: (transaction: UsageTransaction) => Promise<void>;
}

export interface LoadRequest {
  /** Paths, or files that have another name in the books. */
  readonly files: readonly (string | FileToTake)[];
  readonly source: string;
  readonly allOrNothing: boolean;
  /** Records of one transaction at most; the default is for speed. */
  readonly batchRecords?: number;
  /** Threads that read large files; 0: none but the main one. One fewer than the processor has, and at least one. */
  readonly threads?: number;
  /** Where the time of the load is added up, for those who measure. */
  readonly stages?: Stages;
}

/** What became of one file. */
export interface FileReport {
  readonly file: string;
  /** Number in the books; undefined when it could not be read at all. */
  readonly fileId: number | undefined;
  /** `already-loaded`: the same content is in the books, and nothing was read now. `resumed`: a broken load was finished. */
  readonly state: 'loaded' | 'resumed' | 'already-loaded' | 'refused';
  /** Of the whole file; all 0 when it was loaded before or refused. */
  readonly counts: Counts;
  readonly reasons: ReasonCounts;
  /** What the format passes over, by type: in none of the counts. */
  readonly passedOver: PassedOver;
  /** Of `already-loaded`: what the first load came to, with what has been taken up since. */
  readonly earlier?: { readonly counts: Counts; readonly passedOver: PassedOver; readonly loadedAtMicros: number };
  readonly seconds: number;
  readonly refusals: readonly Refusal[];
  /** What the file's header or trailer says and is not so, where the source takes such a file all the same; and `usage.nothing-taken`. */
  readonly differences?: readonly Refusal[];
}

export interface LoadEvents {
  /** Another process writes usage; this one waits. */
  onWait(): void;
  onProgress(file: string, phase: 'archiving' | 'loading', bytes: number, totalBytes: number, counts: Counts): void;
  onFile(report: FileReport): void;
  /** Parts of calls that were put together after the files, from whichever files they came; not called when none were looked at. */
  onCorrelated?(counts: CorrelateCounts): void;
  /** Charges changed by tiers because earlier usage arrived later. */
  onAdjusted(charges: number): void;
}

/** What is no fault of the file's content: it is tried again. */
const NOT_THE_FILES: readonly RefusalCode[] = ['collect.file-changed', 'collect.position-moved'];

export { passedRecords } from '#pipeline/passed-over.ts';

const NOTHING: Counts = { read: 0, rated: 0, held: 0, duplicate: 0, rejected: 0 };

/**
 * Loads files one after the other; a refused file does not keep the next from being loaded. Throws RefusedError when
 * nothing can be loaded at all: unknown source, faults of the configuration.
 */
export async function loadUsage(installation: UsageHome, request: LoadRequest, events: LoadEvents): Promise<readonly FileReport[]> {
  collectLater();
  const { database } = installation;
  const source = await findSource(database, request.source);
  return withUsageWriter(database, events.onWait, async (writer, client) => {
    const keys = await SourceKeys.open(writer.keys);
    await removeHalfWritten(installation.dataFolder);
    const archive = new ArchiveAhead(installation.dataFolder);
    try {
      const first = await plainPath(request.files[0]);
      if (first !== undefined) archive.begin(first, archivingOf(first, events)); // beside reading and compiling the rates
      const configuration = await currentConfiguration(database, [source.id]);
      const nowMicros = Date.now() * 1000;
      const screen = await openScreen(client, configuration, nowMicros);
      const run = {
        source,
        configuration,
        keys,
        ...(screen === undefined ? {} : { screen }),
        stages: request.stages ?? new Stages(),
        archive,
      };
      const reports = await loadFiles(installation, writer, client, request, run, events);
      const joined = await correlateWaiting(installation, writer, client, { ...run, source: source.id, nowMicros });
      if (Object.values(joined).some((count) => count > 0)) events.onCorrelated?.(joined);
      const adjusted = await settleCounters(installation, client);
      if (adjusted > 0) events.onAdjusted(adjusted);
      await analyzeGrownTables(client);
      return reports;
    } finally {
      await archive.close();
    }
  });
}

/** One after the other, by readers that are kept for the next load. */
async function loadFiles(
  installation: UsageHome,
  writer: UsageWriter,
  client: Client,
  request: LoadRequest,
  run: Omit<OneFile, 'readers' | 'ahead' | 'taken' | 'next' | 'allOrNothing' | 'batchRecords'>,
  events: LoadEvents,
): Promise<readonly FileReport[]> {
  const { source, configuration, stages } = run;
  const threads = request.threads ?? Math.max(1, availableParallelism() - 1);
  const wanted = { book: configuration.compiled, seed: writer.keys.seed, threads };
  const { readers, keep } = await takeReaders(installation.database, client, wanted);
  const ahead = new ReadingAhead(installation.dataFolder, {
    readers,
    source,
    configuration,
    ...(request.batchRecords === undefined ? {} : { batchRecords: request.batchRecords }),
  });
  const busyBefore = readers.busy;
  const reports: FileReport[] = [];
  let isDone = false;
  try {
    const tell = (report: FileReport): void => {
      events.onFile(report);
      reports.push(report);
    };
    // Files before this one are loaded one by one: together they could not be.
    let alone = 0;
    for (let index = 0; index < request.files.length; ) {
      const small = index < alone ? [] : await smallFiles(request, index);
      if (small.length > 1) {
        const next = await smallFiles(request, index + small.length);
        const booked = await loadTogether(installation, writer, client, small, { ...request, ...run, readers, next });
        if (booked === undefined) alone = index + small.length;
        else {
          for (const report of booked) tell(report);
          index += small.length;
          continue;
        }
      }
      const taken = request.files[index] as string | FileToTake; // there is one
      const next = await plainPath(request.files[index + 1]);
      index += 1;
      const open = await openPacked(taken);
      try {
        for (const part of open.parts) {
          const report =
            'refused' in part
              ? part.refused
              : await loadOne(installation, writer, client, { ...request, ...run, readers, ahead, taken: part, next }, events);
          tell(report);
        }
      } finally {
        open.close();
      }
    }
    isDone = true;
  } finally {
    await ahead.close();
    stages.milliseconds.read += readers.busy - busyBefore;
    if (isDone) keep();
    else await readers.close();
  }
  return reports;
}

/** What became of a file that was loaded: this time, or before. */
export function alreadyLoaded(known: KnownFile): Omit<FileReport, 'file' | 'seconds'> {
  const { fileId, counts, passedOver, finishedAtMicros, startedAtMicros } = known;
  const earlier = { counts, passedOver, loadedAtMicros: finishedAtMicros ?? startedAtMicros };
  return { fileId, state: 'already-loaded', counts: NOTHING, reasons: {}, passedOver: {}, earlier, refusals: [] };
}

/** What became of a file of which nothing was taken. */
export function refusedFile(file: string, fileId: number | undefined, refusals: readonly Refusal[]): Omit<FileReport, 'file' | 'seconds'> {
  const told = refusals.map((refusal) => ({ ...refusal, at: { file, ...refusal.at } }));
  return { fileId, state: 'refused', counts: NOTHING, reasons: {}, passedOver: {}, refusals: told };
}

/** What tells how far a file is archived. */
function archivingOf(file: string, events: LoadEvents): (bytes: number) => void {
  let archived = 0;
  return (bytes) => {
    archived += bytes;
    events.onProgress(file, 'archiving', archived, 0, NOTHING);
  };
}

/** A file that is loaded as it is: not one of a collector, which may change, and no ZIP. */
async function plainPath(file: string | FileToTake | undefined): Promise<string | undefined> {
  return typeof file === 'string' && !(await isZip(file).catch(() => true)) ? file : undefined;
}

/** A file as it is, or the files of a ZIP, each named `<zip>/<file>`. */
async function openPacked(taken: string | FileToTake): Promise<{
  readonly parts: readonly (FileToTake | { readonly refused: FileReport })[];
  close(): void;
}> {
  const file = typeof taken === 'string' ? { path: taken, name: taken, unchanged: async () => undefined } : taken;
  if (!(await isZip(file.path))) return { parts: [file], close: () => undefined };
  try {
    const zip = await openZip(file.path);
    const parts = zip.files.map(({ name, content }) => ({ ...file, name: `${file.name}/${name}`, unpacked: content }));
    return { parts, close: () => zip.close() };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const nothing = { fileId: undefined, counts: NOTHING, reasons: {}, passedOver: {}, seconds: 0 };
    const refused: FileReport = { file: file.name, state: 'refused', refusals: error.refusals, ...nothing };
    return { parts: [{ refused }], close: () => undefined };
  }
}

type Client = Parameters<Parameters<typeof withUsageWriter>[2]>[1];

interface OneFile extends Pick<LoadRequest, 'allOrNothing' | 'batchRecords'>, Pick<LoadOptions, 'keys' | 'readers' | 'screen' | 'stages'> {
  readonly archive: ArchiveAhead;
  readonly ahead: ReadingAhead;
  readonly taken: FileToTake;
  /** Path of the file behind it, where that can be archived meanwhile. */
  readonly next: string | undefined;
  readonly source: Source;
  readonly configuration: Configuration;
}

async function loadOne(
  { dataFolder }: UsageHome,
  writer: UsageWriter,
  client: Client,
  { archive, ahead, taken, next, source, configuration, allOrNothing, batchRecords, keys, readers, screen, stages }: OneFile,
  events: LoadEvents,
): Promise<FileReport> {
  const start = process.hrtime.bigint();
  const { path: from, name: file, atEnd } = taken;
  const report = (rest: Omit<FileReport, 'file' | 'seconds'>): FileReport => ({
    file,
    seconds: Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000,
    ...rest,
  });
  const begun = await ahead.take(taken.unpacked === undefined ? from : '');
  try {
    const { sha256, contentBytes, path } = await stages.time('archive', () =>
      archive.take(from, archivingOf(file, events), taken.unpacked?.()),
    );
    await taken.unchanged();
    if (next !== undefined) archive.begin(next);
    const known = await openFile(client, { source: source.id, name: file, sha256, sizeBytes: contentBytes, archivePath: path });
    const { fileId } = known;
    if (known.state === 'loaded') {
      if (atEnd !== undefined) await writer.transaction(atEnd);
      return report(alreadyLoaded(known));
    }
    const content = begun?.content ?? (await openArchive(path, dataFolder));
    try {
      const loaded = await loadFile({
        writer,
        keys,
        readers,
        ...(screen === undefined ? {} : { screen }),
        stages,
        file: known,
        content,
        source,
        configuration,
        allOrNothing,
        ...(batchRecords === undefined ? {} : { batchRecords }),
        ...(atEnd === undefined ? {} : { atEnd }),
        ...(begun === undefined ? {} : { begun: begun.reading }),
        onRead: () => {
          // The parts of a ZIP come one after the other: what is behind the ZIP is not next.
          const archived = next === undefined || taken.unpacked !== undefined ? undefined : archive.begun(next);
          if (next !== undefined && archived !== undefined) ahead.begin(next, archived);
        },
        onProgress: (bytes, counts) => events.onProgress(file, 'loading', bytes, contentBytes, counts),
      });
      if (loaded.ok) {
        const { counts, reasons, passedOver, differences } = loaded.value;
        const state = known.offsetBytes > 0 ? 'resumed' : 'loaded';
        return report({ fileId, state, counts, reasons, passedOver, refusals: [], ...(differences.length === 0 ? {} : { differences }) });
      }
      await refuseFile(client, fileId);
      return report(refusedFile(file, fileId, loaded.refusals));
    } finally {
      if (begun === undefined) await content.close();
    }
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusals.some(({ code }) => NOT_THE_FILES.includes(code))) throw error;
    return report({ fileId: undefined, state: 'refused', counts: NOTHING, reasons: {}, passedOver: {}, refusals: error.refusals });
  } finally {
    await begun?.close();
  }
}
