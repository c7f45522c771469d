/** Files in a directory of this machine, such as one that a switch writes to by FTP or NFS. */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Place, PlaceFile } from '#operations/collecting/ports.ts';

/** Looks into the directory itself, not into folders below it. */
export function directoryPlace(path: string): Place {
  return {
    async list() {
      const files: PlaceFile[] = [];
      for (const entry of await readable(path)) {
        if (!entry.isFile()) continue;
        const file = await fileAt(path, entry.name);
        if (file !== undefined) files.push(file);
      }
      return files;
    },
    withFile: (file, work) =>
      work(join(path, file.name), async () => {
        if ((await fileAt(path, file.name))?.version !== file.version)
          throw new RefusedError(refuse('collect.file-changed', 'the file changed while it was read', { file: file.name }));
      }),
    delete: (file) => rm(join(path, file.name), { force: true }),
    async move(file, folder) {
      const target = join(path, folder, basename(file.name));
      await mkdir(dirname(target), { recursive: true });
      if ((await fileAt(path, file.name)) !== undefined) await rename(join(path, file.name), target);
    },
    close: async () => undefined,
  };
}

async function readable(path: string): Promise<import('node:fs').Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    throw new RefusedError(
      refuse('collect.place-unreachable', `the directory ${path} cannot be read: ${error instanceof Error ? error.message : error}`),
    );
  }
}

async function fileAt(path: string, name: string): Promise<PlaceFile | undefined> {
  try {
    const { size, mtimeNs } = await stat(join(path, name), { bigint: true });
    return {
      name: name.split(sep).join('/'),
      version: `${size}-${mtimeNs}`,
      sizeBytes: Number(size),
      modifiedMicros: Number(mtimeNs / 1000n),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
