/** Flags, and what screening rules remember. */
import type pg from 'pg';
import type { FlagGroup } from '#operations/usage/flags.ts';
import type { EventFlag, StoredFlag } from '#pipeline/screening/ports.ts';
import { utcTimestamp } from './days.ts';

/** In the order in which it was written. */
export async function loadScreeningState(client: pg.ClientBase): Promise<readonly Uint8Array[]> {
  const { rows } = await client.query<{ bytes: Buffer }>('select bytes from screening_state order by state_id');
  return rows.map(({ bytes }) => bytes);
}

/** `replaces`: it says all that was said before. */
export async function writeScreeningState(client: pg.ClientBase, bytes: Uint8Array, replaces: boolean): Promise<void> {
  if (replaces) await client.query('delete from screening_state');
  const value = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await client.query('insert into screening_state (bytes) values ($1)', [value]);
}

export async function writeFlags(client: pg.ClientBase, flags: readonly EventFlag[]): Promise<void> {
  if (flags.length === 0) return;
  await client.query(
    `insert into usage_flag (event_id, rule, kind, action, subject, measured, detail, started_at)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::timestamptz[])`,
    [
      flags.map(({ recordId }) => recordId),
      flags.map(({ rule }) => rule),
      flags.map(({ kind }) => kind),
      flags.map(({ action }) => action),
      flags.map(({ key }) => key),
      flags.map(({ measured }) => measured ?? null),
      flags.map(({ detail }) => detail),
      flags.map(({ startMicros }) => utcTimestamp(startMicros)),
    ],
  );
}

export async function selectFlagsOf(client: pg.ClientBase, ids: readonly number[]): Promise<ReadonlyMap<number, readonly StoredFlag[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<{
    event_id: bigint;
    rule: string;
    action: 'flag' | 'hold';
    measured: bigint | null;
    detail: string;
    released: boolean;
  }>(
    `select event_id, rule, action, measured, detail, released_at is not null as released
       from usage_flag where event_id = any($1::bigint[]) order by flag_id`,
    [ids],
  );
  return Map.groupBy(
    rows.map(({ measured, ...row }) => ({ ...row, measured: measured === null ? undefined : Number(measured) })),
    ({ event_id }) => Number(event_id),
  );
}

/** The last flagged first. */
export async function selectFlagGroups(client: pg.Pool, rule: string | undefined, limit: number): Promise<readonly FlagGroup[]> {
  const { rows } = await client.query<{
    rule: string;
    kind: string;
    action: 'flag' | 'hold';
    subject: string;
    count: bigint;
    waiting: bigint;
    first: bigint;
    last: bigint;
    from: number;
    to: number;
    detail: string;
  }>(
    `select rule, kind, action, subject, count(*) as count,
         count(*) filter (where action = 'hold' and released_at is null and exists (select from usage_held h where h.event_id = f.event_id)) as waiting,
         min(event_id) as first, max(event_id) as last, min(started_at) as from, max(started_at) as to,
         (array_agg(detail order by flag_id desc))[1] as detail
       from usage_flag f where $1::text is null or rule = $1
      group by 1, 2, 3, 4 order by max(flag_id) desc limit $2`,
    [rule ?? null, limit],
  );
  return rows.map((row) => ({
    rule: row.rule,
    kind: row.kind,
    action: row.action,
    subject: row.subject,
    count: Number(row.count),
    waiting: Number(row.waiting),
    firstRecord: Number(row.first),
    lastRecord: Number(row.last),
    firstStartMicros: row.from,
    lastStartMicros: row.to,
    detail: row.detail,
  }));
}

export interface Release {
  /** Undefined: all of the rule. */
  readonly ids: readonly number[] | undefined;
  readonly rule: string | undefined;
  readonly why: string;
  readonly by: string;
}

/** Releases held records; the reasons for which they are held. What is not held by a rule is left as it is. */
export async function releaseFlags(client: pg.ClientBase, { ids, rule, why, by }: Release): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ reason: string; event_id: bigint }>(
    `update usage_flag f set released_at = now(), released_by = $4, released_why = $3 from usage_held h
      where h.event_id = f.event_id and f.action = 'hold' and f.released_at is null and starts_with(h.reason, 'screening.')
        and ($1::bigint[] is null or f.event_id = any($1)) and ($2::text is null or f.rule = $2)
      returning h.reason, f.event_id`,
    [ids ?? null, rule ?? null, why, by],
  );
  const released = new Map<string, Set<bigint>>();
  for (const { reason, event_id } of rows) released.set(reason, (released.get(reason) ?? new Set()).add(event_id));
  return new Map([...released].map(([reason, events]) => [reason, events.size]));
}
