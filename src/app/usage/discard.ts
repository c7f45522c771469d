/** `carillon usage discard`: records that shall never be charged. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { discardRecords } from '#storage/usage/discard.ts';
import { inTransaction } from '#storage/usage/in-transaction.ts';
import { selectRecords } from '#storage/usage/records.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import type { UsageHome } from './home.ts';
import { parseRecordNumber, type WaitingRequest, waitingFilter, whyNotThere } from './look-up.ts';

export interface DiscardRequest extends WaitingRequest {
  /** Numbers of records, held or rejected; empty: those that fit the rest of the request. */
  readonly records: readonly string[];
  readonly why: string;
  /** Who says so. */
  readonly by: string;
}

const MOST_WHY = 500;

/**
 * Discards all that is meant, or nothing; gives back how many. Throws RefusedError: no such record (`usage.record-unknown`),
 * one that is rated or duplicate (`usage.not-waiting`), no reason given, or nothing named (`usage.discard-unclear`).
 */
export async function discardUsage({ database }: UsageHome, request: DiscardRequest): Promise<number> {
  const { records, reason, file, group, by } = request;
  const why = request.why.trim();
  const unclear = (problem: string): RefusedError => new RefusedError(refuse('usage.discard-unclear', problem));
  if (why === '' || why.length > MOST_WHY) throw unclear(`the words of --why must be 1 to ${MOST_WHY} characters`);
  if (records.length > 0 && (reason !== undefined || file !== undefined || group !== undefined || request.rejected === true))
    throw unclear('give numbers of records or a filter, not both');
  if (records.length === 0 && reason === undefined && file === undefined && group === undefined)
    throw unclear('say which: numbers of records, --reason <code> or --file <file>');
  const { from, filter } = await waitingFilter(database, request);
  return withUsageWriter(
    database,
    () => undefined,
    async (_, client) => {
      if (records.length === 0)
        return inTransaction(client, () => discardRecords(client, { ...filter, wherefrom: from, ids: undefined, why, by }));
      const ids = [...new Set(records.map(parseRecordNumber))];
      for (const id of ids) {
        const [record] = await selectRecords(client, { id, fileIds: undefined, number: undefined, status: undefined, limit: 1 });
        if (record === undefined) throw new RefusedError(await whyNotThere(client, id));
        if (record.status !== 'held' && record.status !== 'rejected')
          throw new RefusedError(
            refuse('usage.not-waiting', `record ${id} is ${record.status}; only held and rejected records can be discarded`),
          );
      }
      return inTransaction(client, async () => {
        const held = await discardRecords(client, { ...filter, wherefrom: 'held', ids, why, by });
        return held + (await discardRecords(client, { ...filter, wherefrom: 'rejected', ids, why, by }));
      });
    },
  );
}
