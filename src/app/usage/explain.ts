/** `carillon explain`: a charge from the books, made again step by step. */
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { type ExplainedCharge, explainCharge } from '#operations/usage/explain-charge.ts';
import type { KnownFile } from '#storage/usage/files.ts';
import { selectFile } from '#storage/usage/files.ts';
import { selectAdjustments, selectRecords } from '#storage/usage/records.ts';
import { countersOf } from '#storage/usage/row-text.ts';
import { type StoredEvent, selectEvent } from '#storage/usage/stored-events.ts';
import { compiledBookKnownAt } from './counters.ts';
import type { UsageHome } from './home.ts';
import { parseRecordNumber, rawRecord } from './look-up.ts';

export interface Explained {
  readonly stored: StoredEvent;
  readonly file: KnownFile;
  readonly raw: string;
  readonly charges: readonly ExplainedCharge[];
}

/**
 * Explains a charge (`1042/in`) or all charges of an event (`1042`). Throws RefusedError: no such event
 * (`usage.record-unknown`), not rated or no charge on this leg (`usage.charge-unknown`).
 */
export async function explainUsage({ database, dataFolder }: UsageHome, charge: string): Promise<Explained> {
  const id = parseRecordNumber(charge);
  const leg = charge.endsWith('/in') ? 'in' : charge.endsWith('/out') ? 'out' : undefined;
  const stored = await selectEvent(database.pool, id);
  if (stored === undefined) throw new RefusedError(await notRated(database.pool, id));
  const wanted = stored.charges.filter((each) => leg === undefined || each.leg === leg);
  if (wanted.length === 0) {
    const legs = stored.charges.map((each) => `${id}/${each.leg}`).join(' and ') || 'none';
    throw new RefusedError(refuse('usage.charge-unknown', `there is no charge ${charge}; the event's charges: ${legs}`));
  }
  const file = await selectFile(database.pool, stored.fileId);
  if (file === undefined) throw new Error(`event ${id} is of file ${stored.fileId}, which is not there`);
  const book = await compiledBookKnownAt(database, stored.knownAtMicros);
  const adjustments = await selectAdjustments(database.pool, id);
  const charges = wanted.map((booked) => {
    const own = adjustments.filter((each) => each.leg === booked.leg).map((each) => ({ ...each, moves: countersOf(each.counters) }));
    return valueOrThrow(explainCharge(book, stored.event, booked, own));
  });
  return { stored, file, raw: await rawRecord(dataFolder, file, stored), charges };
}

async function notRated(client: Parameters<typeof selectRecords>[0], id: number): Promise<ReturnType<typeof refuse>> {
  const [record] = await selectRecords(client, { id, fileIds: undefined, number: undefined, status: undefined, limit: 1 });
  if (record === undefined) return refuse('usage.record-unknown', `there is no event ${id}`);
  if (record.partOf !== undefined)
    return refuse(
      'usage.charge-unknown',
      `record ${id} is a part of event ${record.partOf}, which has the charges: explain ${record.partOf}`,
    );
  const why = record.duplicateOf === undefined ? `${record.reason}: ${record.detail}` : `it repeats record ${record.duplicateOf}`;
  return refuse('usage.charge-unknown', `record ${id} is ${record.status} and has no charge; ${why}`);
}
