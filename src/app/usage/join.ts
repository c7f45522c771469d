/** `carillon usage join`: parts that came when their call was charged without them are joined to it, and the call is charged anew. */
import type pg from 'pg';
import { RefusedError, refuse } from '#core/refusals.ts';
import { latePartsOf } from '#pipeline/correlating/correlate-parts.ts';
import type { EventPart, PartTransaction, StoredPart } from '#pipeline/correlating/ports.ts';
import type { UsageWriter } from '#pipeline/ports.ts';
import { CorrelationStore, sourcesOfLateParts } from '#storage/usage/correlation-store.ts';
import { selectFile } from '#storage/usage/files.ts';
import { selectRecords } from '#storage/usage/records.ts';
import { selectStandingEvent } from '#storage/usage/standing-rows.ts';
import { selectComposed } from '#storage/usage/taken-back.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { composeEvent } from './compose-event.ts';
import { currentConfiguration } from './configuration.ts';
import { knownBooks } from './counters.ts';
import type { UsageHome } from './home.ts';
import { fileIdsOf, parseRecordNumber, whyNotThere } from './look-up.ts';
import { OpenFiles } from './open-files.ts';
import { type ReplacedEvent, type Replacing, replaceEvent } from './replace-event.ts';

export interface JoinRequest {
  /** Numbers of late parts; empty: all of them. */
  readonly records: readonly string[];
  /** Only parts in this file. */
  readonly file?: string;
  readonly why: string;
  /** Who says so. */
  readonly by: string;
  /** Only see what the calls would be charged. */
  readonly dryRun?: boolean;
  readonly onWait?: () => void;
}

export interface JoinedCall extends ReplacedEvent {
  /** Numbers of the records that were joined. */
  readonly records: readonly number[];
}

/** A call that stays as it is, with its late parts, and why. */
export interface NotJoined {
  readonly eventId: number;
  readonly records: readonly number[];
  readonly why: string;
}

export interface JoinReport {
  readonly joined: readonly JoinedCall[];
  readonly left: readonly NotJoined[];
}

const MOST_WHY = 500;

/**
 * Each call is one transaction: what was broken off is finished by giving it again. Throws RefusedError: no reason given
 * (`usage.join-unclear`), a record that is none (`usage.record-unknown`) or no late part (`usage.not-late`).
 */
export async function joinLateParts(home: UsageHome, request: JoinRequest): Promise<JoinReport> {
  const why = request.why.trim();
  if (why === '' || why.length > MOST_WHY)
    throw new RefusedError(refuse('usage.join-unclear', `the words of --why must be 1 to ${MOST_WHY} characters`));
  const ids = request.records.map(parseRecordNumber);
  const fileIds = await fileIdsOf(home.database, request.file);
  return withUsageWriter(home.database, request.onWait ?? (() => undefined), async (writer, client) => {
    for (const id of ids) await refuseOther(client, id);
    const configuration = await currentConfiguration(home.database, await sourcesOfLateParts(client));
    const nowMicros = Date.now() * 1000;
    const files = new OpenFiles(home.database, home.dataFolder);
    const work = { database: home.database, writer, client, configuration, books: knownBooks(home.database), nowMicros };
    try {
      const late = await findLate(work, writer, files, fileIds);
      const joined: JoinedCall[] = [];
      const left: NotJoined[] = [];
      for (const [eventId, all] of late) {
        const parts = ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
        if (parts.length === 0) continue;
        const records = parts.map(({ id }) => id);
        try {
          joined.push({ records, ...(await joinCall(work, files, eventId, parts, { ...request, why })) });
        } catch (error) {
          if (!(error instanceof RefusedError)) throw error;
          left.push({ eventId, records, why: error.refusals.map(({ message }) => message).join('; ') });
        }
      }
      return { joined, left };
    } finally {
      await files.close();
    }
  });
}

function findLate(
  { client, configuration, nowMicros }: Replacing,
  writer: UsageWriter<PartTransaction>,
  files: OpenFiles,
  fileIds: readonly number[] | undefined,
): Promise<ReadonlyMap<number, readonly StoredPart[]>> {
  const store = new CorrelationStore(client, writer);
  return latePartsOf({ store, configuration, nowMicros, reopen: (fileId) => files.open(fileId) }, fileIds);
}

async function refuseOther(client: pg.ClientBase, id: number): Promise<void> {
  const [record] = await selectRecords(client, { id, fileIds: undefined, number: undefined, status: undefined, limit: 1 });
  if (record === undefined) throw new RefusedError(await whyNotThere(client, id));
  if (record.reason !== 'usage.part-late')
    throw new RefusedError(
      refuse('usage.not-late', `record ${id} is ${record.status}${record.reason === undefined ? '' : ` for ${record.reason}`}`),
    );
}

async function joinCall(
  work: Replacing,
  files: OpenFiles,
  eventId: number,
  late: readonly StoredPart[],
  { why, by, dryRun = false }: JoinRequest,
): Promise<ReplacedEvent> {
  const { client, configuration } = work;
  const composed = await selectComposed(client, eventId);
  const standing = await selectStandingEvent(client, eventId);
  if (composed === undefined || standing === undefined) throw new Error(`event ${eventId} has no parts`);
  const parts: readonly EventPart[] = [...composed.parts, ...late];
  for (const { id, fileId } of parts) {
    const file = await selectFile(client, fileId);
    if (file?.archiveRemovedMicros !== undefined)
      throw new RefusedError(refuse('usage.archive-removed', `record ${id} is in file ${fileId}, whose raw text left the archive`));
  }
  const again = await composeEvent(parts, configuration, (fileId) => files.open(fileId));
  return replaceEvent(work, {
    ...again,
    ...{ standing, parts, late, group: composed.group, reason: 'joined', dryRun },
    scope: { name: composed.correlation, sourceIds: composed.sourceIds },
    run: { kind: 'join', subject: { event: eventId, records: late.map(({ id }) => id) }, why, by },
  });
}
