/** What was agreed becomes a document or a posting, once, in the transaction in which the dispute is settled. */
import { type CreditedLine, creditNoteFor, leftOf } from '#core/invoicing/credit-note.ts';
import { smallestUnitNanos } from '#core/invoicing/draft-invoice.ts';
import type { Invoice, InvoiceContent } from '#core/invoicing/invoice.ts';
import { allocate } from '#core/money/allocate.ts';
import { formatNanos } from '#core/money/amount.ts';
import { divideRounded } from '#core/money/rounding.ts';
import type { NumberSeries } from '#core/parties/invoicing-terms.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { checkStep, type DisputeOutcome, type DisputeStep } from '#core/settlement/disputes/dispute.ts';
import type { ExchangeRates } from '../exchange/ports.ts';
import { type IssuingBooks, issueInvoice } from '../invoicing/issue-invoice.ts';
import type { Assessing } from '../partner-invoices/assess.ts';
import { bookContest, type Contesting, settleByCredit, settleBySelfBilling } from '../partner-invoices/contest.ts';
import type { Recorded } from '../reconciliation/ports.ts';
import { type Dispute, type DisputeBooks, isSelfBilled } from './ports.ts';
import { lockedDispute } from './raise-dispute.ts';

export interface SettleDispute {
  readonly id: string;
  readonly outcome: DisputeOutcome;
  readonly day: string;
  /** Number of their credit note; of a re-rating that was done already. */
  readonly result?: string;
  readonly note: string;
  readonly recorded: Recorded;
}

export interface SettledDispute {
  readonly result: string;
  /** False when it was settled before in the same way. */
  readonly isNew: boolean;
}

/** What settling needs besides the dispute itself. */
export interface Settling extends IssuingBooks {
  /** The legal entity's configured series. */
  seriesOf(legalEntity: string): readonly NumberSeries[] | undefined;
  /** Days to pay a debit note of an account. */
  paymentTermsDays(account: string): number | undefined;
  readonly contesting: Contesting & Assessing & { readonly rates: ExchangeRates };
}

/**
 * Throws RefusedError: `dispute.unknown`, `dispute.step-impossible`, `dispute.outcome-impossible`, `dispute.result-missing`,
 * `dispute.result-differs`, and what invoices and the ledger refuse.
 */
export async function settleDispute(books: DisputeBooks, settling: Settling, request: SettleDispute): Promise<SettledDispute> {
  const { outcome, day, note, recorded } = request;
  const { dispute, steps } = await lockedDispute(books, request.id);
  const last = steps.at(-1);
  if (last?.step.kind === 'settled' && last.step.outcome === outcome) return { result: last.result ?? '', isNew: false };
  const step: DisputeStep = { kind: 'settled', by: 'us', day, outcome };
  const standing = valueOrThrow(
    checkStep(
      steps.map((each) => each.step),
      step,
      dispute.netNanos,
    ),
  );
  const result = await resultOf(books, settling, dispute, standing.netNanos ?? 0n, request);
  await books.addStep(dispute.id, steps.length, { step, note, result, recorded });
  return { result, isNew: true };
}

async function resultOf(
  books: DisputeBooks,
  settling: Settling,
  dispute: Dispute,
  agreedNanos: bigint,
  request: SettleDispute,
): Promise<string> {
  switch (request.outcome) {
    case 'credit-note':
      return correct(settling, dispute, agreedNanos, request, 'credit-note');
    case 'debit-note':
      return correct(settling, dispute, agreedNanos, request, 'debit-note');
    case 'write-off':
      return writeOff(settling, dispute, agreedNanos, request);
    case 're-rating':
      return rerated(books, settling, dispute, agreedNanos, request);
    case 'their-credit-note':
      return theirDocument(settling, dispute, agreedNanos, request, settleByCredit);
    case 'their-self-billing':
      return theirDocument(settling, dispute, agreedNanos, request, settleBySelfBilling);
  }
}

/** Of our own figures: the run was done before this transaction, for it goes through the books piece by piece. */
async function rerated(
  books: DisputeBooks,
  settling: Settling,
  dispute: Dispute,
  agreedNanos: bigint,
  request: SettleDispute,
): Promise<string> {
  if (request.result === undefined || !(await books.hasCorrectionRun(request.result)))
    throw missing('no re-rating of this number is done', request);
  if (dispute.isOurs) return request.result;
  if (agreedNanos > 0n)
    throw impossible(`${formatNanos(agreedNanos, 2)} of ${dispute.document} is given back: by their credit note`, request);
  await release(settling, dispute, request, 0n);
  return request.result;
}

/** Their credit note gives back what was contested of their invoice; another self-billed invoice pays what one left out. */
async function theirDocument(
  settling: Settling,
  dispute: Dispute,
  agreedNanos: bigint,
  request: SettleDispute,
  book: typeof settleByCredit | typeof settleBySelfBilling,
): Promise<string> {
  const { party, document, isOurs, id } = dispute;
  const byCredit = request.outcome === 'their-credit-note';
  if (isOurs) throw impossible(`${document} is ours: it is corrected by us`, request);
  if (isSelfBilled(dispute) === byCredit)
    throw impossible(
      byCredit ? `${document} is self-billed: what it left out comes by another (their-self-billing)` : `${document} is not self-billed`,
      request,
    );
  const number = request.result?.trim() ?? '';
  if (number === '') throw missing('give the number of their document with --result', request);
  const { before, after } = await changeBy(settling, dispute, agreedNanos);
  await book(settling.contesting, {
    ...{ party, document, number, agreedNanos, before, after, day: request.day, by: request.recorded.by },
    cause: `${id}/settled`,
    description: `Dispute ${id} of ${document} settled by their ${byCredit ? 'credit note' : 'self-billed invoice'} ${number}`,
  });
  return number;
}

