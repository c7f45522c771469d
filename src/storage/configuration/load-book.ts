/** The configuration in the database, as known now or at an instant, as the same book that files make. */
import type pg from 'pg';
import type { Book } from '#core/tariffs/book.ts';
import type { Rate } from '#core/tariffs/tariff.ts';
import { type Declared, type Kind, kinds, type Setup, type Stored, type StoredObject, setupOf } from '#operations/configuration/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';
import { RATE_COLUMNS, type RateRow, rateOfRow } from './rate-rows.ts';

/**
 * All that pricing needs, as known now, or as it was known at an instant (microseconds). Agreement
 * versions and rates carry their numbers in the database. Everything is read from one snapshot.
 */
export async function loadBook(database: Database, knownAtMicros?: number): Promise<Book> {
  return (await loadSetup(database, knownAtMicros)).book;
}

/** The user's formats of usage, as known now or at an instant. */
export async function loadFormats(database: Database, knownAtMicros?: number): Promise<readonly Declared[]> {
  return setupOf(await selectObjects(database.pool, knownAtMicros, ['formats']), new Map()).formats;
}

/** The usage sources, as known now or at an instant. */
export async function loadSources(database: Database, knownAtMicros?: number): Promise<readonly Declared[]> {
  return setupOf(await selectObjects(database.pool, knownAtMicros, ['sources']), new Map()).sources;
}

/** A book and the instant of the last change it knows of: charges priced with it store that instant. */
export interface KnownBook {
  readonly book: Book;
  /** The book and the rest. */
  readonly setup: Setup;
  readonly knownAtMicros: number;
}

/** The book as known now. A change that is committed later is known later, so the instant names this book for ever. */
export async function loadKnownBook(database: Database): Promise<KnownBook> {
  return inSnapshot(database, async (client) => {
    const knownAtMicros = await lastKnowledge(client);
    const setup = await selectSetup(client, undefined);
    return { book: setup.book, setup, knownAtMicros };
  });
}

/** All of the configuration, also what pricing does not need. */
export async function loadSetup(database: Database, knownAtMicros?: number): Promise<Setup> {
  return inSnapshot(database, (client) => selectSetup(client, knownAtMicros));
}

/** All of the configuration as known now, or the kinds that are asked for, but the rates, of which there may be millions: tariffs come without any. */
export async function loadSetupWithoutRates(database: Database, only?: readonly Kind[]): Promise<Setup> {
  return setupOf(await selectObjects(database.pool, undefined, only), new Map());
}

async function inSnapshot<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    return work(client);
  });
}

/** The instant of the last change of configuration or rates; 0 before the first. */
export async function lastKnowledge(client: pg.ClientBase | pg.Pool): Promise<number> {
  const { rows } = await client.query<{ at: number | null }>('select max(known_from) as at from knowledge');
  return rows[0]?.at ?? 0;
}

/** Like loadSetup, on a connection of the caller's and what its transaction sees. */
export async function selectSetup(client: pg.ClientBase, knownAtMicros: number | undefined): Promise<Setup> {
  return setupOf(await selectObjects(client, knownAtMicros), await selectRates(client, knownAtMicros));
}

/** What is known now, with the bodies as they are stored. */
export async function selectStored(client: pg.ClientBase): Promise<Stored> {
  const objects = await selectObjects(client, undefined);
  return { objects, setup: setupOf(objects, await selectRates(client, undefined)) };
}

/** `known_from ≤ t < known_to`; now is what nothing has closed. */
function known(knownAtMicros: number | undefined, parameter: number): { readonly sql: string; readonly values: readonly string[] } {
  if (knownAtMicros === undefined) return { sql: `known_to = 'infinity'`, values: [] };
  return { sql: `known_from <= $${parameter} and $${parameter} < known_to`, values: [formatTimestamptz(knownAtMicros)] };
}

export async function selectObjects(
  client: pg.ClientBase | pg.Pool,
  knownAtMicros: number | undefined,
  only?: readonly Kind[],
): Promise<readonly StoredObject[]> {
  const { sql, values } = known(knownAtMicros, 1);
  const filter = only === undefined ? '' : ` and kind = any($${values.length + 1})`;
  const { rows } = await client.query<{ version_id: number; kind: string; key: string; body: object }>(
    `select version_id, kind, key, body from config_version where ${sql}${filter} order by kind, key`,
    [...values, ...(only === undefined ? [] : [only])],
  );
  return rows.flatMap(({ version_id, kind: written, key, body }) => {
    const known = kinds.find((name) => name === written);
    return known === undefined ? [] : [{ kind: known, key, body, versionId: version_id }];
  });
}

/** Rates by tariff, in the order of their numbers. Rates that were cancelled before they began are left out. */
async function selectRates(client: pg.ClientBase, knownAtMicros: number | undefined): Promise<ReadonlyMap<string, readonly Rate[]>> {
  const { sql, values } = known(knownAtMicros, 1);
  const byTariff = new Map<string, Rate[]>();
  const { rows } = await client.query<RateRow>({
    text: `select ${RATE_COLUMNS} from rate where ${sql} and valid_from < valid_to order by tariff, rate_id`,
    values: [...values],
    rowMode: 'array',
  });
  for (const row of rows) {
    const rates = byTariff.get(row[1]);
    if (rates === undefined) byTariff.set(row[1], [rateOfRow(row)]);
    else rates.push(rateOfRow(row));
  }
  return byTariff;
}
