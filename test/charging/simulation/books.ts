/** What the database has when all is over: what the auditor looks at. */
import type { Books } from './auditor.ts';

type Ask = <Row extends object>(sql: string) => Promise<{ readonly rows: readonly Row[] }>;

export async function readBooks(ask: Ask): Promise<Books> {
  await ask('call charging_settle()');
  const balances = await ask<{ account: string; value: string; reserved: string }>(
    'select account_id as account, value, reserved from charging_balance',
  );
  const entries = await ask<Books['entries'][number] & { number: bigint }>(
    'select account_id as account, before, after, cause_of as of, number from charging_journal order by account_id, entry_id',
  );
  const records = await ask<{ id: string; session: string; charged: string }>(
    `select record_id as id, record ->> 'session' as session, record -> 'chargedNanos' ->> '#' as charged from charging_usage`,
  );
  return {
    balances: new Map(balances.rows.map(({ account, value, reserved }) => [account, { value: BigInt(value), reserved: BigInt(reserved) }])),
    entries: entries.rows,
    records: records.rows.map(({ id, session, charged }) => ({ id, session, charged: BigInt(charged) })),
  };
}

/** What is known of sessions that nobody has closed: for people. */
export async function openSessions(ask: Ask): Promise<readonly string[]> {
  const { rows } = await ask<Record<string, unknown>>(
    `select s.session_id as session, s.account_id as account, a.shard, h.engine_id as owner, a.version, to_timestamp(a.due_micros / 1e6)::time(3) as due,
            position(s.session_id in a.state::text) > 0 as in_row, p.engine_id as adopted_of, p.sequence as adopted_in, p.version as adopted_version,
            (select string_agg(l.engine_id || ':' || l.sequence, ' ') from charging_log l where s.account_id = any(l.accounts)) as logs
       from charging_session s left join charging_account a using (account_id) left join charging_shard h using (shard)
       left join charging_adopted p on p.account_id = s.account_id where s.closed_micros is null limit 20`,
  );
  return rows.map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
}
