/** The one text of an entry over which its hash is made. Changing this function breaks every chain that exists. */
import type { EntryExchange, LedgerEntry, Posting } from './entry.ts';

/** An entry with its place in the chain of its legal entity. */
export interface ChainedEntry extends LedgerEntry {
  /** From 1 without a gap. */
  readonly sequence: bigint;
  /** Microseconds since 1970. */
  readonly bookedAtMicros: number;
  readonly exchange: readonly EntryExchange[];
  readonly postings: readonly ChainedPosting[];
}

export interface ChainedPosting extends Posting {
  readonly entityAmountNanos: bigint;
}

/** Hash of an entry: SHA-256 over the bytes of the hash before it (32 zeros before the first) and this text in UTF-8. */
export function canonicalEntry(entry: ChainedEntry): string {
  return JSON.stringify([
    entry.legalEntity,
    entry.sequence.toString(),
    entry.day,
    entry.cause.kind,
    entry.cause.id,
    entry.description,
    entry.corrects === undefined ? null : [entry.corrects.kind, entry.corrects.id],
    entry.by,
    entry.bookedAtMicros.toString(),
    entry.exchange.map(({ currency, rate, source, day }) => [currency, rate, source, day]),
    entry.postings.map((posting) => [...postingFields(posting), posting.entityAmountNanos.toString()]),
  ]);
}

/** All that a posting says but its amount in the legal entity's currency, which may be filled in when it is booked. */
function postingFields(posting: Posting): readonly (string | null)[] {
  return [
    posting.ledgerAccount,
    posting.account ?? null,
    posting.agreement ?? null,
    posting.service ?? null,
    posting.document ?? null,
    posting.dueDay ?? null,
    posting.taxCode ?? null,
    posting.currency,
    posting.amountNanos.toString(),
  ];
}

/** Whether two entries book the same: postings in their order, and the amounts in the legal entity's currency where both say them. */
export function bookTheSame(asked: readonly Posting[], booked: readonly Posting[]): boolean {
  return (
    asked.length === booked.length &&
    asked.every((posting, index) => {
      const other = booked[index] as Posting; // as long as the first
      const ownDiffers =
        posting.entityAmountNanos !== undefined &&
        other.entityAmountNanos !== undefined &&
        posting.entityAmountNanos !== other.entityAmountNanos;
      return !ownDiffers && JSON.stringify(postingFields(posting)) === JSON.stringify(postingFields(other));
    })
  );
}
