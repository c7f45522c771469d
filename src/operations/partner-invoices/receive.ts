/** A partner's invoice is taken in: once for its number, as it was written. */
import { settlementOf } from '#core/agreements/agreements.ts';
import { formatNanos } from '#core/money/amount.ts';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { type PartnerInvoice, stateOf } from '#core/settlement/partner-invoices/partner-invoice.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import type { KeptFile, Recorded } from '../reconciliation/ports.ts';
import type { AgreementTerms } from '../settlement/books.ts';
import type { PartnerInvoiceBooks, PartnerInvoiceFile } from './ports.ts';

export interface ReceiveInvoice {
  readonly invoice: PartnerInvoice;
  readonly source: string;
  readonly file?: KeptFile;
  readonly day: string;
  readonly recorded: Recorded;
}

export interface ReceivedInvoice {
  readonly id: bigint;
  /** False when the same figures under this number are there, and were not refused in another file: then nothing was written. */
  readonly isNew: boolean;
}

/**
 * Refused: `partner-invoice.faulty`, `partner-invoice.total-differs`, `partner-invoice.self-billed`, `.not-self-billed`, `partner-invoice.number-differs` (the
 * number with other figures; only after it was refused may it come again), `partner-invoice.corrects-unknown`.
 */
export async function receiveInvoice(
  books: PartnerInvoiceBooks,
  terms: ReadonlyMap<string, AgreementTerms>,
  request: ReceiveInvoice,
): Promise<ReceivedInvoice> {
  const { invoice } = request;
  const faults = faultsOf(invoice, terms);
  if (faults.length > 0) throw new RefusedError(...faults);
  // What stands on the account under one number is one document.
  if (invoice.side === 'receivable' && (await books.isOurs(invoice.legalEntity, invoice.account, invoice.number)))
    throw new RefusedError(
      refuse('partner-invoice.faulty', 'an invoice of ours to this account has this number', { field: 'number', value: invoice.number }),
    );
  await books.lock(invoice.party, invoice.number);
  const before = await books.findNumber(invoice.party, invoice.number);
  if (before !== undefined) {
    const isRefused = stateOf(before.steps) === 'refused';
    // Of one that was refused, a file with other calls or days for the same money is the corrected one.
    const isSameFile = !isRefused || before.sha256 === request.file?.sha256;
    if (isSameFile && figuresOf(before.invoice) === figuresOf(invoice)) return { id: before.id, isNew: false };
    if (!isRefused) throw new RefusedError(differs(before, invoice));
  }
  if (invoice.corrects !== undefined) {
    const corrected = await books.findNumber(invoice.party, invoice.corrects);
    if (corrected?.invoice.kind !== 'invoice')
      throw new RefusedError(
        refuse('partner-invoice.corrects-unknown', `${invoice.party} has sent no invoice of this number`, {
          field: 'corrects',
          value: invoice.corrects,
        }),
      );
  }
  return { id: await books.add(invoice, (before?.version ?? 0) + 1, request), isNew: true };
}

function faultsOf(invoice: PartnerInvoice, terms: ReadonlyMap<string, AgreementTerms>): Refusal[] {
  const { number, lines, netNanos, taxNanos, totalNanos, issueDay, dueDay, kind, side } = invoice;
  const faults: Refusal[] = [];
  const faulty = (message: string, field: string, value: string): void => {
    faults.push(refuse('partner-invoice.faulty', message, { field, value: value.slice(0, 120) }));
  };
  if (number.trim() === '' || number.length > 100) faulty('an invoice has a number of 1 to 100 characters', 'number', number);
  for (const [field, day] of [
    ['issueDay', issueDay],
    ['dueDay', dueDay],
  ] as const)
    if (!isLocalDate(day)) faulty('not a date', field, day);
  if (dueDay < issueDay) faulty(`due before the day of issue, ${issueDay}`, 'dueDay', dueDay);
  if (lines.length === 0) faulty('it has no lines', 'lines', '');
  if (netNanos <= 0n) faulty('it asks for nothing; what gives back is a credit note', 'net', formatNanos(netNanos, 2));
  if (taxNanos < 0n) faulty('tax below zero', 'tax', formatNanos(taxNanos, 2));
  const sum = lines.reduce((total, line) => total + line.netNanos, 0n);
  if (sum !== netNanos || netNanos + taxNanos !== totalNanos) {
    const message = `the lines come to ${formatNanos(sum, 2)}, the net is ${formatNanos(netNanos, 2)}, the tax ${formatNanos(taxNanos, 2)}, the total ${formatNanos(totalNanos, 2)}`;
    faults.push(refuse('partner-invoice.total-differs', message, { field: 'total', value: formatNanos(totalNanos, 2) }));
  }
  for (const agreement of new Set(lines.map((line) => line.agreement))) {
    const version = terms.get(agreement)?.known.at(-1);
    if (version === undefined || kind !== 'invoice') continue;
    const { payableBy, receivableBy } = settlementOf(version);
    if (side === 'payable' && payableBy === 'us') {
      const message = `what we owe under ${agreement} is invoiced by us in their name (payableBy: us)`;
      faults.push(refuse('partner-invoice.self-billed', message, { field: 'agreement', value: agreement }));
    }
    if (side === 'receivable' && receivableBy === 'us') {
      const message = `what is owed to us under ${agreement} is invoiced by us (receivableBy: us)`;
      faults.push(refuse('partner-invoice.not-self-billed', message, { field: 'agreement', value: agreement }));
    }
  }
  return faults;
}

function figuresOf(invoice: PartnerInvoice): string {
  const { kind, side, legalEntity, account, number, issueDay, dueDay, currency, corrects, netNanos, taxNanos, lines } = invoice;
  const figures = [kind, side, legalEntity, account, number, issueDay, dueDay, currency, corrects ?? '', netNanos, taxNanos];
  const each = lines.map(({ agreement, period, service, netNanos: net }) => [agreement, period.from, period.to, service ?? '', net]);
  return [figures, ...each].map((row) => row.map(String).join('\u0000')).join('\n');
}

function differs(
  { invoice: before }: PartnerInvoiceFile,
  { party, number, netNanos, taxNanos, currency, issueDay }: PartnerInvoice,
): Refusal {
  const said = (net: bigint, tax: bigint, of: string, day: string): string =>
    `${formatNanos(net, 2)} and ${formatNanos(tax, 2)} tax ${of} of ${day}`;
  const message = `${number} of ${party} was taken in with ${said(before.netNanos, before.taxNanos, before.currency, before.issueDay)}, and now has ${said(netNanos, taxNanos, currency, issueDay)}`;
  return refuse('partner-invoice.number-differs', message, { field: 'number', value: number });
}
