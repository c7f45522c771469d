/** Taking an entry back. */
import { type Result, refuse } from '../refusals.ts';
import type { ChainedEntry } from './canonical.ts';
import type { EntryKind, LedgerEntry } from './entry.ts';

/** Entries that stand for themselves. Documents are corrected by documents, payments are unallocated or refunded. */
const reversible: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'manual',
  'opening',
  'accrual',
  'write-off',
  'interest',
  'exchange',
  'deposit',
]);

/** The mirror of an entry, on a day of its own. Refused: `ledger.not-reversible`. */
export function reversalOf(entry: ChainedEntry, day: string, by: string, why: string): Result<LedgerEntry> {
  const { cause, legalEntity } = entry;
  if (!reversible.has(cause.kind)) {
    const said = `${cause.kind} ${cause.id} is not taken back by a reversal`;
    return { ok: false, refusals: [refuse('ledger.not-reversible', said, { field: 'kind', value: cause.kind })] };
  }
  return {
    ok: true,
    value: {
      legalEntity,
      day,
      cause: { kind: 'reversal', id: `${cause.kind}:${cause.id}` },
      description: `${entry.description} taken back: ${why}`,
      corrects: cause,
      by,
      exchange: entry.exchange,
      postings: entry.postings.map((posting) => ({
        ...posting,
        amountNanos: -posting.amountNanos,
        entityAmountNanos: -posting.entityAmountNanos,
      })),
    },
  };
}
