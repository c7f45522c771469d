/** How an invoice of theirs stands after it was accepted: what of it, in place of what, and what is still expected of its days. */
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { expectedOf } from '#core/settlement/partner-invoices/clearing.ts';
import { coversOf, stateOf } from '#core/settlement/partner-invoices/partner-invoice.ts';
import type { PartnerInvoiceBooks, PartnerInvoiceFile } from './ports.ts';

export interface Money {
  readonly currency: string;
  readonly nanos: bigint;
}

/** Amounts without tax. */
export interface StandingAcceptance {
  readonly acceptedNanos: bigint;
  /** What they ask for and we do not accept; an open dispute is about it. */
  readonly contestedNanos: bigint;
  /** Self-billed by them: what we claim besides. */
  readonly claimedNanos: bigint;
  /** What was expected and was taken back with it, by currency. */
  readonly cleared: readonly Money[];
  /** What stands expected of its days all the same, by currency: nothing, unless more is to come or is claimed. */
  readonly stillExpected: readonly Money[];
}

/** Undefined where no acceptance of it stands. */
export async function standingAcceptance(
  books: PartnerInvoiceBooks,
  { id, invoice, steps }: PartnerInvoiceFile,
): Promise<StandingAcceptance | undefined> {
  if (stateOf(steps) !== 'accepted') return undefined;
  const { kind, side, netNanos, legalEntity, account, number } = invoice;
  const contested = kind === 'invoice' ? (await books.contested(legalEntity, account, number)).openNanos : 0n;
  const covers = kind === 'invoice' ? coversOf(invoice) : [];
  const all = await books.expected(covers);
  const expected = new Set(covers.flatMap((cover) => expectedOf(cover, invoice, all)));
  return {
    acceptedNanos: side === 'payable' ? netNanos - contested : netNanos,
    contestedNanos: side === 'payable' ? contested : 0n,
    claimedNanos: side === 'payable' ? 0n : contested,
    cleared: clearedBy(await books.entries(id)),
    stillExpected: byCurrency([...expected].map(({ currency, openNanos }) => ({ currency, nanos: openNanos }))),
  };
}

/** What entries take back of what was expected: above zero was to be paid, or to be received. */
export function clearedBy(entries: readonly LedgerEntry[]): readonly Money[] {
  const signs = { 'unbilled-payable': 1n, 'unbilled-receivable': -1n } as const;
  return byCurrency(
    entries.flatMap(({ postings }) =>
      postings.flatMap(({ ledgerAccount, currency, amountNanos }) =>
        ledgerAccount === 'unbilled-payable' || ledgerAccount === 'unbilled-receivable'
          ? [{ currency, nanos: signs[ledgerAccount] * amountNanos }]
          : [],
      ),
    ),
  );
}

function byCurrency(all: readonly Money[]): readonly Money[] {
  return [...Map.groupBy(all, ({ currency }) => currency)]
    .map(([currency, each]) => ({ currency, nanos: each.reduce((sum, { nanos }) => sum + nanos, 0n) }))
    .filter(({ nanos }) => nanos !== 0n);
}
