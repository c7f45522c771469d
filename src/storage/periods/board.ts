/** Where recorded statements stand (what they invoice with their document, once it is accepted), and what is not in any yet. */
import type pg from 'pg';
import { type LegRole, legRoles } from '#core/agreements/agreements.ts';
import { LATE_DAYS } from '#core/settlement/backdated.ts';
import type { RecordedState, UnbilledCharges } from '#operations/periods/ports.ts';

export async function selectBoard(client: pg.PoolClient, agreement: string | undefined, after: string): Promise<readonly RecordedState[]> {
  const { rows } = await client.query<{
    agreement: string;
    label: string;
    id: string;
    closed_on: string;
    closed_by: string;
    approvals: number;
    approved_by: string[] | null;
    overridden: boolean;
    sides: RecordedState['sides'] | null;
    amounts: RecordedState['amounts'] | null;
  }>(
    `select r.agreement, r.label, r.id, r.closed_on, r.closed_by, r.approvals, r.override is not null as overridden,
            (select array_agg(approved_by order by approved_at) from statement_approval p where p.statement_id = r.statement_id) as approved_by,
            (select json_agg(json_build_object('side', side, 'currency',
                coalesce((select i.currency from invoice i where i.legal_entity = r.legal_entity and i.number = o.document), currency), 'outcome', outcome, 'document', d.document,
                'openNanos', coalesce((select sum(abs(open_nanos)) from ledger_open_item i
                   where i.legal_entity = r.legal_entity and i.account = r.account and i.document = d.document), 0)::text) order by side desc, currency)
               from statement_outcome o
               cross join lateral (select coalesce(o.document, case when o.outcome = 'expected' then (
                 select min(a.number) from partner_invoice_accepted a
                  where a.agreement = r.agreement and a.side = o.side and a.period_from < r.to_day and r.from_day < a.period_to) end) as document) d
              where o.statement_id = r.statement_id) as sides,
            (select json_agg(json_build_object('side', side, 'currency', currency, 'nanos', nanos::text) order by side desc, currency)
               from (select side, currency, trim_scale(sum(charges_nanos + adjusted_nanos)) as nanos
                       from statement_amount a where a.statement_id = r.statement_id group by 1, 2) a) as amounts
       from statement_recorded r where ($1::text is null or r.agreement = $1) and r.to_day > $2 order by r.agreement, r.from_day desc`,
    [agreement ?? null, after],
  );
  return rows.map(({ closed_on: closedOn, closed_by: closedBy, approved_by, sides, amounts, ...row }) => ({
    ...{ ...row, closedOn, closedBy, approvedBy: approved_by ?? [], sides: sides ?? [], amounts: amounts ?? [] },
  }));
}

const PAYABLE_ROLES = Object.entries(legRoles).flatMap(([role, side]) => (side === 'payable' ? [role] : []));

/**
 * Charges of days before a day, less those of statements that had become something by then, and what was refused. Days are compared line by
 * line, those of no statement yet and of statements of which something may be open: it waits for approval, or traffic came to its days since. What
 * they have invoiced, or billed to themselves, before the close is none of it.
 */
export async function selectUnbilled(client: pg.PoolClient, before: string): Promise<readonly UnbilledCharges[]> {
  const { rows } = await client.query<{ agreement: string; role: LegRole; tariff: string; currency: string; amount: string }>(
    `with settled as materialized (select distinct statement_id from statement_outcome where booked_on < $1),
     head as materialized (
       select statement_id, agreement, covers_from, to_day, watched, s.statement_id is not null as settled
         from statement_recorded left join settled s using (statement_id) where version = 1 and to_day > $1::date - ${LATE_DAYS}),
     last as (select agreement, max(to_day) as day from statement_recorded group by 1),
     marked as materialized (select distinct agreement, day from rollup_late join rollup_line using (line_id)),
     compared as materialized (
       select statement_id, agreement, covers_from, to_day from head h
        where not watched or (not settled and exists (select from statement_charge c where c.statement_id = h.statement_id))
           or exists (select from marked m where m.agreement = h.agreement and m.day >= h.covers_from and m.day < h.to_day)),
     span as (
       select agreement, covers_from as from_day, least(to_day, $1::date) as to_day from compared
       union all
       select agreement, coalesce(last.day, '-infinity'), $1::date from (select distinct agreement from rollup_line) l left join last using (agreement)),
     stated as (select agreement, max(to_day) as day from statement_recorded join settled using (statement_id) group by 1),
     part as (
       select l.line_id, s.amount_nanos as nanos
         from rollup_line l join span using (agreement) left join stated using (agreement)
           cross join lateral (select day, amount_nanos from rollup_sum s where s.line_id = l.line_id and s.day >= span.from_day and s.day < span.to_day) s
        where not (s.day >= coalesce(stated.day, '-infinity') and exists (
            select from partner_invoice_accepted i
             where i.agreement = l.agreement and (i.side = 'payable') = (l.role = any($2)) and s.day >= i.period_from and s.day < i.period_to and i.accepted_on < $1
               and (i.services is null or (select t.body->>'service' from config_version t
                      where t.kind = 'tariffs' and t.key = l.tariff and t.known_to = 'infinity') = any(i.services))))
       union all
       select c.line_id, -c.amount_nanos from compared join statement_charge c on c.of_statement = compared.statement_id
         join settled on settled.statement_id = c.statement_id
       union all
       select f.line_id, -f.amount_nanos from compared join late_refused f on f.of_statement = compared.statement_id where f.refused_on < $1)
     select agreement, role, tariff, currency, trim_scale(sum(nanos)) as amount
       from part join rollup_line using (line_id) group by 1, 2, 3, 4 having sum(nanos) <> 0 order by 1, 2, 3`,
    [before, PAYABLE_ROLES],
  );
  return rows.map(({ amount, ...row }) => ({ ...row, amountNanos: BigInt(amount) }));
}
