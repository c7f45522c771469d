import { smallestUnitNanos } from '#core/invoicing/draft-invoice.ts';
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { checkStep, type DisputeParty, type DisputeStep, standingOf } from '#core/settlement/disputes/dispute.ts';
import { bookContest, type Contesting } from '../partner-invoices/contest.ts';
import type { KeptFile, Recorded } from '../reconciliation/ports.ts';
import { type ContestedDocument, type DisputeBooks, type DisputeFile, type DisputeSummary, isSelfBilled } from './ports.ts';

export interface RaiseDispute {
  readonly document: string;
  readonly legalEntity?: string;
  /** Whose document it is, where several parties have the number. */
  readonly party?: string;
  /** Without tax; all of the document when not given. */
  readonly netNanos?: bigint;
  readonly line?: number;
  readonly reason: string;
  readonly by: DisputeParty;
  readonly day: string;
  readonly respondDays: number;
  readonly evidence: readonly KeptFile[];
  readonly recorded: Recorded;
}

/**
 * Of an invoice that they wrote in our name, the amount is what it leaves out. Throws RefusedError: `dispute.document-unknown`,
 * `dispute.amount`, `dispute.window-passed`, `dispute.reason-missing`, `dispute.step-impossible`. With `contesting`
 * what is contested of an accepted invoice of theirs leaves cost, in the same transaction.
 */
export async function raiseDispute(books: DisputeBooks, request: RaiseDispute, contesting?: Contesting): Promise<bigint> {
  const { day, line, recorded } = request;
  const reason = request.reason.trim();
  if (reason === '') throw new RefusedError(refuse('dispute.reason-missing', 'why is it disputed?'));
  const document = await documentOf(books, request);
  const { legalEntity, account, number, netNanos: whole, totalNanos, windowDays, issueDay, party, isOurs, currency } = document;
  if (windowDays !== undefined && issueDay !== undefined) {
    const last = daysAfter(issueDay, windowDays);
    if (day > last)
      throw new RefusedError(
        refuse('dispute.window-passed', `${number} of ${issueDay} could be disputed for ${windowDays} days, until ${last}`, {
          field: 'on',
          value: day,
        }),
      );
  }
  const isClaim = isSelfBilled(document);
  if (isClaim && request.by === 'them')
    throw new RefusedError(refuse('dispute.step-impossible', `what ${number} has too much they give back by a credit note of theirs`));
  if (isClaim && (request.netNanos === undefined || request.netNanos <= 0n))
    throw new RefusedError(refuse('dispute.amount', `how much does ${number} leave out? give --amount`, { field: 'amount' }));
  const left = whole - (await books.contestedNanos(legalEntity, account, number));
  const netNanos = request.netNanos ?? left;
  const said = (nanos: bigint): string => formatNanos(nanos, minorUnits(currency) ?? 2);
  if (!isClaim && (netNanos <= 0n || netNanos > left)) {
    const message = `${said(netNanos)} of ${number}: it is ${said(whole)} without tax, and ${said(left)} of that is not disputed yet`;
    throw new RefusedError(refuse('dispute.amount', message));
  }
  const unit = smallestUnitNanos(currency);
  if (netNanos % unit !== 0n)
    throw new RefusedError(
      refuse('dispute.amount', `${formatNanos(netNanos)} ${currency} is no amount that can be paid`, {
        field: 'amount',
        value: formatNanos(netNanos),
      }),
    );
  // The tax that goes with it, whole in the smallest unit as documents have it.
  const grossNanos = netNanos === whole ? totalNanos : divideRounded(netNanos * totalNanos, whole * unit, 'half-up') * unit;
  const dispute = {
    ...{ side: document.side, legalEntity, account, party, isOurs, document: number, currency, netNanos, reason },
    // Tax below zero is not contested.
    grossNanos: totalNanos < whole ? netNanos : grossNanos,
    respondBy: daysAfter(day, request.respondDays),
    raisedOn: day,
    ...(document.agreement === undefined ? {} : { agreement: document.agreement }),
    ...(line === undefined ? {} : { line }),
  };
  const before = await contesting?.books.contested(legalEntity, account, number);
  const id = await books.insert(dispute, { step: { kind: 'raised', by: request.by, day }, note: reason, recorded }, request.evidence);
  if (contesting !== undefined && before !== undefined && !isOurs)
    await bookContest(contesting, {
      ...{ party, document: number, cause: `${id}/raised`, description: `Dispute ${id} of ${number}: ${reason}`.slice(0, 400) },
      ...{ before, after: { ...before, openNanos: before.openNanos + netNanos }, day, by: recorded.by },
    });
  return id;
}

