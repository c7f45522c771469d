/** Statements of a period for some agreements, with what is to become of their sides: nothing is written yet. */
import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises';
import { type Agreement, knownVersionsOf, settlementOf } from '#core/agreements/agreements.ts';
import type { Refusal } from '#core/refusals.ts';
import { saidOfFinding } from '#core/settlement/finding-sayings.ts';
import { idleDays } from '#core/settlement/idle-days.ts';
import type { StatementPeriod } from '#core/settlement/statement-period.ts';
import type { AgreementTerms } from '../settlement/books.ts';
import { makeStatement } from '../settlement/make-statement.ts';
import { recordStatement } from '../settlement/record-statement.ts';
import { completenessOf } from './completeness.ts';
import { nextPeriod } from './next-period.ts';
import type { Carried, Finding, PeriodReading, Standing, StatementRecord, TrunksOf } from './ports.ts';
import { planSides, type SidePlan, type Taxing } from './settle-statements.ts';

/** An agreement with the period that is to be closed. */
export interface Member {
  readonly id: string;
  readonly terms: AgreementTerms;
  readonly version: Agreement;
  readonly period: StatementPeriod;
  readonly standing: Standing | undefined;
  /** Above 1: a further statement of a closed period, of what came late. */
  readonly statementVersion: number;
}

export interface Stating {
  readonly tax: Taxing;
  readonly trunksOf: TrunksOf;
  readonly knownTrunks: ReadonlySet<string>;
  readonly on: string;
  readonly nowMicros: number;
  readonly by: string;
  /** Why periods are closed though something blocks them. */
  readonly override?: string;
  /** What comes to the days from now on is marked. */
  readonly watched: boolean;
}

/** A statement that is ready to be recorded. */
export interface MadePeriod {
  readonly member: Member;
  readonly record: StatementRecord;
  readonly plans: readonly SidePlan[];
  readonly carried: readonly Carried[];
  /** As the statement was made. */
  readonly closedUntil: string | undefined;
}

/** Why there is none. */
export interface LeftPeriod {
  readonly member: Member;
  readonly state: 'blocked' | 'refused';
  readonly findings: readonly Finding[];
  readonly refusals: readonly Refusal[];
}

/** Agreements that are made between two looks at what the database has answered: a few milliseconds. */
const AT_ONCE = 10;

/** What somebody else has closed meanwhile is left out. */
export async function statePeriods(
  stating: Stating,
  reading: PeriodReading,
  members: readonly Member[],
): Promise<{ readonly made: readonly MadePeriod[]; readonly left: readonly LeftPeriod[] }> {
  const carried = Map.groupBy(reading.carried, ({ agreement }) => agreement);
  const made: MadePeriod[] = [];
  const left: LeftPeriod[] = [];
  for (const [at, member] of members.entries()) {
    // The turn before is being written: what its next query waits for is not kept waiting.
    if (at % AT_ONCE === 0) await nextTurnOfTheLoop();
    const { id, terms, period, standing, statementVersion } = member;
    const closedUntil = reading.closedUntil.get(id);
    if (
      statementVersion === 1 &&
      nextPeriod(terms, { closedUntil, firstDay: standing?.firstDay }, stating.on)?.period.label !== period.label
    )
      continue;
    const stated = await statePeriod(stating, reading, member, carried.get(id) ?? []);
    if ('record' in stated) made.push(stated);
    else left.push(stated);
  }
  return { made, left };
}

async function statePeriod(
  stating: Stating,
  reading: PeriodReading,
  member: Member,
  carried: readonly Carried[],
): Promise<MadePeriod | LeftPeriod> {
  const { id, terms, version, period, statementVersion } = member;
  const { tax, on, by, nowMicros, override, watched } = stating;
  const settlement = settlementOf(version);
  const late = statementVersion > 1;
  const idle = late ? [] : await idleFindings(reading, member);
  const complete = completenessOf(reading.openTraffic, settlement.checks, stating.trunksOf(version), stating.knownTrunks, idle);
  const { blocks, warns } = complete;
  if (!late && blocks.length > 0 && override === undefined) return { member, state: 'blocked', findings: blocks, refusals: [] };
  const refused = (refusals: readonly Refusal[]): LeftPeriod => ({ member, state: 'refused', findings: [], refusals });
  const closedUntil = reading.closedUntil.get(id);
  const coversFrom = closedUntil ?? settlement.from;
  const statement = await makeStatement(reading.books, {
    ...{ agreement: id, period, nowMicros, allowEmpty: true },
    ...(late && closedUntil !== undefined ? { lateUntil: closedUntil } : {}),
  });
  if (!statement.ok) return refused(statement.refusals);
  const { query, deals, statement: figures } = statement.value;
  const recorded = recordStatement({ ...figures, preparedOn: on, provisional: false }, statementVersion);
  const { sha256, amounts, content } = recorded;
  // What cannot become a document is found out before the days are closed, also where others must approve first.
  const settled = { id: recorded.id, sha256, period, lines: figures.lines, amounts, version, terms, carried };
  const plans = await planSides(settled, { tax, rates: reading.rates }, on, by);
  if (!plans.ok) return refused(plans.refusals);
  const record: StatementRecord = {
    ...{ id: recorded.id, agreement: id, label: period.label, version: statementVersion, coversFrom, period },
    knownVersions: knownVersionsOf(terms.known),
    ...{ content, sha256, amounts, charges: reading.chargesOf(query), deals, watched },
    ...{ legalEntity: figures.entity.id, account: version.account, approvals: { none: 0, one: 1, two: 2 }[settlement.approval] },
    ...{ findings: [...blocks, ...warns], override: blocks.length > 0 ? override : undefined, closedOn: on, closedBy: by },
  };
  return { member, record, plans: plans.value, carried, closedUntil };
}

/** Traffic that seems to be missing: days that usually have some, or all of it. */
async function idleFindings(reading: PeriodReading, { id, terms, version, period, standing }: Member): Promise<readonly Finding[]> {
  const { missingDays = 0, from, deals } = settlementOf(version);
  const active = reading.activeDays.get(id);
  const findings = [...(active ?? [])].flatMap(([role, days]): Finding[] => {
    const idle = idleDays(days, period);
    if (idle.length <= missingDays) return [];
    const some = idle.slice(0, DAYS_SAID).join(', ');
    const said =
      idle.length > DAYS_SAID
        ? saidOfFinding('finding.missing-more-days', { role, days: some, count: String(idle.length - DAYS_SAID) })
        : saidOfFinding('finding.missing-days', { role, days: some });
    return [{ check: 'missing-days', ...said }];
  });
  if (reading.chargesOf({ terms, period }).some(({ ofStatement }) => ofStatement === undefined)) return findings;
  const begun = standing?.firstDay;
  if (reading.closedUntil.get(id) === undefined && from === undefined && begun !== undefined) {
    return [...findings, { check: 'deals-first', ...saidOfFinding('finding.deals-first', { from: period.from, begun }) }];
  }
  // What is due without traffic, because a deal says so, is due all the same.
  if (deals.length > 0 || (await reading.chargedBeyond())) return findings;
  return [...findings, { check: 'no-traffic', ...saidOfFinding('finding.no-traffic', { to: period.to }) }];
}

const DAYS_SAID = 7;
