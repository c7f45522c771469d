/** Messages to customers: made of the events that the engine left, sent, and acknowledged. */
import type pg from 'pg';
import type { NoticedEvent } from '#core/charging/notices.ts';
import type {
  KeptNotice,
  NewNotification,
  NotificationStore,
  Outgoing,
  Receipt,
  SendOutcome,
  Spread,
} from '#operations/notifications/ports.ts';
import { fromExactJson } from '../charging/exact-json.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';
import { enterWebhookEvents } from '../webhooks/events.ts';
import { contactsOf } from './contacts.ts';

/** One process makes messages at a time, so that they are made in the order of the events. */
const SPREAD_LOCK = 732_110_249;

export function notificationStore(database: Database): NotificationStore {
  return {
    spread: (nowMicros, most, make) =>
      database.transaction(async (client) => {
        const lock = await client.query<{ free: boolean }>('select pg_try_advisory_xact_lock($1) as free', [SPREAD_LOCK]);
        if (lock.rows[0]?.free !== true) return 0;
        const { rows } = await client.query<{ id: bigint; at: bigint; event: string }>(
          'select notice_id as id, at_micros as at, event::text as event from charging_notice where spread_at is null order by notice_id limit $1',
          [most],
        );
        if (rows.length === 0) return 0;
        const notices = rows.map(
          ({ id, at, event }): KeptNotice => ({ noticeId: id, atMicros: Number(at), event: fromExactJson<NoticedEvent>(event) }),
        );
        const accounts = [...new Set(notices.map(({ event }) => event.account))];
        const spread = await make(notices, {
          contacts: await contactsOf(client, accounts),
          told: await toldOf(client, accounts, nowMicros),
        });
        await insertMessages(client, spread, nowMicros);
        await enterWebhookEvents(
          client,
          spread.map(({ event }) => event),
        );
        await client.query('update charging_notice set spread_at = $2 where notice_id = any($1::bigint[])', [
          notices.map(({ noticeId }) => noticeId),
          formatTimestamptz(nowMicros),
        ]);
        return notices.length;
      }),
    take: (...given) => take(database, ...given),
    async due(nowMicros, way) {
      const { rows } = await database.pool.query<{ due: bigint }>(
        `select count(*) as due from notification where state in ('waiting', 'sending') and next_at <= $1 and way = $2`,
        [formatTimestamptz(nowMicros), way],
      );
      return Number(rows[0]?.due ?? 0n);
    },
    finish: (message, outcome, endMicros, nextMicros) => finish(database, message, outcome, endMicros, nextMicros),
    receive: (receipt, atMicros) => receive(database, receipt, atMicros),
    forget: (beforeMicros, most) => forget(database, beforeMicros, most),
  };
}

async function toldOf(client: pg.ClientBase, accounts: readonly string[], nowMicros: number): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ account: string; told: bigint }>(
    `select account_id as account, count(*) as told from notification
      where account_id = any($1::text[]) and made_at > $2::timestamptz - interval '24 hours' and not urgent and state <> 'suppressed' group by account_id`,
    [accounts, formatTimestamptz(nowMicros)],
  );
  return new Map(rows.map(({ account, told }) => [account, Number(told)]));
}

async function insertMessages(client: pg.ClientBase, spread: readonly Spread[], nowMicros: number): Promise<void> {
  const all = spread.flatMap(({ noticeId, account, messages }) => messages.map((message) => ({ noticeId, account, message })));
  if (all.length === 0) return;
  const of = <T>(part: (message: NewNotification) => T): readonly T[] => all.map(({ message }) => part(message));
  await client.query(
    `insert into notification (notice_id, account_id, notice, way, target, language, subject, body, urgent, zone, quiet_from, quiet_to, next_at, reason,
         state, made_at, over_at)
       select u.*, case when u.next_at is null then 'suppressed' else 'waiting' end, $15, case when u.next_at is null then $15::timestamptz end
         from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::text[],
                $11::smallint[], $12::smallint[], $13::timestamptz[], $14::text[])
              as u(notice_id, account_id, notice, way, target, language, subject, body, urgent, zone, quiet_from, quiet_to, next_at, reason)
     on conflict (notice_id, way) do nothing`,
    [
      all.map(({ noticeId }) => noticeId),
      all.map(({ account }) => account),
      of(({ notice }) => notice),
      of(({ way }) => way),
      of(({ target }) => target),
      of(({ language }) => language),
      of(({ subject }) => subject ?? null),
      of(({ body }) => body),
      of(({ urgent }) => urgent),
      of(({ zone }) => zone),
      of(({ quiet }) => quiet?.from ?? null),
      of(({ quiet }) => quiet?.to ?? null),
      of(({ nextMicros }) => (nextMicros === undefined ? null : formatTimestamptz(nextMicros))),
      of(({ reason }) => reason ?? null),
      formatTimestamptz(nowMicros),
    ],
  );
}

interface TakenRow {
  readonly notification_id: bigint;
  readonly attempt_id: bigint;
  readonly account_id: string;
  readonly way: Outgoing['way'];
  readonly target: string;
  readonly language: Outgoing['language'];
  readonly subject: string | null;
  readonly body: string;
  readonly urgent: boolean;
  readonly zone: string;
  readonly quiet_from: number | null;
  readonly quiet_to: number | null;
  readonly attempts: number;
  readonly made: bigint;
}

