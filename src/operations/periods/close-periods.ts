/**
 * Periods are closed: their traffic is looked at for what is missing, a statement of both sides is recorded for ever, their days
 * are closed, and documents are issued, or wait for who must approve. Many agreements a turn, each turn whole or not at all.
 */
import { type Agreement, settlementOf } from '#core/agreements/agreements.ts';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { labelled, settlementPeriodOf } from '#core/settlement/settlement-periods.ts';
import type { StatementPeriod } from '#core/settlement/statement-period.ts';
import { issueInvoices } from '../invoicing/issue-invoice.ts';
import type { AgreementTerms, ChargeQuery } from '../settlement/books.ts';
import { makeStatement } from '../settlement/make-statement.ts';
import { recordStatement } from '../settlement/record-statement.ts';
import { completenessOf } from './completeness.ts';
import type { Finding, PeriodStore, PeriodTurn, SideOutcome, Standing, StatementRecord, TrunksOf } from './ports.ts';
import { planSides, type Settled, type SidePlan, type Taxing } from './settle-statements.ts';

export interface CloseRequest {
  /** Ids; undefined: all for which a period is due. */
  readonly agreements?: readonly string[];
  /** Only the period with this label, which must be the next. */
  readonly label?: string;
  /** The day of closing and issue: periods that ended before it are due. */
  readonly on: string;
  readonly nowMicros: number;
  readonly by: string;
  /** Why periods are closed though something blocks them. */
  readonly override?: string;
}

export type ClosedState = 'closed' | 'awaiting' | 'blocked' | 'refused';

export interface ClosedPeriod {
  readonly agreement: string;
  readonly label: string;
  readonly state: ClosedState;
  /** Of the recorded statement. */
  readonly statement?: string;
  readonly sides: readonly {
    readonly side: string;
    readonly currency: string;
    readonly outcome: SideOutcome['outcome'];
    readonly document?: string;
  }[];
  readonly findings: readonly Finding[];
  readonly refusals: readonly Refusal[];
}

export interface Closing {
  readonly store: PeriodStore;
  readonly tax: Taxing;
  readonly trunksOf: TrunksOf;
  readonly knownTrunks: ReadonlySet<string>;
  onProgress?(closed: number, of: number): void;
}

/** Agreements a turn: enough that a commit costs little, few enough that another command does not wait long. */
const TURN = 500;

/** The period of an agreement that is to be closed next; undefined when there is none that ended before the day. */
export function nextPeriod(
  terms: AgreementTerms,
  standing: Standing | undefined,
  on: string,
): { version: Agreement; period: StatementPeriod } | undefined {
  const earliestDeal = terms.known
    .flatMap((version) => settlementOf(version).deals.map(({ from }) => [from, version.validFrom].sort()[1] ?? from))
    .sort()[0];
  const first = standing?.closedUntil ?? [standing?.firstDay, earliestDeal].filter((day) => day !== undefined).sort()[0];
  if (first === undefined) return undefined;
  const version = terms.known.findLast((each) => each.validFrom <= first) ?? terms.known[0];
  if (version === undefined || (version.validTo !== undefined && standing?.closedUntil !== undefined && version.validTo <= first))
    return undefined;
  const whole = settlementPeriodOf(version, first);
  // Where the kind of period changed, the first new one begins where the last old one ended.
  const period = standing?.closedUntil !== undefined && whole.from < first ? labelled({ from: first, to: whole.to }) : whole;
  const due = Temporal.PlainDate.from(period.to)
    .add({ days: settlementOf(version).graceDays })
    .toString();
  return due <= on ? { version, period } : undefined;
}

/** Closes what is due, period by period, until nothing is. What is blocked or refused is told and left open. */
export async function closePeriods(closing: Closing, request: CloseRequest): Promise<readonly ClosedPeriod[]> {
  const all = await closing.store.agreements();
  const wanted = request.agreements ?? [...all.keys()];
  const done: ClosedPeriod[] = [];
  let left = wanted.filter((id) => all.has(id));
  let closed = 0;
  while (left.length > 0) {
    const standings = await closing.store.standings(left);
    const due = left.flatMap((id) => {
      const terms = all.get(id);
      const next = terms === undefined ? undefined : nextPeriod(terms, standings.get(id), request.on);
      return next === undefined || terms === undefined || (request.label !== undefined && next.period.label !== request.label)
        ? []
        : [{ id, terms, ...next }];
    });
    const again: string[] = [];
    const rounds = due.length;
    for (const [, group] of Map.groupBy(due, ({ period }) => period.label))
      for (let from = 0; from < group.length; from += TURN) {
        const members = group.slice(from, from + TURN);
        const results = await closeOrSplit(closing, members, request);
        done.push(...results);
        again.push(...results.filter(({ state }) => state === 'closed' || state === 'awaiting').map(({ agreement }) => agreement));
        closed += members.length;
        closing.onProgress?.(closed, Math.max(rounds, closed));
      }
    left = request.label === undefined ? again : [];
  }
  return done;
}

/** What is refused to one alone (a rate that is missing, a closed ledger) must not keep the others of its turn from closing. */
async function closeOrSplit(closing: Closing, members: readonly Member[], request: CloseRequest): Promise<readonly ClosedPeriod[]> {
  try {
    return await closing.store.turn((turn) => closeTogether(closing, turn, members, request));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const [first] = members;
    if (members.length === 1 && first !== undefined)
      return [{ agreement: first.id, label: first.period.label, state: 'refused', sides: [], findings: [], refusals: error.refusals }];
    const middle = members.length >> 1;
    return [
      ...(await closeOrSplit(closing, members.slice(0, middle), request)),
      ...(await closeOrSplit(closing, members.slice(middle), request)),
    ];
  }
}

