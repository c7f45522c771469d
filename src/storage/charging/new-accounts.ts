/** Enters accounts for charging. A member lies in the shard of its first pool, others in the one that their name gives. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { ChargingAccount } from '#core/charging/account.ts';
import { identityKey } from '#engine/ports.ts';
import { accountToJson } from './account-json.ts';
import { int2Column, int8Column, jsonColumn, textColumn } from './binary-arrays.ts';

const MICROS_PER_HOUR = 3_600_000_000;

/** As the migration makes them. */
const SHARDS = 64;

/** Of one statement. */
const MOST_AT_ONCE = 5_000;

export function shardOf(account: string): number {
  return createHash('md5').update(account).digest().readUInt16BE(0) % SHARDS;
}

/**
 * Enters accounts; pools stand before their members, or are there already. Those that there are already are left as they are, and their names
 * given back. Throws PostgreSQL's 23505 when an identity belongs to another account: enter it in a transaction.
 */
export async function insertAccounts(client: pg.ClientBase, accounts: readonly ChargingAccount[]): Promise<readonly string[]> {
  const present: string[] = [];
  for (let at = 0; at < accounts.length; at += MOST_AT_ONCE) {
    const some = accounts.slice(at, at + MOST_AT_ONCE);
    const { rows } = await client.query<{ id: string }>(
      `insert into charging_account (account_id, shard, epoch, version, last_entry, due_micros, due_hour, state)
       select u.account_id, coalesce((select p.shard from charging_account p where p.account_id = u.pool), u.shard), 0, 0, 0, u.due,
         (u.due / ${MICROS_PER_HOUR})::integer, u.state
         from unnest($1::text[], $2::text[], $3::smallint[], $4::bigint[], $5::json[]) as u(account_id, pool, shard, due, state)
       on conflict (account_id) do nothing returning account_id as id`,
      [
        textColumn(some, ({ id }) => id),
        textColumn(some, ({ pools }) => pools[0]?.pool ?? null),
        int2Column(some, ({ id, pools }) => shardOf(pools[0]?.pool ?? id)),
        int8Column(some, ({ dueMicros }) => dueMicros),
        jsonColumn(some, accountToJson),
      ],
    );
    const entered = new Set(rows.map(({ id }) => id));
    present.push(...some.filter(({ id }) => !entered.has(id)).map(({ id }) => id));
    const names = some
      .filter(({ id }) => entered.has(id))
      .flatMap(({ id, identities }) => identities.map((each) => [identityKey(each), id] as const));
    await client.query('insert into charging_identity (identity, account_id) select * from unnest($1::text[], $2::text[])', [
      textColumn(names, ([identity]) => identity),
      textColumn(names, ([, id]) => id),
    ]);
  }
  return present;
}
