/** Rows that are only of use for a time and on which no sum rests: each kind with its table and its clock. */
import type pg from 'pg';

export interface AgedRows {
  readonly kind: string;
  /** The setting whose days it has. */
  readonly setting: 'commandsDays' | 'sightsDays' | 'auditDays' | 'signInDays' | 'jobsDays' | 'webhooksDays' | 'answersDays';
  readonly table: string;
  readonly key: string;
  /** When its time began to run, as an instant. */
  readonly at: string;
  readonly where?: string;
  /** In front of its table, where the instant is in another. */
  readonly join?: string;
  /** What goes with a row, from the furthest to the nearest; `due` are the keys of those that go. */
  readonly parts?: readonly string[];
}

export const agedRows: readonly AgedRows[] = [
  {
    kind: 'charging-commands',
    setting: 'commandsDays',
    table: 'charging_command',
    key: 'command_key',
    at: 't.done_at',
    where: `t.state <> 'waiting'`,
  },
  {
    kind: 'charging-transfers',
    setting: 'commandsDays',
    table: 'charging_transfer',
    key: 'transfer_key',
    at: 't.over_at',
    where: `t.state <> 'open'`,
  },
  {
    ...{ kind: 'audit-sights', setting: 'sightsDays', table: 'audit_content', key: 'sequence', at: 'e.at' },
    ...{ join: 'join audit_entry e using (sequence)', where: `e.stage = 'seen'` },
  },
  {
    ...{ kind: 'audit-contents', setting: 'auditDays', table: 'audit_content', key: 'sequence', at: 'e.at' },
    ...{ join: 'join audit_entry e using (sequence)', where: `e.stage <> 'seen'` },
  },
  { kind: 'sessions', setting: 'signInDays', table: 'sign_in.session', key: 'id', at: 't."expiresAt"' },
  { kind: 'sign-in-links', setting: 'signInDays', table: 'sign_in.verification', key: 'id', at: 't."expiresAt"' },
  { kind: 'sign-in-attempts', setting: 'signInDays', table: 'sign_in.failure', key: 'ctid', at: 't.first_at' },
  { kind: 'sign-in-places', setting: 'signInDays', table: 'sign_in.known_place', key: 'ctid', at: 't.last_at' },
  { kind: 'sign-in-counts', setting: 'signInDays', table: 'sign_in."rateLimit"', key: 'id', at: 'to_timestamp(t."lastRequest" / 1000.0)' },
  {
    ...{ kind: 'jobs', setting: 'jobsDays', table: 'job', key: 'job_id', at: 't.ended_at' },
    where: `t.state <> 'running' and not exists (select from job r where r.restart_of = t.job_id)`,
  },
  {
    ...{ kind: 'webhook-events', setting: 'webhooksDays', table: 'webhook_event', key: 'event_id', at: 't.happened_at' },
    // Of what was asked for again, or waits, nothing goes.
    where: `not exists (select from webhook_message m where m.event_id = t.event_id and (m.over_at is null or m.over_at >= $1::timestamptz))`,
    parts: [
      'delete from webhook_attempt a using webhook_message m where m.message_id = a.message_id and m.event_id in (select event_id from due)',
      'delete from webhook_message where event_id in (select event_id from due)',
    ],
  },
  { kind: 'api-answers', setting: 'answersDays', table: 'api_repetition', key: 'ctid', at: 't.claimed_at' },
];

const ofKind = ({ table, join = '', at, where = 'true' }: AgedRows): string =>
  `from ${table} t ${join} where ${at} < $1::timestamptz and ${where}`;

/** Those older than an instant. */
export async function countAged(
  client: pg.ClientBase | pg.Pool,
  kind: AgedRows,
  before: string,
): Promise<{ readonly records: number; readonly from: string | undefined; readonly to: string | undefined }> {
  const { rows } = await client.query<{ records: string; first: string | null; last: string | null }>(
    `select count(*)::text as records, min(${kind.at} at time zone 'UTC')::date::text as first, max(${kind.at} at time zone 'UTC')::date::text as last ${ofKind(kind)}`,
    [before],
  );
  return { records: Number(rows[0]?.records ?? 0), from: rows[0]?.first ?? undefined, to: rows[0]?.last ?? undefined };
}

/** At most so many, in one statement; 0: there are no more. */
export async function deleteAged(client: pg.ClientBase | pg.Pool, kind: AgedRows, before: string, most: number): Promise<number> {
  const { table, key, parts = [] } = kind;
  const also = parts.map((part, place) => `, part_${place} as (${part})`).join('');
  const { rowCount } = await client.query(
    `with due as materialized (select t.${key} ${ofKind(kind)} limit $2)${also} delete from ${table} where ${key} = any(array(select ${key} from due))`,
    [before, most],
  );
  return rowCount ?? 0;
}
