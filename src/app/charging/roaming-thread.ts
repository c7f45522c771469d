/** A thread that books what there is of roamers once, and ends: compiling the rates would keep charging waiting. */
import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { RoamingThreadData } from './keep-roaming.ts';

const BEHIND = 10;

// On Linux a thread has a priority of its own, which 0 names; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(0, Math.min(getPriority(0) + BEHIND, 19));
const { openDatabase } = await import('#storage/database.ts');
const { createLog } = await import('../log.ts');
const { bookRoaming } = await import('./book-roaming.ts');
const { address, dataFolder, settings, source }: RoamingThreadData = workerData; // as keepRoaming begins it
const database = openDatabase(address, { connections: 4 });
try {
  parentPort?.postMessage(await bookRoaming({ database, dataFolder, log: createLog(settings.log) }, source));
} finally {
  await database.close();
}
