/**
 * The books of settlement for many agreements and one period: what statements ask of each is read for all at once, so that a
 * statement takes no query of its own. Only what few agreements have (tiers by money, deals) is asked for singly.
 */
import type pg from 'pg';
import type { DatedTotal } from '#core/settlement/priced-terms.ts';
import type { DayUsage } from '#core/settlement/volume-tiers.ts';
import type { Period } from '#core/time/period.ts';
import type { AgreementTerms, ChargeQuery, SettlementBooks, SplitTotal } from '#operations/settlement/books.ts';
import { selectBackdated, selectRollupTotals, selectSplitTotals, selectVolumeTierPeriods, selectVolumeUsage } from './charge-queries.ts';
import { type LateLine, selectLateLines } from './late-traffic.ts';
import { booksOn } from './settlement-store.ts';

export interface BatchBooks extends SettlementBooks {
  /** The late lines of an agreement, with the lines of the rollup that they are of. */
  lateLines(query: ChargeQuery): readonly LateLine[];
}

/** Answers `findAgreement` from the terms given, and everything else about this period from memory. */
export async function batchBooks(client: pg.PoolClient, terms: ReadonlyMap<string, AgreementTerms>, period: Period): Promise<BatchBooks> {
  const single = booksOn(client);
  const [first] = terms.values();
  if (first === undefined) return { ...single, lateLines: () => [] };
  const all: ChargeQuery = { terms: { ...first, versions: [...terms.values()].flatMap(({ versions }) => versions) }, period };
  const charges = byVersion(await selectRollupTotals(client, all));
  const backdated = byVersion(await selectBackdated(client, all));
  const late = byVersion(await selectLateLines(client, all));
  const splits = byVersion(await selectSplitTotals(client, all));
  const tierPeriods = await selectVolumeTierPeriods(client, [...first.tariffs.keys()]);
  const rates = new Map<string, Promise<Awaited<ReturnType<SettlementBooks['rates']>>>>();
  const used = new Set(
    [charges, backdated, late].flatMap((totals) => [...totals.values()].flatMap((each) => each.flatMap(({ rateId }) => rateId ?? []))),
  );
  const volumes = new Map<string, Promise<ReadonlyMap<number, readonly DayUsage[]>>>();
  const of = <T>(from: ReadonlyMap<number, readonly T[]>, query: ChargeQuery): readonly T[] =>
    query.terms.versions.flatMap(({ versionId }) => from.get(versionId) ?? []);
  return {
    ...single,
    findAgreement: async (id) => terms.get(id) ?? single.findAgreement(id),
    chargeTotals: async (query) => of<DatedTotal>(charges, query),
    backdatedTotals: async (query) => of<DatedTotal>(backdated, query),
    lateTotals: async (query) => of<DatedTotal>(late, query),
    lateLines: (query) => of(late, query),
    splitTotals: async (query) => of<SplitTotal>(splits, query),
    volumeTierPeriods: async () => tierPeriods,
    volumeUsage: async (query) => {
      const key = `${query.period.from} ${query.period.to}`;
      const found = volumes.get(key) ?? selectVolumeUsage(client, { ...all, period: query.period }).then(byVersion);
      volumes.set(key, found);
      return of(await found, query);
    },
    rates: async (ids, zone) => {
      const found = rates.get(zone) ?? single.rates([...used], zone);
      rates.set(zone, found);
      const known = await found;
      // Usage of tiers may lie before the period, at rates that its charges do not have.
      return ids.every((id) => known.has(id)) ? known : single.rates(ids, zone);
    },
  };
}

function byVersion<T extends { readonly versionId: number }>(totals: readonly T[]): ReadonlyMap<number, readonly T[]> {
  return Map.groupBy(totals, ({ versionId }) => versionId);
}
