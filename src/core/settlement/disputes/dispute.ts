/** A dispute is the steps that were made in it; its state follows from them. */
import { formatNanos } from '../../money/amount.ts';
import { type Result, refuse } from '../../refusals.ts';

export const disputeOutcomes = ['credit-note', 'debit-note', 're-rating', 'write-off', 'their-credit-note', 'their-self-billing'] as const;
export type DisputeOutcome = (typeof disputeOutcomes)[number];

export type DisputeParty = 'us' | 'them';

export type DisputeStep =
  | { readonly kind: 'raised' | 'accepted' | 'rejected' | 'withdrawn'; readonly by: DisputeParty; readonly day: string }
  /** How much of what is contested the side that offers would give up or give back, without tax. */
  | { readonly kind: 'offered'; readonly by: DisputeParty; readonly day: string; readonly netNanos: bigint }
  | { readonly kind: 'settled'; readonly by: DisputeParty; readonly day: string; readonly outcome: DisputeOutcome };

export type DisputeState = 'open' | 'offered' | 'agreed' | 'withdrawn' | 'settled';

export interface DisputeStanding {
  readonly state: DisputeState;
  /** The offer that stands, or what was agreed. */
  readonly netNanos?: bigint;
  readonly offeredBy?: DisputeParty;
  readonly raisedBy: DisputeParty;
}

/** Steps that were made are not checked again. Throws without steps: there is no dispute that nobody raised. */
export function standingOf(steps: readonly DisputeStep[]): DisputeStanding {
  const [first] = steps;
  if (first === undefined) throw new Error('a dispute without a step');
  let standing: DisputeStanding = { state: 'open', raisedBy: first.by };
  for (const step of steps.slice(1)) standing = after(standing, step);
  return standing;
}

function after(standing: DisputeStanding, step: DisputeStep): DisputeStanding {
  const { raisedBy } = standing;
  switch (step.kind) {
    case 'offered':
      return { state: 'offered', raisedBy, netNanos: step.netNanos, offeredBy: step.by };
    case 'accepted':
      return { ...standing, state: 'agreed' };
    case 'rejected':
      return { state: 'open', raisedBy };
    case 'withdrawn':
      return { state: 'withdrawn', raisedBy };
    case 'settled':
      return { ...standing, state: 'settled' };
    case 'raised':
      return standing;
  }
}

/** Which side has to answer: the one that did not raise it, or that did not make the offer. Undefined when nothing is awaited. */
export function awaitedFrom(steps: readonly DisputeStep[]): DisputeParty | undefined {
  const { state, raisedBy, offeredBy } = standingOf(steps);
  const said = state === 'open' ? raisedBy : state === 'offered' ? offeredBy : undefined;
  return said === undefined ? undefined : said === 'us' ? 'them' : 'us';
}

/** Whether a step may follow. `contestedNanos` is what the dispute is about, without tax. Refused: `dispute.*`. */
export function checkStep(steps: readonly DisputeStep[], next: DisputeStep, contestedNanos: bigint): Result<DisputeStanding> {
  const standing = standingOf(steps);
  const { state, offeredBy, raisedBy } = standing;
  const no = (code: 'dispute.step-impossible' | 'dispute.amount', message: string): Result<DisputeStanding> => ({
    ok: false,
    refusals: [refuse(code, message)],
  });
  const last = steps.at(-1)?.day ?? next.day;
  if (next.day < last) return no('dispute.step-impossible', `the step is of ${next.day}, and the last one of ${last}`);
  if (state === 'withdrawn' || state === 'settled') return no('dispute.step-impossible', `the dispute is ${state}: nothing follows`);
  switch (next.kind) {
    case 'offered':
      if (state === 'agreed') return no('dispute.step-impossible', 'an offer was accepted: settle it');
      if (next.netNanos < 0n || next.netNanos > contestedNanos)
        return no('dispute.amount', `${formatNanos(next.netNanos, 2)} is offered, and ${formatNanos(contestedNanos, 2)} contested`);
      break;
    case 'accepted':
    case 'rejected':
      if (state !== 'offered') return no('dispute.step-impossible', `there is no offer: the dispute is ${state}`);
      if (offeredBy === next.by) return no('dispute.step-impossible', 'the offer is for the other side to answer');
      break;
    case 'withdrawn':
      if (raisedBy !== next.by) return no('dispute.step-impossible', 'only the side that raised it withdraws it');
      break;
    case 'settled':
      if (state !== 'agreed') return no('dispute.step-impossible', `nothing is agreed: the dispute is ${state}`);
      break;
    case 'raised':
      return no('dispute.step-impossible', 'it was raised before');
  }
  return { ok: true, value: after(standing, next) };
}
