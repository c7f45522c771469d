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
 * such a day for a closed one; and the sides of recorded statements of which no document was issued yet: they wait for approval, or were
 * carried over because they are little.
 */
async function exposureRows(client: pg.ClientBase, only?: string): Promise<readonly ExposureRow[]> {
  const { rows } = await client.query<{ account: string; part: ExposureRow['part']; currency: string; nanos: string }>(
    `with agreement as (
       select version_id, body->>'id' as id, body->>'account' as account from config_version where kind = 'agreements'),
     closed as (select agreement, max(day) as day from usage_closed_until group by 1),
     part as (
       select a.account, case when r.role = any($2) then 'unbilled' else 'unbilled-payable' end as part, r.currency, r.amount_nanos as nanos
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
    .filter(({ ledgerAccount, disputedNanos }) => ledgerAccount === 'receivable' && disputedNanos !== 0n)
    .map(({ account, currency, disputedNanos }) => ({ account, part: 'disputed', currency, nanos: disputedNanos }));
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
