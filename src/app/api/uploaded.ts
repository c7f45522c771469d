/** Files that were sent before, as files on the disk while an operation reads them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { UploadBooks } from '#operations/uploads/ports.ts';

/** Each in a folder of its own, under its own name. Throws RefusedError (`upload.unknown`). */
export async function withUploads<T>(
  uploads: UploadBooks,
  owner: string,
  names: readonly string[],
  work: (paths: readonly string[]) => Promise<T>,
): Promise<T> {
  if (names.length === 0) return work([]);
  const folder = await mkdtemp(join(tmpdir(), 'carillon-upload-'));
  try {
    const paths: string[] = [];
    for (const [at, sha256] of names.entries()) {
      const found = await uploads.find(owner, sha256);
      if (found === undefined)
        throw new RefusedError(refuse('upload.unknown', 'no such file was sent', { field: 'upload', value: sha256 }));
      const own = await mkdtemp(join(folder, `${at}-`));
      const path = join(own, found.name);
      await writeFile(path, found.content);
      paths.push(path);
    }
    return await work(paths);
  } catch (error) {
    throw error instanceof RefusedError ? withoutFolder(error, folder) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Who sent it knows the file by its name, and nothing of our folders. */
function withoutFolder(error: RefusedError, folder: string): RefusedError {
  const short = (text: string): string =>
    text.replaceAll(new RegExp(`${folder.replaceAll(/[.*+?^$(){}|[\]\\]/g, '\\$&')}/[^/]*/`, 'g'), '');
  return new RefusedError(
    ...error.refusals.map((refusal) => ({
      ...refusal,
      message: short(refusal.message),
      ...(refusal.at === undefined
        ? {}
        : {
            at: {
              ...refusal.at,
              ...(refusal.at.file === undefined ? {} : { file: short(refusal.at.file) }),
              ...(refusal.at.value === undefined ? {} : { value: short(refusal.at.value) }),
            },
          }),
    })),
  );
}
