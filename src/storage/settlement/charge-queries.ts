/** Charges by agreement version, role and rate: from the rollups, and from the events themselves. */
import type pg from 'pg';
import type { LegRole } from '#core/agreements/agreements.ts';
import type { ChargeTotal, LinePart } from '#core/settlement/statement.ts';
import type { DayUsage } from '#core/settlement/volume-tiers.ts';
import { type PeriodKind, periodKinds } from '#core/time/period.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { ChargedLeg, ChargeQuery } from '#operations/settlement/books.ts';
import { formatTimestamptz } from '../column-types.ts';

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
}

export async function selectRollupTotals(client: pg.ClientBase, query: ChargeQuery): Promise<readonly ChargeTotal[]> {
  const { rows } = await client.query<TotalRow & { tariff: string; currency: string }>(
    `select version_id, role, tariff, rate_id, currency, sum(events)::bigint as events, sum(answered)::bigint as answered,
            trim_scale(sum(raw_quantity)) as raw, trim_scale(sum(billed_quantity)) as billed, trim_scale(sum(amount_nanos)) as amount
       from rollup where version_id = any($1) and day >= $2 and day < $3
      group by version_id, role, tariff, rate_id, currency`,
    [versionIds(query), query.period.from, query.period.to],
  );
  return rows.map((row) => ({ ...totalOf(row), tariff: row.tariff, currency: row.currency }));
}

export async function selectEventTotals(client: pg.ClientBase, query: ChargeQuery): Promise<readonly ChargeTotal[]> {
  const legs = (['in', 'out'] as const).map((leg) => `select ${legColumns(leg)} ${legSource(leg, query)}`);
  const { rows } = await client.query<TotalRow & { service: Service }>(
    `select version_id, role, service, rate_id, count(*) as events, count(*) filter (where answered) as answered,
            sum(raw)::text as raw, sum(billed)::text as billed, sum(amount)::text as amount
       from (${legs.join(' union all ')}) leg group by version_id, role, service, rate_id`,
    parameters(query),
  );
  return rows.map((row) => {
    const tariff = tariffOf(query, row.version_id, row.role, row.service);
    return { ...totalOf(row), tariff, currency: query.terms.tariffs.get(tariff)?.currency ?? '' };
  });
}

