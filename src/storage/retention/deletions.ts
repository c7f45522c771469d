/** What was deleted, and what must not be. */
import type pg from 'pg';
import type { Deletion, Hold, NewDeletion, NewHold } from '#operations/retention/ports.ts';
import type { Database } from '../database.ts';

/** Its number. */
export async function insertDeletion(client: pg.ClientBase | pg.Pool, deletion: NewDeletion): Promise<bigint> {
  const { kind, rule, from, to, records, bytes, by } = deletion;
  const { rows } = await client.query<{ id: bigint }>(
    `insert into retention_deletion (kind, rule, from_day, to_day, records, bytes, deleted_by) values ($1, $2, $3, $4, $5, $6, $7)
     returning deletion_id as id`,
    [kind, rule, from, to, records, bytes, by],
  );
  if (rows[0] === undefined) throw new Error('a row that was inserted is not there');
  return rows[0].id;
}

interface DeletionRow {
  readonly deletion_id: bigint;
  readonly kind: string;
  readonly rule: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly records: bigint;
  readonly bytes: bigint;
  readonly deleted_by: string;
  readonly deleted_at: number;
}

/** Newest first. `from`, `to`: that have something of these days, the last not included. */
export async function selectDeletions(
  { pool }: Pick<Database, 'pool'>,
  { kind, from, to, before }: { readonly kind?: string; readonly from?: string; readonly to?: string; readonly before?: bigint },
  most: number,
): Promise<readonly Deletion[]> {
  const { rows } = await pool.query<DeletionRow>(
    `select * from retention_deletion where ($1::text is null or kind = $1) and ($2::date is null or to_day > $2) and ($3::date is null or from_day < $3)
        and ($4::bigint is null or deletion_id < $4) order by deletion_id desc limit $5`,
    [kind ?? null, from ?? null, to ?? null, before ?? null, most],
  );
  return rows.map(deletionOf);
}

/** Days (UTC) whose usage was deleted, in stretches with both ends in them, the oldest first: those that have something of these days, the last not included. */
export async function selectDeletedDays(
  { pool }: Pick<Database, 'pool'>,
  { from, to }: { readonly from: string | undefined; readonly to: string | undefined },
): Promise<readonly { readonly from: string; readonly to: string }[]> {
  const { rows } = await pool.query<{ from: string; to: string }>(
    `select lower(days)::text as "from", (upper(days) - 1)::text as "to"
       from (select unnest(range_agg(daterange(from_day, to_day))) as days from retention_deletion where kind = 'usage') as deleted
      where days && daterange($1, $2) order by 1`,
    [from ?? null, to ?? null],
  );
  return rows;
}

function deletionOf(row: DeletionRow): Deletion {
  return {
    ...{ id: row.deletion_id, kind: row.kind, rule: row.rule, from: row.from_day, to: row.to_day },
    ...{ records: Number(row.records), bytes: Number(row.bytes), by: row.deleted_by, atMicros: row.deleted_at },
  };
}

/** By what a record went that is not there any more: it had a number of a file of which something was deleted. Undefined: nobody deleted it. */
export async function deletionOfRecord(
  client: pg.ClientBase | pg.Pool,
  record: number,
): Promise<
  { readonly rule: string; readonly on: string; readonly first: string; readonly last: string; readonly file: string } | undefined
> {
  const { rows } = await client.query<{ rule: string; on: string; first: string; last: string; file: string }>(
    `select max(d.rule) as rule, max(d.deleted_at at time zone 'UTC')::date::text as on, min(g.day)::text as first, max(g.day)::text as last, f.name as file
       from usage_deleted_file g join retention_deletion d using (deletion_id) join usage_file f using (file_id)
      where $1 between g.first_id and g.last_id group by f.file_id, f.name order by max(g.last_id) - min(g.first_id) limit 1`,
    [record],
  );
  return rows[0];
}

interface HoldRow {
  readonly hold_id: bigint;
  readonly party: string | null;
  readonly from_day: string;
  readonly to_day: string | null;
  readonly why: string;
  readonly held_by: string;
  readonly held_at: number;
  readonly released_by: string | null;
  readonly released_at: number | null;
  readonly release_why: string | null;
}

/** Newest first; those in force, or all there ever were. */
export async function selectHolds(client: pg.ClientBase | pg.Pool, isAll: boolean): Promise<readonly Hold[]> {
  const { rows } = await client.query<HoldRow>('select * from retention_hold where $1 or released_at is null order by hold_id desc', [
    isAll,
  ]);
  return rows.map((row) => ({
    ...{ id: row.hold_id, party: row.party ?? undefined, from: row.from_day, to: row.to_day ?? undefined, why: row.why },
    ...{ by: row.held_by, atMicros: row.held_at, releasedBy: row.released_by ?? undefined, releasedMicros: row.released_at ?? undefined },
    releaseWhy: row.release_why ?? undefined,
  }));
}

export async function insertHold({ pool }: Pick<Database, 'pool'>, { party, from, to, why, by }: NewHold): Promise<bigint> {
  const { rows } = await pool.query<{ id: bigint }>(
    'insert into retention_hold (party, from_day, to_day, why, held_by) values ($1, $2, $3, $4, $5) returning hold_id as id',
    [party ?? null, from, to ?? null, why, by],
  );
  if (rows[0] === undefined) throw new Error('a row that was inserted is not there');
  return rows[0].id;
}

/** Whether there was one in force. */
export async function releaseHold({ pool }: Pick<Database, 'pool'>, id: bigint, why: string, by: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update retention_hold set released_by = $3, released_at = clock_timestamp(), release_why = $2 where hold_id = $1 and released_at is null`,
    [id, why, by],
  );
  return rowCount === 1;
}
