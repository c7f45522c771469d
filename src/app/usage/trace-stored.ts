/** A record of the books on its whole way: as it was delivered, as it was read, what it became, and where its money went. */
import { makeInspector } from '#codecs/cdr/inspect-record.ts';
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import { CHARGING_SOURCE } from '#core/usage/source.ts';
import { openNormaliser } from '#pipeline/normalise.ts';
import { RecordStream, readHead } from '#pipeline/record-stream.ts';
import { openArchive } from '#storage/usage/archive-reader.ts';
import { type Billed, selectBilled } from '#storage/usage/billed.ts';
import { selectFile } from '#storage/usage/files.ts';
import { selectRecords } from '#storage/usage/records.ts';
import { currentConfiguration, findSource } from './configuration.ts';
import type { UsageHome } from './home.ts';
import { parseRecordNumber, whyNotThere } from './look-up.ts';
import { changes, findings, type NormalisedValue } from './trace.ts';

export interface StoredTrace {
  /** Each field with the columns that it was read from; undefined: the raw text is not there any more, or is not of a file. */
  readonly fields:
    | readonly {
        readonly field: string;
        readonly columns: readonly (readonly [name: string, text: string])[];
        readonly value: string | undefined;
      }[]
    | undefined;
  readonly unmapped: readonly (readonly [name: string, text: string])[];
  readonly normalised: readonly NormalisedValue[];
  readonly found: readonly (readonly [what: string, found: string])[];
  readonly billed: readonly Billed[];
}

/** Read as the source is declared now. Throws RefusedError (`usage.record-unknown`, `usage.archive-missing`, faults of the configuration). */
export async function traceStored({ database, dataFolder }: UsageHome, record: string): Promise<StoredTrace> {
  const id = parseRecordNumber(record);
  const [found] = await selectRecords(database.pool, { id, fileIds: undefined, number: undefined, status: undefined, limit: 1 });
  const file = found === undefined ? undefined : await selectFile(database.pool, found.fileId);
  if (found === undefined || file === undefined) throw new RefusedError(await whyNotThere(database.pool, id));
  const nothing = { fields: undefined, unmapped: [], normalised: [] };
  const rest = {
    found: found.stored === undefined ? [] : findings(found.stored.event),
    billed: found.status === 'rated' ? await selectBilled(database.pool, id) : [],
  };
  if (file.source === CHARGING_SOURCE || file.archiveRemovedMicros !== undefined) return { ...nothing, ...rest };
  const source = await findSource(database, file.source);
  const inspector = valueOrThrow(makeInspector(source));
  const content = await openArchive(file.archivePath, dataFolder);
  // It is let go of whatever happens: a file that nobody closes ends the process.
  try {
    const head = await readHead(content, source);
    if ('code' in head) throw new RefusedError({ ...head, at: { file: file.name, ...head.at } });
    if (head.headerLine !== undefined) valueOrThrow(inspector.header(head.headerLine));
    const stream = new RecordStream(content, source, head, found.byteFrom);
    try {
      const next = stream.next();
      if (!(next === true || (await next)) || stream.tooLong !== undefined) return { ...nothing, ...rest };
      const { decoded, fields, unmapped } = inspector.inspect(stream.splitter.text, stream.splitter.ended);
      const shown = fields.map(({ field, columns, value, text }) => ({ field, columns, value: value ?? text }));
      if (decoded.kind !== 'draft') return { ...rest, fields: shown, unmapped, normalised: [] };
      const { compiled } = await currentConfiguration(database, [source.id]);
      const normaliser = openNormaliser(source, compiled);
      const { event } = normaliser.normalise(decoded.draft);
      return { ...rest, fields: shown, unmapped, normalised: changes(decoded.draft, event, normaliser.readingOf(decoded.draft).whose) };
    } finally {
      await stream.close();
    }
  } finally {
    await content.close();
  }
}
