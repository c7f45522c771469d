/** `carillon usage flags` and `release`: what screening found, and what people let pass. */
import { RefusedError, refuse } from '#core/refusals.ts';
import type { FlagGroup } from '#operations/usage/flags.ts';
import type { RetryCounts } from '#pipeline/retry-records.ts';
import type { Database } from '#storage/database.ts';
import { inTransaction } from '#storage/usage/in-transaction.ts';
import { releaseFlags, selectFlagGroups } from '#storage/usage/screening-store.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import type { UsageHome } from './home.ts';
import { parseRecordNumber } from './look-up.ts';
import { retryUsage } from './retry.ts';

export type { FlagGroup };

/** Throws RefusedError for a rule that has flagged nothing (`screening.rule-unknown`). */
export async function listFlags(database: Database, rule: string | undefined, limit: number): Promise<readonly FlagGroup[]> {
  const groups = await selectFlagGroups(database.pool, rule, limit);
  if (rule !== undefined && groups.length === 0) throw ruleUnknown(rule);
  return groups;
}

function ruleUnknown(rule: string): RefusedError {
  return new RefusedError(refuse('screening.rule-unknown', `no record was flagged by a rule ${JSON.stringify(rule)}`));
}

export interface ReleaseRequest {
  /** Numbers of records; empty: all that `rule` holds. */
  readonly records: readonly string[];
  readonly rule?: string;
  readonly why: string;
  /** Who says so. */
  readonly by: string;
}

export interface Released extends RetryCounts {
  readonly released: number;
}

const MOST_WHY = 500;

/**
 * Lets held records pass, with who and why, and takes them up. Throws RefusedError: nothing named or no reason given
 * (`screening.release-unclear`), a record that no rule holds (`usage.not-waiting`).
 */
export async function releaseUsage(installation: UsageHome, request: ReleaseRequest): Promise<Released> {
  const { records, rule, by } = request;
  const why = request.why.trim();
  const unclear = (problem: string): RefusedError => new RefusedError(refuse('screening.release-unclear', problem));
  if (why === '' || why.length > MOST_WHY) throw unclear(`the words of --why must be 1 to ${MOST_WHY} characters`);
  if (records.length > 0 && rule !== undefined) throw unclear('give numbers of records or --rule, not both');
  if (records.length === 0 && rule === undefined) throw unclear('say which: numbers of records, or --rule <id>');
  const ids = records.length === 0 ? undefined : [...new Set(records.map(parseRecordNumber))];
  const released = await withUsageWriter(
    installation.database,
    () => undefined,
    (_, client) =>
      inTransaction(client, async () => {
        const done = await releaseFlags(client, { ids, rule, why, by });
        const count = [...done.values()].reduce((sum, each) => sum + each, 0);
        if (ids !== undefined && count < ids.length)
          throw new RefusedError(
            refuse('usage.not-waiting', `of ${ids.length} records a screening rule holds ${count}; nothing was released`),
          );
        return done;
      }),
  );
  let total: RetryCounts = { taken: 0, rated: 0, held: 0, duplicate: 0, rejected: 0 };
  for (const reason of released.keys()) {
    const counts = await retryUsage(installation, { reason });
    total = {
      taken: total.taken + counts.taken,
      rated: total.rated + counts.rated,
      held: total.held + counts.held,
      duplicate: total.duplicate + counts.duplicate,
      rejected: total.rejected + counts.rejected,
    };
  }
  return { ...total, released: [...released.values()].reduce((sum, each) => sum + each, 0) };
}
