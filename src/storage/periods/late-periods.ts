/** Closed periods for which traffic came since: what gets a further statement, and what is refused. */
import type pg from 'pg';
import { legRoles } from '#core/agreements/agreements.ts';
import type { LatePeriod, RefusedLate } from '#operations/periods/ports.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';
import { selectLateLines } from '../settlement/late-traffic.ts';

type Terms = ReadonlyMap<string, AgreementTerms>;

/** Their late lines, of all closed periods that began before a day. */
async function lateLinesOf(client: pg.ClientBase, terms: Terms, on: string, endedBy?: string) {
  const [first] = terms.values();
  if (first === undefined) return [];
  const all = { ...first, versions: [...terms.values()].flatMap(({ versions }) => versions) };
  return selectLateLines(client, { terms: all, period: { from: on, to: on } }, endedBy);
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

export async function refuseLate(
  client: pg.ClientBase,
  terms: Terms,
  { endedBy, on, by }: { readonly endedBy: string; readonly on: string; readonly by: string },
): Promise<readonly RefusedLate[]> {
  const late = await lateLinesOf(client, terms, on, endedBy);
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
