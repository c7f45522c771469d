/** What deals of many agreements ask, read for all of them at once: what was settled before, and traffic of windows that they have in common. */
import type pg from 'pg';
import { settlementOf } from '#core/agreements/agreements.ts';
import { type Deal, trafficDeals } from '#core/agreements/deals.ts';
import type { DealUsage } from '#core/settlement/deals/deal-usage.ts';
import { daysOfDeals, type SettledDeal } from '#core/settlement/deals/settle-deals.ts';
import type { Period } from '#core/time/period.ts';
import type { AgreementTerms, FeesBefore, SettlementBooks } from '#operations/settlement/books.ts';
import { selectDealUsages, selectSettledDeals } from './deal-queries.ts';
import { NO_FEES, selectFeesBefore } from './fee-queries.ts';

type DealQueries = Pick<SettlementBooks, 'settledDeals' | 'feesBefore' | 'dealUsage'>;

/** `single` answers what nobody else of the batch asks for as well: other days because of late traffic, and what lies in bins. */
export function batchDeals(
  client: pg.ClientBase,
  terms: ReadonlyMap<string, AgreementTerms>,
  period: Period,
  single: DealQueries,
): DealQueries {
  const having = (wanted: (deals: readonly Deal[]) => boolean) =>
    new Map([...terms].filter(([, { versions }]) => versions.some((version) => wanted(settlementOf(version).deals))));
  const dealing = having((deals) => deals.some(({ kind }) => kind !== 'fee'));
  let fees: Promise<ReadonlyMap<string, FeesBefore>> | undefined;
  const settled = new Map<string, Promise<ReadonlyMap<string, readonly SettledDeal[]>>>();
  const usages = new Map<string, Promise<ReadonlyMap<string, readonly DealUsage[]>>>();
  let expected: Promise<ReadonlyMap<string, readonly AgreementTerms[]>> | undefined;
  const settledBefore = (before: string) => {
    const found = settled.get(before) ?? selectSettledDeals(client, [...dealing.keys()], before);
    settled.set(before, found);
    return found;
  };
  /** Agreements by the days that they will ask about, when nothing came late. */
  const expectedDays = async (): Promise<ReadonlyMap<string, readonly AgreementTerms[]>> => {
    const before = await settledBefore(period.from);
    const asking = [...dealing].flatMap(([id, each]) => {
      const version = each.known.findLast(({ validFrom }) => validFrom < period.to);
      const deals = version === undefined ? [] : trafficDeals(settlementOf(version).deals);
      const days = daysOfDeals(deals, period, before.get(id) ?? []);
      return days === undefined ? [] : [{ key: keyOf(days), each }];
    });
    const byDays = Map.groupBy(asking, ({ key }) => key);
    return new Map([...byDays].map(([key, members]) => [key, members.map(({ each }) => each)]));
  };
  return {
    settledDeals: async (agreement, before) =>
      dealing.has(agreement) ? ((await settledBefore(before)).get(agreement) ?? []) : single.settledDeals(agreement, before),
    feesBefore: async (asked, days) => {
      const id = asked.versions[0]?.id ?? '';
      if (terms.get(id) !== asked || days.from !== period.from) return single.feesBefore(asked, days);
      fees ??= selectFeesBefore(client, [...having((deals) => deals.some(({ kind }) => kind === 'fee')).values()], period);
      return (await fees).get(id) ?? NO_FEES;
    },
    dealUsage: async (asked, days, bins) => {
      expected ??= expectedDays();
      const key = keyOf(days);
      const members = (await expected).get(key) ?? [];
      const id = asked.versions[0]?.id;
      if (bins.length > 0 || id === undefined || !members.includes(asked)) return single.dealUsage(asked, days, bins);
      const found = usages.get(key) ?? selectDealUsages(client, members, days);
      usages.set(key, found);
      return (await found).get(id) ?? [];
    },
  };
}

function keyOf({ from, to }: Period): string {
  return `${from} ${to}`;
}
