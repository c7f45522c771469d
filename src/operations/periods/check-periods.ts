/** What closing would find, and come to, without closing anything. */
import type { Side } from '#core/agreements/agreements.ts';
import type { Refusal } from '#core/refusals.ts';
import type { Closing } from './close-periods.ts';
import { nextPeriod } from './next-period.ts';
import type { Finding, StatedAmount } from './ports.ts';
import { type LeftPeriod, type MadePeriod, type Member, statePeriods } from './state-periods.ts';

/** `ready`: nothing blocks it; `blocked`: findings do; `refused`: it could not become documents. */
export interface CheckedPeriod {
  readonly agreement: string;
  readonly label: string;
  readonly state: 'ready' | 'blocked' | 'refused';
  readonly findings: readonly Finding[];
  readonly refusals: readonly Refusal[];
  /** Persons who must approve; empty amounts where the statement could not be made. */
  readonly approvals: number;
  readonly amounts: readonly SideAmount[];
}

export interface SideAmount {
  readonly side: Side;
  readonly currency: string;
  readonly nanos: bigint;
}

export interface CheckRequest {
  readonly agreements: readonly string[];
  readonly on: string;
  readonly nowMicros: number;
}

/** One period of each agreement of which one is due; agreements that are not known are passed over. */
export async function checkPeriods(closing: Omit<Closing, 'onProgress'>, request: CheckRequest): Promise<readonly CheckedPeriod[]> {
  const { store, agreements, tax, trunksOf, knownTrunks } = closing;
  const { on, nowMicros } = request;
  const standings = await store.standings(request.agreements);
  const due = request.agreements.flatMap((id): Member[] => {
    const [terms, standing] = [agreements.get(id), standings.get(id)];
    const next = terms === undefined ? undefined : nextPeriod(terms, standing, on);
    return terms === undefined || next === undefined ? [] : [{ id, terms, standing, ...next, statementVersion: 1 }];
  });
  const checked: CheckedPeriod[] = [];
  for (const members of Map.groupBy(due, ({ period }) => period.label).values()) {
    const [first] = members;
    if (first === undefined) continue;
    const reading = await store.read(new Map(members.map(({ id, terms }) => [id, terms])), first.period);
    try {
      const stating = { tax, trunksOf, knownTrunks, on, nowMicros, by: 'check', watched: false };
      const blocked = await statePeriods(stating, reading, members);
      // What is blocked has amounts all the same, and people want to see them.
      const held = blocked.left.filter(({ state }) => state === 'blocked').map(({ member }) => member);
      const anyway = await statePeriods({ ...stating, override: 'check' }, reading, held);
      const amounts = new Map([...blocked.made, ...anyway.made].map((made) => [made.member.id, made]));
      checked.push(...blocked.made.map((made) => readyOf(made)), ...blocked.left.map((left) => leftOf(left, amounts.get(left.member.id))));
    } finally {
      reading.end();
    }
  }
  return checked;
}

function readyOf({ member, record }: MadePeriod): CheckedPeriod {
  return {
    ...{ agreement: member.id, label: member.period.label, state: 'ready', findings: record.findings, refusals: [] },
    ...{ approvals: record.approvals, amounts: bySide(record.amounts) },
  };
}

function leftOf({ member, state, findings, refusals }: LeftPeriod, made: MadePeriod | undefined): CheckedPeriod {
  return {
    ...{ agreement: member.id, label: member.period.label, state, findings, refusals },
    ...{ approvals: made?.record.approvals ?? 0, amounts: bySide(made?.record.amounts ?? []) },
  };
}

/** Charges and adjustments of all services together. */
function bySide(amounts: readonly StatedAmount[]): readonly SideAmount[] {
  return [...Map.groupBy(amounts, ({ side, currency }) => `${side} ${currency}`).values()].flatMap((own): SideAmount[] => {
    const [first] = own;
    if (first === undefined) return [];
    return [
      {
        ...{ side: first.side, currency: first.currency },
        nanos: own.reduce((sum, { chargesNanos, adjustedNanos }) => sum + chargesNanos + adjustedNanos, 0n),
      },
    ];
  });
}
