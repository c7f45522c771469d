/** Where recorded statements stand, and what is not in any yet. */
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
  }>(
    `select r.agreement, r.label, r.id, r.closed_on, r.closed_by, r.approvals, r.override is not null as overridden,
            (select array_agg(approved_by order by approved_at) from statement_approval p where p.statement_id = r.statement_id) as approved_by,
            (select json_agg(json_build_object('side', side, 'currency', currency, 'outcome', outcome, 'document', document,
                'openNanos', coalesce((select sum(abs(open_nanos)) from ledger_open_item i
                   where i.legal_entity = r.legal_entity and i.document = o.document), 0)::text) order by side desc, currency)
               from statement_outcome o where o.statement_id = r.statement_id) as sides
       from statement_recorded r where ($1::text is null or r.agreement = $1) and r.to_day > $2 order by r.agreement, r.from_day desc`,
    [agreement ?? null, after],
  );
  return rows.map(({ closed_on: closedOn, closed_by: closedBy, approved_by, sides, ...row }) => ({
    ...{ ...row, closedOn, closedBy, approvedBy: approved_by ?? [], sides: sides ?? [] },
  }));
}

const PAYABLE_ROLES = Object.entries(legRoles).flatMap(([role, side]) => (side === 'payable' ? [role] : []));

/**
 * Charges of days before a day, less those of statements that had become something by then. Only what statements of the last
 * days have (LATE_DAYS) is compared line by line: of longer ago nothing is looked for any more.
 Cost that they have invoiced already is none of it.
 */
export async function selectUnbilled(client: pg.PoolClient, before: string): Promise<readonly UnbilledCharges[]> {
  const { rows } = await client.query<{ agreement: string; role: LegRole; tariff: string; currency: string; amount: string }>(
    `with recent as (select statement_id, agreement, covers_from from statement_recorded where to_day > $1::date - ${LATE_DAYS}),
     longer_ago as (select agreement, max(to_day) as day from statement_recorded where to_day <= $1::date - ${LATE_DAYS} group by 1),
     begin as (
       select agreement, greatest(min(covers_from), min(longer_ago.day)) as day from recent left join longer_ago using (agreement) group by 1),
     stated as (
       select agreement, max(to_day) as day from statement_recorded r
        where exists (select from statement_outcome t where t.statement_id = r.statement_id and t.booked_on < $1) group by 1),
     part as (
       select l.line_id, s.amount_nanos as nanos
         from rollup_line l left join begin b using (agreement) left join longer_ago o using (agreement) left join stated using (agreement) join rollup_sum s using (line_id)
        where s.day < $1 and s.day >= coalesce(b.day, o.day, '-infinity')
          and not (l.role = any($2) and s.day >= coalesce(stated.day, '-infinity') and exists (
            select from partner_invoice_accepted i
             where i.agreement = l.agreement and s.day >= i.period_from and s.day < i.period_to and i.accepted_on < $1
               and (i.services is null or (select t.body->>'service' from config_version t
                      where t.kind = 'tariffs' and t.key = l.tariff and t.known_to = 'infinity') = any(i.services))))
       union all
       select c.line_id, -c.amount_nanos from statement_charge c join recent on recent.statement_id = c.of_statement
        where exists (select from statement_outcome o where o.statement_id = c.statement_id and o.booked_on < $1)
       union all
       select f.line_id, -f.amount_nanos from late_refused f join recent on recent.statement_id = f.of_statement where f.refused_on < $1)
     select agreement, role, tariff, currency, trim_scale(sum(nanos)) as amount
       from part join rollup_line using (line_id) group by 1, 2, 3, 4 having sum(nanos) <> 0 order by 1, 2, 3`,
    [before, PAYABLE_ROLES],
  );
  return rows.map(({ amount, ...row }) => ({ ...row, amountNanos: BigInt(amount) }));
}
