/** How a document is booked. */
import type { EntryCause, EntryKind, LedgerEntry, Posting } from '../ledger/entry.ts';
import type { LedgerAccount } from '../ledger/ledger-accounts.ts';
import { formatDecimal } from '../money/decimal.ts';
import type { TaxAmount } from '../tax/tax.ts';
import { convertNanos } from './draft-invoice.ts';
import type { Invoice, InvoiceKind, InvoiceLine } from './invoice.ts';

const ENTRY_KINDS: Readonly<Record<InvoiceKind, EntryKind>> = {
  invoice: 'invoice',
  'debit-note': 'invoice',
  'credit-note': 'credit-note',
  'self-billing': 'payable',
  'self-billing-credit': 'payable-credit',
};

const WORDS: Readonly<Record<InvoiceKind, string>> = {
  invoice: 'Invoice',
  'debit-note': 'Debit note',
  'credit-note': 'Credit note',
  'self-billing': 'Self-billed invoice',
  'self-billing-credit': 'Self-billed credit note',
};

export function entryCauseOf({ kind, number }: Pick<Invoice, 'kind' | 'number'>): EntryCause {
  return { kind: ENTRY_KINDS[kind], id: number };
}

/**
 * An invoice: receivable + gross, revenue − the exact net by service, tax-output − tax, and what rounding to whole units gave or
 * took to `rounding`. A credit note is the mirror; what stands against it is the receivable of the document that it corrects, so
 * that nobody is reminded of what was given back. Self-billing: cost +, tax-input +, payable −, tax-withholding −.
 * Undefined where there is nothing to book: a document of 0.
 * With an exchange rate each posting has its amount in the legal entity's currency, and these sum to zero as well.
 */
export function entryOf(invoice: Invoice, by: string): LedgerEntry | undefined {
  const { kind, number, legalEntity, issueDay, corrects, exchange } = invoice;
  const postings = withEntityAmounts(postingsOf(invoice), invoice);
  if (postings.length === 0) return undefined;
  return {
    legalEntity,
    day: issueDay,
    cause: entryCauseOf(invoice),
    description: `${WORDS[kind]} ${number} to ${invoice.party}${corrects === undefined ? '' : `, corrects ${corrects.number}`}`,
    ...(corrects === undefined ? {} : { corrects: { kind: kind === 'self-billing-credit' ? 'payable' : 'invoice', id: corrects.number } }),
    by,
    ...(exchange === undefined
      ? {}
      : { exchange: [{ currency: invoice.currency, rate: formatDecimal(exchange.rate), source: exchange.source, day: exchange.day }] }),
    postings,
  };
}

function postingsOf(invoice: Invoice): Posting[] {
  const { kind, account, currency, lines, totalNanos, netNanos, dueDay, corrects, number } = invoice;
  const payable = kind === 'self-billing' || kind === 'self-billing-credit';
  const credit = kind === 'credit-note' || kind === 'self-billing-credit';
  // + for what an invoice debits; a credit note and a payable are its mirrors.
  const sign = payable === credit ? 1n : -1n;
  const withheld = payable ? sumTax(invoice.withholding ?? []) : 0n;
  const against = credit ? corrects?.number : undefined;
  const document = against ?? number;
  const exact = lines.reduce((sum, line) => sum + line.exactNanos, 0n);
  const posting = (ledgerAccount: LedgerAccount, amountNanos: bigint, more: Partial<Posting> = {}): Posting[] =>
    amountNanos === 0n ? [] : [{ ledgerAccount, currency, amountNanos, account, ...more }];
  return [
    ...posting(payable ? 'payable' : 'receivable', sign * (totalNanos - withheld), {
      document,
      ...(against === undefined ? { dueDay } : {}),
    }),
    ...nets(lines, payable).flatMap(({ ledgerAccount, line, nanos }) =>
      posting(ledgerAccount, -sign * nanos, {
        ...(line.agreement === undefined ? {} : { agreement: line.agreement }),
        ...(line.service === undefined ? {} : { service: line.service }),
      }),
    ),
    ...posting('rounding', -sign * (netNanos - exact)),
    ...invoice.taxes.flatMap(({ rule, taxNanos }) =>
      posting(payable ? 'tax-input' : 'tax-output', -sign * taxNanos, { taxCode: rule, document: number }),
    ),
    // What the buyer accounts for itself is booked where we are the buyer: owed and deducted at once.
    ...(payable ? invoice.taxes : []).flatMap(({ rule, selfAssessed = [] }) =>
      selfAssessed.flatMap(({ taxNanos }) => [
        ...posting('tax-input', -sign * taxNanos, { taxCode: rule, document: number }),
        ...posting('tax-output', sign * taxNanos, { taxCode: rule, document: number }),
      ]),
    ),
    ...(payable ? (invoice.withholding ?? []) : []).flatMap(({ rule, taxNanos }) =>
      posting('tax-withholding', sign * taxNanos, { taxCode: rule, document: number }),
    ),
  ];
}

function sumTax(taxes: readonly TaxAmount[]): bigint {
  return taxes.reduce((sum, each) => sum + each.taxNanos, 0n);
}

/** Exact sums by ledger account, agreement and service. */
function nets(
  lines: readonly InvoiceLine[],
  payable: boolean,
): readonly { readonly ledgerAccount: LedgerAccount; readonly line: InvoiceLine; readonly nanos: bigint }[] {
  const sums = new Map<string, { ledgerAccount: LedgerAccount; line: InvoiceLine; nanos: bigint }>();
  for (const line of lines) {
    const ledgerAccount = ledgerAccountOf(line, payable);
    const key = `${ledgerAccount}|${line.agreement ?? ''}|${line.service ?? ''}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { ledgerAccount, line, nanos: line.exactNanos });
    else sum.nanos += line.exactNanos;
  }
  return [...sums.values()];
}

/** What a line is to us: income, or, where we pay, expense. */
export function ledgerAccountOf({ kind }: InvoiceLine, payable: boolean): LedgerAccount {
  if (kind === 'rounding') return 'rounding';
  if (kind === 'interest') return payable ? 'interest-expense' : 'interest-income';
  if (kind === 'fee') return payable ? 'fee-cost' : 'fees';
  return payable ? 'cost' : 'revenue';
}

/** Each amount is converted and rounded once; what is left over by that goes with the first posting, the receivable or payable. */
function withEntityAmounts(postings: Posting[], { exchange }: Invoice): readonly Posting[] {
  if (exchange === undefined) return postings;
  const converted = postings.map(({ amountNanos }) => convertNanos(amountNanos, exchange.rate));
  const left = converted.reduce((sum, nanos) => sum + nanos, 0n);
  return postings.map((posting, index) => ({ ...posting, entityAmountNanos: (converted[index] ?? 0n) - (index === 0 ? left : 0n) }));
}
