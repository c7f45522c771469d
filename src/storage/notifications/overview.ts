/** Messages and their attempts, for people. */
import type { KeptNotification, NotificationFilter, NotificationHistory } from '#operations/notifications/kept.ts';
import type { Database } from '../database.ts';

const micros = (column: string): string => `(extract(epoch from ${column}) * 1000000)::bigint`;
const orUndefined = (value: bigint | null): number | undefined => (value === null ? undefined : Number(value));

const NOTIFICATIONS = `select n.notification_id, n.account_id, n.notice, n.way, n.target, n.language, n.subject, n.body, n.state, n.reason, n.attempts,
    ${micros('n.made_at')} as made, ${micros('n.next_at')} as next, ${micros('n.over_at')} as over, l.answer
  from notification n
  left join lateral (select a.answer from notification_attempt a where a.notification_id = n.notification_id order by a.attempt_id desc limit 1) l on true`;

interface Row {
  readonly notification_id: bigint;
  readonly account_id: string;
  readonly notice: string;
  readonly way: string;
  readonly target: string;
  readonly language: string;
  readonly subject: string | null;
  readonly body: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly made: bigint;
  readonly next: bigint | null;
  readonly over: bigint | null;
  readonly answer: string | null;
}

function notificationFrom({ notification_id, account_id, subject, reason, made, next, over, answer, ...row }: Row): KeptNotification {
  return {
    ...row,
    notificationId: notification_id,
    account: account_id,
    subject: subject ?? undefined,
    reason: reason ?? undefined,
    madeMicros: Number(made),
    nextMicros: orUndefined(next),
    overMicros: orUndefined(over),
    answer: answer ?? undefined,
  };
}

/** Newest first, with what was answered last. */
export async function selectNotifications(
  { pool }: Database,
  { account, state, way, before, limit }: NotificationFilter,
): Promise<readonly KeptNotification[]> {
  const { rows } = await pool.query<Row>(
    `${NOTIFICATIONS} where ($1::text is null or n.account_id = $1) and ($2::text is null or n.state = $2) and ($3::text is null or n.way = $3)
        and ($5::bigint is null or n.notification_id < $5) order by n.notification_id desc limit $4`,
    [account ?? null, state ?? null, way ?? null, limit, before ?? null],
  );
  return rows.map(notificationFrom);
}

/** Undefined: there is none. */
export async function selectNotification({ pool }: Database, id: bigint): Promise<NotificationHistory | undefined> {
  const { rows } = await pool.query<Row>(`${NOTIFICATIONS} where n.notification_id = $1`, [id]);
  if (rows[0] === undefined) return undefined;
  const attempts = await pool.query<{ started: bigint; ended: bigint | null; by: string; outcome: string | null; answer: string | null }>(
    `select ${micros('started_at')} as started, ${micros('ended_at')} as ended, by, outcome, answer from notification_attempt
      where notification_id = $1 order by attempt_id`,
    [id],
  );
  const parts = await pool.query<{ reference: string; state: string | null; receipt: string | null; received: bigint | null }>(
    `select reference, state, receipt, ${micros('received_at')} as received from notification_part where notification_id = $1 order by reference`,
    [id],
  );
  return {
    notification: notificationFrom(rows[0]),
    attempts: attempts.rows.map(({ started, ended, by, outcome, answer }) => ({
      startedMicros: Number(started),
      endedMicros: orUndefined(ended),
      by,
      outcome: outcome ?? undefined,
      answer: answer ?? undefined,
    })),
    parts: parts.rows.map(({ reference, state, receipt, received }) => ({
      reference,
      state: state ?? undefined,
      receipt: receipt ?? undefined,
      receivedMicros: orUndefined(received),
    })),
  };
}

/** Those that failed or were suppressed wait again; waiting ones are due at once. How many of them it were. */
export async function retryNotifications({ pool }: Database, ids: readonly bigint[]): Promise<number> {
  const { rowCount } = await pool.query(
    `with forgotten as (delete from notification_part where notification_id = any($1::bigint[]))
     update notification set state = 'waiting', next_at = clock_timestamp(), over_at = null, reason = null, attempts = 0
      where notification_id = any($1::bigint[]) and state in ('failed', 'suppressed', 'waiting') and target <> ''`,
    [ids],
  );
  return rowCount ?? 0;
}
