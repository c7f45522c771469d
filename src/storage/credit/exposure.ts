/** What each account owes and is owed, as the books have it now: posted, and charged since. */
import type pg from 'pg';
import { legRoles } from '#core/agreements/agreements.ts';
import type { Account } from '#core/parties/parties.ts';
import type { CreditAlarm, CreditBooks, ExposureRow } from '#operations/credit/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import { openItems } from '../ledger/reports.ts';

/** On the connection of a transaction, so that all parts are of one moment where it is repeatable read. */
export function creditBooksOn(client: pg.ClientBase): CreditBooks {
  return {
    accounts: (only) => accountsNow(client, only),
    rows: async (only) => [...(await exposureRows(client, only)), ...(await disputedRows(client, only))],
    settleAlarms: (accounts, holding, nowMicros) => settleAlarms(client, accounts, holding, nowMicros),
  };
}

async function accountsNow(client: pg.ClientBase, only?: string): Promise<readonly Account[]> {
  const { rows } = await client.query<{ body: Account }>(
    "select body from config_version where kind = 'accounts' and known_to = 'infinity' and ($1::text is null or key = $1) order by key",
    [only ?? null],
  );
  return rows.map(({ body }) => body);
}

const RECEIVABLE_ROLES = Object.entries(legRoles).flatMap(([role, side]) => (side === 'receivable' ? [role] : []));

/**
 * Parts that are not zero. Unbilled are charges of local days that no recorded statement covers, with those that were booked with
 * such a day for a closed one; the sides of recorded statements of which no document was issued yet: they wait for approval, or were
 * carried over because they are little; and what the partner is still to write itself. What it has invoiced, or billed to itself, before the
 * close is in its document already, and counts there only.
 */
async function exposureRows(client: pg.ClientBase, only?: string): Promise<readonly ExposureRow[]> {
  const { rows } = await client.query<{ account: string; part: ExposureRow['part']; currency: string; nanos: string }>(
    `with agreement as (
       select version_id, body->>'id' as id, body->>'account' as account from config_version where kind = 'agreements'),
     closed as (select agreement, max(day) as day from usage_closed_until group by 1),
     early as materialized (
       select a.agreement, a.side, a.currency, a.period_from, a.period_to, a.services, c.net_nanos,
              coalesce((s.terms->>'moreToCome')::boolean, false) as more_to_come
         from partner_invoice_accepted a
         join partner_invoice_cover c using (partner_invoice_id, agreement, period_from, period_to)
         join partner_invoice_step s using (partner_invoice_id, step)
         left join closed d using (agreement)
        where d.day is null or d.day < a.period_to
           or exists (select from statement_recorded r where r.agreement = a.agreement and r.from_day < a.period_to and a.period_from < r.to_day
                         and not exists (select from statement_outcome o where o.statement_id = r.statement_id and o.side = a.side))),
     doubled as (
       select a.account, a.id as agreement, case when r.role = any($2) then 'receivable' else 'payable' end as side, r.currency,
              t.body->>'service' as service, r.day as from_day, r.day + 1 as to_day, r.amount_nanos as nanos
         from rollup r join agreement a using (version_id) left join closed c on c.agreement = a.id
         left join config_version t on t.kind = 'tariffs' and t.key = r.tariff and t.known_to = 'infinity'
        where a.id in (select agreement from early) and (c.day is null or r.day >= c.day)
       union all
       select s.account, s.agreement, m.side, m.currency, m.service, s.from_day, s.to_day, m.charges_nanos + m.adjusted_nanos
         from statement_amount m join statement_recorded s using (statement_id)
        where s.agreement in (select agreement from early)
          and not exists (select from statement_outcome o where o.statement_id = m.statement_id and o.side = m.side and o.currency = m.currency)),
     covered as (
       select d.*, (select bool_or(not e.more_to_come) from early e
                     where e.agreement = d.agreement and e.side = d.side and d.from_day < e.period_to and e.period_from < d.to_day
                       and (e.services is null or d.service = any(e.services))) as whole
         from doubled d),
     part as (
       select account, case side when 'receivable' then 'unbilled' else 'unbilled-payable' end as part, currency, -nanos as nanos
         from covered where whole
       union all
       select account, case side when 'receivable' then 'unbilled' else 'unbilled-payable' end, currency,
              -least(sum(nanos), (select sum(e.net_nanos) from early e
                 where e.agreement = c.agreement and e.side = c.side and e.currency = c.currency and e.more_to_come))
         from covered c where whole is false group by account, agreement, side, currency
       union all
       select p.account, case p.ledger_account when 'unbilled-receivable' then 'unbilled' else 'unbilled-payable' end, p.currency,
              case when p.ledger_account = 'unbilled-receivable' then p.amount_nanos else -p.amount_nanos end
         from ledger_posting p join statement_recorded s on s.id = p.document
        where p.ledger_account in ('unbilled-receivable', 'unbilled-payable')
       union all
       select a.account, case when r.role = any($2) then 'unbilled' else 'unbilled-payable' end, r.currency, r.amount_nanos
         from rollup r join agreement a using (version_id) left join closed c on c.agreement = a.id
        where c.day is null or r.day >= c.day
       union all
       select s.account, case m.side when 'receivable' then 'unbilled' else 'unbilled-payable' end, m.currency, m.charges_nanos + m.adjusted_nanos
         from statement_amount m join statement_recorded s using (statement_id)
         left join statement_outcome o on o.statement_id = m.statement_id and o.side = m.side and o.currency = m.currency
        where o.statement_id is null or (o.outcome = 'carried' and o.with_statement is null)
       union all
       select p.account, case p.ledger_account when 'receivable' then 'billed' when 'payable' then 'payable' when 'deposits' then 'deposit'
                else 'unallocated' end, p.currency, case when p.ledger_account = 'receivable' then p.amount_nanos else -p.amount_nanos end
         from ledger_posting p where p.account is not null and p.ledger_account in ('receivable', 'payable', 'unallocated', 'deposits'))
     select account, part, currency, sum(nanos)::text as nanos from part where $1::text is null or account = $1
      group by 1, 2, 3 having sum(nanos) <> 0 order by 1, 2, 3`,
    [only ?? null, RECEIVABLE_ROLES],
  );
  return rows.map(({ nanos, ...row }) => ({ ...row, nanos: BigInt(nanos) }));
}

