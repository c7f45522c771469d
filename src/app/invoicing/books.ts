/** What commands of invoicing share: configuration, one document by its number, the transaction that issues. */
import type pg from 'pg';
import type { Invoice } from '#core/invoicing/invoice.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import type { IssuingBooks } from '#operations/invoicing/issue-invoice.ts';
import type { Database } from '#storage/database.ts';
import { completeByRates } from '#storage/exchange/complete-entries.ts';
import { invoiceBooksOn } from '#storage/invoicing/invoice-books.ts';
import { selectByNumber } from '#storage/invoicing/read-invoices.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';

/** On the connection of a transaction; amounts in other currencies are booked at the rates that are stored. */
export function issuingBooks(client: pg.PoolClient): IssuingBooks {
  return { invoices: invoiceBooksOn(client), ledger: ledgerBooksOn(client, completeByRates(client)) };
}

/** Throws RefusedError (`invoice.unknown`) when there is none, or when several legal entities have it. */
export async function invoiceOf(database: Database, number: string, legalEntity: string | undefined): Promise<Invoice> {
  const found = await selectByNumber(database.pool, number, legalEntity);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const message =
    only === undefined ? `there is no document ${number}` : `${found.map((each) => each.legalEntity).join(' and ')} have it; say which`;
  throw new RefusedError(refuse('invoice.unknown', message, { value: number.slice(0, 120) }));
}

/** Both are configured: documents refer to them, and configuration is never removed. */
export function partiesOf(
  { legalEntities, parties }: Pick<Book, 'legalEntities' | 'parties'>,
  document: { readonly legalEntity: string; readonly party: string },
): { readonly entity: LegalEntity; readonly party: Party } {
  const entity = legalEntities.find(({ id }) => id === document.legalEntity);
  const party = parties.find(({ id }) => id === document.party);
  if (entity === undefined || party === undefined) {
    const missing = entity === undefined ? `legal entity ${document.legalEntity}` : `party ${document.party}`;
    throw new RefusedError(refuse('invoice.party-unknown', `there is no ${missing}`));
  }
  return { entity, party };
}

export function checkDay(day: string, field: string): void {
  if (!isLocalDate(day)) throw new RefusedError(refuse('statement.instant-malformed', 'not a date', { field, value: day.slice(0, 120) }));
}