async function documentOf(books: DisputeBooks, { document, legalEntity, party }: RaiseDispute): Promise<ContestedDocument> {
  const found = (await books.documents(document)).filter(
    (each) => (legalEntity === undefined || each.legalEntity === legalEntity) && (party === undefined || each.party === party),
  );
  const [first, second] = found;
  if (first === undefined)
    throw new RefusedError(
      refuse('dispute.document-unknown', 'no invoice of ours and none of theirs has this number', { value: document }),
    );
  if (second !== undefined)
    throw new RefusedError(
      refuse(
        'dispute.document-unknown',
        `several have this number: ${found.map((each) => `${each.isOurs ? 'ours to' : 'theirs,'} ${each.party} (${each.legalEntity})`).join(', ')}: give --legal-entity or --party`,
        { value: document },
      ),
    );
  return first;
}

function daysAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/**
 * An offer, an answer, or the withdrawal, after which what was contested of their invoice is cost, and what was claimed is given up. Throws RefusedError (`dispute.unknown`,
 * `dispute.step-impossible`, `dispute.amount`).
 */
export async function makeStep(
  books: DisputeBooks,
  id: string,
  step: DisputeStep,
  note: string,
  recorded: Recorded,
  contesting?: Contesting,
): Promise<DisputeFile> {
  const file = await lockedDispute(books, id);
  const checked = checkStep(
    file.steps.map((each) => each.step),
    step,
    file.dispute.netNanos,
  );
  if (!checked.ok) throw new RefusedError(...checked.refusals);
  const { legalEntity, account, party, document, isOurs, netNanos } = file.dispute;
  if (step.kind === 'offered' && step.netNanos % smallestUnitNanos(file.dispute.currency) !== 0n)
    throw new RefusedError(
      refuse('dispute.amount', `${formatNanos(step.netNanos)} ${file.dispute.currency} is no amount that can be paid`),
    );
  if (contesting !== undefined && step.kind === 'withdrawn' && !isOurs) {
    const before = await contesting.books.contested(legalEntity, account, document);
    await bookContest(contesting, {
      ...{ party, document, cause: `${id}/withdrawn`, description: `Dispute ${id} of ${document} withdrawn` },
      ...{ before, after: { ...before, openNanos: before.openNanos - netNanos }, day: step.day, by: recorded.by },
    });
  }
  await books.addStep(file.dispute.id, file.steps.length, { step, note, recorded });
  return { ...file, steps: [...file.steps, { step, note, recorded }] };
}

export async function lockedDispute(books: DisputeBooks, id: string): Promise<DisputeFile> {
  const file = await books.find(id, { lock: true });
  if (file === undefined) throw new RefusedError(refuse('dispute.unknown', 'there is no dispute of this number', { value: id }));
  return file;
}

export function summaryOf({ dispute, steps }: DisputeFile): DisputeSummary {
  const { state, netNanos, offeredBy } = standingOf(steps.map(({ step }) => step));
  const last = steps.at(-1)?.step;
  return {
    ...dispute,
    state,
    ...(netNanos === undefined ? {} : { offeredNanos: netNanos }),
    ...(offeredBy === undefined ? {} : { offeredBy }),
    ...(last?.kind === 'settled' ? { outcome: last.outcome } : {}),
  };
}
