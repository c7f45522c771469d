/** What was agreed becomes a document or a posting, once, in the transaction in which the dispute is settled. */
import { type CreditedLine, creditNoteFor, leftOf } from '#core/invoicing/credit-note.ts';
import { smallestUnitNanos } from '#core/invoicing/draft-invoice.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { allocate } from '#core/money/allocate.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { checkStep, type DisputeOutcome, type DisputeStep } from '#core/settlement/disputes/dispute.ts';
import { type IssuingBooks, issueInvoice } from '../invoicing/issue-invoice.ts';
import type { Recorded } from '../reconciliation/ports.ts';
import type { Dispute, DisputeBooks } from './ports.ts';
import { lockedDispute } from './raise-dispute.ts';

export interface SettleDispute {
  readonly id: string;
  readonly outcome: DisputeOutcome;
  readonly day: string;
  /** What settled it, where it was made elsewhere: number of a debit note, of their credit note, of a correction run. */
  readonly result?: string;
  readonly note: string;
  readonly recorded: Recorded;
}

export interface SettledDispute {
  readonly result: string;
  /** False when it was settled before in the same way. */
  readonly isNew: boolean;
}

/** Throws RefusedError: `dispute.unknown`, `dispute.step-impossible`, `dispute.result-missing`, and what invoices and the ledger refuse. */
export async function settleDispute(books: DisputeBooks, issuing: IssuingBooks, request: SettleDispute): Promise<SettledDispute> {
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
  const result = await resultOf(books, issuing, dispute, standing.netNanos ?? 0n, request);
  await books.addStep(dispute.id, steps.length, { step, note, result, recorded });
  return { result, isNew: true };
}

async function resultOf(
  books: DisputeBooks,
  issuing: IssuingBooks,
  dispute: Dispute,
  agreedNanos: bigint,
  request: SettleDispute,
): Promise<string> {
  switch (request.outcome) {
    case 'credit-note':
      return creditNote(issuing, dispute, agreedNanos, request);
    case 'write-off':
      return writeOff(issuing, dispute, agreedNanos, request);
    case 'debit-note': {
      const note = request.result === undefined ? undefined : await issuing.invoices.find(dispute.legalEntity, request.result);
      if (note?.kind !== 'debit-note') throw missing('give the number of the debit note that was issued with --result', request);
      return note.number;
    }
    case 're-rating': {
      if (request.result === undefined || !(await books.hasCorrectionRun(request.result)))
        throw missing('give the number of the re-rating that is done with --result', request);
      return request.result;
    }
    case 'their-credit-note': {
      if (dispute.side !== 'payable') throw missing(`${dispute.document} is ours: it is credited by us`, request);
      if (request.result === undefined || request.result.trim() === '')
        throw missing('give the number of their credit note with --result', request);
      return request.result.trim();
    }
  }
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
      refuse('dispute.result-missing', `${dispute.document} is theirs: it is for them to credit`, { value: dispute.document }),
    );
  return invoice;
}

/** Over the line that was contested, or all lines by what is left of them. */
async function creditNote(issuing: IssuingBooks, dispute: Dispute, agreedNanos: bigint, request: SettleDispute): Promise<string> {
  const invoice = await contested(issuing, dispute);
  const earlier = await issuing.invoices.corrections(dispute.legalEntity, dispute.document);
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
  const issued = await issueInvoice(issuing, { key: `dispute/${dispute.id}`, content }, request.recorded.by);
  return issued.invoice.number;
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
