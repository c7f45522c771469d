/** `carillon usage retry`: what was held (or rejected) read again with the configuration of today. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { SourceKeys } from '#pipeline/keys/source-keys.ts';
import { type RetryCounts, retryRecords } from '#pipeline/retry-records.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { selectWaiting, waitingSources, waitingWithoutArchive } from '#storage/usage/waiting.ts';
import { currentConfiguration } from './configuration.ts';
import { correlateWaiting } from './correlate.ts';
import { settleCounters } from './counters.ts';
import type { UsageHome } from './home.ts';
import { type WaitingRequest, waitingFilter } from './look-up.ts';
import { OpenFiles } from './open-files.ts';
import { openScreen } from './open-screen.ts';

export type { RetryCounts } from '#pipeline/retry-records.ts';

/** Records of one transaction. */
const RECORDS_AT_ONCE = 5_000;

export interface RetryRequest extends WaitingRequest {
  /** Duplicates of records that were rolled back, instead of the held. */
  readonly duplicates?: boolean;
  /** Only see what would become of them. Parts of calls are not put together then, and tiers are not settled. */
  readonly dryRun?: boolean;
  readonly onWait?: () => void;
  /** Records taken up so far. Each step is in the books by then, so that a retry that was broken off goes on behind it. */
  readonly onProgress?: (counts: RetryCounts) => void;
}

/** Takes up everything that fits the request. Throws RefusedError for an unknown file or reason, a source that is gone, a lost archive. */
export async function retryUsage(installation: UsageHome, request: RetryRequest): Promise<RetryCounts> {
  const { database } = installation;
  const { from: wherefrom, filter } = await waitingFilter(database, request);
  const from = request.duplicates === true ? 'duplicate' : wherefrom;
  const dryRun = request.dryRun === true;
  return withUsageWriter(database, request.onWait ?? (() => undefined), async (writer, client) => {
    const lost = await waitingWithoutArchive(client, from, filter);
    const told = ({ file, fileId, records }: (typeof lost)[number]) =>
      refuse(
        'usage.archive-removed',
        `${records} of the records are in file ${fileId}, whose raw text left the archive; take up the others by --file or --source`,
        { file },
      );
    if (lost.length > 0) throw new RefusedError(...lost.map(told));
    // Only what these sources need: a number table without a file is no matter of the others.
    const configuration = await currentConfiguration(database, await waitingSources(client, from, filter));
    const nowMicros = Date.now() * 1000;
    const screen = await openScreen(client, configuration, nowMicros);
    const keys = await SourceKeys.open(writer.keys);
    const files = new OpenFiles(database, installation.dataFolder);
    let total: RetryCounts = { taken: 0, rated: 0, held: 0, duplicate: 0, rejected: 0 };
    try {
      for (let after = 0; ; ) {
        const records = await selectWaiting(client, from, filter, after, RECORDS_AT_ONCE);
        const last = records.at(-1);
        if (last === undefined) break;
        after = last.id;
        const open = (fileId: number) => files.open(fileId);
        total = added(total, await retryRecords(writer, keys, from, records, open, configuration, screen, dryRun));
        request.onProgress?.(total);
      }
      if (dryRun) return total;
      const correlated = await correlateWaiting(installation, writer, client, {
        configuration,
        ...(screen === undefined ? {} : { screen }),
        nowMicros,
      });
      // Parts that were taken up wait again, until their others are found here.
      const completed = Math.min(correlated.rated, total.held);
      total = { ...total, rated: total.rated + completed, held: total.held - completed };
      await settleCounters(installation, client);
    } finally {
      await files.close();
    }
    return total;
  });
}

function added(a: RetryCounts, b: RetryCounts): RetryCounts {
  return {
    taken: a.taken + b.taken,
    rated: a.rated + b.rated,
    held: a.held + b.held,
    duplicate: a.duplicate + b.duplicate,
    rejected: a.rejected + b.rejected,
  };
}
