/** What the code made of a world, wherever it ran: what the comparison reads. */
import type { Side } from '#core/agreements/agreements.ts';
import type { InvoiceContent } from '#core/invoicing/invoice.ts';
import type { EntryCause, Posting } from '#core/ledger/entry.ts';
import type { SideOutcome, StatedAmount } from '#operations/periods/ports.ts';

export interface MadeStatement {
  readonly id: string;
  readonly amounts: readonly StatedAmount[];
  readonly deals: readonly { readonly deal: string; readonly window: string; readonly side: Side; readonly amountNanos: bigint }[];
  readonly outcomes: readonly Pick<SideOutcome, 'side' | 'outcome' | 'document'>[];
}

export type MadeEntry = {
  readonly legalEntity: string;
  readonly day: string;
  readonly cause: EntryCause;
  readonly postings: readonly (Posting & { readonly entityAmountNanos: bigint })[];
};

export interface Made {
  readonly statements: readonly MadeStatement[];
  /** By legal entity and number. */
  readonly documents: ReadonlyMap<string, InvoiceContent>;
  readonly entries: readonly MadeEntry[];
  /** What was refused or blocked. */
  readonly refused: readonly string[];
}
