/** What taking in and accepting partners' invoices needs of storage, in the transaction of the use case. */
import type { EntryCause, LedgerEntry } from '#core/ledger/entry.ts';
import type { BookedInvoice, Contested } from '#core/settlement/partner-invoices/booking.ts';
import type { Expected } from '#core/settlement/partner-invoices/clearing.ts';
import type { Cover, PartnerInvoice, PartnerInvoiceStep } from '#core/settlement/partner-invoices/partner-invoice.ts';
import type { KeptFile, Recorded } from '../reconciliation/ports.ts';

export interface PartnerInvoiceFile {
  readonly id: bigint;
  readonly version: number;
  readonly invoice: PartnerInvoice;
  readonly source: string;
  /** Hexadecimal; undefined where it was typed in. */
  readonly sha256?: string;
  readonly steps: readonly (PartnerInvoiceStep & { readonly recordedAtMicros: number })[];
  /** How the acceptance that stands was booked. */
  readonly booked?: Pick<BookedInvoice, 'taxes' | 'rate'>;
}

export interface PartnerInvoiceFilter {
  readonly party?: string;
  readonly agreement?: string;
}

export interface PartnerInvoiceBooks {
  /** Nobody else takes in or decides anything of this number of the party before the transaction ends. */
  lock(party: string, number: string): Promise<void>;
  /** The latest of this number. */
  findNumber(party: string, number: string): Promise<PartnerInvoiceFile | undefined>;
  /** With `lock` nobody else makes a step before the transaction ends. */
  find(id: bigint, options?: { readonly lock?: boolean }): Promise<PartnerInvoiceFile | undefined>;
  /** Latest first. */
  list(filter: PartnerInvoiceFilter): Promise<readonly PartnerInvoiceFile[]>;
  add(
    invoice: PartnerInvoice,
    version: number,
    from: { readonly source: string; readonly file?: KeptFile; readonly recorded: Recorded; readonly day: string },
  ): Promise<bigint>;
  addStep(id: bigint, step: PartnerInvoiceStep, booked?: Pick<BookedInvoice, 'taxes' | 'rate'>): Promise<void>;
  addEntries(id: bigint, causes: readonly EntryCause[]): Promise<void>;
  /** Entries of the acceptance that stands, as they were booked. */
  entries(id: bigint): Promise<readonly LedgerEntry[]>;
  /** What stands expected of statements of these agreements and days. */
  expected(covers: readonly Cover[]): Promise<readonly Expected[]>;
  /** Days before it are closed; undefined when none is. */
  closedUntil(agreement: string): Promise<string | undefined>;
  /**
   * What of a document of theirs is contested and was given back, without tax; self-billed by them: what we claim besides, and what they
   * paid of such claims.
   */
  contested(legalEntity: string, account: string, document: string): Promise<Contested>;
  /** Accepted invoices of days that these statements cover. */
  acceptedOf(statementIds: readonly number[]): Promise<readonly { readonly file: PartnerInvoiceFile; readonly entityCurrency: string }[]>;
  /** Whether a dispute was settled by this credit note. */
  settledDispute(id: bigint): Promise<boolean>;
  /** What is open of the payable (below zero: we owe) or receivable of a document. */
  openNanos(invoice: Pick<PartnerInvoice, 'legalEntity' | 'account' | 'number' | 'currency' | 'side'>): Promise<bigint>;
  /** Whether an invoice of ours to the account has this number. */
  isOurs(legalEntity: string, account: string, number: string): Promise<boolean>;
}
