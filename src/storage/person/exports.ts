/** Exports of persons whose files are kept for a while. A file without its row is nobody's and is removed. */
import type pg from 'pg';
import type { Database } from '../database.ts';
import type { PersonTerms } from './tables.ts';

type Client = pg.ClientBase | pg.Pool;

export interface KeptExport {
  readonly identity: string;
  readonly askedMs: number;
  /** Undefined until the file is whole. */
  readonly bytes: number | undefined;
}

/** All words that mean the person. */
export function namesOf({ numbers, texts, accounts }: PersonTerms): readonly string[] {
  return [...new Set([...numbers, ...texts, ...accounts])];
}

export async function insertExport({ pool }: Database, identity: string, terms: PersonTerms, nowMs: number): Promise<bigint> {
  const { rows } = await pool.query<{ id: bigint }>(
    'insert into person_export (identity, terms, asked_at) values ($1, $2, $3) returning export_id as id',
    [identity, namesOf(terms), new Date(nowMs).toISOString()],
  );
  if (rows[0] === undefined) throw new Error('a row that was inserted is not there');
  return rows[0].id;
}

export async function findExport({ pool }: Database, id: bigint): Promise<KeptExport | undefined> {
  const { rows } = await pool.query<{ identity: string; asked: bigint; bytes: bigint | null }>(
    'select identity, (extract(epoch from asked_at) * 1000)::bigint as asked, bytes from person_export where export_id = $1',
    [id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return { identity: row.identity, askedMs: Number(row.asked), bytes: row.bytes === null ? undefined : Number(row.bytes) };
}

/** Its file is whole. Whether it is still wanted: who was erased meanwhile has none. */
export async function completeExport({ pool }: Database, id: bigint, bytes: number): Promise<boolean> {
  const { rowCount } = await pool.query('update person_export set bytes = $2 where export_id = $1', [id, bytes]);
  return rowCount === 1;
}

export async function deleteExport({ pool }: Database, id: bigint): Promise<void> {
  await pool.query('delete from person_export where export_id = $1', [id]);
}

export async function deleteExportsOf(client: Client, terms: PersonTerms): Promise<void> {
  await client.query('delete from person_export where terms && $1::text[]', [namesOf(terms)]);
}

export async function deleteExportsBefore(client: Client, beforeMs: number): Promise<void> {
  await client.query('delete from person_export where asked_at <= $1', [new Date(beforeMs).toISOString()]);
}

export async function exportIds(client: Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>('select export_id::text as id from person_export');
  return new Set(rows.map(({ id }) => id));
}
