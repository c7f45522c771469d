import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spool } from '#operations/collecting/ports.ts';
import { makeFolders } from '../data-folder.ts';

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
    if (pid !== process.pid && !isRunning(pid)) await rm(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
