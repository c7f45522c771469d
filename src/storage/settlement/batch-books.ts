/**
 * The books of settlement for many agreements and one period: what statements ask of each is read for all at once, so that a
 * statement takes no query of its own. Only what few agreements have (tiers by money, deals over bins) is asked for singly.
 */
import type pg from 'pg';
import type { Agreement } from '#core/agreements/agreements.ts';
import type { DatedTotal } from '#core/settlement/priced-terms.ts';
import type { DayUsage } from '#core/settlement/volume-tiers.ts';
import type { Period, PeriodKind } from '#core/time/period.ts';
import type { StatedCharge } from '#operations/periods/ports.ts';
import type { AgreementTerms, ChargeQuery, SettlementBooks, SplitTotal } from '#operations/settlement/books.ts';
import { batchDeals } from './batch-deals.ts';
import { selectBackdated, selectRollupTotals, selectSplitTotals, selectVolumeTierPeriods, selectVolumeUsage } from './charge-queries.ts';
import { versionIds } from './charged-legs.ts';
import { leavesLate, selectLateLines } from './late-traffic.ts';
import { selectLineSums, totalsOf } from './line-sums.ts';
import { booksOn } from './settlement-store.ts';

export interface BatchBooks extends SettlementBooks {
  /** Charges of an agreement by line of the rollup: of the period, and late ones with the statement of their days. */
  chargesOf(query: ChargeQuery): readonly StatedCharge[];
  /** Whether each role of these versions of an agreement has a line with charges on every day of the period. */
  isDaily(versions: readonly Agreement[]): boolean;
}

/** What is the same for all batches of a run, read by the first. */
export interface RunMemory {
  tierPeriods?: Promise<readonly PeriodKind[]>;
  /** Whether anything at all is charged from a day on. */
  chargedFrom?: Map<string, Promise<boolean>>;
}

/** Answers `findAgreement` from the terms given, and everything else about this period (with `onlyLate` what came late of it) from memory. */
export async function batchBooks(
  client: pg.PoolClient,
  terms: ReadonlyMap<string, AgreementTerms>,
  { period, onlyLate = false }: { readonly period: Period; readonly onlyLate?: boolean },
  memory: RunMemory = {},
): Promise<BatchBooks> {
  const single = booksOn(client);
  const [first] = terms.values();
  if (first === undefined) return { ...single, chargesOf: () => [], isDaily: () => true };
  const all: ChargeQuery = { terms: { ...first, versions: [...terms.values()].flatMap(({ versions }) => versions) }, period, onlyLate };
  const lines = byVersion(onlyLate ? [] : await selectLineSums(client, versionIds(all), period));
  const backdated = byVersion(await selectBackdated(client, all));
  const charges = new Map([...lines].map(([version, own]) => [version, totalsOf(own)]));
  // Corrections of closed days are booked with days of the period, and are not of them: few agreements have any.
  for (const [version, own] of byVersion(await rollupTotalsOf(client, all, [...backdated.keys()]))) charges.set(version, own);
  const late = byVersion(await selectLateLines(client, all));
  const splits = byVersion(await selectSplitTotals(client, all));
  memory.tierPeriods ??= selectVolumeTierPeriods(client, [...first.tariffs.keys()]);
  const tierPeriods = await memory.tierPeriods;
  const rates = new Map<string, Promise<Awaited<ReturnType<SettlementBooks['rates']>>>>();
  const used = new Set(
    [charges, backdated, late].flatMap((totals) => [...totals.values()].flatMap((each) => each.flatMap(({ rateId }) => rateId ?? []))),
  );
  const volumes = new Map<string, Promise<ReadonlyMap<number, readonly DayUsage[]>>>();
  const of = <T>(from: ReadonlyMap<number, readonly T[]>, query: ChargeQuery): readonly T[] =>
    query.terms.versions.flatMap(({ versionId }) => from.get(versionId) ?? []);
  const days = Temporal.PlainDate.from(period.from).until(period.to).days;
  const lateOf = (query: ChargeQuery) => (leavesLate(query) ? [] : of(late, query));
  return {
    ...single,
    ...batchDeals(client, terms, period, single),
    findAgreement: async (id) => terms.get(id) ?? single.findAgreement(id),
    chargeTotals: async (query) => of<DatedTotal>(charges, query),
    backdatedTotals: async (query) => of<DatedTotal>(backdated, query),
    lateTotals: async (query) => lateOf(query),
    isDaily: (versions) => {
      const own = versions.flatMap(({ versionId }) => lines.get(versionId) ?? []);
      const daily = new Set(own.filter((line) => line.days === days).map(({ role }) => role));
      return versions.every(({ services }) => services.every(({ role }) => daily.has(role)));
    },
    chargesOf: (query) => [...of(lines, query), ...lateOf(query)],
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

/** None for no versions. */
async function rollupTotalsOf(client: pg.PoolClient, all: ChargeQuery, versions: readonly number[]): Promise<readonly DatedTotal[]> {
  if (versions.length === 0) return [];
  const own = all.terms.versions.filter(({ versionId }) => versions.includes(versionId));
  return selectRollupTotals(client, { ...all, terms: { ...all.terms, versions: own } });
}

function byVersion<T extends { readonly versionId: number }>(totals: readonly T[]): ReadonlyMap<number, readonly T[]> {
  return Map.groupBy(totals, ({ versionId }) => versionId);
}
