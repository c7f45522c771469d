/** `carillon invoice credit`: gives back a document or some of its lines. */
import { type CreditedLine, creditNoteFor } from '#core/invoicing/credit-note.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { parseDecimal, unitsAtScale } from '#core/money/decimal.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { issueInvoice } from '#operations/invoicing/issue-invoice.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { checkDay, invoiceOf, issuingBooks } from './books.ts';

export interface CreditOrder {
  readonly number: string;
  readonly legalEntity?: string;
  readonly reason: string;
  /** `3`, or `3=12.50`: so much of its net. All that is left of every line when empty. */
  readonly lines: readonly string[];
  readonly dated: string;
  readonly by: string;
}

/** Reads what is left, makes the note and issues it in one transaction. Throws RefusedError. */
export async function issueCredit(database: Database, order: CreditOrder): Promise<Invoice> {
  checkDay(order.dated, 'dated');
  const lines = order.lines.map(creditedLine);
  const { legalEntity } = await invoiceOf(database, order.number, order.legalEntity);
  const { book } = await loadSetup(database);
  const series = book.legalEntities.find(({ id }) => id === legalEntity)?.invoicing?.series;
  return database.transaction(async (client) => {
    const books = issuingBooks(client);
    const invoice = await books.invoices.find(legalEntity, order.number, { lock: true });
    if (invoice === undefined) throw new RefusedError(refuse('invoice.unknown', `there is no document ${order.number}`));
    const earlier = await books.invoices.corrections(legalEntity, order.number);
    const credits = earlier.filter(({ kind }) => kind === 'credit-note' || kind === 'self-billing-credit');
    const content = valueOrThrow(
      creditNoteFor(invoice, {
        ...{ reason: order.reason, issueDay: order.dated, earlier: credits },
        ...(lines.length === 0 ? {} : { lines }),
      }),
    );
    const key = `credit:${order.number}:${credits.length + 1}`;
    const issued = await issueInvoice(books, { key, content, ...(series === undefined ? {} : { series }) }, order.by);
    return issued.invoice;
  });
}

function creditedLine(text: string): CreditedLine {
  const [line = '', figure] = text.split('=', 2);
  const amount = figure === undefined ? undefined : parseDecimal(figure);
  const faulty = !/^[1-9]\d{0,8}$/.test(line) || (figure !== undefined && (amount === undefined || amount.scale > 9));
  if (faulty)
    throw new RefusedError(refuse('invoice.line-unknown', 'write a line as 3, or 3=12.50', { field: 'line', value: text.slice(0, 120) }));
  return { line: Number(line), ...(amount === undefined ? {} : { netNanos: unitsAtScale(amount, 9) }) };
}
