/** Messages to systems of others, and their attempts. */
import type { OutgoingWebhook, WebhookOutcome, WebhookStore } from '#operations/webhooks/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

export function webhookStore(database: Database): WebhookStore {
  return {
    take: (nowMicros, leaseMs, by, most) => take(database, nowMicros, leaseMs, by, most),
    finish: (message, outcome, endMicros, nextMicros) => finish(database, message, outcome, endMicros, nextMicros),
  };
}

interface TakenRow {
  readonly message_id: bigint;
  readonly attempt_id: bigint;
  readonly endpoint_id: string;
  readonly url: string;
  readonly secret: string;
  readonly types: readonly string[];
  readonly event_id: bigint;
  readonly type: string;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
}

async function take({ pool }: Database, nowMicros: number, leaseMs: number, by: string, most: number): Promise<readonly OutgoingWebhook[]> {
  const { rows } = await pool.query<TakenRow>(
    `with due as (
       select m.message_id, m.state from webhook_message m
        where m.state in ('waiting', 'sending') and m.next_at <= $1
          -- In order: not before what came first of the same subject is over.
          and not exists (select from webhook_message f where f.endpoint_id = m.endpoint_id and f.subject = m.subject
                            and f.message_id < m.message_id and f.state in ('waiting', 'sending'))
        order by m.next_at, m.message_id limit $4 for update skip locked),
     lost as (
       update webhook_attempt a set outcome = 'unknown', ended_at = $1, answer = 'who sent it never said how it ended'
         from due where due.state = 'sending' and a.message_id = due.message_id and a.ended_at is null),
     taken as (
       update webhook_message m set state = 'sending', next_at = $2, attempts = attempts + 1 from due where m.message_id = due.message_id
       returning m.message_id, m.endpoint_id, m.event_id, m.subject, m.attempts),
     attempt as (
       insert into webhook_attempt (message_id, started_at, by) select message_id, $1, $3 from taken returning attempt_id, message_id)
     select t.message_id, a.attempt_id, t.endpoint_id, p.url, p.secret, p.types, t.event_id, e.type, t.subject, e.body, t.attempts
       from taken t join attempt a using (message_id) join webhook_endpoint p using (endpoint_id) join webhook_event e using (event_id)`,
    [formatTimestamptz(nowMicros), formatTimestamptz(nowMicros + leaseMs * 1000), by, most],
  );
  return rows.map(({ message_id, attempt_id, endpoint_id, url, secret, types, event_id, type, subject, body, attempts }) => ({
    messageId: message_id,
    attemptId: attempt_id,
    endpoint: { id: endpoint_id, url, secret, types },
    eventId: event_id,
    ...{ type, subject, body, attempts },
  }));
}

async function finish(
  database: Database,
  { messageId, attemptId }: OutgoingWebhook,
  { outcome, status, answer }: WebhookOutcome,
  endMicros: number,
  nextMicros: number | undefined,
): Promise<void> {
  const end = formatTimestamptz(endMicros);
  await database.transaction(async (client) => {
    const { rowCount } = await client.query(
      'update webhook_attempt set ended_at = $2, outcome = $3, status = $4, answer = $5 where attempt_id = $1 and ended_at is null',
      [attemptId, end, outcome, status ?? null, answer],
    );
    // It was given up as lost meanwhile: another attempt says how it stands.
    if (rowCount === 0) return;
    const state = outcome === 'sent' ? 'sent' : nextMicros === undefined ? 'failed' : 'waiting';
    await client.query(
      `update webhook_message set state = $2, next_at = $3, over_at = case when $2 = 'waiting' then null else $4::timestamptz end
        where message_id = $1 and state = 'sending'`,
      [messageId, state, nextMicros === undefined ? null : formatTimestamptz(nextMicros), end],
    );
  });
}
