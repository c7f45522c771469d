/** `carillon partner-invoice list`, `show`, `check`: what came, and how it stands beside what we expect. */

import type { Decimal } from '#core/money/decimal.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type Assessment, assessInvoice } from '#operations/partner-invoices/assess.ts';
import type { PartnerInvoiceFile, PartnerInvoiceFilter } from '#operations/partner-invoices/ports.ts';
import { type StandingAcceptance, standingAcceptance } from '#operations/partner-invoices/standing.ts';
import { type ReconciledDeclaration, reconcileAgreement } from '#operations/reconciliation/reconcile-agreement.ts';
import type { Database } from '#storage/database.ts';
import { partnerInvoiceBooksOn } from '#storage/partner-invoices/partner-invoice-books.ts';
import { reconciliationBooksOn } from '#storage/reconciliation/compared-usage.ts';
import { declarationStoreOn } from '#storage/reconciliation/declaration-store.ts';
import { selectAllTerms } from '#storage/settlement/agreement-terms.ts';
import { openTaxing, type PeriodHome } from '../periods/closing.ts';
import { rateOf } from '../reconciliation/reconcile.ts';
import { idOf } from './decide.ts';

export type { Assessment } from '#operations/partner-invoices/assess.ts';
export type { PartnerInvoiceFile } from '#operations/partner-invoices/ports.ts';

export function listInvoices(database: Database, filter: PartnerInvoiceFilter): Promise<readonly PartnerInvoiceFile[]> {
  return database.transaction((client) => partnerInvoiceBooksOn(client).list(filter));
}

/** Throws RefusedError (`partner-invoice.unknown`). */
export function showInvoice(database: Database, id: string): Promise<PartnerInvoiceFile> {
  return database.transaction(async (client) => known(await partnerInvoiceBooksOn(client).find(idOf(id)), id));
}

function known(file: PartnerInvoiceFile | undefined, id: string): PartnerInvoiceFile {
  if (file !== undefined) return file;
  throw new RefusedError(
    refuse('partner-invoice.unknown', 'no invoice of a partner stands in our list under this number', { value: id.slice(0, 120) }),
  );
}

export interface CheckedInvoice {
  readonly file: PartnerInvoiceFile;
  readonly assessment: Assessment;
  /** Undefined where no acceptance of it stands. */
  readonly accepted?: StandingAcceptance;
  /** Line by line, where the figures can be compared. */
  readonly reconciled: readonly ReconciledDeclaration[];
}

/** From one unchanging view of the books; nothing is written. `rates`: `USD=0.92`, units of an agreement's currency for one of theirs. */
export async function checkInvoice(home: PeriodHome, id: string, rates: readonly string[]): Promise<CheckedInvoice> {
  const { tax } = await openTaxing(home);
  return home.database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const books = partnerInvoiceBooksOn(client);
    const file = known(await books.find(idOf(id)), id);
    const terms = await selectAllTerms(client);
    const assessment = await assessInvoice({ books, terms, tax }, file.invoice);
    const accepted = await standingAcceptance(books, file);
    const given: ReadonlyMap<string, Decimal> = new Map(rates.map(rateOf));
    const reconciled: ReconciledDeclaration[] = [];
    for (const { cover } of assessment.covers) {
      const found = await reconcileAgreement(reconciliationBooksOn(client), declarationStoreOn(client), {
        ...{ agreement: cover.agreement, period: cover.period, document: file.invoice.number, rates: given },
      });
      if (found.ok) reconciled.push(...found.value);
      else if (found.refusals.some(({ code }) => code === 'declaration.currency' && given.size > 0))
        throw new RefusedError(...found.refusals);
    }
    return { file, assessment, ...(accepted === undefined ? {} : { accepted }), reconciled };
  });
}
