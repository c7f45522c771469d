/** Sides of recorded statements become what was planned for them: documents, expected documents, amounts carried forward. */
import { issueInvoices } from '../invoicing/issue-invoice.ts';
import { clearAfterClose } from '../partner-invoices/accept.ts';
import type { PeriodTurn, SideOutcome } from './ports.ts';
import type { SidePlan } from './settle-statements.ts';

/** What became of a side. */
export interface SettledSide {
  readonly side: string;
  /** Of its document or what is expected; else of the charges. */
  readonly currency: string;
  readonly outcome: SideOutcome['outcome'] | 'refused';
  readonly document?: string;
  /** Of what was refused, exact. */
  readonly amount?: string;
}

/** Issues documents, posts what is expected, and keeps what became of each side. In one turn, all at once; beside the documents statements are recorded. */
export async function issueSides(
  turn: PeriodTurn,
  statements: readonly { readonly statementId: number; readonly plans: readonly SidePlan[] }[],
  on: string,
  by: string,
  record: () => Promise<void> = () => Promise.resolve(),
): Promise<ReadonlyMap<number, readonly SettledSide[]>> {
  const drafts = statements.flatMap(({ plans }) => plans.flatMap(({ draft }) => draft ?? []));
  if (drafts.length === 0) await record();
  const issued = drafts.length === 0 ? [] : await issueInvoices(turn.issuing, drafts, by, record);
  const numbers = new Map(drafts.map(({ key }, at) => [key, issued[at]?.invoice.number]));
  const entries = statements.flatMap(({ plans }) =>
    plans.flatMap(({ entry }) => (entry === undefined || entry.postings.length === 0 ? [] : [entry])),
  );
  if (entries.length > 0) await turn.issuing.ledger.post(entries);
  const sides = new Map<number, readonly SettledSide[]>();
  const outcomes = statements.flatMap(({ statementId, plans }) =>
    plans.map(
      ({ side, currency, outcome, draft }): SideOutcome => ({
        statementId,
        side,
        currency,
        outcome,
        document: draft === undefined ? undefined : numbers.get(draft.key),
        bookedOn: on,
      }),
    ),
  );
  await turn.settle(outcomes);
  const expected = outcomes.filter(({ outcome }) => outcome === 'expected').map(({ statementId }) => statementId);
  const outcomesOf = Map.groupBy(outcomes, ({ statementId }) => statementId);
  if (expected.length > 0) await clearAfterClose(turn.theirs, turn.issuing.ledger, expected, on, by);
  for (const { statementId, plans } of statements) {
    const takes = plans.flatMap((plan) => plan.takes);
    if (takes.length > 0) await turn.takeCarried(takes, statementId);
    sides.set(
      statementId,
      (outcomesOf.get(statementId) ?? []).map(({ side, currency: charged, outcome, document }) => {
        const plan = plans.find((each) => each.side === side && each.currency === charged);
        const currency = plan?.draft?.content.currency ?? plan?.entry?.postings[0]?.currency ?? charged;
        return { side, currency, outcome, ...(document === undefined ? {} : { document }) };
      }),
    );
  }
  return sides;
}