async function take(
  { pool }: Database,
  ...[nowMicros, leaseMs, by, most, ways]: Parameters<NotificationStore['take']>
): Promise<readonly Outgoing[]> {
  const { rows } = await pool.query<TakenRow>(
    `with due as (
       select notification_id, state from notification where state in ('waiting', 'sending') and next_at <= $1 and way = any($5::text[])
        order by next_at, notification_id limit $4 for update skip locked),
     lost as (
       update notification_attempt a set outcome = 'unknown', ended_at = $1, answer = 'who sent it never said how it ended'
         from due where due.state = 'sending' and a.notification_id = due.notification_id and a.ended_at is null),
     taken as (
       update notification n set state = 'sending', next_at = $2, attempts = attempts + 1 from due where n.notification_id = due.notification_id returning n.*),
     attempt as (
       insert into notification_attempt (notification_id, started_at, by) select notification_id, $1, $3 from taken returning attempt_id, notification_id)
     select t.notification_id, a.attempt_id, t.account_id, t.way, t.target, t.language, t.subject, t.body, t.urgent, t.zone, t.quiet_from, t.quiet_to,
            t.attempts, (extract(epoch from t.made_at) * 1000000)::bigint as made
       from taken t join attempt a using (notification_id) order by t.notification_id`,
    [formatTimestamptz(nowMicros), formatTimestamptz(nowMicros + leaseMs * 1000), by, most, ways],
  );
  return rows.map(({ notification_id, attempt_id, account_id, subject, quiet_from, quiet_to, made, ...row }) => ({
    ...row,
    notificationId: notification_id,
    attemptId: attempt_id,
    account: account_id,
    subject: subject ?? undefined,
    quiet: quiet_from === null || quiet_to === null ? undefined : { from: quiet_from, to: quiet_to },
    madeMicros: Number(made),
  }));
}

async function finish(
  database: Database,
  { notificationId, attemptId }: Outgoing,
  { outcome, answer, references = [] }: SendOutcome,
  endMicros: number,
  nextMicros: number | undefined,
): Promise<void> {
  const end = formatTimestamptz(endMicros);
  await database.transaction(async (client) => {
    const { rowCount } = await client.query(
      'update notification_attempt set ended_at = $2, outcome = $3, answer = $4 where attempt_id = $1 and ended_at is null',
      [attemptId, end, outcome, answer],
    );
    await client.query('insert into notification_part (reference, notification_id) select unnest($1::text[]), $2 on conflict do nothing', [
      references,
      notificationId,
    ]);
    // It was given up as lost meanwhile: another attempt says how it stands.
    if (rowCount === 0) return;
    const state = outcome === 'sent' ? 'sent' : nextMicros === undefined ? 'failed' : 'waiting';
    await client.query(
      `update notification set state = $2, next_at = $3, over_at = case when $2 = 'waiting' then null else $4::timestamptz end,
              reason = case when $2 = 'failed' then $5 end where notification_id = $1 and state = 'sending'`,
      [notificationId, state, nextMicros === undefined ? null : formatTimestamptz(nextMicros), end, answer],
    );
  });
}

/** Delivered when all its parts are; failed with the first that is not. */
async function receive(database: Database, { reference, state, text }: Receipt, atMicros: number): Promise<boolean> {
  return database.transaction(async (client) => {
    // The message is locked: of two parts that are acknowledged at once, the second sees the first.
    const { rows } = await client.query<{ id: bigint }>(
      `select n.notification_id as id from notification n
        where n.notification_id = (select p.notification_id from notification_part p where p.reference = $1) for update`,
      [reference],
    );
    if (rows[0] === undefined) return false;
    await client.query('update notification_part set state = $2, receipt = $3, received_at = $4 where reference = $1', [
      reference,
      state,
      text,
      formatTimestamptz(atMicros),
    ]);
    await client.query(
      `update notification n set
         state = case when exists (select from notification_part p where p.notification_id = n.notification_id and p.state = 'failed') then 'failed'
                      when not exists (select from notification_part p where p.notification_id = n.notification_id and p.state is null) then 'delivered'
                      else n.state end,
         reason = case when $2 = 'failed' then $3 else n.reason end
        where n.notification_id = $1 and n.state in ('sent', 'delivered', 'failed')`,
      [rows[0].id, state, text],
    );
    return true;
  });
}

async function forget(database: Database, beforeMicros: number, most: number): Promise<number> {
  const before = formatTimestamptz(beforeMicros);
  return database.transaction(async (client) => {
    const { rows } = await client.query<{ id: bigint }>('select notification_id as id from notification where over_at < $1 limit $2', [
      before,
      most,
    ]);
    const ids = rows.map(({ id }) => id);
    for (const table of ['notification_attempt', 'notification_part', 'notification'])
      await client.query(`delete from ${table} where notification_id = any($1::bigint[])`, [ids]);
    const { rowCount } = await client.query(
      'delete from charging_notice where notice_id in (select notice_id from charging_notice where spread_at < $1 limit $2)',
      [before, most],
    );
    return ids.length + (rowCount ?? 0);
  });
}
