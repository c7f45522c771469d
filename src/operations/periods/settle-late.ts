/** Traffic that came after its days were closed: what is refused, and what gets a further statement of its own period. The rest is on the next one. */
import { settlementOf } from '#core/agreements/agreements.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { AgreementTerms } from '../settlement/books.ts';
import type { SettledSide } from './issue-sides.ts';
import type { PeriodStore } from './ports.ts';
import type { Member } from './state-periods.ts';

export interface LateRequest {
  readonly on: string;
  readonly by: string;
}

export interface RefusedPeriod {
  readonly agreement: string;
  readonly label: string;
  readonly sides: readonly SettledSide[];
}

interface Ruled {
  readonly id: string;
  readonly terms: AgreementTerms;
}

/** Refuses what came later than agreements take it. */
export async function refuseLate(
  store: PeriodStore,
  agreements: ReadonlyMap<string, AgreementTerms>,
  { on, by }: LateRequest,
): Promise<readonly RefusedPeriod[]> {
  const refused: RefusedPeriod[] = [];
  for (const [days, of] of Map.groupBy(rulesOf(agreements, on), ({ lateDays }) => lateDays)) {
    if (days === undefined) continue;
    const rows = await store.turn((turn) => turn.refuseLate(mapOf(of), days, on, by));
    for (const [, same] of Map.groupBy(rows, ({ agreement, label }) => `${agreement} ${label}`)) {
      const [first] = same;
      if (first === undefined) continue;
      const sides = same.map(({ side, currency, amountNanos }) => ({
        ...{ side, currency, outcome: 'refused' as const, amount: formatNanos(amountNanos) },
      }));
      refused.push({ agreement: first.agreement, label: first.label, sides });
    }
  }
  return refused;
}

/** Closed periods that get a further statement, the earliest first. */
export async function lateMembers(
  store: PeriodStore,
  agreements: ReadonlyMap<string, AgreementTerms>,
  on: string,
): Promise<readonly Member[]> {
  const own = rulesOf(agreements, on).filter(({ late }) => late === 'own-statement');
  if (own.length === 0) return [];
  const periods = await store.latePeriods(mapOf(own), on);
  return periods
    .toSorted((a, b) => (a.period.from < b.period.from ? -1 : 1))
    .flatMap(({ agreement, label, period, version: statementVersion }): Member[] => {
      const terms = agreements.get(agreement);
      const version = terms?.known.findLast(({ validFrom }) => validFrom <= period.from) ?? terms?.known[0];
      if (terms === undefined || version === undefined) return [];
      return [{ id: agreement, terms, version, period: { ...period, label }, standing: undefined, statementVersion }];
    });
}

function rulesOf(agreements: ReadonlyMap<string, AgreementTerms>, on: string) {
  return [...agreements].flatMap(([id, terms]) => {
    const version = terms.known.findLast(({ validFrom }) => validFrom <= on) ?? terms.known[0];
    if (version === undefined) return [];
    const { late, lateDays } = settlementOf(version);
    return [{ id, terms, late, lateDays }];
  });
}

function mapOf(of: readonly Ruled[]): ReadonlyMap<string, AgreementTerms> {
  return new Map(of.map(({ id, terms }) => [id, terms]));
}
