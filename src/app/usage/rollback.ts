/** `carillon usage rollback`: a whole file out of the books, by reversal. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { settleDisturbedCounters } from '#operations/usage/settle-counters.ts';
import type { Counts } from '#pipeline/ports.ts';
import { analyzeGrownTables } from '#storage/statistics.ts';
import { StoredCounterBooks } from '#storage/usage/counter-books.ts';
import { inTransaction } from '#storage/usage/in-transaction.ts';
import { type AmountTakenBack, filesOfSameCalls, takeFileBack } from '#storage/usage/rollback.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { compiledBookKnownAt } from './counters.ts';
import { forgetScreened } from './forget-screened.ts';
import type { UsageHome } from './home.ts';
import { listFiles } from './look-up.ts';

export interface RollbackRequest {
  /** A name, the end of a path, or the number of a file. */
  readonly file: string;
  readonly why: string;
  /** Who says so. */
  readonly by: string;
  readonly onWait?: () => void;
}

export interface RollbackReport {
  readonly run: number;
  readonly fileId: number;
  readonly name: string;
  /** What had become of its records. */
  readonly counts: Counts;
  /** Legs of events whose charges were taken back. */
  readonly charges: number;
  readonly amounts: readonly AmountTakenBack[];
  /** Records of other files that are duplicates of its records. */
  readonly duplicatesElsewhere: number;
}

const MOST_WHY = 500;

/**
 * All of it in one transaction: a file is in the books or is not. Throws RefusedError: unknown file (`usage.file-unknown`),
 * several files of the name, no reason given, nothing of it in the books or rolled back before (`usage.rollback-unclear`).
 */
export async function rollbackFile({ database }: UsageHome, request: RollbackRequest): Promise<RollbackReport> {
  const why = request.why.trim();
  if (why === '' || why.length > MOST_WHY) throw unclear(`the words of --why must be 1 to ${MOST_WHY} characters`);
  const found = await listFiles(database, request.file, 1000);
  const there = found.filter(({ state }) => state !== 'rolled-back' && state !== 'refused');
  const [file, other] = there;
  if (file === undefined) throw unclear(`file ${found[0]?.fileId} is ${found[0]?.state}: nothing of it is in the books`);
  if (other !== undefined) throw unclear(`several files are called so: give the number, ${there.map(({ fileId }) => fileId).join(' or ')}`);
  const { fileId, name } = file;
  return withUsageWriter(database, request.onWait ?? (() => undefined), async (_, client) => {
    const report = await inTransaction(client, async () => {
      const shared = await filesOfSameCalls(client, fileId);
      if (shared.length > 0) throw unclear(`parts of its calls are in file ${shared.join(', ')}, too: they were charged together`);
      const rememberOthers = await forgetScreened(database, client, fileId);
      const taken = await takeFileBack(client, fileId, { why, by: request.by });
      if (taken === undefined) throw unclear(`file ${fileId} was rolled back meanwhile`);
      await rememberOthers();
      const books = new StoredCounterBooks(client, (at) => compiledBookKnownAt(database, at), taken.run);
      await settleDisturbedCounters(books);
      return { fileId, name, ...taken };
    });
    await analyzeGrownTables(client);
    return report;
  });
}

function unclear(problem: string): RefusedError {
  return new RefusedError(refuse('usage.rollback-unclear', problem));
}
