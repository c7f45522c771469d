/** An issued document as a UBL file, for `carillon e-invoice write` and for delivery. */
import type { EPayment } from '#core/invoicing/einvoice/einvoice.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { bankAccountFor } from '#core/parties/bank-account.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { Database } from '#storage/database.ts';
import { invoiceOf } from '../invoicing/books.ts';
import { type KnownParties, knownParties } from '../invoicing/known-parties.ts';
import { fileAt, fileName, writeWhole } from '../written-file.ts';
import { eInvoiceText } from './e-invoice.ts';

export interface WriteRequest {
  readonly legalEntity?: string;
  /** File or folder. */
  readonly out: string;
  readonly buyerReference?: string;
  readonly orderReference?: string;
}

/** Writes the file whole and returns its path. Throws RefusedError: what `issuedEInvoice` refuses, `invoice.unknown`, a place that cannot be written. */
export async function writeEInvoice(database: Database, number: string, request: WriteRequest): Promise<string> {
  const invoice = await invoiceOf(database, number, request.legalEntity);
  const text = await issuedEInvoice(database, invoice, request);
  const file = await fileAt(request.out, `${fileName(invoice.number)}.xml`);
  await writeWhole(file, [text]);
  return file;
}

/** The file's text, with the account to pay to and the document that is corrected. Throws RefusedError: what `eInvoiceText` refuses. */
export async function issuedEInvoice(
  database: Database,
  invoice: Invoice,
  request: Pick<WriteRequest, 'buyerReference' | 'orderReference'> = {},
  partiesFor: KnownParties = knownParties(database),
): Promise<string> {
  const { entity, party } = await partiesFor(invoice);
  const corrected = invoice.corrects === undefined ? undefined : await invoiceOf(database, invoice.corrects.number, invoice.legalEntity);
  const payment = paymentOf(invoice, entity, party);
  const language = party.language ?? entity.invoicing?.language;
  return valueOrThrow(
    eInvoiceText(invoice, entity, party, {
      ...(payment === undefined ? {} : { payment }),
      ...(corrected === undefined ? {} : { correctedDay: corrected.issueDay }),
      ...(language === undefined ? {} : { language }),
      ...(request.buyerReference === undefined ? {} : { buyerReference: request.buyerReference }),
      ...(request.orderReference === undefined ? {} : { orderReference: request.orderReference }),
    }),
  );
}

/** Where the document is paid: to us, or in self-billing to the party. 58 is a SEPA transfer, 30 another one. */
function paymentOf({ kind, currency, number }: Invoice, entity: LegalEntity, party: Party): EPayment | undefined {
  const isOurs = kind === 'invoice' || kind === 'debit-note';
  if (!isOurs && kind !== 'self-billing') return undefined;
  const to = bankAccountFor((isOurs ? entity.invoicing?.bankAccounts : party.bankAccounts) ?? [], currency);
  const account = to?.iban?.replaceAll(' ', '') ?? to?.accountNumber;
  if (to === undefined || account === undefined) return undefined;
  return {
    code: currency === 'EUR' && /^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(account) ? '58' : '30',
    remittance: number,
    account,
    ...(to.holder === undefined ? {} : { accountName: to.holder }),
    ...(to.bic === undefined ? {} : { bank: to.bic }),
  };
}
