/** A data folder whose PostgreSQL was made and migrated before: making one takes three seconds of processor, and few tests are about that. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withInstallation } from '#app/installation.ts';
import { readMigrations } from '#storage/migrations.ts';
import { POSTGRES_MAJOR } from '#storage/postgres/binaries.ts';
import { withFolder } from './cli.ts';

/** Puts the database where an installation of this data folder looks for it, as a second command finds it. Made once in a run. */
export async function giveDatabase(dataFolder: string): Promise<void> {
  const made = await madeFolder();
  if (!existsSync(made)) {
    const making = mkdtempSync(join(tmpdir(), 'carillon-made-'));
    try {
      await withInstallation({ settings: { data: making, log: { level: 'silent' } } }, async () => undefined);
      execFileSync('cp', ['-a', join(making, 'postgres'), `${made}.${process.pid}`]);
      // Two test processes may make it at once: the first one's stays.
      if (existsSync(made)) rmSync(`${made}.${process.pid}`, { recursive: true });
      else renameSync(`${made}.${process.pid}`, made);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  mkdirSync(dataFolder, { recursive: true });
  execFileSync('cp', ['-a', made, join(dataFolder, 'postgres')]);
}

/** By what is in it. */
async function madeFolder(): Promise<string> {
  const digest = createHash('sha256').update(String(POSTGRES_MAJOR));
  for (const { name, sha256 } of readMigrations()) digest.update(`${name} ${sha256}\n`);
  return join(tmpdir(), `carillon-test-data-${digest.digest('hex').slice(0, 16)}`);
}

/** A folder with an installation in `.carillon`. As long as we are in, its PostgreSQL does not stop between the commands. */
export function withServer(work: (folder: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const data = join(folder, '.carillon');
    await giveDatabase(data);
    await withInstallation({ settings: { data, log: { level: 'error' } } }, () => work(folder));
  });
}
