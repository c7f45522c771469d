import { type CheckReport, checkUsageBooks } from '#operations/usage/check-books.ts';
import type { Database } from '#storage/database.ts';
import { StoredUsageBooks } from '#storage/usage/books.ts';

export type { CheckReport } from '#operations/usage/check-books.ts';

/** Events against rollups against the counts of files, in one snapshot: also while a load is running. */
export async function checkBooks(database: Database): Promise<CheckReport> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    return checkUsageBooks(new StoredUsageBooks(client));
  });
}
