/** Closed periods for which traffic came since: what gets a further statement, and what is refused. */
import type pg from 'pg';
import { legRoles } from '#core/agreements/agreements.ts';
import type { LatePeriod, RefusedLate } from '#operations/periods/ports.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';
import { type LateLine, selectLateLines } from '../settlement/late-traffic.ts';

type Terms = ReadonlyMap<string, AgreementTerms>;

/** Their late lines, of all closed periods that began before a day. */
async function lateLinesOf(client: pg.ClientBase, terms: Terms, on: string, endedBy?: string) {
  const [first] = terms.values();
  if (first === undefined) return [];
  const all = { ...first, versions: [...terms.values()].flatMap(({ versions }) => versions) };
  return selectLateLines(client, { terms: all, period: { from: on, to: on } }, endedBy);
}

/** Of lines in no statement, what came after the last day on which it was taken, less what of it was refused before. */
async function tooLate(client: pg.ClientBase, late: readonly LateLine[], days: number): Promise<readonly LateLine[]> {
  if (late.length === 0) return [];
  const { rows } = await client.query<{
    of_statement: number;
    line_id: number;
    events: bigint;
    answered: bigint;
    raw: string;
    billed: string;
    amount: string;
  }>(
    `with line as (select * from unnest($1::int[], $2::int[]) as l(of_statement, line_id)),
     part as (
       select l.of_statement, l.line_id, a.events, a.answered, a.raw, a.billed, a.amount_nanos
         from line l join statement_recorded r on r.statement_id = l.of_statement
         join rollup_arrival a on a.line_id = l.line_id and a.day >= r.covers_from and a.day < r.to_day
        where (a.came_at at time zone (select body->>'zone' from config_version v where v.kind = 'agreements' and v.body->>'id' = r.agreement
                order by known_from desc limit 1))::date >= r.to_day + $3::integer
       union all
       select f.of_statement, f.line_id, -f.events, -f.answered, -f.raw, -f.billed, -f.amount_nanos from late_refused f join line using (of_statement, line_id))
     select of_statement, line_id, sum(events)::bigint as events, sum(answered)::bigint as answered, trim_scale(sum(raw)) as raw,
            trim_scale(sum(billed)) as billed, trim_scale(sum(amount_nanos)) as amount from part group by 1, 2`,
    [late.map(({ ofStatement }) => ofStatement), late.map(({ lineId }) => lineId), days],
  );
  const came = new Map(rows.map((row) => [`${row.of_statement} ${row.line_id}`, row]));
  return late.flatMap((line): LateLine[] => {
    const part = came.get(`${line.ofStatement} ${line.lineId}`);
    if (part === undefined || (part.events === 0n && BigInt(part.amount) === 0n)) return [];
    // Never more than is in no statement.
    if (part.events >= line.events) return [line];
    const { events, answered, raw, billed, amount } = part;
    return [{ ...line, events, answered, raw: BigInt(raw), billed: BigInt(billed), amountNanos: BigInt(amount) }];
  });
}

export async function selectLatePeriods(client: pg.ClientBase, terms: Terms, on: string): Promise<readonly LatePeriod[]> {
  const late = await lateLinesOf(client, terms, on);
  const { rows } = await client.query<{ agreement: string; label: string; from: string; to: string; version: number }>(
    `select agreement, label, from_day as "from", to_day as "to",
            (select max(version) + 1 from statement_recorded v where v.agreement = r.agreement and v.label = r.label) as version
       from statement_recorded r where statement_id = any($1)
        and not exists (select from statement_recorded v where v.agreement = r.agreement and v.label = r.label
          and v.approvals > (select count(*) from statement_approval p where p.statement_id = v.statement_id))
      order by from_day, agreement`,
    [[...new Set(late.map(({ ofStatement }) => ofStatement))]],
  );
  return rows.map(({ from, to, ...row }) => ({ ...row, period: { from, to } }));
}

/**
 * Refuses what came to closed periods later than so many days after their last one, whenever that is found out: what came in time is stated,
 * however late the close runs.
 */
export async function refuseLate(
  client: pg.ClientBase,
  terms: Terms,
  { days, on, by }: { readonly days: number; readonly on: string; readonly by: string },
): Promise<readonly RefusedLate[]> {
  const endedBy = Temporal.PlainDate.from(on).subtract({ days }).toString();
  const late = await tooLate(client, await lateLinesOf(client, terms, on, endedBy), days);
  if (late.length === 0) return [];
  await client.query(
    `insert into late_refused (of_statement, line_id, events, answered, raw, billed, amount_nanos, refused_on, refused_by)
     select *, $8::date, $9 from unnest($1::int[], $2::int[], $3::bigint[], $4::bigint[], $5::numeric[], $6::numeric[], $7::numeric[])`,
    [
      late.map(({ ofStatement }) => ofStatement),
      late.map(({ lineId }) => lineId),
      late.map(({ events }) => events.toString()),
      late.map(({ answered }) => answered.toString()),
      late.map(({ raw }) => raw.toString()),
      late.map(({ billed }) => billed.toString()),
      late.map(({ amountNanos }) => amountNanos.toString()),
      on,
      by,
    ],
  );
  const { rows } = await client.query<{ statement_id: number; agreement: string; label: string }>(
    'select statement_id, agreement, label from statement_recorded where statement_id = any($1)',
    [[...new Set(late.map(({ ofStatement }) => ofStatement))]],
  );
  return rows.flatMap(({ statement_id, agreement, label }) => {
    const own = late.filter(({ ofStatement }) => ofStatement === statement_id);
    return [...Map.groupBy(own, ({ role, currency }) => `${legRoles[role]} ${currency}`).values()].flatMap((same): RefusedLate[] => {
      const [line] = same;
      const amountNanos = same.reduce((sum, each) => sum + each.amountNanos, 0n);
      return line === undefined ? [] : [{ agreement, label, side: legRoles[line.role], currency: line.currency, amountNanos }];
    });
  });
}
