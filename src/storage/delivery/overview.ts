/** What people ask of deliveries, and what they do with them. */
import type pg from 'pg';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';
import { planDocument } from './plan.ts';

export const deliveryStates = ['waiting', 'sending', 'sent', 'failed', 'bounced', 'stopped'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface DeliveryStanding {
  readonly deliveryId: bigint;
  readonly legalEntity: string;
  readonly document: string;
  readonly account: string;
  readonly way: string;
  readonly route: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextMicros: number | undefined;
  readonly doneMicros: number | undefined;
  /** What was said last: by the server, or by a report that came back. */
  readonly said: string;
}

export interface DeliveryFilter {
  readonly state?: DeliveryState;
  readonly way?: string;
  readonly document?: string;
  readonly deliveryId?: bigint;
  readonly limit: number;
}

interface StandingRow {
  readonly delivery_id: bigint;
  readonly legal_entity: string;
  readonly document: string;
  readonly account: string | null;
  readonly way: string;
  readonly route: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly next_at: number | null;
  readonly done_at: number | null;
  readonly said: string | null;
}

/** Newest first. */
export async function listDeliveries(
  { pool }: Database,
  { state, way, document, deliveryId, limit }: DeliveryFilter,
): Promise<readonly DeliveryStanding[]> {
  const { rows } = await pool.query<StandingRow>(
    `select d.delivery_id, d.legal_entity, d.document, i.account, d.way, d.route, d.state, d.attempts, d.next_at, d.done_at,
            coalesce(case when d.state = 'bounced' then b.said end, a.answer) as said
       from delivery d
       left join deliverable_document i on i.legal_entity = d.legal_entity and i.number = d.document
       left join lateral (select answer from delivery_attempt a where a.delivery_id = d.delivery_id and answer is not null
                           order by attempt_id desc limit 1) a on true
       left join lateral (select recipient || ': ' || status || ' ' || diagnostic as said from delivery_bounce b
                           where b.delivery_id = d.delivery_id order by bounce_id desc limit 1) b on true
      where ($1::text is null or d.state = $1) and ($2::text is null or d.way = $2) and ($3::text is null or d.document = $3)
        and ($5::bigint is null or d.delivery_id = $5)
      order by d.delivery_id desc limit $4`,
    [state ?? null, way ?? null, document ?? null, limit, deliveryId ?? null],
  );
  return rows.map((row) => ({
    deliveryId: row.delivery_id,
    legalEntity: row.legal_entity,
    document: row.document,
    account: row.account ?? '',
    way: row.way,
    route: row.route,
    state: row.state,
    attempts: row.attempts,
    nextMicros: row.state === 'waiting' ? (row.next_at ?? undefined) : undefined,
    doneMicros: row.done_at ?? undefined,
    said: row.said ?? '',
  }));
}

export interface DeliveryEvent {
  readonly atMicros: number;
  readonly endMicros: number | undefined;
  /** `sent`, `deferred`, `refused`, `unknown`, `under way`; of what came back `failed` and `delayed`. */
  readonly what: string;
  readonly said: string;
  readonly by: string;
  readonly sha256: Readonly<Record<string, string>> | undefined;
}

/** All that happened to one delivery, in its order. */
export async function deliveryHistory({ pool }: Database, deliveryId: bigint): Promise<readonly DeliveryEvent[]> {
  const { rows } = await pool.query<{
    at: number;
    ended: number | null;
    what: string;
    said: string | null;
    by: string;
    sha256: Record<string, string> | null;
  }>(
    `select started_at as at, ended_at as ended, coalesce(outcome, 'under way') as what, answer as said, by, sha256, 0 as kind
       from delivery_attempt where delivery_id = $1
     union all
     select recorded_at, null, action, recipient || ': ' || status || ' ' || diagnostic, 'a report', null, 1 from delivery_bounce where delivery_id = $1
     order by at, kind`,
    [deliveryId],
  );
  return rows.map(({ at, ended, what, said, by, sha256 }) => ({
    atMicros: at,
    endMicros: ended ?? undefined,
    what,
    said: said ?? '',
    by,
    sha256: sha256 ?? undefined,
  }));
}

/** Puts a delivery back to the waiting ones: failed, bounced, stopped or waiting for its time; with `again` also one that was sent. Throws RefusedError. */
export async function retryDelivery({ pool }: Database, deliveryId: bigint, again: boolean, nowMicros: number): Promise<void> {
  await change(
    pool,
    deliveryId,
    `update delivery set state = 'waiting', attempts = 0, done_at = null, next_at = case when way in ('email', 'sftp') then $2::timestamptz end
      where delivery_id = $1 and (state in ('failed', 'bounced', 'stopped', 'waiting') or $3 and state = 'sent' and way <> 'portal')`,
    formatTimestamptz(nowMicros),
    again,
  );
}

/** Takes a delivery out of what waits, has failed or came back. Throws RefusedError. */
export async function stopDelivery({ pool }: Database, deliveryId: bigint, nowMicros: number): Promise<void> {
  await change(
    pool,
    deliveryId,
    `update delivery set state = 'stopped', next_at = null, done_at = $2 where delivery_id = $1 and state in ('waiting', 'failed', 'bounced')`,
    formatTimestamptz(nowMicros),
  );
}

async function change(pool: pg.Pool, deliveryId: bigint, sql: string, ...values: readonly unknown[]): Promise<void> {
  const { rowCount } = await pool.query(sql, [deliveryId, ...values]);
  if (rowCount === 1) return;
  const { rows } = await pool.query<{ state: string }>('select state from delivery where delivery_id = $1', [deliveryId]);
  const value = { value: String(deliveryId) };
  if (rows[0] === undefined) throw new RefusedError(refuse('delivery.unknown', 'there is no such delivery', value));
  throw new RefusedError(refuse('delivery.not-possible', `delivery ${deliveryId} is ${rows[0].state}`, value));
}

/** Plans the deliveries of one document by all ways that its account has now. Tells how many are new. Throws RefusedError. */
export async function sendDocument(database: Database, number: string, nowMicros: number): Promise<number> {
  return database.transaction(async (client) => {
    const { rows } = await client.query<{ account: string; has: boolean }>(
      `select i.account, exists (select 1 from config_version v where v.kind = 'accounts' and v.key = i.account and v.known_to = 'infinity'
              and v.body ? 'delivery') as has
         from deliverable_document i where i.number = $1`,
      [number],
    );
    const document = rows[0];
    if (document === undefined) throw new RefusedError(refuse('delivery.document-unknown', 'no such document', { value: number }));
    if (!document.has) throw new RefusedError(refuse('delivery.no-route', `account ${document.account} declares no delivery`));
    return planDocument(client, number, nowMicros);
  });
}
