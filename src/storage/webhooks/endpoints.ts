/** Endpoints and the log of what they were told, for people. */
import type { WebhookEndpoint } from '#operations/webhooks/ports.ts';
import type { Database } from '../database.ts';

export interface KeptEndpoint extends WebhookEndpoint {
  readonly madeMicros: number;
  readonly madeBy: string;
  readonly stoppedMicros: number | undefined;
  readonly waiting: number;
  readonly failed: number;
  readonly sent: number;
}

export interface KeptWebhookMessage {
  readonly messageId: bigint;
  readonly endpoint: string;
  readonly eventId: bigint;
  readonly type: string;
  readonly subject: string;
  readonly replay: number;
  readonly state: string;
  readonly attempts: number;
  readonly happenedMicros: number;
  readonly nextMicros: number | undefined;
  readonly answer: string | undefined;
  readonly status: number | undefined;
}

export interface KeptWebhookAttempt {
  readonly startedMicros: number;
  readonly endedMicros: number | undefined;
  readonly by: string;
  readonly outcome: string | undefined;
  readonly status: number | undefined;
  readonly answer: string | undefined;
}

const micros = (column: string): string => `(extract(epoch from ${column}) * 1000000)::bigint`;
const orUndefined = (value: bigint | null): number | undefined => (value === null ? undefined : Number(value));

/** A new one, or another address, secret or types of one that is there: it is not stopped then. */
export async function putEndpoint({ pool }: Database, { id, url, secret, types }: WebhookEndpoint, by: string): Promise<void> {
  await pool.query(
    `insert into webhook_endpoint (endpoint_id, url, secret, types, made_by) values ($1, $2, $3, $4, $5)
     on conflict (endpoint_id) do update set url = excluded.url, secret = excluded.secret, types = excluded.types, stopped_at = null`,
    [id, url, secret, types, by],
  );
}

/** Nothing goes there any more; what waits is stopped. False: there is none. */
export function stopEndpoint(database: Database, id: string): Promise<boolean> {
  return database.transaction(async (client) => {
    const { rowCount } = await client.query(
      'update webhook_endpoint set stopped_at = coalesce(stopped_at, clock_timestamp()) where endpoint_id = $1',
      [id],
    );
    await client.query(
      `update webhook_message set state = 'stopped', next_at = null, over_at = clock_timestamp() where endpoint_id = $1 and state in ('waiting', 'sending')`,
      [id],
    );
    return rowCount === 1;
  });
}

export async function selectEndpoints({ pool }: Database): Promise<readonly KeptEndpoint[]> {
  const { rows } = await pool.query<{
    id: string;
    url: string;
    secret: string;
    types: readonly string[];
    made: bigint;
    made_by: string;
    stopped: bigint | null;
    waiting: bigint;
    failed: bigint;
    sent: bigint;
  }>(
    `select p.endpoint_id as id, p.url, p.secret, p.types, ${micros('p.made_at')} as made, p.made_by, ${micros('p.stopped_at')} as stopped,
            count(m.*) filter (where m.state in ('waiting', 'sending')) as waiting, count(m.*) filter (where m.state = 'failed') as failed,
            count(m.*) filter (where m.state = 'sent') as sent
       from webhook_endpoint p left join webhook_message m using (endpoint_id) group by p.endpoint_id order by p.endpoint_id`,
  );
  return rows.map(({ made, made_by, stopped, waiting, failed, sent, ...row }) => ({
    ...row,
    madeMicros: Number(made),
    madeBy: made_by,
    stoppedMicros: orUndefined(stopped),
    ...{ waiting: Number(waiting), failed: Number(failed), sent: Number(sent) },
  }));
}

export interface MessageFilter {
  readonly endpoint?: string;
  readonly state?: string;
  readonly subject?: string;
  readonly limit: number;
}

/** Newest first, with what was answered last. */
export async function selectWebhookMessages(
  { pool }: Database,
  { endpoint, state, subject, limit }: MessageFilter,
): Promise<readonly KeptWebhookMessage[]> {
  const { rows } = await pool.query<MessageRow>(
    `${MESSAGES} where ($1::text is null or m.endpoint_id = $1) and ($2::text is null or m.state = $2) and ($3::text is null or m.subject = $3)
      order by m.message_id desc limit $4`,
    [endpoint ?? null, state ?? null, subject ?? null, limit],
  );
  return rows.map(messageFrom);
}

