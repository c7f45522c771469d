/**
 * Use of roamers, into the books: a file of lines of the configured source, loaded as those that a partner sends. Killed anywhere, the next run writes the
 * same file, whose content the books know when they have it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roamingRecords } from '#core/charging/roaming-session.ts';
import { RefusedError } from '#core/refusals.ts';
import { forgetRoamingSessions, nextRoamingBatch, removeRoamingBatch, selectRoamingBatch } from '#storage/charging/roaming-sessions.ts';
import type { UsageHome } from '../usage/home.ts';
import { loadUsage } from '../usage/load.ts';

const SILENT = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };

export interface BookedRoaming {
  readonly records: number;
  readonly files: number;
}

/** Books all that is complete. Throws RefusedError when the source is unknown or its files cannot be loaded; all of it waits then. */
export async function bookRoaming(home: UsageHome, source: string): Promise<BookedRoaming> {
  const { database } = home;
  let [records, files] = [0, 0];
  for (;;) {
    const batch = await nextRoamingBatch(database);
    if (batch === undefined) break;
    const lines = roamingRecords(await selectRoamingBatch(database, batch));
    if (lines.length > 0) {
      await loadLines(home, source, `roaming-${batch}.ndjson`, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      files += 1;
    }
    await removeRoamingBatch(database, batch);
    records += lines.length;
  }
  await forgetRoamingSessions(database);
  return { records, files };
}

async function loadLines(home: UsageHome, source: string, name: string, text: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-roaming-'));
  try {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    const file = { path, name, unchanged: async () => undefined };
    const [report] = await loadUsage(home, { files: [file], source, allOrNothing: false, threads: 0 }, SILENT);
    if (report?.state === 'refused') throw new RefusedError(...report.refusals);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