async function release(settling: Settling, dispute: Dispute, { day, recorded }: SettleDispute, creditedNanos: bigint): Promise<void> {
  const { party, document, id } = dispute;
  const { before, after } = await changeBy(settling, dispute, creditedNanos);
  const description = `Dispute ${id} of ${document} settled: what was contested is accepted`;
  await bookContest(settling.contesting, { party, document, cause: `${id}/settled`, description, before, after, day, by: recorded.by });
}

async function changeBy({ contesting }: Settling, { legalEntity, account, document, netNanos }: Dispute, creditedNanos: bigint) {
  const before = await contesting.books.contested(legalEntity, account, document);
  return { before, after: { openNanos: before.openNanos - netNanos, creditedNanos: before.creditedNanos + creditedNanos } };
}

function impossible(message: string, { outcome }: SettleDispute): RefusedError {
  return new RefusedError(refuse('dispute.outcome-impossible', message, { field: 'outcome', value: outcome }));
}

function missing(message: string, { result }: SettleDispute): RefusedError {
  return new RefusedError(
    refuse('dispute.result-missing', message, { field: 'result', ...(result === undefined ? {} : { value: result }) }),
  );
}

async function contested(issuing: IssuingBooks, dispute: Dispute): Promise<Invoice> {
  const invoice = await issuing.invoices.find(dispute.legalEntity, dispute.document, { lock: true });
  if (invoice === undefined)
    throw new RefusedError(
      refuse('dispute.outcome-impossible', `${dispute.document} is theirs: it is for them to credit`, { value: dispute.document }),
    );
  return invoice;
}

/**
 * Over the line that was contested, or all lines by what is left of them, with their part of the tax. A debit note asks for the same
 * amount besides, where we had asked for too little.
 */
async function correct(
  issuing: Settling,
  dispute: Dispute,
  agreedNanos: bigint,
  request: SettleDispute,
  kind: 'credit-note' | 'debit-note',
): Promise<string> {
  const invoice = await contested(issuing, dispute);
  if (kind === 'debit-note' && invoice.kind === 'self-billing')
    throw impossible(`${invoice.number} is what we owe: a debit note of ours is about what is owed to us`, request);
  const earlier = kind === 'debit-note' ? [] : await issuing.invoices.corrections(dispute.legalEntity, dispute.document);
  const left = [...leftOf(invoice, earlier)].filter(([, { netNanos }]) => netNanos > 0n);
  const unit = smallestUnitNanos(invoice.currency);
  const units = divideRounded(agreedNanos, unit, 'half-up');
  const open = dispute.line === undefined ? left : left.filter(([number]) => number === dispute.line);
  const room = open.reduce((sum, [, { netNanos }]) => sum + netNanos / unit, 0n);
  if (units <= 0n || units > room)
    throw new RefusedError(refuse('dispute.amount', 'nothing is agreed to be given back, or more than is left of the document'));
  const shares = allocate(
    units,
    open.map(([, { netNanos }]) => netNanos / unit),
  );
  const lines = open.flatMap(([line], index): CreditedLine[] => {
    const share = shares[index] ?? 0n;
    return share === 0n ? [] : [{ line, netNanos: share * unit }];
  });
  const reason = `Dispute ${dispute.id}: ${dispute.reason}`;
  const content = valueOrThrow(creditNoteFor(invoice, { reason, lines, issueDay: request.day, earlier }));
  const series = issuing.seriesOf(dispute.legalEntity);
  const draft = { key: `dispute/${dispute.id}`, content: kind === 'debit-note' ? asDebit(content, issuing, request) : content };
  const issued = await issueInvoice(issuing, { ...draft, ...(series === undefined ? {} : { series }) }, request.recorded.by);
  return issued.invoice.number;
}

/** The same lines and taxes, owed to us. */
function asDebit({ lines, ...content }: InvoiceContent, { paymentTermsDays }: Settling, { day }: SettleDispute): InvoiceContent {
  const dueDay = Temporal.PlainDate.from(day)
    .add({ days: paymentTermsDays(content.account) ?? 30 })
    .toString();
  return { ...content, kind: 'debit-note', dueDay, lines: lines.map(({ creditsLine: _, ...line }) => line) };
}

/** Tax included, for what is not paid is a debt with its tax. */
async function writeOff(issuing: IssuingBooks, dispute: Dispute, agreedNanos: bigint, { day, recorded }: SettleDispute): Promise<string> {
  const invoice = await contested(issuing, dispute);
  const unit = smallestUnitNanos(invoice.currency);
  const gross = divideRounded(agreedNanos * dispute.grossNanos, dispute.netNanos * unit, 'half-up') * unit;
  if (gross <= 0n) throw new RefusedError(refuse('dispute.amount', 'nothing is agreed to be written off'));
  const { account, currency, document, legalEntity } = dispute;
  const id = `dispute/${dispute.id}`;
  const open = invoice.kind === 'self-billing' ? 'payable' : 'receivable';
  const sign = open === 'receivable' ? 1n : -1n;
  await issuing.ledger.post([
    {
      ...{ legalEntity, day, cause: { kind: 'write-off', id }, by: recorded.by },
      description: `Dispute ${dispute.id} of ${document} written off`,
      corrects: { kind: open === 'receivable' ? 'invoice' : 'payable', id: document },
      postings: [
        { ledgerAccount: 'write-off', account, currency, amountNanos: sign * gross },
        { ledgerAccount: open, account, document, currency, amountNanos: -sign * gross },
      ],
    },
  ]);
  return id;
}
