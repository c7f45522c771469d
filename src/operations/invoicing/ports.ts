/** What issuing needs of storage: all of it within one transaction of the caller. */
import type { Invoice, InvoiceContent } from '#core/invoicing/invoice.ts';

/** A row of numbers: of one legal entity and series, and the part of the pattern that numbers have in common. */
export interface NumberRow {
  readonly legalEntity: string;
  readonly series: string;
  readonly scope: string;
}

export interface LockedRow extends NumberRow {
  /** The one before the first when there is none yet. */
  readonly lastNumber: bigint;
  readonly lastDay: string | undefined;
}

/** Issued, as it is kept. */
export interface IssuedRow {
  readonly invoice: Invoice;
  /** Canonical JSON whose hash the invoice has. */
  readonly content: string;
  readonly key: string;
  readonly scope: string;
  readonly sequence: bigint;
  readonly by: string;
}

export interface InvoiceBooks {
  /** Makes the rows that are missing and locks all until the transaction ends, in one order for everybody. */
  lockRows(rows: readonly (NumberRow & { readonly firstNumber: bigint })[]): Promise<readonly LockedRow[]>;
  /** Sets where rows stand now. Only of rows locked before. */
  moveRows(rows: readonly LockedRow[]): Promise<void>;
  /** Those of these keys that were issued, as they see it after the rows were locked. */
  issuedByKey(keys: readonly { readonly legalEntity: string; readonly key: string }[]): Promise<readonly Issued[]>;
  /** By number; undefined when there is none. With `lock` nobody else issues a correction of it before the transaction ends. */
  find(legalEntity: string, number: string, options?: { readonly lock?: boolean }): Promise<Invoice | undefined>;
  /** Issued documents that correct this one, oldest first. */
  corrections(legalEntity: string, number: string): Promise<readonly Invoice[]>;
  insert(rows: readonly IssuedRow[]): Promise<void>;
}

export interface Issued {
  readonly legalEntity: string;
  readonly key: string;
  readonly number: string;
  readonly sha256: string;
  readonly content: string;
}

export interface StoredDraft {
  readonly draftId: bigint;
  readonly key: string;
  readonly content: InvoiceContent;
  readonly madeBy: string;
}

export interface DraftBooks {
  /** Writes a draft, or writes over the open one of its key. */
  save(draft: Pick<StoredDraft, 'key' | 'content'>, by: string): Promise<bigint>;
  /** Open drafts, the oldest first; those of these numbers, or all. Locked until the transaction ends. */
  open(ids?: readonly bigint[]): Promise<readonly StoredDraft[]>;
  /** What became of open drafts. */
  settle(ids: readonly bigint[], state: 'issued' | 'discarded'): Promise<void>;
}
