/** While charging is served, what it has completed is booked in the store of usage every few seconds. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { UsageHome } from '../usage/home.ts';
import { bookChargedUsage } from './book-usage.ts';

const BOOK_EVERY_MS = 10_000;

/** Until it is told to stop; what is under way then is finished. A failure is logged, and it goes on. */
export async function keepBooking(home: UsageHome, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await sleep(BOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
    try {
      const { records, files } = await bookChargedUsage(home);
      if (records > 0) home.log.debug({ records, files }, 'use that charging has completed is booked');
    } catch (error) {
      home.log.error({ err: error }, 'use that charging has completed could not be booked; it waits');
    }
  }
}
