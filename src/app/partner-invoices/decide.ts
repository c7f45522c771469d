/** `carillon partner-invoice accept`, `refuse`, `reverse`: one transaction each. */
import { parseDecimal } from '#core/money/decimal.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import {
  type AcceptedInvoice,
  acceptInvoice,
  type EndInvoice,
  refuseInvoice,
  reverseInvoice,
} from '#operations/partner-invoices/accept.ts';
import type { PartnerInvoiceFile } from '#operations/partner-invoices/ports.ts';
import type { KeptFile, Recorded } from '#operations/reconciliation/ports.ts';
import { disputeBooksOn } from '#storage/disputes/dispute-store.ts';
import { exchangeRatesOn } from '#storage/exchange/exchange-rates.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { partnerInvoiceBooksOn } from '#storage/partner-invoices/partner-invoice-books.ts';
import { selectAllTerms } from '#storage/settlement/agreement-terms.ts';
import { readEvidence } from '../disputes.ts';
import { checkDay } from '../invoicing/books.ts';
import { openTaxing, type PeriodHome } from '../periods/closing.ts';

export interface AcceptCommand {
  readonly id: string;
  readonly whole: boolean;
  /** Decimal, without tax. */
  readonly undisputed?: string;
  /** Self-billed by them: what it leaves out, decimal, without tax. */
  readonly claim?: string;
  readonly reason?: string;
  readonly beforeClose: boolean;
  readonly moreToCome: boolean;
  readonly taxAsInvoiced: boolean;
  /** Files. */
  readonly evidence: readonly string[];
  readonly respondDays: number;
  readonly day: string;
  readonly by: string;
  readonly recorded: Recorded;
}

/** Throws RefusedError: see acceptInvoice. */
export async function accept(home: PeriodHome, command: AcceptCommand): Promise<AcceptedInvoice> {
  const { whole, undisputed, claim, reason, beforeClose, moreToCome, taxAsInvoiced, evidence, ...rest } = command;
  checkDay(command.day, 'on');
  const files: KeptFile[] = [];
  for (const path of evidence) files.push(await readEvidence(path));
  const { tax } = await openTaxing(home);
  return home.database.transaction(async (client) => {
    const terms = {
      ...{ whole, beforeClose, moreToCome, taxAsInvoiced },
      ...(undisputed === undefined ? {} : { undisputedNanos: nanosOf(undisputed, 'undisputed') }),
      ...(claim === undefined ? {} : { claimedNanos: nanosOf(claim, 'claim') }),
      ...(reason === undefined ? {} : { reason }),
    };
    return acceptInvoice(
      {
        ...{ books: partnerInvoiceBooksOn(client), ledger: ledgerBooksOn(client), disputes: disputeBooksOn(client) },
        ...{ rates: exchangeRatesOn(client), terms: await selectAllTerms(client), tax },
      },
      { ...rest, id: idOf(command.id), terms, evidence: files },
    );
  });
}

export type EndCommand = Omit<EndInvoice, 'id'> & { readonly id: string };

export function refuseOne({ database }: PeriodHome, command: EndCommand): Promise<PartnerInvoiceFile> {
  checkDay(command.day, 'on');
  return database.transaction((client) => refuseInvoice(partnerInvoiceBooksOn(client), { ...command, id: idOf(command.id) }));
}

export function reverseOne({ database }: PeriodHome, command: EndCommand): Promise<PartnerInvoiceFile> {
  checkDay(command.day, 'on');
  return database.transaction((client) =>
    reverseInvoice(partnerInvoiceBooksOn(client), ledgerBooksOn(client), { ...command, id: idOf(command.id) }),
  );
}

/** Throws RefusedError (`partner-invoice.unknown`). */
export function idOf(text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new RefusedError(
    refuse('partner-invoice.unknown', 'no invoice of a partner stands in our list under this number', { value: text.slice(0, 120) }),
  );
}

function nanosOf(text: string, field: string): bigint {
  const value = parseDecimal(text);
  if (value === undefined || value.scale > 9)
    throw new RefusedError(refuse('dispute.amount', 'not an amount such as 500.00', { field, value: text.slice(0, 120) }));
  return value.units * 10n ** BigInt(9 - value.scale);
}
