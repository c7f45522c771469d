/** Parts of calls that are taken back with another file: they wait again for the others, as when they came. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { partsOfSource } from '#core/usage/correlation.ts';
import type { EventPart, PartTransaction } from '#pipeline/correlating/ports.ts';
import { openNormaliser } from '#pipeline/normalise.ts';
import type { HeldRecord } from '#pipeline/ports.ts';
import { type Configuration, readRecord } from '#pipeline/read-record.ts';
import { textAgain } from '#pipeline/record-again.ts';
import type { Database } from '#storage/database.ts';
import { selectFile } from '#storage/usage/files.ts';
import { OpenFiles } from './open-files.ts';

/** Parts of one file, as they are held from now on. */
export interface PartsOfFile {
  readonly fileId: number;
  readonly sourceId: number;
  readonly name: string;
  readonly held: readonly HeldRecord[];
}

/** Reads them again. Throws RefusedError when one cannot be read any more (`usage.archive-removed`, `usage.rollback-unclear`). */
export async function readWaitingAgain(
  database: Database,
  dataFolder: string,
  parts: readonly EventPart[],
  { compiled, correlations }: Configuration,
): Promise<readonly PartsOfFile[]> {
  const files = new OpenFiles(database, dataFolder);
  const read: PartsOfFile[] = [];
  try {
    for (const [fileId, some] of Map.groupBy(parts, (part) => part.fileId)) {
      const known = await selectFile(database.pool, fileId);
      if (known === undefined) throw new Error(`file ${fileId} is not there`);
      if (known.archiveRemovedMicros !== undefined)
        throw new RefusedError(
          refuse('usage.archive-removed', `file ${fileId} has other parts of its calls, and its raw text left the archive`, {
            file: known.name,
          }),
        );
      const { source, decoder, read: readBytes } = await files.open(fileId);
      const normaliser = openNormaliser(source, compiled);
      const held: HeldRecord[] = [];
      for (const part of some) {
        const { id, byteFrom, byteLength } = part;
        const text = await textAgain((from, length) => readBytes(from, length), source, byteFrom, byteLength);
        const again = readRecord(text, true, decoder, normaliser, compiled, partsOfSource(correlations, source.id), part.corrected);
        if (again.kind === 'skipped' || again.kind === 'rejected')
          throw new RefusedError(
            refuse(
              'usage.rollback-unclear',
              `record ${id} of file ${fileId} has a part of its calls and cannot be read any more: roll that file back first`,
            ),
          );
        const event = { ...again.event, id: part.key };
        const place = { id, byteFrom, byteLength, event };
        const detail = 'its call was taken back';
        held.push(
          again.kind === 'held' ? { ...place, ...again, event } : { ...place, reason: 'usage.awaiting-parts', detail, leg: undefined },
        );
      }
      read.push({ fileId, sourceId: known.sourceId, name: known.name, held });
    }
  } finally {
    await files.close();
  }
  return read;
}

/** Into suspense, in the transaction that takes their calls back. */
export async function putBack(transaction: PartTransaction, files: readonly PartsOfFile[]): Promise<void> {
  for (const { fileId, sourceId, held } of files) {
    await transaction.writeHeld({ fileId, sourceId }, held);
    const reasons: Record<string, number> = {};
    for (const { reason } of held) reasons[reason] = (reasons[reason] ?? 0) + 1;
    await transaction.amendFile(fileId, { read: 0, rated: -held.length, held: held.length, duplicate: 0, rejected: 0 }, reasons);
  }
}
