/** Charges by agreement version, role and rate: from the rollups, and from the events themselves. */
import type pg from 'pg';
import type { LegRole } from '#core/agreements/agreements.ts';
import type { CounterKey } from '#core/rating/charge.ts';
import type { DatedTotal } from '#core/settlement/priced-terms.ts';
import type { DayUsage } from '#core/settlement/volume-tiers.ts';
import { type Period, type PeriodKind, periodKinds } from '#core/time/period.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { ChargeQuery, SplitTotal } from '#operations/settlement/books.ts';
import { bandParameter, selectBandChanges, splitColumn } from './band-changes.ts';
import { legParameters, legRows, versionIds } from './charged-legs.ts';

/** Sums arrive as text; all quantities are whole numbers, and BigInt throws should one not be. */
interface TotalRow {
  readonly version_id: number;
  readonly role: LegRole;
  readonly rate_id: number | null;
  readonly events: bigint;
  readonly answered: bigint;
  readonly raw: string;
  readonly billed: string;
  readonly amount: string;
  readonly first_day: string;
  readonly last_day: string;
}

/** What of the rollup belongs to the days it is booked with: without what corrects days that were closed. */
const OF_THE_DAYS = `
  select version_id, role, tariff, rate_id, currency, day, events, answered, raw_quantity, billed_quantity, amount_nanos
    from rollup where version_id = any($1) and day >= $2 and day < $3
  union all
  select a.version_id, a.role, l.tariff, a.rate_id, l.currency, a.local_day, -a.events, -a.answered, -a.raw, -a.billed, -a.amount_nanos
    from usage_adjustment a join rollup_line l using (line_id)
   where a.original_day is not null and a.version_id = any($1) and a.local_day >= $2 and a.local_day < $3`;

/** A line whose charges were all taken back is none. */
const SOMETHING = 'sum(events) <> 0 or sum(raw_quantity) <> 0 or sum(billed_quantity) <> 0 or sum(amount_nanos) <> 0';

/** Corrections of closed days that are booked with days of the period, added up by line. */
export async function selectBackdated(client: pg.ClientBase, query: ChargeQuery): Promise<readonly DatedTotal[]> {
  const { knownAtMicros } = query;
  const { rows } = await client.query<TotalRow & { tariff: string; currency: string }>(
    `select a.version_id, a.role, l.tariff, a.rate_id, l.currency, sum(a.events)::bigint as events, sum(a.answered)::bigint as answered,
            sum(a.raw)::text as raw, sum(a.billed)::text as billed, sum(a.amount_nanos)::text as amount,
            min(a.original_day) as first_day, max(a.original_day) as last_day
       from usage_adjustment a join rollup_line l using (line_id)
      where a.original_day is not null and a.version_id = any($1) and a.local_day >= $2 and a.local_day < $3
        ${knownAtMicros === undefined ? '' : 'and a.known_at <= $4'}
      group by a.version_id, a.role, l.tariff, a.rate_id, l.currency
     having sum(a.events) <> 0 or sum(a.billed) <> 0 or sum(a.amount_nanos) <> 0`,
    legParameters(query),
  );
  return rows.map((row) => ({ ...totalOf(row), tariff: row.tariff, currency: row.currency }));
}

export async function selectRollupTotals(client: pg.ClientBase, query: ChargeQuery): Promise<readonly DatedTotal[]> {
  const { rows } = await client.query<TotalRow & { tariff: string; currency: string }>(
    `select version_id, role, tariff, rate_id, currency, sum(events)::bigint as events, sum(answered)::bigint as answered,
            trim_scale(sum(raw_quantity)) as raw, trim_scale(sum(billed_quantity)) as billed, trim_scale(sum(amount_nanos)) as amount,
            min(day) as first_day, max(day) as last_day
       from (select version_id, role, tariff, rate_id, currency, day, sum(events) as events, sum(answered) as answered, sum(raw_quantity) as raw_quantity,
                    sum(billed_quantity) as billed_quantity, sum(amount_nanos) as amount_nanos from (${OF_THE_DAYS}) part
              group by 1, 2, 3, 4, 5, 6 having (${SOMETHING})) as each
      group by version_id, role, tariff, rate_id, currency`,
    [versionIds(query), query.period.from, query.period.to],
  );
  return rows.map((row) => ({ ...totalOf(row), tariff: row.tariff, currency: row.currency }));
}

export async function selectEventTotals(client: pg.ClientBase, query: ChargeQuery): Promise<readonly DatedTotal[]> {
  const { rows } = await client.query<TotalRow & { service: Service }>(
    `select version_id, role, service, rate_id, sum(events)::bigint as events, sum(answered)::bigint as answered,
            sum(raw)::text as raw, sum(billed)::text as billed, sum(amount)::text as amount,
            min(day) as first_day, max(day) as last_day
       from (select version_id, role, service, rate_id, day, sum(events) as events, coalesce(sum(events) filter (where answered), 0) as answered,
                    sum(raw) as raw, sum(billed) as billed, sum(amount) as amount
               from (${legRows(query)}) leg group by version_id, role, service, rate_id, day
             having sum(events) <> 0 or sum(raw) <> 0 or sum(billed) <> 0 or sum(amount) <> 0) as each
      group by version_id, role, service, rate_id`,
    legParameters(query),
  );
  return rows.map((row) => {
    const tariff = tariffOf(query, row.version_id, row.role, row.service);
    return { ...totalOf(row), tariff, currency: query.terms.tariffs.get(tariff)?.currency ?? '' };
  });
}

