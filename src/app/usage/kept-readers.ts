/**
 * Readers of usage, kept from one load of a process to the next: a collector loads file after file. Threads that have run a while read
 * twice as fast as new ones, and the numbers of the lines that they have met are known.
 */
import type pg from 'pg';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import type { HashSeed } from '#pipeline/keys/key-hash.ts';
import { Readers } from '#pipeline/readers.ts';
import type { Database } from '#storage/database.ts';

/** How long threads with nothing to do are kept. They have some 100 MB. */
const IDLE_MS = 30_000;

/** What readers were made for. */
export interface ReadersFor {
  readonly book: CompiledBook;
  readonly seed: HashSeed;
  readonly threads: number;
}

interface Kept extends ReadersFor {
  readonly readers: Readers;
  readonly server: string;
  readonly end: NodeJS.Timeout;
}

const keptReaders = new WeakMap<Database, Kept>();

/** Readers of this book: those of the last load where they fit, else new ones. Give them back with `keep`, or close them. */
export async function takeReaders(
  database: Database,
  client: pg.PoolClient,
  wanted: ReadersFor,
): Promise<{ readonly readers: Readers; keep(): void }> {
  const server = await serverOf(client);
  const kept = keptReaders.get(database);
  keptReaders.delete(database);
  clearTimeout(kept?.end);
  const fits = kept !== undefined && kept.server === server && kept.book === wanted.book && kept.threads === wanted.threads;
  if (!fits) await kept?.readers.close();
  const readers = fits ? kept.readers : new Readers(wanted.book, wanted.seed, wanted.threads);
  readers.hold(true);
  const keep = (): void => {
    readers.hold(false);
    const end = setTimeout(() => {
      keptReaders.delete(database);
      void readers.close();
    }, IDLE_MS).unref();
    keptReaders.set(database, { ...wanted, readers, server, end });
  };
  return { readers, keep };
}

/** Numbers of lines hold in one database: not in another, nor in one that was taken back to an earlier state meanwhile. */
async function serverOf(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ server: string }>(
    `select concat_ws(' ', pg_postmaster_start_time(), oid, current_schema()) as server from pg_database where datname = current_database()`,
  );
  return rows[0]?.server ?? '';
}
