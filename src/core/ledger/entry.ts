/**
 * What the ledger is made of: entries of postings. An entry is never edited and its postings sum to zero in each
 * currency; a correction is another entry that names the one it reverses.
 */
import type { Service } from '../usage/usage-event.ts';
import type { LedgerAccount } from './ledger-accounts.ts';

/** Why something was booked: the subject's kind and its own key. One cause is booked once in a legal entity, whoever asks how often. */
export interface EntryCause {
  readonly kind: EntryKind;
  /** Key of the document, payment, accrual … : `INV-2026-000017`, `agreement@2026-10@accrual`. */
  readonly id: string;
}

export const entryKinds = [
  'invoice',
  'credit-note',
  'payable', // the partner's side of a settlement, by self-billing or as their invoice was accepted
  'payable-credit',
  'accrual',
  'accrual-reversal',
  'payment-in',
  'payment-out',
  'allocation',
  'refund',
  'set-off',
  'write-off',
  'deposit',
  'interest',
  'exchange',
  'dispute',
  'manual',
  'opening', // balances brought in when Carillon begins
  'reversal',
] as const;
export type EntryKind = (typeof entryKinds)[number];

export interface Posting {
  readonly ledgerAccount: LedgerAccount;
  /** The billing account (`accounts` of the configuration) on which it stands; always with receivable, payable, unallocated, deposits. */
  readonly account?: string;
  readonly agreement?: string;
  /** Revenue and cost. */
  readonly service?: Service;
  /** Number of the invoice or credit note that a receivable or payable is of, or that a payment settles. */
  readonly document?: string;
  /** Local day on which a receivable or payable is due. */
  readonly dueDay?: string;
  /** Tax: the rule or category it came by. */
  readonly taxCode?: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Debit positive, credit negative. Nanos; whole in the currency's smallest unit for all that is invoiced or paid. */
  readonly amountNanos: bigint;
  /**
   * The same in the legal entity's currency, by the entry's exchange rates; left out where the posting is in
   * that currency, and where the ledger shall find the rate of the day. A difference of exchange is a posting of 0 with an amount here.
   */
  readonly entityAmountNanos?: bigint;
}

/** A rate by which amounts became the legal entity's: units of its currency for one of `currency`. */
export interface EntryExchange {
  readonly currency: string;
  /** Exact, as written; or a fraction `1/1.0850` where the source gives it the other way round. */
  readonly rate: string;
  readonly source: string;
  /** Day of the rate, which may be before that of the entry. */
  readonly day: string;
}

export interface LedgerEntry {
  readonly legalEntity: string;
  /** Local day of the legal entity's zone on which it is booked: must lie in an open period. */
  readonly day: string;
  readonly cause: EntryCause;
  /** One sentence for a person. */
  readonly description: string;
  /** The cause of the entry that this one takes back or corrects. */
  readonly corrects?: EntryCause;
  /** Who caused it: a user's name, or `carillon` for what happens by itself. */
  readonly by: string;
  /** Rates by which the caller made `entityAmountNanos`; where the ledger fills them in, it says the rates itself. */
  readonly exchange?: readonly EntryExchange[];
  readonly postings: readonly Posting[];
}
