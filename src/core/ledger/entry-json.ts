/** An entry as JSON and back, for those that wait: amounts as text. */
import type { LedgerEntry, Posting } from './entry.ts';

type PostingJson = Omit<Posting, 'amountNanos' | 'entityAmountNanos'> & {
  readonly amountNanos: string;
  readonly entityAmountNanos?: string;
};
export type EntryJson = Omit<LedgerEntry, 'postings'> & { readonly postings: readonly PostingJson[] };

export function entryJson(entry: LedgerEntry): EntryJson {
  return {
    ...entry,
    postings: entry.postings.map(({ amountNanos, entityAmountNanos, ...rest }) => ({
      ...rest,
      amountNanos: amountNanos.toString(),
      ...(entityAmountNanos === undefined ? {} : { entityAmountNanos: entityAmountNanos.toString() }),
    })),
  };
}

/** The inverse; only what `entryJson` wrote is read. */
export function readEntryJson(json: EntryJson): LedgerEntry {
  return {
    ...json,
    postings: json.postings.map(({ amountNanos, entityAmountNanos, ...rest }) => ({
      ...rest,
      amountNanos: BigInt(amountNanos),
      ...(entityAmountNanos === undefined ? {} : { entityAmountNanos: BigInt(entityAmountNanos) }),
    })),
  };
}
