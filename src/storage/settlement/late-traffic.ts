/**
 * Traffic that was loaded after its days were closed: what the rollups have of those days and no statement has. Added up and compared only
 * for statements to whose days something came since (rollup_late), so that a close costs the same after years as in the first month.
 */
import type pg from 'pg';
import type { LegRole } from '#core/agreements/agreements.ts';
import { LATE_DAYS, statesLateItself } from '#core/settlement/backdated.ts';
import type { DatedTotal } from '#core/settlement/priced-terms.ts';
import type { ChargeQuery } from '#operations/settlement/books.ts';
import { versionIds } from './charged-legs.ts';

export interface LateLine extends DatedTotal {
  readonly lineId: number;
  /** The statement of the days that it belongs to. */
  readonly ofStatement: number;
}

interface LateRow {
  readonly line_id: number;
  readonly of_statement: number;
  readonly version_id: number;
  readonly role: LegRole;
  readonly tariff: string;
  readonly rate_id: number;
  readonly currency: string;
  readonly events: bigint;
  readonly answered: bigint;
  readonly raw: string;
  readonly billed: string;
  readonly amount: string;
  readonly from_day: string;
  readonly last_day: string;
}

/** Whether the query's statement leaves it to further statements of the late periods themselves. */
export function leavesLate({ terms, period, onlyLate }: ChargeQuery): boolean {
  return onlyLate !== true && statesLateItself(terms.known, period.to);
}

/** What of closed days is in no statement, as the query's statement has it. */
export async function selectLate(client: pg.ClientBase, query: ChargeQuery): Promise<readonly LateLine[]> {
  return leavesLate(query) ? [] : selectLateLines(client, query);
}

/**
 * By line and statement: of the statements of periods that begin before the query's, or with `onlyLate` of the one of its period.
 * With `endedBy` only of those whose last day is before it.
 */
export async function selectLateLines(client: pg.ClientBase, query: ChargeQuery, endedBy?: string): Promise<readonly LateLine[]> {
  const agreements = [...new Set(query.terms.versions.map(({ id }) => id))];
  const { rows } = await client.query<LateRow>(
    `with line as materialized (
       select line_id, agreement, version_id, role, tariff, rate_id, currency from rollup_line where version_id = any($1)),
     marked as materialized (select distinct agreement, day from rollup_late join line using (line_id)),
     closed as materialized (
       select statement_id, agreement, covers_from, from_day, to_day from statement_recorded r
        where agreement = any($2) and to_day > $3::date - ${LATE_DAYS} and version = 1
          and case when $4 then from_day = $3 else from_day < $3 end and ($5::date is null or to_day <= $5)
          and (not watched or exists (select from marked m where m.agreement = r.agreement and m.day >= r.covers_from and m.day < r.to_day))),
     had as (
       select c.statement_id as of_statement, l.line_id, s.events, s.answered, s.raw, s.billed, s.amount
         from closed c join line l using (agreement)
           cross join lateral (
             select sum(events) as events, sum(answered) as answered, sum(raw_quantity) as raw, sum(billed_quantity) as billed, sum(amount_nanos) as amount
               from rollup_sum s where s.line_id = l.line_id and s.day >= c.covers_from and s.day < c.to_day having count(*) > 0) s
       union all
       select c.of_statement, c.line_id, -c.events, -c.answered, -c.raw, -c.billed, -c.amount_nanos
         from closed cross join lateral (select * from statement_charge c where c.of_statement = closed.statement_id offset 0) c
           join statement_recorded r on r.statement_id = c.statement_id
        where $4 or r.from_day < $3
       union all
       select r.of_statement, r.line_id, -r.events, -r.answered, -r.raw, -r.billed, -r.amount_nanos
         from late_refused r join closed on closed.statement_id = r.of_statement)
     select of_statement, line_id, version_id, role, tariff, rate_id, currency, sum(events)::bigint as events, sum(answered)::bigint as answered,
            trim_scale(sum(raw)) as raw, trim_scale(sum(billed)) as billed, trim_scale(sum(amount)) as amount,
            min(from_day) as from_day, max(to_day) - 1 as last_day
       from had join line using (line_id) join closed on closed.statement_id = of_statement
      group by of_statement, line_id, version_id, role, tariff, rate_id, currency
     having sum(events) <> 0 or sum(billed) <> 0 or sum(amount) <> 0
      order by of_statement, line_id`,
    [versionIds(query), agreements, query.period.from, query.onlyLate === true, endedBy ?? null],
  );
  return rows.map((row) => ({
    ...{ lineId: row.line_id, ofStatement: row.of_statement, versionId: row.version_id, role: row.role, tariff: row.tariff },
    ...{ rateId: row.rate_id === 0 ? undefined : row.rate_id, currency: row.currency, events: row.events, answered: row.answered },
    ...{ raw: BigInt(row.raw), billed: BigInt(row.billed), amountNanos: BigInt(row.amount), firstDay: row.from_day, lastDay: row.last_day },
  }));
}
