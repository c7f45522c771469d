/** An installation with seeded usage: made in a folder of its own, or kept in one (`--keep`) so that more can be asked of it without making it again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Installation, withInstallation } from '#app/installation.ts';
import type { Database } from '#storage/database.ts';
import { numberOption, wordOption } from './options.ts';
import { type SeededUsage, writeUsage } from './write-usage.ts';

/** How many there are is said with `--records`, over how many days with `--days`. */
export const seededUsage: SeededUsage = {
  records: numberOption('records', 10_000_000),
  days: numberOption('days', 30),
  partners: 20,
  destinations: 2_000,
};

export async function inSeededInstallation(
  name: string,
  work: (installation: Installation, folder: string) => Promise<void>,
): Promise<void> {
  const kept = wordOption('keep');
  const folder = kept ?? mkdtempSync(join(tmpdir(), `carillon-bench-${name}-`));
  try {
    const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
    await withInstallation({ settings, command: `bench ${name}` }, (installation) => work(installation, folder));
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** What is missing of it. Seconds. */
export async function makeUsage(database: Database): Promise<number> {
  const start = performance.now();
  let told = start;
  await writeUsage(database, seededUsage, (done) => {
    if (performance.now() - told < 5_000) return;
    told = performance.now();
    console.error(done); // it takes minutes
  });
  return (performance.now() - start) / 1_000;
}
