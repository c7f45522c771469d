/** A pool on the same database for a library that writes its own SQL. */
import pg from 'pg';
import type { Database } from '../database.ts';

/** Columns are read as `pg` reads them by itself, not as `column-types.ts` says; tables are looked for in this schema only. */
export function plainPool({ pool }: Database, schema: 'sign_in', connections: number): pg.Pool {
  const { options } = pool;
  const { types: _, ...same } = options;
  const plain = new pg.Pool({ ...same, password: options.password, max: connections, options: `-c timezone=UTC -c search_path=${schema}` });
  // As openDatabase: an idle connection that is lost must not end the process.
  plain.on('error', () => undefined);
  plain.on('connect', (client) => client.on('error', () => undefined));
  return plain;
}
