/** A record that is charged already, corrected: its charges are reversed, and it is charged anew. */
import type pg from 'pg';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { CorrectedFields } from '#pipeline/correct-draft.ts';
import type { EventPart, PartTransaction } from '#pipeline/correlating/ports.ts';
import type { UsageWriter } from '#pipeline/ports.ts';
import { selectFile } from '#storage/usage/files.ts';
import { insertCorrection, selectCorrections } from '#storage/usage/record-corrections.ts';
import { selectStandingEvent } from '#storage/usage/standing-rows.ts';
import { type StoredEvent, selectEvent } from '#storage/usage/stored-events.ts';
import { type ComposedEvent, selectComposed, selectEventOfRecord, selectTakenBack } from '#storage/usage/taken-back.ts';
import { composeEvent } from './compose-event.ts';
import { currentConfiguration } from './configuration.ts';
import { knownBooks } from './counters.ts';
import type { UsageHome } from './home.ts';
import { OpenFiles } from './open-files.ts';
import { type ReplacedEvent, replaceEvent } from './replace-event.ts';

export interface RatedCorrection {
  /** Number of the record, or of an event that is made of one record. */
  readonly id: number;
  readonly fields: CorrectedFields;
  readonly why: string;
  readonly by: string;
  readonly dryRun: boolean;
}

/** With the right to write usage, which `writer` and `client` have. Throws RefusedError as `correctUsage` does. */
export async function correctRated(
  home: UsageHome,
  writer: UsageWriter<PartTransaction>,
  client: pg.PoolClient,
  { id, fields, why, by, dryRun }: RatedCorrection,
): Promise<ReplacedEvent> {
  const { database, dataFolder } = home;
  const { eventId, composed, record } = await findRated(client, id);
  const earlier = await selectCorrections(client, record.id);
  const corrected = Object.assign({}, ...earlier.map((each) => each.fields), fields) as CorrectedFields; // texts by field, all of them
  const parts = composed.parts.map((part) => (part.id === record.id ? { ...part, corrected } : part));
  await refuseWithoutRaw(client, parts);
  const sources = new Set<string>();
  for (const { fileId } of parts) sources.add((await selectFile(client, fileId))?.source ?? '');
  const configuration = await currentConfiguration(database, [...sources]);
  const standing = await selectStandingEvent(client, eventId);
  if (standing === undefined) throw new Error(`event ${eventId} is not there`);
  const files = new OpenFiles(database, dataFolder);
  try {
    const again = await composeEvent(parts, configuration, (fileId) => files.open(fileId));
    const work = { database, writer, client, configuration, books: knownBooks(database), nowMicros: Date.now() * 1000 };
    return await replaceEvent(work, {
      ...again,
      ...{ standing, parts, late: [], group: composed.group, reason: 'corrected', dryRun },
      scope: { name: composed.correlation, sourceIds: composed.sourceIds },
      run: { kind: 'correct', subject: { record: record.id, fields }, why, by },
      also: (inside) => insertCorrection(inside, record.id, { fields, why, by }),
    });
  } finally {
    await files.close();
  }
}

interface RatedRecord {
  /** That is in the books for it. */
  readonly eventId: number;
  readonly record: EventPart;
  readonly composed: ComposedEvent;
}

async function findRated(client: pg.ClientBase, id: number): Promise<RatedRecord> {
  const eventId = (await selectEventOfRecord(client, id)) ?? id;
  const gone = await selectTakenBack(client, eventId);
  if (gone !== undefined)
    throw notCorrectable(
      gone.replacedBy === undefined
        ? `event ${eventId} was taken back in run ${gone.run.id}`
        : `event ${eventId} was replaced by ${gone.replacedBy} in run ${gone.run.id}: correct its records`,
    );
  const stored = await selectEvent(client, eventId);
  if (stored === undefined) throw new Error(`event ${eventId} is not there`);
  const composed = (await selectComposed(client, eventId)) ?? (await singleRecord(client, stored));
  const record = composed.parts.find((part) => part.id === id) ?? (composed.parts.length === 1 ? composed.parts[0] : undefined);
  if (record === undefined)
    throw notCorrectable(`event ${id} is made of records ${composed.parts.map((part) => part.id).join(', ')}: correct one of them`);
  const file = await selectFile(client, record.fileId);
  if (file?.state === 'rolled-back') throw notCorrectable(`record ${id} went with file ${file.fileId}, which was rolled back`);
  return { eventId, record, composed };
}

/** An event that was one record from its beginning. */
async function singleRecord(client: pg.ClientBase, stored: StoredEvent): Promise<ComposedEvent> {
  const { eventId: id, fileId, byteFrom, byteLength, event } = stored;
  const sourceId = (await selectFile(client, fileId))?.sourceId;
  if (sourceId === undefined) throw new Error(`file ${fileId} is not there`);
  const part = { id, sourceId, fileId, byteFrom, byteLength, key: event.id, kind: 'single', sequence: undefined } as const;
  return { correlation: 'correction', group: event.id, sourceIds: [], parts: [{ ...part, startMicros: event.startMicros }] };
}

async function refuseWithoutRaw(client: pg.ClientBase, parts: readonly EventPart[]): Promise<void> {
  for (const { id, fileId } of parts) {
    const file = await selectFile(client, fileId);
    if (file?.archiveRemovedMicros === undefined) continue;
    throw new RefusedError(
      refuse('usage.archive-removed', `record ${id} is in file ${fileId}, whose raw text left the archive`, { file: file.name }),
    );
  }
}

function notCorrectable(problem: string): RefusedError {
  return new RefusedError(refuse('usage.not-correctable', problem));
}
