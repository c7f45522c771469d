/** `carillon usage rollback`: a whole file out of the books, by reversal. Calls that it shares with other files are taken back, and their other parts wait again. */
import type pg from 'pg';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { settleDisturbedCounters } from '#operations/usage/settle-counters.ts';
import type { EventPart } from '#pipeline/correlating/ports.ts';
import type { Counts } from '#pipeline/ports.ts';
import type { Database } from '#storage/database.ts';
import { deletedOf } from '#storage/retention/demand-detail.ts';
import { analyzeGrownTables } from '#storage/statistics.ts';
import { StoredCounterBooks } from '#storage/usage/counter-books.ts';
import { selectFile } from '#storage/usage/files.ts';
import { type AmountTakenBack, callsWithOtherFiles, takeFileBack } from '#storage/usage/rollback.ts';
import { selectEvents } from '#storage/usage/stored-events.ts';
import { selectEventParts } from '#storage/usage/taken-back.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { waitAnew } from '#storage/usage/waiting-parts.ts';
import { currentConfiguration } from './configuration.ts';
import { knownBooks } from './counters.ts';
import { forgetScreened } from './forget-screened.ts';
import type { UsageHome } from './home.ts';
import { listFiles } from './look-up.ts';
import { type PartsOfFile, putBack, readWaitingAgain } from './put-back.ts';

export interface RollbackRequest {
  /** A name, the end of a path, or the number of a file. */
  readonly file: string;
  readonly why: string;
  /** Who says so. */
  readonly by: string;
  /** Only tells what would be taken out of the books. */
  readonly dryRun?: boolean;
  readonly onWait?: () => void;
}

export interface RollbackReport {
  /** Undefined when nothing was booked. */
  readonly run: number | undefined;
  readonly fileId: number;
  readonly name: string;
  /** What had become of its records. */
  readonly counts: Counts;
  /** Legs of events whose charges were taken back. */
  readonly charges: number;
  readonly amounts: readonly AmountTakenBack[];
  /** Records of other files that are duplicates of its records. */
  readonly duplicatesElsewhere: number;
  /** Calls that had parts in other files, too, and those files: their parts wait again. */
  readonly sharedCalls: number;
  readonly waitingElsewhere: readonly { readonly fileId: number; readonly name: string; readonly records: number }[];
}

const MOST_WHY = 500;

/** Ends the transaction of a dry run, which is undone. */
class NothingBooked extends Error {
  readonly report: RollbackReport;

  constructor(report: RollbackReport) {
    super('a dry run books nothing');
    this.report = report;
  }
}

/**
 * All of it in one transaction: a file is in the books or is not. Throws RefusedError: unknown file (`usage.file-unknown`),
 * several files of the name, no reason given, nothing of it in the books or rolled back before (`usage.rollback-unclear`), raw
 * events of which some were deleted (`usage.detail-deleted`), text that is gone of another file with parts of its calls (`usage.archive-removed`).
 */
export async function rollbackFile({ database, dataFolder }: UsageHome, request: RollbackRequest): Promise<RollbackReport> {
  const why = request.why.trim();
  if (why === '' || why.length > MOST_WHY) throw unclear(`the words of --why must be 1 to ${MOST_WHY} characters`);
  const found = await listFiles(database, request.file, 1000);
  const there = found.filter(({ state }) => state !== 'rolled-back' && state !== 'refused');
  const [file, other] = there;
  if (file === undefined) throw unclear(`file ${found[0]?.fileId} is ${found[0]?.state}: nothing of it is in the books`);
  if (other !== undefined) throw unclear(`several files are called so: give the number, ${there.map(({ fileId }) => fileId).join(' or ')}`);
  const { fileId, name } = file;
  const gone = await deletedOf(database.pool, { lineIds: undefined, from: undefined, to: undefined, fileIds: [fileId] });
  if (gone !== undefined) throw new RefusedError(gone);
  return withUsageWriter(database, request.onWait ?? (() => undefined), async (writer, client) => {
    const report = await writer.transaction(async (transaction) => {
      const shared = await callsWithOtherFiles(client, fileId);
      const others = await selectEventParts(client, shared, fileId);
      const events = await eventsOfOtherFiles(client, shared, fileId);
      const parts = await readAgain(database, dataFolder, others);
      const rememberOthers = await forgetScreened(database, client, { fileId, events });
      const taken = await takeFileBack(client, fileId, shared, { why, by: request.by });
      if (taken === undefined) throw unclear(`file ${fileId} was rolled back meanwhile`);
      await putBack(transaction, parts);
      const ids = others.map(({ id }) => id);
      await waitAnew(client, ids);
      await rememberOthers();
      await settleDisturbedCounters(new StoredCounterBooks(client, knownBooks(database), { correctionRun: taken.run }));
      const waitingElsewhere = parts.map(({ held, fileId: id, name: file }) => ({ fileId: id, name: file, records: held.length }));
      const done = { fileId, name, ...taken, sharedCalls: shared.length, waitingElsewhere };
      if (request.dryRun === true) throw new NothingBooked({ ...done, run: undefined });
      return done;
    });
    await analyzeGrownTables(client);
    return report;
  }).catch((error: unknown) => {
    if (error instanceof NothingBooked) return error.report;
    throw error;
  });
}

/** Nothing is to be read where no call has parts in other files: the configuration may be faulty for all that a rollback needs. */
async function readAgain(database: Database, dataFolder: string, parts: readonly EventPart[]): Promise<readonly PartsOfFile[]> {
  if (parts.length === 0) return [];
  const files = new Set(parts.map(({ fileId }) => fileId));
  const sources = await Promise.all([...files].map(async (fileId) => (await selectFile(database.pool, fileId))?.source ?? ''));
  return readWaitingAgain(database, dataFolder, parts, await currentConfiguration(database, sources));
}

/** Those of the calls that begin in another file: screening knows them by it. */
async function eventsOfOtherFiles(client: pg.ClientBase, shared: readonly number[], fileId: number): Promise<readonly UsageEvent[]> {
  const stored = await selectEvents(client, shared);
  return stored.flatMap((each) => (each.fileId === fileId ? [] : [each.event]));
}

function unclear(problem: string): RefusedError {
  return new RefusedError(refuse('usage.rollback-unclear', problem));
}
