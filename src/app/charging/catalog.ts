/** The plans of an installation, as charging uses them. */
import { compileCatalog } from '#core/catalog/compile-catalog.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { loadKnownBook, loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { loadJurisdictions } from '../reference-data.ts';

export interface KnownCatalog {
  readonly catalog: CompiledCatalog;
  /** The last change of configuration that it has. */
  readonly knownAtMicros: number;
}

/** All plans as they were known at an instant, compiled. Throws likewise. */
export async function catalogKnownAt(database: Database, knownAtMicros: number): Promise<CompiledCatalog> {
  const setup = await loadSetup(database, knownAtMicros);
  return compiled(setup, setup.book);
}

/** All plans as known now, compiled. Throws RefusedError for faults of plans and their tariffs. */
export async function loadCatalog(database: Database): Promise<KnownCatalog> {
  const { book, setup, knownAtMicros } = await loadKnownBook(database);
  return { catalog: compiled(setup, book), knownAtMicros };
}

function compiled(setup: Parameters<typeof compileCatalog>[0], book: Parameters<typeof compileCatalog>[1]): CompiledCatalog {
  const jurisdictions = loadJurisdictions();
  return valueOrThrow(compileCatalog(setup, book, jurisdictions === undefined ? {} : { jurisdictions }));
}
