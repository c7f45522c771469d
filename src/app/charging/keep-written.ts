/** While charging is served, tables that grow are written to the disk as they grow: those of the embedded PostgreSQL, whose files are here. */
import { setTimeout as sleep } from 'node:timers/promises';
import { growingFiles } from '#storage/charging/growing-files.ts';
import { GrownFiles } from '#storage/postgres/grown-files.ts';
import { placesOf } from '#storage/postgres/places.ts';
import type { Installation } from '../installation.ts';

/** One file each: some twenty in a second, so that none has grown by more than a few megabytes. */
const LOOK_EVERY_MS = 50;
/** Days of the journal come and go. */
const ASK_EVERY_LOOKS = 1_200;

/** Until it is told to stop. It only keeps answers from being late: where it cannot be done, that is said once and left. */
export async function keepWritten({ database, settings, dataFolder, log }: Installation, stop: AbortSignal): Promise<void> {
  if (settings.database.url !== '' || process.platform !== 'linux') return;
  const files = new GrownFiles({ cluster: placesOf(dataFolder).cluster });
  let isSaid = false;
  for (let looks = 0; !stop.aborted; looks += 1) {
    try {
      if (looks % ASK_EVERY_LOOKS === 0) files.watch(await growingFiles(database));
      await files.lookAtNext();
    } catch (error) {
      if (!isSaid) log.warn({ err: error }, 'tables that grow are not written to the disk as they grow; some answers may be late');
      isSaid = true;
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}
