/** Law 8 for usage: events = rollups = counts of files. */
import { type Refusal, refuse } from '#core/refusals.ts';

/** One difference between two parts of the books. */
export interface BookDifference {
  readonly what: string;
  readonly left: string;
  readonly right: string;
}

export interface UsageBooks {
  /** Lines of the rollup that are not the sum of their charges and adjustments, and sums of days that are not that of their lines. */
  rollupDifferences(): Promise<readonly BookDifference[]>;
  /** Files whose counts are not the numbers of their records, or do not add up. */
  fileDifferences(): Promise<readonly BookDifference[]>;
  /** Records that are in the books twice, or keys without their record. */
  recordDifferences(): Promise<readonly BookDifference[]>;
  totals(): Promise<BookTotals>;
}

export interface BookTotals {
  readonly files: number;
  readonly read: number;
  readonly rated: number;
  readonly held: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly charges: number;
  readonly adjustments: number;
  readonly rollupLines: number;
  /** Files not loaded to their end, and counters whose adjustments are not booked yet: load again. */
  readonly unfinishedFiles: number;
  readonly disturbedCounters: number;
}

export interface CheckReport {
  readonly totals: BookTotals;
  readonly differences: readonly Refusal[];
}

export async function checkUsageBooks(books: UsageBooks): Promise<CheckReport> {
  const found = [...(await books.rollupDifferences()), ...(await books.fileDifferences()), ...(await books.recordDifferences())];
  const differences = found.map(({ what, left, right }) => refuse('usage.books-differ', `${what}: ${left} against ${right}`));
  return { totals: await books.totals(), differences };
}
