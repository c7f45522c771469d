/**
 * What is contested of an accepted invoice of theirs is no cost: a dispute that is raised, withdrawn or settled moves it. What we claim beyond
 * a self-billed one stays expected until the dispute ends.
 */
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { formatNanos } from '#core/money/amount.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import {
  type BookedInvoice,
  type Contested,
  changeOf,
  nothingContested,
  settlingPostings,
  standingOf,
} from '#core/settlement/partner-invoices/booking.ts';
import { claimEndedEntries } from '#core/settlement/partner-invoices/clearing.ts';
import { acceptanceReference, coversOf, stateOf } from '#core/settlement/partner-invoices/partner-invoice.ts';
import type { ExchangeRates } from '../exchange/ports.ts';
import type { LedgerBooks } from '../ledger/ports.ts';
import { type Assessing, acceptanceRate, assessInvoice, taxesToBook } from './assess.ts';
import type { PartnerInvoiceBooks, PartnerInvoiceFile } from './ports.ts';

export interface Contesting {
  readonly books: PartnerInvoiceBooks;
  readonly ledger: LedgerBooks;
}

export interface ContestChange {
  readonly party: string;
  readonly document: string;
  /** `4/raised`: of the entry. */
  readonly cause: string;
  readonly description: string;
  readonly before: Contested;
  readonly after: Contested;
  readonly day: string;
  readonly by: string;
}

/** Books the change; nothing where the invoice is not accepted (yet): then accepting it looks at what is contested. */
export async function bookContest({ books, ledger }: Contesting, change: ContestChange): Promise<void> {
  const found = await acceptedInvoice(books, change);
  if (found === undefined) return;
  const { booked, file } = found;
  if (file.invoice.side === 'receivable') {
    const ended = change.before.openNanos - change.after.openNanos;
    if (ended > 0n) await ledger.post(await claimEnded(books, found, ended, { ...change, reference: change.cause }));
    return;
  }
  const postings = changeOf(standingOf(booked, change.before), standingOf(booked, change.after));
  if (postings.length > 0) await ledger.post([entryOf(change, booked, postings, file)]);
}

/** What was claimed beyond a self-billed invoice is expected no more. */
async function claimEnded(
  books: PartnerInvoiceBooks,
  { booked: { rate }, file: { invoice } }: Accepted,
  claimedNanos: bigint,
  {
    reference,
    day,
    by,
    description,
  }: { readonly reference: string; readonly day: string; readonly by: string; readonly description: string },
): Promise<readonly LedgerEntry[]> {
  const covers = coversOf(invoice);
  const entityCurrency = rate?.currency ?? invoice.currency;
  const { side, currency } = invoice;
  return claimEndedEntries(covers, await books.expected(covers), claimedNanos, {
    ...{ side, currency, entityCurrency, reference, day, by, description },
  });
}

/**
 * Another self-billed invoice of theirs settles what we claimed beyond one: it is accepted, and what of the claim it does not pay is given
 * up. Refused: `dispute.result-missing`, `dispute.result-differs`, and what tax and exchange rates refuse.
 */
export async function settleBySelfBilling(
  contesting: Contesting & Assessing & { readonly rates: ExchangeRates },
  change: ContestChange & { readonly number: string; readonly agreedNanos: bigint },
): Promise<void> {
  const { books, ledger } = contesting;
  const { day, by, description } = change;
  const found = await acceptedInvoice(books, change);
  if (found === undefined) throw notAccepted(change.document);
  const further = await books.findNumber(change.party, change.number);
  if (
    further?.invoice.kind !== 'invoice' ||
    further.invoice.side !== 'receivable' ||
    !['received', 'proposed'].includes(stateOf(further.steps))
  )
    throw new RefusedError(
      refuse('dispute.result-missing', 'take their invoice in first (carillon partner-invoice import --kind self-billed-invoice)', {
        field: 'result',
        value: change.number,
      }),
    );
  const { invoice } = further;
  if (invoice.netNanos !== change.agreedNanos || invoice.currency !== found.file.invoice.currency) {
    const message = `${invoice.number} is of ${formatNanos(invoice.netNanos, 2)} ${invoice.currency}; agreed are ${formatNanos(change.agreedNanos, 2)} ${found.file.invoice.currency}`;
    throw new RefusedError(refuse('dispute.result-differs', message, { field: 'result', value: change.number }));
  }
  const taxes = taxesToBook(invoice, await assessInvoice(contesting, invoice), true);
  if (!taxes.ok) throw new RefusedError(...taxes.refusals);
  const entityCurrency = found.booked.rate?.currency ?? invoice.currency;
  const rate = await acceptanceRate(contesting.rates, invoice, entityCurrency, day);
  const booked = { taxes: taxes.value, ...(rate === undefined ? {} : { rate }) };
  const reference = acceptanceReference(further, further.steps.filter(({ kind }) => kind === 'accepted').length + 1);
  const ended = await claimEnded(books, found, change.before.openNanos - change.after.openNanos, { reference, day, by, description });
  const entry: LedgerEntry = {
    ...{ legalEntity: invoice.legalEntity, day, by, description, cause: { kind: 'invoice', id: reference } },
    ...(rate === undefined ? {} : { exchange: [rate.said] }),
    postings: standingOf({ invoice, ...booked }, nothingContested),
  };
  await ledger.post([...ended, entry]);
  const terms = { whole: true, beforeClose: false, moreToCome: false, taxAsInvoiced: true };
  await books.addStep(further.id, { kind: 'accepted', by, day, terms }, booked);
  await books.addEntries(
    further.id,
    [...ended, entry].map(({ cause }) => cause),
  );
}

