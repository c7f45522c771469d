/** Taking an entry back. */
import { type Result, refuse } from '../refusals.ts';
import type { ChainedEntry } from './canonical.ts';
import type { EntryCause, EntryKind, LedgerEntry } from './entry.ts';

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
  const { cause } = entry;
  if (!reversible.has(cause.kind)) {
    const said = `${cause.kind} ${cause.id} is not taken back by a reversal`;
    return { ok: false, refusals: [refuse('ledger.not-reversible', said, { field: 'kind', value: cause.kind })] };
  }
  const described = `${entry.description} taken back: ${why}`;
  return { ok: true, value: mirrorOf(entry, { kind: 'reversal', id: `${cause.kind}:${cause.id}` }, day, described, by) };
}

/** What takes an accrual back with the first day of the next month: at its own worth, so that nothing of it remains, whatever rates do. */
export function accrualReversalOf(accrual: ChainedEntry, day: string): LedgerEntry {
  const { cause, description, by } = accrual;
  return mirrorOf(accrual, { kind: 'accrual-reversal', id: cause.id }, day, `${description}, taken back`, by);
}

function mirrorOf(entry: ChainedEntry, cause: EntryCause, day: string, description: string, by: string): LedgerEntry {
  return {
    ...{ legalEntity: entry.legalEntity, day, cause, description, corrects: entry.cause, by, exchange: entry.exchange },
    postings: entry.postings.map((posting) => ({
      ...posting,
      amountNanos: -posting.amountNanos,
      entityAmountNanos: -posting.entityAmountNanos,
    })),
  };
}
