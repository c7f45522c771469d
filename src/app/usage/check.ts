import { refuse } from '#core/refusals.ts';
import { type CheckReport, checkUsageBooks } from '#operations/usage/check-books.ts';
import { KeySum, type KeySums, sumOwners, sumRuns } from '#pipeline/keys/key-sums.ts';
import type { Database } from '#storage/database.ts';
import { StoredUsageBooks } from '#storage/usage/books.ts';
import { deletedKeySums, keyOwners, liveChunks, releasedRanges } from '#storage/usage/key-owners.ts';
import { KeyRunStore } from '#storage/usage/key-runs.ts';

export type { CheckReport } from '#operations/usage/check-books.ts';

type Client = Parameters<Parameters<Database['transaction']>[0]>[0];

/**
 * Events against rollups against the counts of files, in one snapshot: also while a load is running. With `keys` also every key in the
 * index against the records that have claimed one: some 2 µs a record.
 */
export async function checkBooks(database: Database, { keys = false } = {}): Promise<CheckReport> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const report = await checkUsageBooks(new StoredUsageBooks(client));
    return keys ? { ...report, differences: [...report.differences, ...(await keyDifferences(client))] } : report;
  });
}

async function keyDifferences(client: Client): Promise<CheckReport['differences']> {
  const { seed, rebuild } = await KeyRunStore.open(client);
  if (rebuild) return [];
  const booked = new Map(await sumOwners(seed, keyOwners(client)));
  for (const { source, keys, first, second } of await deletedKeySums(client)) {
    const sum = booked.get(source) ?? new KeySum();
    sum.addSum(keys, first, second);
    booked.set(source, sum);
  }
  const ranges = await releasedRanges(client);
  const isReleased = (id: number): boolean => {
    let from = 0;
    let to = ranges.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((ranges[middle]?.last ?? 0) < id) from = middle + 1;
      else to = middle;
    }
    return (ranges[from]?.first ?? Number.POSITIVE_INFINITY) <= id;
  };
  const indexed = await sumRuns(liveChunks(client), isReleased);
  const told = (sums: KeySums, source: number): string => sums.get(source)?.toString() ?? 'no key';
  return [...new Set([...booked.keys(), ...indexed.keys()])]
    .filter(
      (source) =>
        told(booked, source) !== told(indexed, source) && (booked.get(source)?.count ?? 0) + (indexed.get(source)?.count ?? 0) > 0,
    )
    .map((source) =>
      refuse('usage.books-differ', `source ${source}, keys: index ${told(indexed, source)} against records ${told(booked, source)}`),
    );
}
