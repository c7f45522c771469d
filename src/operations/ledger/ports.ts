/** How other use cases book: inside their own transaction, so that a document and its postings stand or fall together. */
import type { LedgerEntry } from '#core/ledger/entry.ts';

export interface BookedEntry {
  readonly entryId: bigint;
  /** False when an entry of this cause stood already: then nothing was booked. */
  readonly isNew: boolean;
}

export interface LedgerBooks {
  /**
   * Books entries in their order, many at once. Refused as a whole, by RefusedError: `ledger.unbalanced`, `ledger.period-closed`,
   * `ledger.cause-differs` (the cause was booked before with other postings), `ledger.rate-missing`.
   */
  post(entries: readonly LedgerEntry[]): Promise<readonly BookedEntry[]>;
  /** First day of the legal entity that is not closed; undefined when none was ever closed. */
  openFrom(legalEntity: string): Promise<string | undefined>;
}

/**
 * Gives every posting in a foreign currency its amount in the legal entity's currency, at the rates of the entries' days. The
 * entries come back in their order. Refused, by RefusedError: `ledger.rate-missing`.
 */
export type EntryCompleter = (
  entries: readonly LedgerEntry[],
  currencyOf: (legalEntity: string) => string,
) => Promise<readonly LedgerEntry[]>;
