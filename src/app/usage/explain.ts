/** `carillon explain`: a charge from the books, made again step by step. */

import type { UsageRecord } from '#core/charging/decision.ts';
import { chargeAgain } from '#core/charging/explain-record.ts';
import type { Charge } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { CHARGING_SOURCE } from '#core/usage/source.ts';
import { type ExplainedCharge, explainCharge } from '#operations/usage/explain-charge.ts';
import { fromExactJson } from '#storage/charging/exact-json.ts';
import type { KnownFile } from '#storage/usage/files.ts';
import { selectFile } from '#storage/usage/files.ts';
import { type StoredRecordCorrection, selectCorrections } from '#storage/usage/record-corrections.ts';
import { selectAdjustments, selectRecords } from '#storage/usage/records.ts';
import { countersOf } from '#storage/usage/row-text.ts';
import { type StoredEvent, selectEvent } from '#storage/usage/stored-events.ts';
import { selectTakenBack, type TakenBackEvent } from '#storage/usage/taken-back.ts';
import { selectParts } from '#storage/usage/waiting-parts.ts';
import { catalogKnownAt } from '../charging/catalog.ts';
import { compiledBookKnownAt } from './counters.ts';
import type { UsageHome } from './home.ts';
import { parseRecordNumber, rawRecord, whyNotThere } from './look-up.ts';

export type { ExplainedAdjustment } from '#operations/usage/explain-charge.ts';
export type { CorrectionReason } from '#operations/usage/standing-charge.ts';

export interface Explained {
  readonly stored: StoredEvent;
  readonly file: KnownFile;
  readonly raw: string;
  readonly charges: readonly ExplainedCharge[];
  /** What a person said that its fields are, before it was priced. */
  readonly corrections: readonly StoredRecordCorrection[];
  /** Where its charges are now, when they were taken back alone. */
  readonly takenBack: TakenBackEvent | undefined;
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
  const adjustments = await selectAdjustments(database.pool, id);
  const legs = (['in', 'out'] as const).filter((each) => [...stored.charges, ...adjustments].some((charge) => charge.leg === each));
  const wanted = legs.filter((each) => leg === undefined || each === leg);
  if (wanted.length === 0) {
    const known = legs.map((each) => `${id}/${each}`).join(' and ') || 'none';
    throw new RefusedError(refuse('usage.charge-unknown', `there is no charge ${charge}; the event's charges: ${known}`));
  }
  const file = await selectFile(database.pool, stored.fileId);
  if (file === undefined) throw new Error(`event ${id} is of file ${stored.fileId}, which is not there`);
  if (file.source === CHARGING_SOURCE) {
    const raw = await rawRecord(dataFolder, file, stored);
    return { stored, file, raw, charges: await chargedOnline(database, stored, raw), corrections: [], takenBack: undefined };
  }
  const books = new Map<number, CompiledBook>();
  for (const at of [stored.knownAtMicros, ...adjustments.flatMap(({ pricedAtMicros }) => pricedAtMicros ?? [])])
    if (!books.has(at)) books.set(at, await compiledBookKnownAt(database, at));
  const bookOf = (at: number): CompiledBook => books.get(at) as CompiledBook; // all that occur were compiled
  const charges = wanted.map((each) => {
    const booked = stored.charges.find((charged) => charged.leg === each);
    const own = adjustments
      .filter((adjustment) => adjustment.leg === each)
      .map(({ run, originalDay, pricedAtMicros, counters, ...rest }) => ({
        ...rest,
        moves: countersOf(counters),
        pricedAtMicros: pricedAtMicros ?? stored.knownAtMicros,
        ...(run === undefined ? {} : { run }),
        ...(originalDay === undefined ? {} : { originalDay }),
      }));
    const first = booked === undefined ? undefined : { ...booked, knownAtMicros: stored.knownAtMicros };
    return valueOrThrow(explainCharge(bookOf, stored.event, each, first, own));
  });
  const corrections: StoredRecordCorrection[] = [];
  const parts = await selectParts(database.pool, id);
  const takenBack = await selectTakenBack(database.pool, id);
  for (const record of parts?.parts.map((part) => part.id) ?? [id]) corrections.push(...(await selectCorrections(database.pool, record)));
  return {
    stored,
    file,
    takenBack,
    corrections: takenBack === undefined ? corrections : [],
    raw: await rawRecord(dataFolder, file, stored),
    charges,
  };
}

/**
 * What online charging has charged: its record is kept whole, with what allowances covered and the version of the plan. The rates are those known
 * when it was used, or, where a change came in between, when it was booked.
 */
async function chargedOnline(database: UsageHome['database'], stored: StoredEvent, raw: string): Promise<readonly ExplainedCharge[]> {
  const record = fromExactJson<UsageRecord>(raw);
  const [booked] = stored.charges;
  if (booked === undefined)
    throw new RefusedError(refuse('usage.charge-unknown', 'the network element had the price: there is none of ours'));
  let charge: Charge | undefined;
  for (const at of [stored.knownAtMicros, record.event.startMicros]) {
    if (charge?.amountNanos === booked.amountNanos) break;
    charge = chargeAgain(await catalogKnownAt(database, at), record) ?? charge;
  }
  if (charge === undefined) {
    const words = `version ${record.planVersion} of plan ${record.plan} is not known any more`;
    throw new RefusedError(refuse('usage.explanation-differs', words));
  }
  const differs = `booked ${booked.amountNanos} nanos, rated again ${charge.amountNanos} nanos`;
  const faults = charge.amountNanos === booked.amountNanos ? [] : [refuse('usage.explanation-differs', differs)];
  return [{ leg: booked.leg, booked, charge, adjustments: [], dueNanos: booked.amountNanos, faults }];
}

async function notRated(client: Parameters<typeof selectRecords>[0], id: number): Promise<ReturnType<typeof refuse>> {
  const [record] = await selectRecords(client, { id, fileIds: undefined, number: undefined, status: undefined, limit: 1 });
  if (record === undefined) return whyNotThere(client, id);
  if (record.partOf !== undefined)
    return refuse(
      'usage.charge-unknown',
      `record ${id} is a part of event ${record.partOf}, which has the charges: explain ${record.partOf}`,
    );
  const why = record.duplicateOf === undefined ? `${record.reason}: ${record.detail}` : `it repeats record ${record.duplicateOf}`;
  return refuse('usage.charge-unknown', `record ${id} is ${record.status} and has no charge; ${why}`);
}
