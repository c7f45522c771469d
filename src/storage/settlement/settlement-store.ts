/** The books of settlement over PostgreSQL. */
import type pg from 'pg';
import type { UsedRate } from '#core/settlement/statement.ts';
import { localDate } from '#core/time/zoned.ts';
import type { SettlementBooks, SettlementStore } from '#operations/settlement/books.ts';
import { RATE_COLUMNS, type RateRow, rateOfRow } from '../configuration/rate-rows.ts';
import type { Database } from '../database.ts';
import { selectAgreementTerms } from './agreement-terms.ts';
import {
  selectBackdated,
  selectCounterSums,
  selectEventTotals,
  selectRollupTotals,
  selectSplitTotals,
  selectVolumeTierPeriods,
  selectVolumeTiersUsed,
  selectVolumeUsage,
  selectVolumeUsageOfEvents,
} from './charge-queries.ts';
import { streamLegs } from './charged-legs.ts';
import { selectDealUsage, selectSettledDeals } from './deal-queries.ts';
import { NO_FEES, selectFeesBefore } from './fee-queries.ts';
import { selectLate } from './late-traffic.ts';
import { selectMargins } from './margin-query.ts';

export function settlementStore(database: Database): SettlementStore {
  return {
    read: (work) =>
      database.transaction(async (client) => {
        await client.query('set transaction isolation level repeatable read, read only');
        return work(booksOn(client));
      }),
  };
}

export function booksOn(client: pg.PoolClient): SettlementBooks {
  return {
    findAgreement: (id, knownAtMicros) => selectAgreementTerms(client, id, knownAtMicros),
    agreementIds: async () => {
      const { rows } = await client.query<{ id: string }>(
        `select distinct body->>'id' as id from config_version where kind = 'agreements' and known_to = 'infinity' order by 1`,
      );
      return rows.map(({ id }) => id);
    },
    chargeTotals: (query) => (query.knownAtMicros === undefined ? selectRollupTotals(client, query) : selectEventTotals(client, query)),
    chargeTotalsOfEvents: (query) => selectEventTotals(client, query),
    backdatedTotals: (query) => selectBackdated(client, query),
    lateTotals: (query) => selectLate(client, query),
    dealUsage: (terms, days, bins) => selectDealUsage(client, terms, days, bins),
    settledDeals: async (agreement, before) => (await selectSettledDeals(client, [agreement], before)).get(agreement) ?? [],
    feesBefore: async (terms, period) => (await selectFeesBefore(client, [terms], period)).values().next().value ?? NO_FEES,
    splitTotals: (query) => selectSplitTotals(client, query),
    rates: (ids, zone) => selectRates(client, ids, zone),
    volumeTierPeriods: (tariffs) => selectVolumeTierPeriods(client, tariffs),
    volumeUsage: (query) =>
      query.knownAtMicros === undefined ? selectVolumeUsage(client, query) : selectVolumeUsageOfEvents(client, query),
    counters: async (keys) => {
      const { rows } = await client.query<{ key: string; value: string }>(
        'select key, trim_scale(value) as value from usage_counter where key = any($1)',
        [keys],
      );
      return new Map(rows.map(({ key, value }) => [key, BigInt(value)]));
    },
    counterSums: (query, keys) => selectCounterSums(client, query, keys),
    chargedLegs: (query, parts) => streamLegs(client, query, parts),
    margins: (fromMicros, toMicros, by) => selectMargins(client, fromMicros, toMicros, by),
    volumeTiersUsed: (period) => selectVolumeTiersUsed(client, period),
    entityZones: async () => {
      const { rows } = await client.query<{ zone: string }>(
        `select distinct body->>'zone' as zone from config_version where kind = 'legalEntities' and known_to = 'infinity' order by 1`,
      );
      return rows.map(({ zone }) => zone);
    },
  };
}

async function selectRates(client: pg.PoolClient, ids: readonly number[], zone: string): Promise<ReadonlyMap<number, UsedRate>> {
  const { rows } = await client.query<RateRow>({
    text: `select ${RATE_COLUMNS} from rate where rate_id = any($1)`,
    values: [ids],
    rowMode: 'array',
  });
  const days = new Map<number, string>();
  const dayOf = (micros: number): string => {
    const day = days.get(micros) ?? localDate(zone, micros);
    days.set(micros, day);
    return day;
  };
  return new Map(
    rows.map((row) => {
      const { id, match, terms, validFromMicros } = rateOfRow(row);
      return [id, { id, match, terms, ...(Number.isFinite(validFromMicros) ? { validFrom: dayOf(validFromMicros) } : {}) }];
    }),
  );
}
