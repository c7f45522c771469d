/** The folder in which an installation keeps everything: made, and why it cannot be. */
import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Refusal, refuse } from '#core/refusals.ts';

/** Makes a folder and those above it. Not with mkdir's own `recursive`, which never returns below /proc. Throws as mkdir does. */
export function makeFolders(folder: string, mode?: number): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolders(dirname(folder));
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process was quicker.
    if (!existsSync(folder)) throw error;
  }
}

/** Why a folder cannot be written, by name: no space, only to be read, another's, or what the system says. */
export function folderFault(error: unknown, folder: string): Refusal {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const at = { value: folder.slice(0, 120) };
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return refuse('data-folder.full', `no space is left for the data folder: ${reason}. Make room, then repeat the command`, at);
  if (code === 'EROFS') return refuse('data-folder.not-usable', `the data folder is on a file system that can only be read: ${reason}`, at);
  if (code === 'EACCES' || code === 'EPERM') {
    const who = `user ${process.getuid?.() ?? 'who runs this'}`;
    return refuse('data-folder.not-usable', `${who} may not write the data folder, or it belongs to another user: ${reason}`, at);
  }
  return refuse('data-folder.not-usable', `the data folder cannot be made: ${reason}`, at);
}

/** Less than this is nothing: PostgreSQL cannot even say in its log what it lacks. */
const NOTHING_LEFT_BYTES = 64 * 1024;

export function isFull(folder: string): boolean {
  const { bytes, files } = spaceLeft(folder);
  return bytes < NOTHING_LEFT_BYTES || files === 0;
}

/** Of the disk on which the folder is, for this user; without limit where that cannot be known. */
export function spaceLeft(folder: string): { readonly bytes: number; readonly files: number } {
  const unknown = Number.POSITIVE_INFINITY;
  try {
    const { bavail, bsize, ffree, files } = statfsSync(folder);
    // File systems that make room for files as they come count none.
    return { bytes: bavail * bsize, files: files > 0 ? ffree : unknown };
  } catch {
    return { bytes: unknown, files: unknown };
  }
}
