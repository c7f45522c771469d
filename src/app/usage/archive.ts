/** `carillon usage archive prune`, and what `collect run` does by itself once an hour. */
import type { Database } from '#storage/database.ts';
import { orphansOf, type RemovableFile, removableFiles, removeFromArchive, removeOrphans } from '#storage/usage/archive-retention.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { collectingSources } from '../collecting/sources.ts';
import type { UsageHome } from './home.ts';

const DAY_MICROS = 86_400_000_000;

export interface PrunedArchive {
  readonly files: readonly (RemovableFile & { readonly source: string })[];
  /** Archived files that no file of the books needs. */
  readonly orphans: number;
}

/** Removes, or only tells, the raw files that their sources no longer keep (`archiveDays`). */
export async function pruneArchive({ database, dataFolder }: UsageHome, { dryRun }: { readonly dryRun: boolean }): Promise<PrunedArchive> {
  const limits = await keptDays(database);
  return withUsageWriter(
    database,
    () => undefined,
    async (_, client) => {
      const files: (RemovableFile & { readonly source: string })[] = [];
      for (const { source, days } of limits) {
        const removable = await removableFiles(client, source, Date.now() * 1000 - days * DAY_MICROS);
        files.push(...removable.map((file) => ({ ...file, source })));
        if (!dryRun && removable.length > 0) await removeFromArchive(client, dataFolder, removable);
      }
      const orphans = await orphansOf(client, dataFolder);
      if (!dryRun) await removeOrphans(dataFolder, orphans);
      return { files, orphans: orphans.length };
    },
  );
}

async function keptDays(database: Database): Promise<readonly { readonly source: string; readonly days: number }[]> {
  const sources = await collectingSources(database, []);
  return sources.flatMap(({ id, collecting: { archiveDays } }) => (archiveDays === 0 ? [] : [{ source: id, days: archiveDays }]));
}
