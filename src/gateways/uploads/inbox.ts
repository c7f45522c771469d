/** Files that were uploaded and wait to be put into the books. A file is there whole, with its content's digest in its name, or not at all. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Place, PlaceFile } from '#operations/collecting/ports.ts';

/** How the name of a file begins that is being received. */
const RECEIVING = '.receiving-';
const WAITING = /^([0-9a-f]{64})-(.+)$/s;

export interface WaitingUpload {
  readonly name: string;
  readonly sha256: string;
}

/** What was received, at a path of its own, durable. Not yet waiting. */
export interface ReceivedUpload extends WaitingUpload {
  readonly bytes: number;
  readonly path: string;
}

export async function waitingUploads(folder: string): Promise<readonly WaitingUpload[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((each) => {
    const [, sha256, name] = WAITING.exec(each) ?? [];
    return sha256 === undefined || name === undefined ? [] : [{ sha256, name }];
  });
}

/** Removes what was received in part when a process ended. Nobody receives then. */
export async function removeHalfReceived(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(RECEIVING))) await rm(join(folder, name), { force: true });
}

/**
 * Writes the content to the disk. When it ends early, is longer than `mostBytes` (`collect.upload-too-large`), or there is no
 * room for it (`data-folder.full`), nothing stays.
 */
export async function receive(folder: string, name: string, content: AsyncIterable<Buffer>, mostBytes: number): Promise<ReceivedUpload> {
  const path = join(folder, `${RECEIVING}${process.pid}-${randomBytes(8).toString('hex')}`);
  const digest = createHash('sha256');
  let bytes = 0;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of content) {
        bytes += chunk.length;
        if (bytes > mostBytes) throw new RefusedError(refuse('collect.upload-too-large', `a file may have ${mostBytes} bytes at most`));
        digest.update(chunk);
        await handle.writeFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { name, sha256: digest.digest('hex'), bytes, path };
  } catch (error) {
    await rm(path, { force: true });
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new RefusedError(refuse('data-folder.full', `there is no room for the file after ${bytes} bytes; send it again later`));
    throw error;
  }
}

/** Lets a received file wait: after this it is taken, also when the power fails now. */
export async function letWait(folder: string, { path, sha256, name }: ReceivedUpload): Promise<void> {
  await rename(path, join(folder, `${sha256}-${name}`));
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The waiting files as a place. `move` puts a file where it no longer waits. */
export function inboxPlace(folder: string): Place {
  const pathOf = ({ version, name }: PlaceFile): string => join(folder, `${version}-${name}`);
  return {
    async list() {
      const files: PlaceFile[] = [];
      for (const { sha256, name } of await waitingUploads(folder)) {
        const { size, mtimeMs } = await stat(join(folder, `${sha256}-${name}`));
        files.push({ name, version: sha256, sizeBytes: size, modifiedMicros: Math.floor(mtimeMs * 1000) });
      }
      return files;
    },
    withFile: (file, work) => work(pathOf(file), async () => undefined),
    delete: (file) => rm(pathOf(file), { force: true }),
    async move(file, target) {
      await mkdir(join(folder, target), { recursive: true, mode: 0o700 });
      await rename(pathOf(file), join(folder, target, `${file.version}-${file.name}`));
    },
    close: async () => undefined,
  };
}