/** Calls that continue in another time band, by the rate at their start. Reads the events, but only of agreements that split calls. */
export async function selectSplitTotals(client: pg.ClientBase, query: ChargeQuery): Promise<readonly SplitTotal[]> {
  const changes = await selectBandChanges(client, query);
  if (changes.length === 0) return [];
  const { rows } = await client.query<Pick<TotalRow, 'version_id' | 'role' | 'events' | 'billed' | 'amount'> & { rate_id: number }>(
    `select version_id, role, rate_id, sum(events) as events, sum(billed)::text as billed, sum(amount)::text as amount
       from (${splitColumn(legRows(query), legParameters(query).length + 1)}) leg where split group by version_id, role, rate_id
     having sum(events) <> 0 or sum(billed) <> 0 or sum(amount) <> 0`,
    [...legParameters(query), bandParameter(changes)],
  );
  return rows.map(({ version_id: versionId, role, rate_id: rateId, events, billed, amount }) => ({
    ...{ versionId, role, rateId, events },
    billed: BigInt(billed),
    amountNanos: BigInt(amount),
  }));
}

function totalOf(row: TotalRow): Omit<DatedTotal, 'tariff' | 'currency'> {
  return {
    versionId: row.version_id,
    role: row.role,
    rateId: row.rate_id ?? undefined,
    events: row.events,
    answered: row.answered,
    raw: BigInt(row.raw),
    billed: BigInt(row.billed),
    amountNanos: BigInt(row.amount),
    firstDay: row.first_day,
    lastDay: row.last_day,
  };
}

/** Kinds of period over which rates of these tariffs have whole-volume tiers, also rates no longer in force. */
export async function selectVolumeTierPeriods(client: pg.ClientBase, tariffs: readonly string[]): Promise<readonly PeriodKind[]> {
  const { rows } = await client.query<{ period: string }>(
    `select distinct more->'tiers'->>'period' as period from rate
      where tariff = any($1) and more is not null and more->'tiers'->>'kind' = 'volume'`,
    [tariffs],
  );
  return periodKinds.filter((kind) => rows.some(({ period }) => period === kind));
}

/** A zone may count an event to the day before or after: those days are looked at too. */
export async function selectVolumeTiersUsed(client: pg.ClientBase, { from, to }: Period): Promise<boolean> {
  const { rows } = await client.query<{ used: boolean }>(
    `select exists (select 1 from rollup join rate using (rate_id)
                     where day >= $1::date - 1 and day <= $2::date and more->'tiers'->>'kind' = 'volume') as used`,
    [from, to],
  );
  return rows[0]?.used === true;
}

type UsageRow = Pick<TotalRow, 'version_id' | 'role' | 'billed'> & { rate_id: number; day: string };

export async function selectVolumeUsage(client: pg.ClientBase, query: ChargeQuery): Promise<readonly DayUsage[]> {
  const { rows } = await client.query<UsageRow & { tariff: string; currency: string }>(
    `select version_id, role, part.tariff, rate_id, currency, day, trim_scale(sum(billed_quantity)) as billed
       from (${OF_THE_DAYS}) part join rate using (rate_id)
      where more->'tiers'->>'kind' = 'volume'
      group by version_id, role, part.tariff, rate_id, currency, day having sum(billed_quantity) <> 0 order by day, version_id, rate_id`,
    [versionIds(query), query.period.from, query.period.to],
  );
  return rows.map((row) => usageOf(row, row.tariff, row.currency));
}

export async function selectVolumeUsageOfEvents(client: pg.ClientBase, query: ChargeQuery): Promise<readonly DayUsage[]> {
  const { rows } = await client.query<UsageRow & { service: Service }>(
    `select version_id, role, service, rate_id, leg.day, sum(billed)::text as billed
       from (${legRows(query)}) leg join rate using (rate_id) where more->'tiers'->>'kind' = 'volume'
      group by version_id, role, service, rate_id, leg.day having sum(billed) <> 0 order by leg.day, version_id, rate_id`,
    legParameters(query),
  );
  return rows.map((row) => {
    const tariff = tariffOf(query, row.version_id, row.role, row.service);
    return usageOf(row, tariff, query.terms.tariffs.get(tariff)?.currency ?? '');
  });
}

function usageOf(row: UsageRow, tariff: string, currency: string): DayUsage {
  const { version_id: versionId, role, rate_id: rateId, day } = row;
  return { versionId, role, tariff, rateId, currency, day, billed: BigInt(row.billed) };
}

/** From the events: a counter by money counts what was charged for usage alone, which no rollup keeps. */
export async function selectCounterSums(
  client: pg.ClientBase,
  query: ChargeQuery,
  keys: readonly CounterKey[],
): Promise<ReadonlyMap<CounterKey, bigint>> {
  const { rows } = await client.query<{ key: CounterKey; sum: string }>(
    `select moved.key, trim_scale(sum(leg.events * (moved.value->>1)::numeric)) as sum from (${legRows(query)}) leg, jsonb_each(leg.counters) moved
      where leg.events <> 0 and moved.key = any($${legParameters(query).length + 1}) group by moved.key`,
    [...legParameters(query), keys],
  );
  return new Map(rows.map(({ key, sum }) => [key, BigInt(sum)]));
}

function tariffOf({ terms }: ChargeQuery, versionId: number, role: LegRole, service: Service): string {
  const version = terms.versions.find((each) => each.versionId === versionId);
  return version?.services.find((each) => each.role === role && each.service === service)?.tariff ?? '';
}
