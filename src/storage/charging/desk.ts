/** Accounts and commands as other processes than the engine see them. */
import type pg from 'pg';
import type { ChargingAccount } from '#core/charging/account.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingDesk, CommandState } from '#operations/charging/ports.ts';
import type { Database } from '../database.ts';
import { accountsNow } from './accounts-now.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import { insertAccounts } from './new-accounts.ts';

export function chargingDeskOn(database: Database): ChargingDesk {
  const { pool } = database;
  return {
    insert: (accounts) => database.transaction((client) => insertAccounts(client, accounts)),
    find: (name) => findAccount(database, name),
    async ask(account, command) {
      if (await leaveCommand(pool, account, command)) return true;
      const { rows } = await pool.query<{ same: boolean }>(
        'select account_id = $2 and command::jsonb = $3::jsonb as same from charging_command where command_key = $1',
        [command.key, account, toExactJson(command)],
      );
      return rows[0]?.same === true;
    },
    async state(key) {
      const { rows } = await pool.query<{ state: CommandState['kind']; result: string | null }>(
        'select state, result::text as result from charging_command where command_key = $1',
        [key],
      );
      if (rows[0] === undefined) return undefined;
      return rows[0].result === null ? { kind: 'waiting' } : fromExactJson<CommandState>(rows[0].result);
    },
  };
}

/** False when a command has this key already. */
export async function leaveCommand(client: pg.ClientBase | pg.Pool, account: string, command: AccountCommand): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into charging_command (command_key, account_id, command, state) values ($1, $2, $3::json, 'waiting') on conflict do nothing`,
    [command.key, account, toExactJson(command)],
  );
  return rowCount === 1;
}

async function findAccount({ pool }: Database, name: string): Promise<ChargingAccount | undefined> {
  const named = await pool.query<{ id: string }>(
    `select account_id as id from charging_account where account_id = $1
     union all select account_id from charging_identity where identity = $1 limit 1`,
    [name],
  );
  const [account] = await accountsNow(pool, [named.rows[0]?.id ?? name]);
  return account;
}

/** Accounts by name, behind one of them. */
export async function listAccounts({ pool }: Database, after: string, most: number): Promise<readonly ChargingAccount[]> {
  const { rows } = await pool.query<{ id: string }>(
    'select account_id as id from charging_account where account_id > $1 order by account_id limit $2',
    [after, most],
  );
  const ids = rows.map(({ id }) => id);
  const accounts = new Map((await accountsNow(pool, ids)).map((account) => [account.id, account]));
  return ids.map((id) => accounts.get(id)).filter((account) => account !== undefined);
}

/** Whether an engine lives that will see to what is left for it. */
export async function isServed({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ served: boolean }>(
    `select exists (select from charging_engine where deposed_at is null
        and renewed_at > clock_timestamp() - make_interval(secs => lease_ms / 1000.0)) as served`,
  );
  return rows[0]?.served === true;
}
