/** Reading the books of usage: files, records with their raw text, what waits. */
import { ratingRefusals } from '#core/refusals/rating.ts';
import { holdReasons, rejectionReasons } from '#core/refusals/usage.ts';
import { type Refusal, RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { periodBetween } from '#core/settlement/statement-period.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { Outcome } from '#pipeline/ports.ts';
import type { Database } from '#storage/database.ts';
import { deletionOfRecord } from '#storage/retention/deletions.ts';
import { openArchive } from '#storage/usage/archive-reader.ts';
import { type ChargeNames, selectChargeNames } from '#storage/usage/charge-names.ts';
import { type KnownFile, selectFile, selectFiles } from '#storage/usage/files.ts';
import { type StoredRecordCorrection, selectCorrections } from '#storage/usage/record-corrections.ts';
import { type FoundRecord, type StoredAdjustment, selectAdjustments, selectRecords } from '#storage/usage/records.ts';
import { selectWaitingGroups, selectWaitingReasons, type WaitingFilter, type WaitingGroup } from '#storage/usage/waiting.ts';
import type { PartOfEvent } from '#storage/usage/waiting-parts.ts';
import { findSource } from './configuration.ts';
import type { UsageHome } from './home.ts';

export { passedRecords } from '#pipeline/passed-over.ts';
export type { KnownFile } from '#storage/usage/files.ts';
export type { WaitingGroup } from '#storage/usage/waiting.ts';

const MOST_FILES = 10_000;
/** Of a raw record that is shown. */
const MOST_RAW_BYTES = 64 * 1024;

export async function listFiles(database: Database, which: string | undefined, limit: number): Promise<readonly KnownFile[]> {
  const files = await selectFiles(database.pool, which, limit);
  if (which !== undefined && files.length === 0) throw fileUnknown(which);
  return files;
}

/** Numbers of the files that a name means; undefined for all. Throws RefusedError (`usage.file-unknown`). */
export async function fileIdsOf(database: Database, which: string | undefined): Promise<readonly number[] | undefined> {
  if (which === undefined) return undefined;
  return (await listFiles(database, which, MOST_FILES)).map(({ fileId }) => fileId);
}

function fileUnknown(which: string): RefusedError {
  return new RefusedError(refuse('usage.file-unknown', `no loaded file is called ${JSON.stringify(which)}`));
}

/** `1042`, also as the front of a charge's number `1042/in`. */
export function parseRecordNumber(text: string): number {
  const match = /^(\d{1,15})(?:\/(?:in|out))?$/.exec(text);
  if (match === null)
    throw new RefusedError(refuse('usage.record-unknown', 'the number of a record is digits, 1042', { value: text.slice(0, 120) }));
  return Number(match[1]);
}

export interface RecordRequest {
  readonly record?: string;
  readonly file?: string;
  readonly number?: string;
  readonly status?: Outcome;
  readonly raw: boolean;
  readonly limit: number;
}

export interface ShownRecord extends FoundRecord {
  readonly file: string;
  readonly source: string;
  /** When asked for: the record as it was delivered, at most 64 KiB of it. */
  readonly raw: string | undefined;
  /** Of its charges, one for each, in their order. */
  readonly names: readonly ChargeNames[];
  /** What a person said that its fields are. */
  readonly corrections: readonly StoredRecordCorrection[];
  /** What was adjusted of its charges since they were booked. */
  readonly adjustments: readonly StoredAdjustment[];
  /** Of an event made of parts: their raw records, in the order of the parts, when asked for. */
  readonly rawParts?: readonly string[];
}

/** Throws RefusedError when a record that is asked for by number is not there (`usage.record-unknown`). */
export async function showRecords({ database, dataFolder }: UsageHome, request: RecordRequest): Promise<readonly ShownRecord[]> {
  const id = request.record === undefined ? undefined : parseRecordNumber(request.record);
  const records = await selectRecords(database.pool, {
    id,
    fileIds: await fileIdsOf(database, request.file),
    number: request.number?.replace(/^\+/, ''),
    status: request.status,
    limit: request.limit,
  });
  if (id !== undefined && records.length === 0) throw new RefusedError(await whyNotThere(database.pool, id));
  const shown: ShownRecord[] = [];
  for (const record of records) {
    const file = await selectFile(database.pool, record.fileId);
    if (file === undefined) throw new Error(`record ${record.id} is of file ${record.fileId}, which is not there`);
    const raw = request.raw ? await rawRecord(dataFolder, file, record) : undefined;
    const corrections = await selectCorrections(database.pool, record.id);
    const adjustments = record.status === 'rated' ? await selectAdjustments(database.pool, record.id) : [];
    const names = await selectChargeNames(database.pool, record.stored?.charges ?? []);
    const rawParts =
      request.raw && record.correlated !== undefined ? await rawOf(record.correlated.parts, database, dataFolder) : undefined;
    shown.push({
      ...record,
      file: file.name,
      source: file.source,
      raw,
      names,
      corrections,
      adjustments,
      ...(rawParts === undefined ? {} : { rawParts }),
    });
  }
  return shown;
}

/** No such record, or one that was deleted (`usage.detail-deleted`). */
export async function whyNotThere(client: Parameters<typeof deletionOfRecord>[0], id: number): Promise<Refusal> {
  const gone = await deletionOfRecord(client, id);
  if (gone === undefined) return refuse('usage.record-unknown', `there is no record ${id}`);
  const { rule, on, first, last, file } = gone;
  const days = first === last ? first : `${first} to ${last}`;
  return refuse('usage.detail-deleted', `record ${id} of ${file}: the detail of ${days} was deleted on ${on} by rule ${rule}`, {
    value: String(id),
  });
}

async function rawOf(parts: readonly PartOfEvent[], database: Database, dataFolder: string): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const part of parts) {
    const file = await selectFile(database.pool, part.fileId);
    if (file === undefined) throw new Error(`record ${part.id} is of file ${part.fileId}, which is not there`);
    texts.push(await rawRecord(dataFolder, file, part));
  }
  return texts;
}