/**
 * Their credit note settles a dispute: it is accepted, takes back what was contested, and what of the dispute it does not give back
 * becomes cost. Refused: `dispute.result-missing` (no such credit note, or it is decided), `dispute.result-differs`, and what tax refuses.
 */
export async function settleByCredit(
  contesting: Contesting & Assessing,
  change: ContestChange & { readonly number: string; readonly agreedNanos: bigint },
): Promise<void> {
  const { books, ledger } = contesting;
  const found = await acceptedInvoice(books, change);
  if (found === undefined) throw notAccepted(change.document);
  const { booked, file } = found;
  const credit = await books.findNumber(change.party, change.number);
  if (credit?.invoice.kind !== 'credit-note' || !['received', 'proposed'].includes(stateOf(credit.steps)))
    throw new RefusedError(
      refuse('dispute.result-missing', 'take their credit note in first (carillon partner-invoice import --kind credit-note)', {
        field: 'result',
        value: change.number,
      }),
    );
  const { invoice } = credit;
  if (invoice.corrects !== change.document || invoice.netNanos !== change.agreedNanos || invoice.currency !== file.invoice.currency) {
    const message = `${invoice.number} gives back ${formatNanos(invoice.netNanos, 2)} ${invoice.currency} of ${invoice.corrects ?? 'nothing'}; agreed are ${formatNanos(change.agreedNanos, 2)} ${file.invoice.currency} of ${change.document}`;
    throw new RefusedError(refuse('dispute.result-differs', message, { field: 'result', value: change.number }));
  }
  const taxes = taxesToBook(invoice, await assessInvoice(contesting, invoice), true);
  if (!taxes.ok) throw new RefusedError(...taxes.refusals);
  const rate = booked.rate === undefined ? {} : { rate: booked.rate };
  const postings = settlingPostings({ invoice, taxes: taxes.value, ...rate }, booked, change.before, change.after);
  const reference = acceptanceReference(credit, credit.steps.filter(({ kind }) => kind === 'accepted').length + 1);
  const entry: LedgerEntry = { ...entryOf(change, booked, postings, file), cause: { kind: 'payable-credit', id: reference } };
  await ledger.post([entry]);
  const { day, by } = change;
  const terms = { whole: true, beforeClose: false, moreToCome: false, taxAsInvoiced: true };
  await books.addStep(credit.id, { kind: 'accepted', by, day, terms }, { taxes: taxes.value, ...rate });
  await books.addEntries(credit.id, [entry.cause]);
}

function notAccepted(document: string): RefusedError {
  return new RefusedError(refuse('dispute.result-missing', `${document} is not accepted: accept it first`, { value: document }));
}

interface Accepted {
  readonly file: PartnerInvoiceFile;
  readonly booked: BookedInvoice;
}

async function acceptedInvoice(
  books: PartnerInvoiceBooks,
  { party, document }: Pick<ContestChange, 'party' | 'document'>,
): Promise<Accepted | undefined> {
  const latest = await books.findNumber(party, document);
  // Locked: it is not taken back meanwhile.
  const file = latest === undefined ? undefined : await books.find(latest.id, { lock: true });
  if (file?.booked === undefined || stateOf(file.steps) !== 'accepted') return undefined;
  return { file, booked: { invoice: file.invoice, ...file.booked } };
}

function entryOf(
  { cause, description, day, by }: ContestChange,
  { rate }: BookedInvoice,
  postings: LedgerEntry['postings'],
  { invoice }: PartnerInvoiceFile,
): LedgerEntry {
  return {
    ...{ legalEntity: invoice.legalEntity, day, by, description, postings },
    cause: { kind: 'dispute', id: cause },
    corrects: { kind: 'payable', id: `${invoice.party}/${invoice.number}` },
    ...(rate === undefined ? {} : { exchange: [rate.said] }),
  };
}
