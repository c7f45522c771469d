/** `carillon invoice list`, `show` and `verify`. */
import { leftOf } from '#core/invoicing/credit-note.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { type VerifiedInvoices, verifyInvoices } from '#operations/invoicing/verify-invoices.ts';
import type { Database } from '#storage/database.ts';
import { invoiceBooksOn } from '#storage/invoicing/invoice-books.ts';
import { type InvoiceFilter, keptInvoices, type ListedInvoice, selectInvoices, selectSeries } from '#storage/invoicing/read-invoices.ts';
import { checkDay, invoiceOf } from './books.ts';

export type { InvoiceFilter, ListedInvoice, VerifiedInvoices };

/** Throws RefusedError when a day is none. */
export async function listInvoices(database: Database, filter: InvoiceFilter): Promise<readonly ListedInvoice[]> {
  if (filter.from !== undefined) checkDay(filter.from, 'from');
  if (filter.to !== undefined) checkDay(filter.to, 'to');
  return selectInvoices(database.pool, filter);
}

export interface ShownInvoice {
  readonly invoice: Invoice;
  /** Numbers of what corrects it. */
  readonly corrections: readonly string[];
  /** Net that is left of each line after credit notes, by its number. */
  readonly leftNanos: ReadonlyMap<number, bigint>;
}

/** Throws RefusedError (`invoice.unknown`). */
export async function showInvoice(database: Database, number: string, legalEntity: string | undefined): Promise<ShownInvoice> {
  const invoice = await invoiceOf(database, number, legalEntity);
  const corrections = await database.transaction((client) => invoiceBooksOn(client).corrections(invoice.legalEntity, number));
  const left = leftOf(invoice, corrections);
  return {
    invoice,
    corrections: corrections.map((each) => each.number),
    leftNanos: new Map([...left].map(([line, { netNanos }]) => [line, netNanos])),
  };
}

/** All documents, on one unchanging view of the books. */
export async function verifyIssued(database: Database, legalEntity: string | undefined): Promise<VerifiedInvoices> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    return verifyInvoices(keptInvoices(client, legalEntity), await selectSeries(client, legalEntity));
  });
}
