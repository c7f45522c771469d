/** Whose accounts of online charging are. */
import type { Database } from '../database.ts';

/** Undefined takes it away. */
export async function setChargingParty({ pool }: Database, account: string, party: string | undefined, by: string): Promise<void> {
  await pool.query('insert into charging_party (account_id, party, set_by) values ($1, $2, $3)', [account, party ?? null, by]);
}

/** Undefined: nobody's. */
export async function chargingPartyOf({ pool }: Database, account: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ party: string | null }>(
    'select party from charging_party where account_id = $1 order by charging_party_id desc limit 1',
    [account],
  );
  return rows[0]?.party ?? undefined;
}

/** By name, with the customer's eyes. */
export async function selectOwnCharging({ pool }: Database): Promise<readonly string[]> {
  const { rows } = await pool.query<{ account: string }>('select distinct account_id as account from charging_party order by 1');
  return rows.map(({ account }) => account);
}
