/** The plans of an installation, as charging uses them. */
import { compileCatalog } from '#core/catalog/compile-catalog.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { loadKnownBook } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { loadJurisdictions } from '../reference-data.ts';

export interface KnownCatalog {
  readonly catalog: CompiledCatalog;
  /** The last change of configuration that it has. */
  readonly knownAtMicros: number;
}

/** All plans as known now, compiled. Throws RefusedError for faults of plans and their tariffs. */
export async function loadCatalog(database: Database): Promise<KnownCatalog> {
  const { book, setup, knownAtMicros } = await loadKnownBook(database);
  const jurisdictions = loadJurisdictions();
  return { catalog: valueOrThrow(compileCatalog(setup, book, jurisdictions === undefined ? {} : { jurisdictions })), knownAtMicros };
}
