/** How a legal entity invoices. */
import type { BankAccount } from './bank-account.ts';

/**
 * `invoice`, `credit-note` and `debit-note` are ours to the partner; `self-billing` and `self-billing-credit` are those that we
 * make in the partner's name for what we owe (UNTDID 1001: 380, 381, 383, 389, 261).
 */
export const invoiceKinds = ['invoice', 'credit-note', 'debit-note', 'self-billing', 'self-billing-credit'] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];

/** Languages that documents are written in. */
export const documentLanguages = ['en', 'de', 'fr', 'es', 'pt', 'ar'] as const;
export type DocumentLanguage = (typeof documentLanguages)[number];

/** One row of numbers without gaps. */
export interface NumberSeries {
  readonly id: string;
  readonly kinds: readonly InvoiceKind[];
  /**
   * `INV-{year}-{number:6}`. With `{year}`, `{month}` or `{account}` the numbers begin anew in each year (of the day of issue),
   * month or for each account; without them they run on for ever.
   */
  readonly pattern: string;
  /** The first number, where another system had the ones before; 1 when not given. */
  readonly firstNumber?: number;
  /** Whether a document may not be dated before the last of its row: some countries' law. */
  readonly inDateOrder?: boolean;
}

export interface InvoicingTerms {
  /** The first that has a document's kind numbers it; kinds without one have the default series. */
  readonly series?: readonly NumberSeries[];
  readonly bankAccounts?: readonly BankAccount[];
  /** `classic`, `modern`, `compact`, or one of the user's own. */
  readonly template?: string;
  /** Of documents to parties that have none of their own. */
  readonly language?: DocumentLanguage;
  /** Colour of headings: `#0f4c6b`. */
  readonly accent?: string;
  /** Small print at the foot of each page: registration, board, capital. */
  readonly footer?: readonly string[];
  /** On every document. */
  readonly notes?: readonly string[];
  /** Total in words; left out: where the legal entity's country is used to it. */
  readonly amountInWords?: boolean;
}
