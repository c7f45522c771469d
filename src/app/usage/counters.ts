import type pg from 'pg';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { settleDisturbedCounters } from '#operations/usage/settle-counters.ts';
import { loadBook } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { StoredCounterBooks } from '#storage/usage/counter-books.ts';
import { inTransaction } from '#storage/usage/in-transaction.ts';
import { compileConfiguration } from '../configuration.ts';
import type { UsageHome } from './home.ts';

/** The book that was known at an instant, compiled, as it was when a charge of then was made. */
export async function compiledBookKnownAt(database: Database, knownAtMicros: number): Promise<CompiledBook> {
  return valueOrThrow(compileConfiguration(await loadBook(database, knownAtMicros)));
}

/** The same, compiled once for each instant. */
export function knownBooks(database: Database): (knownAtMicros: number) => Promise<CompiledBook> {
  const books = new Map<number, Promise<CompiledBook>>();
  return (at) => {
    const book = books.get(at) ?? compiledBookKnownAt(database, at);
    books.set(at, book);
    return book;
  };
}

/** Books the adjustments that events out of order ask for. `client` has the right to write usage. */
export async function settleCounters({ database, log }: UsageHome, client: pg.PoolClient): Promise<number> {
  const books = new StoredCounterBooks(client, knownBooks(database));
  const adjusted = await inTransaction(client, () => settleDisturbedCounters(books));
  if (adjusted > 0) log.debug({ adjusted }, 'charges adjusted because earlier usage arrived later');
  return adjusted;
}
