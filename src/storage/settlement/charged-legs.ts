/**
 * Charges event by event: the two legs of each event, and what later traffic corrected of them
 * (`usage_adjustment`: tiers in the order of the calls, not of the loading). Together they are the rollups.
 */
import type pg from 'pg';
import type { LegRole } from '#core/agreements/agreements.ts';
import type { LinePart } from '#core/settlement/statement.ts';
import { shownNumber } from '#core/usage/enrichment.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { ChargedLeg, ChargeQuery } from '#operations/settlement/books.ts';
import { formatTimestamptz } from '../column-types.ts';
import { bandParameter, selectBandChanges, splitColumn } from './band-changes.ts';

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
  readonly correction: string | null;
  readonly events: number;
  readonly split: boolean;
  /** The caller may not be shown. */
  readonly withheld: boolean | null;
}

const ROWS_PER_FETCH = 5000;
let cursors = 0;

/** Through a cursor of the transaction, so that memory does not grow with the number of events. */
export async function* streamLegs(client: pg.ClientBase, query: ChargeQuery, parts?: readonly LinePart[]): AsyncGenerator<ChargedLeg> {
  cursors += 1;
  const cursor = `legs_${cursors}`;
  const changes = await selectBandChanges(client, query);
  const parameters = [...legParameters(query), ...(parts === undefined ? [] : partParameters(parts))];
  const filtered = `select leg.*, s.name as source from (${legRows(query)}) leg join usage_source s using (source_id)
    ${parts === undefined ? '' : `where ${partFilter(query)}`}`;
  const legs = changes.length === 0 ? `select leg.*, false as split from (${filtered}) leg` : splitColumn(filtered, parameters.length + 1);
  const sql = `${legs} order by started_at, event_id, leg, correction nulls first, correction_id`;
  await client.query(`declare ${cursor} no scroll cursor for ${sql}`, [
    ...parameters,
    ...(changes.length === 0 ? [] : [bandParameter(changes)]),
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
    calling: row.calling === null ? undefined : shownNumber(row.calling, row.withheld === true ? { withheld: true } : undefined),
    called: row.called,
    trunk: row.trunk ?? undefined,
    answered: row.answered,
    versionId: row.version_id,
    role: row.role,
    rateId: row.rate_id ?? undefined,
    raw: row.raw,
    billed: row.billed,
    amountNanos: row.amount,
    events: BigInt(row.events),
    correction: row.correction ?? undefined,
    split: row.split,
  };
}

/**
 * A select of all legs and corrections of a query, with parameters legParameters. A local day's events lie on the
 * UTC days from the one before it to the one after it, whatever the zone: few partitions are read. Without corrections
 * of days that were closed, which belong to no line of usage.
 */
export function legRows(query: ChargeQuery): string {
  const by = query.knownAtMicros === undefined ? '' : 'and e.known_at <= $4 and f.finished_at <= $4';
  const file = query.knownAtMicros === undefined ? '' : 'join usage_file f using (file_id)';
  const event = `e.event_id, e.source_id, e.source_key, e.service, e.started_at, e.known_at as priced_at,
    (e.detail->'enriched'->>'withheld')::boolean as withheld, e.calling, e.called, e.answered`;
  const days = 'e.day >= $2::date - 1 and e.day <= $3::date';
  const legs = (['in', 'out'] as const).map(
    (leg) =>
      `select ${event}, '${leg}' as leg, trunk_${leg} as trunk, ${leg}_version_id as version_id, ${leg}_role as role, ${leg}_rate_id as rate_id,
              ${leg}_day as day, ${leg}_raw as raw, ${leg}_billed as billed, ${leg}_amount_nanos as amount, 1 as events, ${leg}_counters as counters,
              ${leg}_billed as whole, null as correction, null::bigint as correction_id
         from usage_rated e ${file}
        where ${leg}_version_id = any($1) and ${leg}_day >= $2 and ${leg}_day < $3 and ${days} ${by}`,
  );
  const corrections = `
       select ${event.replace('e.known_at', 'coalesce(r.known_at, e.known_at)')}, a.leg, case a.leg when 'in' then trunk_in else trunk_out end,
              a.version_id, a.role, a.rate_id, a.local_day, a.raw, a.billed, a.amount_nanos, a.events, a.counters,
              coalesce(a.whole, case a.leg when 'in' then in_billed else out_billed end), a.reason, a.adjustment_id
         from usage_adjustment a join usage_rated e using (event_id) left join usage_run r on r.run_id = a.run_id ${file}
        where a.version_id = any($1) and a.local_day >= $2 and a.local_day < $3 and a.original_day is null and e.day = a.day and ${days}
          ${by} ${query.knownAtMicros === undefined ? '' : 'and a.known_at <= $4'}`;
  return [...legs, corrections].join(' union all ');
}

export function legParameters(query: ChargeQuery): unknown[] {
  const { period, knownAtMicros } = query;
  return [versionIds(query), period.from, period.to, ...(knownAtMicros === undefined ? [] : [formatTimestamptz(knownAtMicros)])];
}

/** Parts with a rate are found by role and rate, those without by role and service. */
function partFilter(query: ChargeQuery): string {
  const first = query.knownAtMicros === undefined ? 4 : 5;
  return `role = any($${first}) and (rate_id = any($${first + 1}) or (rate_id is null and service = any($${first + 2})))`;
}

function partParameters(parts: readonly LinePart[]): unknown[] {
  return [
    [...new Set(parts.map(({ role }) => role))],
    [...new Set(parts.flatMap(({ rateId }) => (rateId === undefined ? [] : [rateId])))],
    [...new Set(parts.flatMap(({ rateId, service }) => (rateId === undefined ? [service] : [])))],
  ];
}

export function versionIds({ terms }: ChargeQuery): number[] {
  return terms.versions.map(({ versionId }) => versionId);
}
