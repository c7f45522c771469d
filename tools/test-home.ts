/**
 * Where tests put what they make. Every test makes a database of some 1,500 files, and most write and remove folders: on a disk under load that is
 * most of the whole run's time (3 ms a file, against 0.1 in memory). So in memory where there is enough of it.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const NAME = 'carillon-test-';
const NEEDED_BYTES = 8 * 2 ** 30;

/** A folder for TMPDIR, removed when the process ends; undefined: memory is short, or cannot be written to as a disk. */
export function homeInMemory(): string | undefined {
  try {
    removeLeft();
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < NEEDED_BYTES || freemem() < NEEDED_BYTES) return undefined;
    const home = mkdtempSync(join(MEMORY, `${NAME}${process.pid}-`));
    // PostgreSQL runs as another user when we are root.
    chmodSync(home, 0o755);
    process.on('exit', () => rmSync(home, { recursive: true, force: true }));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    return home;
  } catch {
    return undefined;
  }
}

/** What runs that were killed have left: it takes memory. */
function removeLeft(): void {
  for (const name of readdirSync(MEMORY)) {
    const pid = Number(new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(pid) && !isAlive(pid)) rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
