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
