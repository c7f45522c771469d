/** Raw files leave the archive after some days, when nothing needs them any more. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { formatTimestamptz } from '../column-types.ts';

export interface RemovableFile {
  readonly fileId: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly archivePath: string;
}

/**
 * Files of a source that were finished before an instant and of which no record waits: held ones, and rejected ones that
 * nobody has discarded or rolled back, may be taken up again and need their raw text.
 */
export async function removableFiles(
  client: pg.ClientBase | pg.Pool,
  source: string,
  beforeMicros: number,
): Promise<readonly RemovableFile[]> {
  const { rows } = await client.query<{ file_id: number; name: string; size_bytes: bigint; archive_path: string }>(
    `select file_id, f.name, size_bytes, archive_path from usage_file f join usage_source s using (source_id)
      where s.name = $1 and state in ('loaded', 'refused', 'rolled-back') and finished_at < $2 and archive_removed_at is null
        and not exists (select from usage_held h where h.file_id = f.file_id)
        and not exists (select from usage_rejected r where r.file_id = f.file_id and reason not in ('usage.discarded', 'usage.rolled-back'))
      order by file_id`,
    [source, formatTimestamptz(beforeMicros)],
  );
  return rows.map((row) => ({ fileId: row.file_id, name: row.name, sizeBytes: Number(row.size_bytes), archivePath: row.archive_path }));
}

/** Remembers first and removes then: a file that is left behind by a killed process is an orphan, and goes with the next. */
export async function removeFromArchive(client: pg.ClientBase, dataFolder: string, files: readonly RemovableFile[]): Promise<void> {
  await client.query('update usage_file set archive_removed_at = clock_timestamp() where file_id = any($1::int[])', [
    files.map(({ fileId }) => fileId),
  ]);
  // Another source may have the same content.
  const { rows } = await client.query<{ archive_path: string }>(
    'select archive_path from usage_file where archive_path = any($1::text[]) and archive_removed_at is null',
    [files.map(({ archivePath }) => archivePath)],
  );
  const needed = new Set(rows.map(({ archive_path }) => archive_path));
  for (const { archivePath } of files) if (!needed.has(archivePath)) await rm(join(dataFolder, archivePath), { force: true });
}

/**
 * Archived files that the books do not know or need: of files that changed while they were read, that were loaded before,
 * or whose process was killed. Call it with the right to write usage: nobody archives then.
 */
export async function orphansOf(client: pg.ClientBase, dataFolder: string): Promise<readonly string[]> {
  const orphans: string[] = [];
  const top = join(dataFolder, 'archive', 'usage');
  for (const folder of await readdir(top).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue;
    const paths = (await readdir(join(top, folder))).map((name) => `archive/usage/${folder}/${name}`);
    const { rows } = await client.query<{ archive_path: string }>(
      'select archive_path from usage_file where archive_path = any($1::text[]) and archive_removed_at is null',
      [paths],
    );
    const needed = new Set(rows.map(({ archive_path }) => archive_path));
    orphans.push(...paths.filter((path) => !needed.has(path)));
  }
  return orphans;
}

export async function removeOrphans(dataFolder: string, orphans: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of orphans) {
    bytes += (await stat(join(dataFolder, path))).size;
    await rm(join(dataFolder, path), { force: true });
  }
  return bytes;
}