async function disputedRows(client: pg.ClientBase, only: string | undefined): Promise<readonly ExposureRow[]> {
  const items = await openItems(client, only === undefined ? {} : { account: only });
  return items
    .filter(({ disputedNanos }) => disputedNanos !== 0n)
    .flatMap(({ account, ledgerAccount, currency, disputedNanos: nanos }): ExposureRow[] =>
      ledgerAccount === 'receivable'
        ? [{ account, part: 'disputed', currency, nanos }]
        : // What is contested of a payable is shown apart, and not owed meanwhile.
          [
            { account, part: 'contested', currency, nanos: -nanos },
            { account, part: 'payable', currency, nanos },
          ],
    );
}

async function settleAlarms(
  client: pg.ClientBase,
  accounts: readonly string[],
  holding: readonly CreditAlarm[],
  nowMicros: number,
): Promise<readonly CreditAlarm[]> {
  const now = formatTimestamptz(nowMicros);
  const names = holding.map(({ account }) => account);
  const percents = holding.map(({ percent }) => percent);
  await client.query(
    `update credit_alarm a set cleared_at = $1 where cleared_at is null and account = any($2)
        and not exists (select from unnest($3::text[], $4::integer[]) as h(account, percent) where (h.account, h.percent) = (a.account, a.percent))`,
    [now, accounts, names, percents],
  );
  const { rows } = await client.query<{ account: string; percent: number }>(
    `insert into credit_alarm (account, percent, exposure_nanos, limit_nanos, currency, raised_at)
     select *, $6::timestamptz from unnest($1::text[], $2::integer[], $3::numeric[], $4::numeric[], $5::text[])
     on conflict (account, percent) where cleared_at is null do nothing returning account, percent`,
    [
      names,
      percents,
      holding.map(({ exposureNanos }) => exposureNanos),
      holding.map(({ limitNanos }) => limitNanos),
      holding.map(({ currency }) => currency),
      now,
    ],
  );
  return holding.filter((alarm) => rows.some(({ account, percent }) => account === alarm.account && percent === alarm.percent));
}