function totalOf(row: TotalRow): Omit<ChargeTotal, 'tariff' | 'currency'> {
  return {
    versionId: row.version_id,
    role: row.role,
    rateId: row.rate_id ?? undefined,
    events: row.events,
    answered: row.answered,
    raw: BigInt(row.raw),
    billed: BigInt(row.billed),
    amountNanos: BigInt(row.amount),
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

type UsageRow = Pick<TotalRow, 'version_id' | 'role' | 'billed' | 'amount'> & { rate_id: number; day: string };

export async function selectVolumeUsage(client: pg.ClientBase, query: ChargeQuery): Promise<readonly DayUsage[]> {
  const { rows } = await client.query<UsageRow & { tariff: string; currency: string }>(
    `select version_id, role, rollup.tariff, rate_id, currency, day, trim_scale(sum(billed_quantity)) as billed, trim_scale(sum(amount_nanos)) as amount
       from rollup join rate using (rate_id)
      where version_id = any($1) and day >= $2 and day < $3 and more->'tiers'->>'kind' = 'volume'
      group by version_id, role, rollup.tariff, rate_id, currency, day order by day, version_id, rate_id`,
    [versionIds(query), query.period.from, query.period.to],
  );
  return rows.map((row) => usageOf(row, row.tariff, row.currency));
}

export async function selectVolumeUsageOfEvents(client: pg.ClientBase, query: ChargeQuery): Promise<readonly DayUsage[]> {
  const legs = (['in', 'out'] as const).map((leg) => `select ${legColumns(leg)} ${legSource(leg, query)}`);
  const { rows } = await client.query<UsageRow & { service: Service }>(
    `select version_id, role, service, rate_id, leg.day, sum(billed)::text as billed, sum(amount)::text as amount
       from (${legs.join(' union all ')}) leg join rate using (rate_id) where more->'tiers'->>'kind' = 'volume'
      group by version_id, role, service, rate_id, leg.day order by leg.day, version_id, rate_id`,
    parameters(query),
  );
  return rows.map((row) => {
    const tariff = tariffOf(query, row.version_id, row.role, row.service);
    return usageOf(row, tariff, query.terms.tariffs.get(tariff)?.currency ?? '');
  });
}

function usageOf(row: UsageRow, tariff: string, currency: string): DayUsage {
  const { version_id: versionId, role, rate_id: rateId, day } = row;
  return { versionId, role, tariff, rateId, currency, day, billed: BigInt(row.billed), amountNanos: BigInt(row.amount) };
}

interface LegRow {
  readonly version_id: number;
  readonly role: LegRole;
  readonly service: Service;
  readonly rate_id: number | null;
  readonly answered: boolean;
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amount: bigint;
  readonly leg: 'in' | 'out';
  readonly event_id: bigint;
  readonly source: string;
  readonly source_key: string;
  readonly started_at: number;
  readonly calling: string | null;
  readonly called: string;
  readonly trunk: string | null;
}

const ROWS_PER_FETCH = 5000;
let cursors = 0;

/** Through a cursor of the transaction, so that memory does not grow with the number of events. */
export async function* streamLegs(client: pg.ClientBase, query: ChargeQuery, parts?: readonly LinePart[]): AsyncGenerator<ChargedLeg> {
  cursors += 1;
  const cursor = `legs_${cursors}`;
  const legs = (['in', 'out'] as const).map(
    (leg) =>
      `select ${legColumns(leg)}, '${leg}' as leg, event_id, s.name as source, source_key, e.started_at, calling, called, trunk_${leg} as trunk
         ${legSource(leg, query)} ${parts === undefined ? '' : partFilter(leg, query)}`,
  );
  await client.query(`declare ${cursor} no scroll cursor for ${legs.join(' union all ')} order by started_at, event_id, leg`, [
    ...parameters(query),
    ...(parts === undefined ? [] : partParameters(parts)),
  ]);
  try {
    for (;;) {
      const { rows } = await client.query<LegRow>(`fetch ${ROWS_PER_FETCH} from ${cursor}`);
      for (const row of rows) yield legOf(row);
      if (rows.length < ROWS_PER_FETCH) return;
    }
  } finally {
    await client.query(`close ${cursor}`);
  }
}

function legOf(row: LegRow): ChargedLeg {
  return {
    eventId: row.event_id,
    leg: row.leg,
    source: row.source,
    sourceKey: row.source_key,
    service: row.service,
    startMicros: row.started_at,
    calling: row.calling ?? undefined,
    called: row.called,
    trunk: row.trunk ?? undefined,
    answered: row.answered,
    versionId: row.version_id,
    role: row.role,
    rateId: row.rate_id ?? undefined,
    raw: row.raw,
    billed: row.billed,
    amountNanos: row.amount,
  };
}

function legColumns(leg: 'in' | 'out'): string {
  return `${leg}_version_id as version_id, ${leg}_role as role, e.service, ${leg}_rate_id as rate_id, ${leg}_day as day, answered,
          ${leg}_raw as raw, ${leg}_billed as billed, ${leg}_amount_nanos as amount`;
}

/** A local day's events lie on the UTC days from the one before it to the one after it, whatever the zone: few partitions are read. */
function legSource(leg: 'in' | 'out', query: ChargeQuery): string {
  const known =
    query.knownAtMicros === undefined ? ['', ''] : ['join usage_file f using (file_id)', 'and e.known_at <= $4 and f.finished_at <= $4'];
  return `from usage_event e join usage_source s on s.source_id = e.source_id ${known[0]}
          where ${leg}_version_id = any($1) and ${leg}_day >= $2 and ${leg}_day < $3
            and e.day >= $2::date - 1 and e.day <= $3::date ${known[1]}`;
}

function parameters(query: ChargeQuery): unknown[] {
  const { period, knownAtMicros } = query;
  return [versionIds(query), period.from, period.to, ...(knownAtMicros === undefined ? [] : [formatTimestamptz(knownAtMicros)])];
}

/** Parts with a rate are found by role and rate, those without by role and service. */
function partFilter(leg: 'in' | 'out', query: ChargeQuery): string {
  const first = query.knownAtMicros === undefined ? 4 : 5;
  return `and ${leg}_role = any($${first}) and (${leg}_rate_id = any($${first + 1}) or (${leg}_rate_id is null and e.service = any($${first + 2})))`;
}

function partParameters(parts: readonly LinePart[]): unknown[] {
  return [
    [...new Set(parts.map(({ role }) => role))],
    [...new Set(parts.flatMap(({ rateId }) => (rateId === undefined ? [] : [rateId])))],
    [...new Set(parts.flatMap(({ rateId, service }) => (rateId === undefined ? [service] : [])))],
  ];
}

function versionIds({ terms }: ChargeQuery): number[] {
  return terms.versions.map(({ versionId }) => versionId);
}

function tariffOf({ terms }: ChargeQuery, versionId: number, role: LegRole, service: Service): string {
  const version = terms.versions.find((each) => each.versionId === versionId);
  return version?.services.find((each) => each.role === role && each.service === service)?.tariff ?? '';
}
