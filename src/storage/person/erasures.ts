/** Orders to erase, and what stands in their way. */
import type pg from 'pg';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { Database } from '../database.ts';
import { conditionOf, type PersonTerms } from './tables.ts';

export interface Erasure {
  readonly id: bigint;
  /** Undefined once it is decided. */
  readonly identity: string | undefined;
  readonly reason: string;
  readonly by: string;
  readonly askedMicros: number;
  readonly state: 'waiting' | 'done' | 'refused';
  readonly decidedBy: string | undefined;
  readonly decidedMicros: number | undefined;
  readonly report: unknown;
}

interface Row {
  readonly erasure_id: bigint;
  readonly identity: string | null;
  readonly reason: string;
  readonly asked_by: string;
  readonly asked_at: number;
  readonly state: Erasure['state'];
  readonly decided_by: string | null;
  readonly decided_at: number | null;
  readonly report: unknown;
}

function erasureOf(row: Row): Erasure {
  return {
    ...{ id: row.erasure_id, identity: row.identity ?? undefined, reason: row.reason, by: row.asked_by, askedMicros: row.asked_at },
    ...{
      state: row.state,
      decidedBy: row.decided_by ?? undefined,
      decidedMicros: row.decided_at ?? undefined,
      report: row.report ?? undefined,
    },
  };
}

export async function insertErasure({ pool }: Database, identity: string, reason: string, by: string): Promise<bigint> {
  const { rows } = await pool.query<{ id: bigint }>(
    'insert into person_erasure (identity, reason, asked_by) values ($1, $2, $3) returning erasure_id as id',
    [identity, reason, by],
  );
  if (rows[0] === undefined) throw new Error('a row that was inserted is not there');
  return rows[0].id;
}

export async function findErasure({ pool }: Database, id: bigint): Promise<Erasure | undefined> {
  const { rows } = await pool.query<Row>(`select * from person_erasure where erasure_id = $1 and state = 'waiting'`, [id]);
  return rows[0] === undefined ? undefined : erasureOf(rows[0]);
}

/** Of one that is done. */
export async function findErasureReport({ pool }: Database, id: bigint): Promise<unknown> {
  const { rows } = await pool.query<{ report: unknown }>(`select report from person_erasure where erasure_id = $1 and state = 'done'`, [
    id,
  ]);
  return rows[0]?.report;
}

/** Newest first. */
export async function selectErasures({ pool }: Database, most: number): Promise<readonly Erasure[]> {
  const { rows } = await pool.query<Row>('select * from person_erasure order by erasure_id desc limit $1', [most]);
  return rows.map(erasureOf);
}

/** Whose it was is forgotten with its end. Whether it waited. */
export async function endErasure(
  client: pg.ClientBase | pg.Pool,
  id: bigint,
  state: 'done' | 'refused',
  by: string,
  report: unknown,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update person_erasure set state = $2, identity = null, decided_by = $3, decided_at = clock_timestamp(), report = $4 where erasure_id = $1 and state = 'waiting'`,
    [id, state, by, report === undefined ? null : JSON.stringify(report)],
  );
  return rowCount === 1;
}

/** Of everybody, or of a party whose account of charging it is. */
export async function legalHoldsOn(client: pg.ClientBase | pg.Pool, accounts: readonly string[]): Promise<readonly Refusal[]> {
  const { rows } = await client.query<{ hold_id: bigint; why: string }>(
    `select hold_id, why from retention_hold h where released_at is null
        and (party is null or exists (select from charging_party p where p.account_id = any($1::text[]) and p.party = h.party)) order by 1 limit 3`,
    [accounts],
  );
  return rows.map(({ hold_id, why }) => refuse('retention.legal-hold', `hold ${hold_id}: ${why}`, { value: String(hold_id) }));
}

/** Files that are in the archive and have records of a person in them. */
export async function personFiles(
  client: pg.ClientBase | pg.Pool,
  terms: PersonTerms,
): Promise<readonly { readonly name: string; readonly source: string; readonly loadedMicros: number }[]> {
  const values: unknown[] = [];
  const condition = conditionOf({ name: 'public.usage_event', columns: [] }, terms, values);
  const { rows } = await client.query<{ name: string; source: string; finished_at: number | null; started_at: number }>(
    `select f.name, s.name as source, f.finished_at, f.started_at from usage_file f join usage_source s using (source_id)
      where f.archive_removed_at is null and f.file_id in (select t.file_id from usage_event t where ${condition}) order by f.file_id`,
    values,
  );
  return rows.map(({ name, source, finished_at, started_at }) => ({ name, source, loadedMicros: finished_at ?? started_at }));
}
