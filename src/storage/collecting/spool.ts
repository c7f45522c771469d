import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spool } from '#operations/collecting/ports.ts';
import { makeFolders } from '../data-folder.ts';
import { isAlive } from '../postgres/processes.ts';

/** `spool/fetched` of the data folder, readable by its owner only. Names begin with the process that writes them. */
export async function openSpool(dataFolder: string): Promise<Spool> {
  const folder = join(dataFolder, 'spool', 'fetched');
  makeFolders(folder, 0o700);
  await removeLeft(folder);
  return { newPath: async () => join(folder, `${process.pid}-${randomBytes(8).toString('hex')}`) };
}

/** Removes what processes left that are no more. */
async function removeLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? '0');
    if (pid !== process.pid && !(pid > 0 && isAlive(pid))) await rm(join(folder, name), { force: true });
  }
}