const MESSAGES = `select m.message_id, m.endpoint_id, m.event_id, e.type, m.subject, m.replay, m.state, m.attempts, ${micros('e.happened_at')} as happened,
    ${micros('m.next_at')} as next, l.answer, l.status
  from webhook_message m join webhook_event e using (event_id)
  left join lateral (select a.answer, a.status from webhook_attempt a where a.message_id = m.message_id order by a.attempt_id desc limit 1) l on true`;

interface MessageRow {
  readonly message_id: bigint;
  readonly endpoint_id: string;
  readonly event_id: bigint;
  readonly type: string;
  readonly subject: string;
  readonly replay: number;
  readonly state: string;
  readonly attempts: number;
  readonly happened: bigint;
  readonly next: bigint | null;
  readonly answer: string | null;
  readonly status: number | null;
}

function messageFrom(row: MessageRow): KeptWebhookMessage {
  const { message_id, endpoint_id, event_id, type, subject, replay, state, attempts, happened, next, answer, status } = row;
  return {
    ...{ messageId: message_id, endpoint: endpoint_id, eventId: event_id, type, subject, replay, state, attempts },
    happenedMicros: Number(happened),
    nextMicros: orUndefined(next),
    answer: answer ?? undefined,
    status: status ?? undefined,
  };
}

/** One message with its body and attempts, the oldest first. Undefined: there is none. */
export async function selectWebhookMessage(
  { pool }: Database,
  messageId: bigint,
): Promise<{ readonly message: KeptWebhookMessage; readonly body: string; readonly attempts: readonly KeptWebhookAttempt[] } | undefined> {
  const { rows } = await pool.query<MessageRow & { readonly body: string }>(
    `${MESSAGES.replace('l.status', 'l.status, e.body')} where m.message_id = $1`,
    [messageId],
  );
  if (rows[0] === undefined) return undefined;
  const attempts = await pool.query<{
    started: bigint;
    ended: bigint | null;
    by: string;
    outcome: string | null;
    status: number | null;
    answer: string | null;
  }>(
    `select ${micros('started_at')} as started, ${micros('ended_at')} as ended, by, outcome, status, answer from webhook_attempt
      where message_id = $1 order by attempt_id`,
    [messageId],
  );
  return {
    message: messageFrom(rows[0]),
    body: rows[0].body,
    attempts: attempts.rows.map(({ started, ended, by, outcome, status, answer }) => ({
      startedMicros: Number(started),
      endedMicros: orUndefined(ended),
      by,
      outcome: outcome ?? undefined,
      status: status ?? undefined,
      answer: answer ?? undefined,
    })),
  };
}

/** Those that failed or were stopped wait again, where their endpoint is not stopped. How many of them it were. */
export async function retryWebhookMessages({ pool }: Database, ids: readonly bigint[]): Promise<number> {
  const { rowCount } = await pool.query(
    `update webhook_message set state = 'waiting', next_at = clock_timestamp(), over_at = null, attempts = 0
      where message_id = any($1::bigint[]) and state in ('failed', 'stopped', 'waiting')
        and exists (select from webhook_endpoint p where p.endpoint_id = webhook_message.endpoint_id and p.stopped_at is null)`,
    [ids],
  );
  return rowCount ?? 0;
}

/** Sends events of a stretch of time to an endpoint once more, in their order, with the same ids. How many. */
export async function replayEvents({ pool }: Database, endpoint: string, fromMicros: number, toMicros: number): Promise<number> {
  const { rowCount } = await pool.query(
    `insert into webhook_message (endpoint_id, event_id, subject, replay, next_at)
       select $1, e.event_id, e.subject, max(m.replay) + 1, clock_timestamp() from webhook_event e
         join webhook_message m on m.event_id = e.event_id and m.endpoint_id = $1
        where e.happened_at >= to_timestamp($2 / 1000000.0) and e.happened_at < to_timestamp($3 / 1000000.0)
          and not exists (select from webhook_message w where w.event_id = e.event_id and w.endpoint_id = $1 and w.state in ('waiting', 'sending'))
        group by e.event_id, e.subject order by e.event_id`,
    [endpoint, fromMicros, toMicros],
  );
  return rowCount ?? 0;
}
