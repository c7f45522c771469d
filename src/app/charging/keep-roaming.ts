/** While charging is served, use of roamers that is complete is booked every few seconds. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { hasCompleteRoaming } from '#storage/charging/roaming-sessions.ts';
import type { DatabaseAddress } from '#storage/database.ts';
import type { Installation } from '../installation.ts';
import type { Settings } from '../settings.ts';
import type { BookedRoaming } from './book-roaming.ts';

export interface RoamingThreadData {
  readonly address: DatabaseAddress;
  readonly dataFolder: string;
  readonly settings: Settings;
  readonly source: string;
}

const BOOK_EVERY_MS = 30_000;

/** Until it is told to stop; what is complete then is booked. A failure is logged, and it goes on. */
export async function keepRoaming({ database, dataFolder, settings, log }: Installation, stop: AbortSignal): Promise<void> {
  const source = settings.nchf.roamingSource;
  if (source === '') return;
  while (!stop.aborted) {
    await sleep(BOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
    try {
      if (!(await hasCompleteRoaming(database))) continue;
      const { records, files } = await inThread({ address: database.address, dataFolder, settings, source });
      log.debug({ records, files }, 'use of roamers is booked');
    } catch (error) {
      log.error({ err: error, source }, 'use of roamers could not be booked; it waits');
    }
  }
}

function inThread(data: RoamingThreadData): Promise<BookedRoaming> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./roaming-thread.ts', import.meta.url), { workerData: data });
    let booked: BookedRoaming | undefined;
    worker.on('message', (told: BookedRoaming) => {
      booked = told;
    });
    worker.once('error', reject);
    worker.once('exit', (code) => (booked === undefined ? reject(new Error(`the thread ended with ${code}`)) : resolve(booked)));
  });
}
