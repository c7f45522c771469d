/** How other use cases book: inside their own transaction, so that a document and its postings stand or fall together. */
import type { EntryCause, LedgerEntry } from '#core/ledger/entry.ts';

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

/** What is wrong with the first bad entry of a chain. */
export interface LedgerFault {
  readonly what: 'altered' | 'missing' | 'inserted' | 'unbalanced' | 'rewritten';
  /** Number of the entry in its legal entity. */
  readonly sequence: bigint;
  readonly cause?: EntryCause;
  readonly said: string;
}

export interface VerifiedChain {
  readonly legalEntity: string;
  /** Entries and postings that are sound, from the first on. */
  readonly entries: bigint;
  readonly postings: number;
  /** Of the last sound entry, hexadecimal. Written down elsewhere, it proves later that nothing up to it was made anew. */
  readonly hash: string;
  readonly fault?: LedgerFault;
}

/** A manual entry that waits for a second person. */
export interface WaitingEntry {
  readonly id: bigint;
  readonly entry: LedgerEntry;
  readonly by: string;
  readonly enteredAtMicros: number;
}

/** Where manual entries wait, in the transaction of the use case. */
export interface WaitingEntries {
  /** Adds those that do not wait already under the same cause; all of them come back. Refused, by RefusedError: `ledger.cause-differs`. */
  add(entries: readonly LedgerEntry[]): Promise<readonly WaitingEntry[]>;
  /** Locks it; undefined when there is none, `decided` when it was booked or refused. */
  take(id: bigint): Promise<WaitingEntry | 'decided' | undefined>;
  decide(id: bigint, decision: 'booked' | 'refused', by: string, why: string | undefined): Promise<void>;
  list(legalEntity: string | undefined): Promise<readonly WaitingEntry[]>;
}

export interface Closing {
  readonly legalEntity: string;
  readonly kind: 'close' | 'reopen';
  /** Days before it are closed. */
  readonly firstOpen: string;
  readonly why: string;
  readonly by: string;
  readonly closedAtMicros: number;
  readonly sequence: bigint;
}

/** Closing and opening again. */
export interface ClosingBooks {
  /** Locks the legal entity’s chain until the transaction ends; nobody books meanwhile. */
  lock(legalEntity: string): Promise<void>;
  /** The latest last. */
  closings(legalEntity: string | undefined): Promise<readonly Closing[]>;
  /** With the head of the chain as it stands. */
  record(closing: Omit<Closing, 'closedAtMicros' | 'sequence'>): Promise<void>;
}

/** An issued document that is not booked as it says. Debit above zero. */
export interface DocumentFault {
  readonly legalEntity: string;
  readonly document: string;
  readonly currency: string;
  readonly saysNanos: bigint;
  readonly bookedNanos: bigint;
}
