/** A closed period is approved; by the last who must, its documents are issued. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { recordedLines } from '../settlement/record-statement.ts';
import { issueSides, type SettledSide } from './issue-sides.ts';
import type { PeriodStore } from './ports.ts';
import { planSides, type Taxing } from './settle-statements.ts';

export interface Approval {
  readonly agreement: string;
  readonly label: string;
  readonly on: string;
  readonly by: string;
}

export interface Approved {
  readonly statement: string;
  readonly given: number;
  readonly wanted: number;
  /** Empty until the last approval. */
  readonly sides: readonly SettledSide[];
}

/** Throws RefusedError: `period.not-closed`, `period.not-awaited`, `period.approved-before`, and what tax and ledger refuse. */
export async function approvePeriod(store: PeriodStore, tax: Taxing, { agreement, label, on, by }: Approval): Promise<Approved> {
  const all = await store.agreements();
  return store.turn(async (turn) => {
    const recorded = await turn.find(agreement, label);
    const terms = all.get(agreement);
    if (recorded === undefined || terms === undefined)
      throw new RefusedError(
        refuse('period.not-closed', `no statement of ${agreement} for ${label} is recorded`, { field: 'period', value: label }),
      );
    const { id, statementId, approvals, approvedBy, settled, period, sha256, amounts, content } = recorded;
    if (settled) throw new RefusedError(refuse('period.not-awaited', `${id} has become documents`, { field: 'period', value: label }));
    if (approvedBy.includes(by))
      throw new RefusedError(refuse('period.approved-before', `${by} has approved ${id}`, { field: 'by', value: by }));
    await turn.approve(statementId, by, on);
    const given = approvedBy.length + 1;
    if (given < approvals) return { statement: id, given, wanted: approvals, sides: [] };
    const version = terms.known.findLast(({ validFrom }) => validFrom <= period.from) ?? terms.known[0];
    if (version === undefined) throw new Error(`${agreement} is known without a version`);
    const carried = (await turn.carried([agreement])).filter((each) => each.statementId < statementId);
    const plans = await planSides(
      { id, sha256, period, amounts, version, terms, carried, lines: recordedLines(content) },
      { tax, rates: turn.rates },
      on,
      by,
    );
    if (!plans.ok) throw new RefusedError(...plans.refusals);
    const sides = (await issueSides(turn, [{ statementId, plans: plans.value }], on, by)).get(statementId) ?? [];
    return { statement: id, given, wanted: approvals, sides };
  });
}
