/** `carillon usage audit`. */
import { createHash } from 'node:crypto';
import { legRoles } from '#core/agreements/agreements.ts';
import { formatRefusal, type Refusal, RefusedError } from '#core/refusals.ts';
import { type ArchiveLook, type AuditRange, type AuditReport, auditUsage } from '#operations/usage/audit.ts';
import { openArchive } from '#storage/usage/archive-reader.ts';
import { auditStore } from '#storage/usage/audit.ts';
import type { UsageHome } from './home.ts';

export type { AuditReport } from '#operations/usage/audit.ts';

const RECEIVABLE = Object.entries(legRoles).flatMap(([role, side]) => (side === 'receivable' ? [role] : []));

/** In one snapshot, also while a load is running. `readArchive`: every archived file is unpacked and compared with its digest. */
export async function auditBooks({ database, dataFolder }: UsageHome, range: AuditRange, readArchive: boolean): Promise<AuditReport> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    return auditUsage(auditStore(client, RECEIVABLE), range, readArchive ? archiveLook(dataFolder) : undefined);
  });
}

/** What does not add up of a UTC day, in the transaction that `client` is in; gaps in the numbers of files are no fault of its records. */
export async function auditDay(client: Parameters<typeof auditStore>[0], day: string): Promise<readonly Refusal[]> {
  const to = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  const store = { ...auditStore(client, RECEIVABLE), gaps: async () => [] };
  return (await auditUsage(store, { from: day, to }, undefined)).differences;
}

function archiveLook(dataFolder: string): ArchiveLook {
  return async ({ archivePath, archiveRemoved, sha256, sizeBytes }) => {
    if (archiveRemoved) return undefined;
    try {
      const content = await openArchive(archivePath, dataFolder);
      try {
        const digest = createHash('sha256');
        let bytes = 0;
        for await (const piece of content.stream(0)) {
          digest.update(piece);
          bytes += piece.length;
        }
        const found = digest.digest('hex');
        if (bytes !== sizeBytes) return `${bytes} bytes in the archive instead of ${sizeBytes}`;
        return found === sha256 ? undefined : `another content in the archive (SHA-256 ${found.slice(0, 12)}…)`;
      } finally {
        await content.close();
      }
    } catch (error) {
      if (error instanceof RefusedError) return error.refusals.map(formatRefusal).join('; ');
      throw error;
    }
  };
}
