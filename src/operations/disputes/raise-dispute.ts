import { formatNanos } from '#core/money/amount.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { checkStep, type DisputeParty, type DisputeStep, standingOf } from '#core/settlement/disputes/dispute.ts';
import type { KeptFile, Recorded } from '../reconciliation/ports.ts';
import type { ContestedDocument, DisputeBooks, DisputeFile, DisputeSummary } from './ports.ts';

export interface RaiseDispute {
  readonly document: string;
  readonly legalEntity?: string;
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

/** Throws RefusedError: `dispute.document-unknown`, `dispute.amount`, `dispute.window-passed`, `dispute.reason-missing`. */
export async function raiseDispute(books: DisputeBooks, request: RaiseDispute): Promise<bigint> {
  const { day, line, recorded } = request;
  const reason = request.reason.trim();
  if (reason === '') throw new RefusedError(refuse('dispute.reason-missing', 'why is it disputed?'));
  const document = await documentOf(books, request);
  const { legalEntity, number, netNanos: whole, totalNanos, windowDays, issueDay } = document;
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
  const left = whole - (await books.contestedNanos(legalEntity, number));
  const netNanos = request.netNanos ?? left;
  if (netNanos <= 0n || netNanos > left) {
    const message = `${formatNanos(netNanos, 2)} of ${number}: it is ${formatNanos(whole, 2)} without tax, and ${formatNanos(left, 2)} of that is not disputed yet`;
    throw new RefusedError(refuse('dispute.amount', message));
  }
  // The tax that goes with it, to the cent as documents have it.
  const grossNanos = netNanos === whole ? totalNanos : divideRounded(netNanos * totalNanos, whole * CENT, 'half-up') * CENT;
  const dispute = {
    ...{ side: document.side, legalEntity, account: document.account, document: number, currency: document.currency, netNanos, reason },
    grossNanos: grossNanos < netNanos ? netNanos : grossNanos,
    respondBy: daysAfter(day, request.respondDays),
    raisedOn: day,
    ...(document.agreement === undefined ? {} : { agreement: document.agreement }),
    ...(line === undefined ? {} : { line }),
  };
  return books.insert(dispute, { step: { kind: 'raised', by: request.by, day }, note: reason, recorded }, request.evidence);
}

const CENT = 10_000_000n;

async function documentOf(books: DisputeBooks, { document, legalEntity }: RaiseDispute): Promise<ContestedDocument> {
  const found = (await books.documents(document)).filter((each) => legalEntity === undefined || each.legalEntity === legalEntity);
  const [first, second] = found;
  if (first === undefined)
    throw new RefusedError(
      refuse('dispute.document-unknown', 'no invoice of ours and none of theirs has this number', { value: document }),
    );
  if (second !== undefined)
    throw new RefusedError(
      refuse(
        'dispute.document-unknown',
        `several have this number, of ${found.map((each) => each.legalEntity).join(', ')}: give --legal-entity`,
        { value: document },
      ),
    );
  return first;
}

function daysAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** An offer, an answer, or the withdrawal. Throws RefusedError (`dispute.unknown`, `dispute.step-impossible`, `dispute.amount`). */
export async function makeStep(books: DisputeBooks, id: string, step: DisputeStep, note: string, recorded: Recorded): Promise<DisputeFile> {
  const file = await lockedDispute(books, id);
  const checked = checkStep(
    file.steps.map((each) => each.step),
    step,
    file.dispute.netNanos,
  );
  if (!checked.ok) throw new RefusedError(...checked.refusals);
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
