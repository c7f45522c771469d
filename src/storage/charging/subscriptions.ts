/** Subscriptions to policy counters, and the accounts they are to, as they are durable. */
import type pg from 'pg';
import type { PolicyCounter } from '#core/charging/policy-counters.ts';
import { identityKey } from '#engine/ports.ts';
import type { PeerWords, Subscription, SubscriptionBooks, SubscriptionKind } from '#operations/charging/spending-ports.ts';
import type { Database } from '../database.ts';
import { accountsNow } from './accounts-now.ts';

interface SubscriptionRow extends pg.QueryResultRow {
  readonly id: string;
  readonly kind: SubscriptionKind;
  readonly account: string;
  readonly counters: readonly string[];
  readonly reported: string;
  readonly peer: string;
  readonly expires: bigint | null;
}

const SELECT = `select subscription_id as id, kind, account_id as account, counters, reported::text as reported, peer::text as peer,
  expires_micros as expires from charging_subscription`;

export function subscriptionBooksOn({ pool }: Database): SubscriptionBooks {
  const select = async (where: string, values: readonly unknown[]): Promise<readonly Subscription[]> =>
    (await pool.query<SubscriptionRow>(`${SELECT} where ${where}`, [...values])).rows.map(subscriptionOf);
  return {
    account: async (id) => {
      const [account] = await accountsNow(pool, [id]);
      return account;
    },
    async accountOf(identities) {
      const { rows } = await pool.query<{ id: string }>(
        `select account_id as id from unnest($1::text[]) with ordinality as wanted(identity, place)
           join charging_identity using (identity) order by place limit 1`,
        [identities.map(identityKey)],
      );
      const [account] = rows[0] === undefined ? [] : await accountsNow(pool, [rows[0].id]);
      return account;
    },
    async put({ id, kind, account, counters, reported, peer, expiresMicros }) {
      await pool.query(
        `insert into charging_subscription (subscription_id, kind, account_id, counters, reported, peer, expires_micros)
           values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (subscription_id) do update set kind = excluded.kind, account_id = excluded.account_id, counters = excluded.counters,
           reported = excluded.reported, peer = excluded.peer, expires_micros = excluded.expires_micros`,
        [id, kind, account, counters, JSON.stringify(reported), JSON.stringify(peer), expiresMicros ?? null],
      );
    },
    async get(id, nowMicros) {
      return (await select('subscription_id = $1 and (expires_micros is null or expires_micros > $2)', [id, nowMicros]))[0];
    },
    async setReported(id, reported) {
      await pool.query('update charging_subscription set reported = $2 where subscription_id = $1', [id, JSON.stringify(reported)]);
    },
    async remove(id) {
      return (await pool.query('delete from charging_subscription where subscription_id = $1', [id])).rowCount === 1;
    },
    ofAccount: (account, nowMicros) =>
      select('account_id = $1 and (expires_micros is null or expires_micros > $2) order by subscription_id', [account, nowMicros]),
    async subscribedAccounts(shards, after, most) {
      const { rows } = await pool.query<{ id: string }>(
        `select distinct s.account_id as id from charging_subscription s join charging_account a using (account_id)
          where a.shard = any($1::smallint[]) and s.account_id > $2 order by 1 limit $3`,
        [shards, after, most],
      );
      return rows.map(({ id }) => id);
    },
    async forget(beforeMicros) {
      await pool.query('delete from charging_subscription where expires_micros <= $1', [beforeMicros]);
    },
  };
}

function subscriptionOf({ id, kind, account, counters, reported, peer, expires }: SubscriptionRow): Subscription {
  return {
    ...{ id, kind, account, counters },
    reported: JSON.parse(reported) as readonly PolicyCounter[], // our own rows
    peer: JSON.parse(peer) as PeerWords, // likewise
    expiresMicros: expires === null ? undefined : Number(expires),
  };
}
