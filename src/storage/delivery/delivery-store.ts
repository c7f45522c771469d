/** Deliveries and their attempts. Each call is a transaction of its own. */
import type pg from 'pg';
import type { DeliveryRoute } from '#core/parties/delivery.ts';
import type { AttemptOutcome, Delivery, DeliveryStore } from '#operations/delivery/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';
import { planDeliveries } from './plan.ts';

interface TakenRow {
  readonly delivery_id: bigint;
  readonly attempt_id: bigint;
  readonly legal_entity: string;
  readonly document: string;
  readonly account: string;
  readonly kind: string;
  readonly target: DeliveryRoute;
  readonly attempts: number;
}

export function deliveryStore(database: Database): DeliveryStore {
  const { pool } = database;
  return {
    plan: (nowMicros) => database.transaction((client) => planDeliveries(client, nowMicros)),
    take: (nowMicros, leaseMs, by) => take(pool, nowMicros, leaseMs, by),
    finish: (delivery, outcome, endMicros, nextMicros) =>
      database.transaction((client) => finish(client, delivery, outcome, endMicros, nextMicros)),
  };
}

async function take(pool: pg.Pool, nowMicros: number, leaseMs: number, by: string): Promise<Delivery | undefined> {
  const now = formatTimestamptz(nowMicros);
  const { rows } = await pool.query<TakenRow>(
    `with due as (
       select delivery_id, state from delivery where state in ('waiting', 'sending') and next_at <= $1
        order by next_at, delivery_id limit 1 for update skip locked),
     lost as (
       update delivery_attempt a set outcome = 'unknown', ended_at = $1, answer = 'who sent it never said how it ended'
         from due where due.state = 'sending' and a.delivery_id = due.delivery_id and a.ended_at is null),
     taken as (
       update delivery d set state = 'sending', next_at = $2, attempts = attempts + 1 from due where d.delivery_id = due.delivery_id
       returning d.delivery_id, d.legal_entity, d.document, d.target, d.attempts),
     attempt as (
       insert into delivery_attempt (delivery_id, started_at, by) select delivery_id, $1, $3 from taken returning attempt_id)
     select taken.*, attempt.attempt_id, i.account, i.kind
       from taken, attempt, deliverable_document i where i.legal_entity = taken.legal_entity and i.number = taken.document`,
    [now, formatTimestamptz(nowMicros + leaseMs * 1000), by],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    deliveryId: row.delivery_id,
    attemptId: row.attempt_id,
    legalEntity: row.legal_entity,
    number: row.document,
    account: row.account,
    kind: row.kind,
    route: row.target,
    attempts: row.attempts,
  };
}

async function finish(
  client: pg.ClientBase,
  { deliveryId, attemptId }: Delivery,
  { outcome, answer, rejected = [], sha256 }: AttemptOutcome,
  endMicros: number,
  nextMicros: number | undefined,
): Promise<void> {
  const end = formatTimestamptz(endMicros);
  const { rowCount } = await client.query(
    `update delivery_attempt set ended_at = $2, outcome = $3, answer = $4, sha256 = $5 where attempt_id = $1 and ended_at is null`,
    [attemptId, end, outcome, answer, sha256 === undefined ? null : JSON.stringify(sha256)],
  );
  // It was given up as lost meanwhile: another attempt says how the delivery stands.
  if (rowCount === 0) return;
  for (const { recipient, status, answer: said } of rejected) {
    await client.query(
      `insert into delivery_bounce (delivery_id, recipient, action, status, diagnostic, message_sha256, recorded_at)
       values ($1, $2, 'failed', $3, $4, 'attempt ' || $5::bigint, $6)`,
      [deliveryId, recipient, status, said, attemptId, end],
    );
  }
  const done = rejected.length > 0 ? 'bounced' : 'sent';
  const state = outcome === 'sent' ? done : nextMicros === undefined ? 'failed' : 'waiting';
  await client.query(
    `update delivery set state = $2, next_at = $3, done_at = case when $2 = 'waiting' then null else $4::timestamptz end where delivery_id = $1`,
    [deliveryId, state, nextMicros === undefined ? null : formatTimestamptz(nextMicros), end],
  );
}
