/**
 * Brings a database to the tables of this release: the SQL files of `migrations/`, in the order of their
 * names, each in a transaction of its own, recorded with a checksum of its text. One whose name comes before others that
 * are applied already, as between two branches, is applied all the same.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { RefusedError, refuse } from '#core/refusals.ts';
import { commit } from './commit.ts';
import type { Database } from './database.ts';
import { demandFit } from './server-fit.ts';

export interface Migration {
  /** File name, which is also the order. */
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** Any number will do, as long as it stays the same: processes that migrate at the same time wait for each other. */
const ADVISORY_LOCK = 7_265_436_101;

/**
 * Checksums of texts that could not be applied to every server and were mended: databases that have the former one stay as they are. 111 asked lz4 of a table that comes
 * later, on servers that have lz4; those that applied it have none.
 */
const FORMER_TEXTS = new Map([['111_close_fast.sql', '98b0b5f4bef33d09628d7e094e9fd1af5a9df262a8216bd6d2ef60060afebd1e']]);

/**
 * Reads the *.sql files of a folder; by default those of this release. Line ends do not change the checksum. One after the other: every command
 * reads them, and a hundred small files that are waited for take three times the processor (6 ms against 2).
 */
export function readMigrations(folder: URL = new URL('./migrations/', import.meta.url)): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name) => {
    const sql = readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n');
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Applies what is missing and returns the names applied. Throws RefusedError when the database has a
 * migration that this release does not know, or one with another text; nothing is changed then.
 */
export async function migrate(database: Database, migrations?: readonly Migration[]): Promise<readonly string[]> {
  const known = migrations ?? readMigrations();
  const client = await database.pool.connect();
  try {
    if ((await pending(client, known)).length === 0) return [];
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    try {
      // Again, now that nobody else migrates.
      const missing = await pending(client, known);
      if (missing.length === known.length) await demandFit(client);
      for (const migration of missing) await apply(client, migration);
      return missing.map((migration) => migration.name);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]).catch(() => undefined);
    }
  } finally {
    client.release();
  }
}

async function pending(client: pg.PoolClient, known: readonly Migration[]): Promise<readonly Migration[]> {
  const table = await client.query<{ exists: boolean }>("select to_regclass('schema_migration') is not null as exists");
  if (table.rows[0]?.exists !== true) return known;
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from schema_migration order by name');
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  const strangers = rows.filter((row) => !byName.has(row.name));
  if (strangers.length > 0) {
    const names = strangers.map((row) => row.name).join(', ');
    throw new RefusedError(refuse('database.newer', `the database has migrations that this release does not know: ${names}`));
  }
  const altered = rows.filter(({ name, sha256 }) => byName.get(name)?.sha256 !== sha256 && FORMER_TEXTS.get(name) !== sha256);
  if (altered.length > 0) {
    throw new RefusedError(
      ...altered.map((row) =>
        refuse('database.migration-altered', 'this migration was applied with another text', {
          file: `src/storage/migrations/${row.name}`,
        }),
      ),
    );
  }
  const applied = new Set(rows.map((row) => row.name));
  return known.filter((migration) => !applied.has(migration.name));
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`create table if not exists schema_migration (
      name        text primary key,
      sha256      text not null,
      applied_at  timestamptz not null default now()
    )`);
    await client.query(migration.sql);
    await client.query('insert into schema_migration (name, sha256) values ($1, $2)', [migration.name, migration.sha256]);
    await commit(client);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`migration ${migration.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