interface Member {
  readonly id: string;
  readonly terms: AgreementTerms;
  readonly version: Agreement;
  readonly period: StatementPeriod;
}

interface Made {
  readonly member: Member;
  readonly record: StatementRecord & { readonly query: ChargeQuery };
  readonly settled: Settled;
  readonly plans: readonly SidePlan[];
}

async function closeTogether(
  closing: Closing,
  turn: PeriodTurn,
  members: readonly Member[],
  request: CloseRequest,
): Promise<readonly ClosedPeriod[]> {
  // Another process may have closed some while this one waited for its turn.
  const standings = await turn.standings(members.map(({ id }) => id));
  const open = members.filter(({ id, terms, period }) => nextPeriod(terms, standings.get(id), request.on)?.period.label === period.label);
  const [first] = open;
  if (first === undefined) return [];
  const carried = Map.groupBy(await turn.carried(open.map(({ id }) => id)), ({ agreement }) => agreement);
  const left: ClosedPeriod[] = [];
  const made: Made[] = [];
  await turn.withStatements(new Map(open.map(({ id, terms }) => [id, terms])), first.period, async (books, traffic) => {
    for (const member of open) {
      const { id, terms, version, period } = member;
      const settlement = settlementOf(version);
      const base = { agreement: id, label: period.label, sides: [], refusals: [] };
      const complete = completenessOf(traffic, settlement.checks, closing.trunksOf(version), closing.knownTrunks);
      if (complete.blocks.length > 0 && request.override === undefined) {
        left.push({ ...base, state: 'blocked', findings: complete.blocks });
        continue;
      }
      const statement = await makeStatement(books, { agreement: id, period, nowMicros: request.nowMicros, allowEmpty: true });
      if (!statement.ok) {
        left.push({ ...base, state: 'refused', findings: [], refusals: statement.refusals });
        continue;
      }
      const {
        content,
        sha256,
        id: statementId,
        amounts,
      } = recordStatement({ ...statement.value.statement, preparedOn: request.on, provisional: false }, 1);
      const settled: Settled = {
        id: statementId,
        sha256,
        period,
        lines: statement.value.statement.lines,
        amounts,
        version,
        terms,
        carried: carried.get(id) ?? [],
      };
      const approvals = { none: 0, one: 1, two: 2 }[settlement.approval];
      // What cannot become a document is found out before the days are closed, also where others must approve first.
      const plans = await planSides(settled, { tax: closing.tax, rates: turn.rates }, request.on, request.by);
      if (!plans.ok) {
        left.push({ ...base, state: 'refused', findings: [], refusals: plans.refusals });
        continue;
      }
      const closedBefore = standings.get(id)?.closedUntil;
      const record = {
        ...{ id: statementId, agreement: id, label: period.label, version: 1, coversFrom: closedBefore, period, content, sha256, amounts },
        ...{ legalEntity: statement.value.statement.entity.id, account: version.account, approvals, deals: statement.value.deals },
        ...{ findings: [...complete.blocks, ...complete.warns], override: complete.blocks.length > 0 ? request.override : undefined },
        ...{ closedOn: request.on, closedBy: request.by, query: statement.value.query },
      };
      made.push({ member, record, settled, plans: plans.value });
    }
    const ids = await turn.record(made.map(({ record }) => record));
    const now = made.flatMap((each, at) => (each.record.approvals === 0 ? [{ plans: each.plans, statementId: ids[at] ?? 0 }] : []));
    const documents = await issueSides(turn, now, request.on, request.by);
    for (const [at, { member, record }] of made.entries())
      left.push({
        ...{ agreement: member.id, label: member.period.label, statement: record.id, findings: record.findings, refusals: [] },
        state: record.approvals === 0 ? 'closed' : 'awaiting',
        sides: documents.get(ids[at] ?? 0) ?? [],
      });
  });
  return left;
}

/** Issues documents, posts what is expected, and keeps what became of each side. In one turn, all at once. */
export async function issueSides(
  turn: PeriodTurn,
  statements: readonly { readonly statementId: number; readonly plans: readonly SidePlan[] }[],
  on: string,
  by: string,
): Promise<ReadonlyMap<number, ClosedPeriod['sides']>> {
  const drafts = statements.flatMap(({ plans }) => plans.flatMap(({ draft }) => draft ?? []));
  const issued = drafts.length === 0 ? [] : await issueInvoices(turn.issuing, drafts, by);
  const numbers = new Map(drafts.map(({ key }, at) => [key, issued[at]?.invoice.number]));
  const entries = statements.flatMap(({ plans }) =>
    plans.flatMap(({ entry }) => (entry === undefined || entry.postings.length === 0 ? [] : [entry])),
  );
  if (entries.length > 0) await turn.issuing.ledger.post(entries);
  const sides = new Map<number, ClosedPeriod['sides']>();
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
  for (const { statementId, plans } of statements) {
    const takes = plans.flatMap((plan) => plan.takes);
    if (takes.length > 0) await turn.takeCarried(takes, statementId);
    sides.set(
      statementId,
      outcomes
        .filter((each) => each.statementId === statementId)
        .map(({ side, currency, outcome, document }) => ({ side, currency, outcome, ...(document === undefined ? {} : { document }) })),
    );
  }
  return sides;
}

/** Why nothing was closed for an agreement that was asked for by name. */
export function nothingDue(agreement: string, label: string | undefined, next: StatementPeriod | undefined): Refusal {
  if (label !== undefined && next !== undefined && next.label !== label)
    return refuse('period.not-next', `${agreement} is to be closed for ${next.label} next`, { field: 'period', value: label });
  return refuse('period.nothing-due', `no period of ${agreement} is over and open`, { field: 'agreement', value: agreement });
}