/** The bytes as they were delivered, without the line end; those that are not UTF-8 are shown as Latin-1, binary ones in hexadecimal. */
export async function rawRecord(
  dataFolder: string,
  file: KnownFile,
  place: { readonly byteFrom: number; readonly byteLength: number },
): Promise<string> {
  if (file.archiveRemovedMicros !== undefined) {
    const day = formatInstant(file.archiveRemovedMicros).slice(0, 10);
    throw new RefusedError(
      refuse('usage.archive-removed', `${file.name} left the archive on ${day}, after the days that ${file.source} keeps`),
    );
  }
  const content = await openArchive(file.archivePath, dataFolder);
  try {
    const bytes = Buffer.from(await content.read(place.byteFrom, Math.min(place.byteLength, MOST_RAW_BYTES)));
    if (isBinary(bytes)) return bytes.toString('hex');
    const text = bytes.toString('utf8');
    return (text.includes('\ufffd') ? bytes.toString('latin1') : text).replace(/\r?\n$/, '');
  } finally {
    await content.close();
  }
}

/** More than a tenth are controls, which no text has: a record of a binary format. */
function isBinary(bytes: Buffer): boolean {
  const controls = bytes.reduce((count, byte) => (byte < 32 && (byte < 9 || byte > 13) ? count + 1 : count), 0);
  return controls * 10 > bytes.length;
}

export interface WaitingRequest {
  readonly reason?: string;
  readonly file?: string;
  readonly rejected?: boolean;
  readonly source?: string;
  /** A trunk at either end; of held records, like the rest. */
  readonly trunk?: string;
  /** The beginning of the caller's or the called number. */
  readonly number?: string;
  /** UTC days, both included. */
  readonly from?: string;
  readonly to?: string;
  /** What is alike, as a group of `listWaiting` is called. */
  readonly group?: string;
}

/** Throws RefusedError for a file that is not loaded (`usage.file-unknown`) and a reason that is none (`usage.reason-unknown`). */
export async function listWaiting(
  database: Database,
  request: WaitingRequest & { readonly limit: number },
): Promise<readonly WaitingGroup[]> {
  const { from, filter } = await waitingFilter(database, request);
  return selectWaitingGroups(database.pool, from, filter, request.limit);
}

export async function waitingFilter(
  database: Database,
  { reason, file, rejected, source, trunk, number, from: since, to, group }: WaitingRequest,
): Promise<{ readonly from: 'held' | 'rejected'; readonly filter: WaitingFilter }> {
  const from = rejected === true ? 'rejected' : 'held';
  const fileIds = await fileIdsOf(database, file);
  if (reason !== undefined && !isReason(from, reason)) {
    const occurring = await selectWaitingReasons(database.pool, from, fileIds);
    const told = `no record is ${from} for ${JSON.stringify(reason)}; reasons that occur: ${occurring.join(', ') || 'none'}`;
    throw new RefusedError(refuse('usage.reason-unknown', told));
  }
  const days = since === undefined && to === undefined ? undefined : valueOrThrow(periodBetween(since ?? '2000-01-01', to ?? '2099-12-31'));
  return {
    from,
    filter: {
      ...{ reason, fileIds },
      ...(source === undefined ? {} : { source: (await findSource(database, source)).id }),
      ...(trunk === undefined ? {} : { trunk }),
      ...(group === undefined ? {} : { group }),
      ...(number === undefined ? {} : { number: number.replace(/^\+/, '') }),
      ...(days === undefined ? {} : { from: days.from, to: days.to }),
    },
  };
}

function isReason(from: 'held' | 'rejected', code: string): boolean {
  return from === 'held' ? Object.hasOwn(holdReasons, code) || Object.hasOwn(ratingRefusals, code) : Object.hasOwn(rejectionReasons, code);
}
