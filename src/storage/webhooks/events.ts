/** Enters events for the endpoints that want them, in the transaction of what made them known. */
import type pg from 'pg';
import { formatInstant } from '#core/time/zoned.ts';
import type { NewWebhookEvent } from '#operations/webhooks/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

/** Events that nobody wants are not kept. One that was entered before is left. How many messages wait now. */
export async function enterWebhookEvents(client: pg.ClientBase, events: readonly NewWebhookEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const { rowCount } = await client.query(
    `with wanted as (
       select e.*, array_agg(p.endpoint_id) as endpoints
         from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[]) with ordinality as e(source_key, type, subject, happened_at, body, place)
         join webhook_endpoint p on p.stopped_at is null
          and exists (select from unnest(p.types) as t(type) where t.type = '*' or t.type = e.type or (t.type like '%.*' and starts_with(e.type, left(t.type, -1))))
        group by e.source_key, e.type, e.subject, e.happened_at, e.body, e.place),
     entered as (
       insert into webhook_event (source_key, type, subject, happened_at, body)
         select source_key, type, subject, happened_at, body from wanted order by place
       on conflict (source_key) do nothing returning event_id, source_key)
     insert into webhook_message (endpoint_id, event_id, subject, next_at)
       select unnest(w.endpoints), e.event_id, w.subject, clock_timestamp() from entered e join wanted w using (source_key) order by e.event_id`,
    [
      events.map(({ sourceKey }) => sourceKey),
      events.map(({ type }) => type),
      events.map(({ subject }) => subject),
      events.map(({ happenedMicros }) => formatTimestamptz(happenedMicros)),
      events.map(bodyOf),
    ],
  );
  return rowCount ?? 0;
}

function bodyOf({ type, subject, happenedMicros, data }: Omit<NewWebhookEvent, 'sourceKey'>): string {
  return JSON.stringify({ type, timestamp: formatInstant(happenedMicros), subject, data });
}

/** Goes to one endpoint, whatever it wants. Its message; undefined: there is no such endpoint, or it was stopped. */
export async function enterTest({ pool }: Database, endpoint: string, atMicros: number, by: string): Promise<bigint | undefined> {
  const event = { type: 'webhook.test', subject: 'test', happenedMicros: atMicros, data: { by } };
  const { rows } = await pool.query<{ id: bigint }>(
    `with endpoint as (select endpoint_id from webhook_endpoint where endpoint_id = $1 and stopped_at is null),
     event as (insert into webhook_event (source_key, type, subject, happened_at, body)
       select 'test:' || $1 || ':' || $2::bigint, $3, $4, $5, $6 from endpoint returning event_id)
     insert into webhook_message (endpoint_id, event_id, subject, next_at)
       select p.endpoint_id, e.event_id, $4, clock_timestamp() from endpoint p, event e returning message_id as id`,
    [endpoint, atMicros, event.type, event.subject, formatTimestamptz(atMicros), bodyOf(event)],
  );
  return rows[0]?.id;
}
