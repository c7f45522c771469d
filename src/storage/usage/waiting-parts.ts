/** Parts of calls that wait for the others: beside their rows of suspense, and gone with them. */
import type pg from 'pg';
import type { ChangedHold, CorrelatedEvent } from '#pipeline/correlating/ports.ts';
import type { HeldRecord } from '#pipeline/ports.ts';
import { amendFile } from './amend-file.ts';
import { utcTimestamp } from './days.ts';

/** Writes what those of a file that wait for others must be known by. */
export async function writeWaitingParts(
  client: pg.ClientBase,
  file: { readonly fileId: number; readonly sourceId: number },
  records: readonly HeldRecord[],
): Promise<void> {
  const parts = records.flatMap(({ id, event, part }) => (part === undefined ? [] : [{ id, event, ...part }]));
  if (parts.length === 0) return;
  await client.query(
    `insert into usage_waiting_part (event_id, source_id, group_key, kind, sequence, started_at, duration_micros, answered, voice, arrived_at)
     select p.*, f.started_at from unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::bigint[], $8::boolean[],
       $9::boolean[]) as p cross join (select started_at from usage_file where file_id = $10) f`,
    [
      parts.map(({ id }) => id),
      parts.map(() => file.sourceId),
      parts.map(({ group }) => group),
      parts.map(({ kind }) => kind),
      parts.map(({ sequence }) => sequence ?? null),
      parts.map(({ event }) => utcTimestamp(event.startMicros)),
      parts.map(({ event }) => event.durationMicros),
      parts.map(({ event }) => event.answered),
      parts.map(({ event }) => event.service === 'voice'),
      file.fileId,
    ],
  );
}

/** The time of these parts begins anew. */
export async function waitAnew(client: pg.ClientBase, ids: readonly number[]): Promise<void> {
  await client.query('update usage_waiting_part set arrived_at = now() where event_id = any($1::bigint[])', [ids]);
}

/** Writes events made of parts, and the parts; both numbers are in the books already. */
export async function writeCorrelated(client: pg.ClientBase, events: readonly CorrelatedEvent[], nowMicros: number): Promise<void> {
  if (events.length === 0) return;
  await client.query(
    `insert into usage_correlated (event_id, correlation, group_key, source_ids, started_at, ended_at, missing, made_at)
     select event_id, correlation, group_key, source_ids::int[], started_at, ended_at, missing, $8 from unnest($1::bigint[], $2::text[], $3::text[],
       $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[]) as e(event_id, correlation, group_key, source_ids, started_at, ended_at, missing)`,
    [
      events.map(({ eventId }) => eventId),
      events.map(({ scope }) => scope.name),
      events.map(({ group }) => group),
      events.map(({ scope }) => `{${scope.sourceIds.join(',')}}`),
      events.map(({ startMicros }) => utcTimestamp(startMicros)),
      events.map(({ endMicros }) => utcTimestamp(endMicros)),
      events.map(({ missing }) => missing ?? null),
      utcTimestamp(nowMicros),
    ],
  );
  const parts = events.flatMap(({ eventId, parts: own }) => own.map((part) => ({ eventId, ...part })));
  await client.query(
    `insert into usage_part (part_id, event_id, source_id, file_id, byte_from, byte_length, source_key, kind, sequence, started_at)
     select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[], $5::bigint[], $6::int[], $7::text[], $8::text[], $9::bigint[],
       $10::timestamptz[])`,
    [
      parts.map(({ id }) => id),
      parts.map(({ eventId }) => eventId),
      parts.map(({ sourceId }) => sourceId),
      parts.map(({ fileId }) => fileId),
      parts.map(({ byteFrom }) => byteFrom),
      parts.map(({ byteLength }) => byteLength),
      parts.map(({ key }) => key),
      parts.map(({ kind }) => kind),
      parts.map(({ sequence }) => sequence ?? null),
      parts.map(({ startMicros }) => utcTimestamp(startMicros)),
    ],
  );
}

/** Gives held parts another reason, and their files' counts of reasons with them. */
export async function changeHolds(client: pg.ClientBase, changes: readonly ChangedHold[]): Promise<void> {
  const real = changes.filter(({ part, reason, detail }) => part.reason !== reason || part.detail !== detail);
  if (real.length === 0) return;
  await client.query(
    `update usage_held h set reason = c.reason, detail = c.detail
       from unnest($1::bigint[], $2::text[], $3::text[]) as c(event_id, reason, detail) where h.event_id = c.event_id`,
    [real.map(({ part }) => part.id), real.map(({ reason }) => reason), real.map(({ detail }) => detail)],
  );
  for (const [fileId, some] of Map.groupBy(real, ({ part }) => part.fileId)) {
    const reasons: Record<string, number> = {};
    for (const { part, reason } of some) {
      reasons[part.reason] = (reasons[part.reason] ?? 0) - 1;
      reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    await amendFile(client, fileId, { read: 0, rated: 0, held: 0, duplicate: 0, rejected: 0 }, reasons);
  }
}

export async function markParts(client: pg.ClientBase, ids: readonly number[], state: 'waiting' | 'done'): Promise<void> {
  if (ids.length === 0) return;
  await client.query('update usage_waiting_part set state = $2 where event_id = any($1::bigint[]) and state <> $2', [ids, state]);
}

/** The parts that an event has, or had when it was taken back, in the order of the call. */
export async function selectParts(client: pg.ClientBase | pg.Pool, eventId: number): Promise<CorrelatedParts | undefined> {
  const { rows } = await client.query<{ correlation: string; group_key: string; missing: string | null }>(
    'select correlation, group_key, missing from usage_correlated where event_id = $1',
    [eventId],
  );
  const [event] = rows;
  if (event === undefined) return undefined;
  const parts = await client.query<PartRow>(
    `select part_id, file_id, byte_from, byte_length, source_key, kind, sequence from (
       select part_id, file_id, byte_from, byte_length, source_key, kind, sequence, started_at from usage_part where event_id = $1
       union all select part_id, file_id, byte_from, byte_length, source_key, kind, sequence, started_at from usage_former_part where event_id = $1) as parts
      order by started_at, sequence, part_id`,
    [eventId],
  );
  return {
    correlation: event.correlation,
    group: event.group_key,
    missing: event.missing ?? undefined,
    parts: parts.rows.map((row) => ({
      id: Number(row.part_id),
      fileId: row.file_id,
      byteFrom: Number(row.byte_from),
      byteLength: row.byte_length,
      key: row.source_key,
      kind: row.kind,
      sequence: row.sequence === null ? undefined : Number(row.sequence),
    })),
  };
}

interface PartRow {
  readonly part_id: bigint;
  readonly file_id: number;
  readonly byte_from: bigint;
  readonly byte_length: number;
  readonly source_key: string;
  readonly kind: string;
  readonly sequence: bigint | null;
}

/** What an event was made of. */
export interface CorrelatedParts {
  readonly correlation: string;
  readonly group: string;
  readonly missing: string | undefined;
  readonly parts: readonly PartOfEvent[];
}

export interface PartOfEvent {
  readonly id: number;
  readonly fileId: number;
  readonly byteFrom: number;
  readonly byteLength: number;
  readonly key: string;
  readonly kind: string;
  readonly sequence: number | undefined;
}
