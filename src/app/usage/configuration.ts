import type { CompiledBook } from '#core/rating/compile-book.ts';
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import type { Correlation } from '#core/usage/correlation.ts';
import type { Source } from '#core/usage/source.ts';
import type { Setup } from '#operations/configuration/setup.ts';
import { formatsAmong } from '#operations/usage/formats/own-formats.ts';
import { parseSource, sourceUnknown } from '#operations/usage/source.ts';
import type { Configuration } from '#pipeline/read-record.ts';
import { lastKnowledge, loadFormats, loadKnownBook, loadSources } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { compileConfiguration } from '../configuration.ts';
import { loadEnrichment } from './enrichment.ts';

/** What was compiled last for a database, without the rates as they were written. */
interface Compiled {
  readonly knownAtMicros: number;
  readonly setup: Setup;
  readonly compiled: CompiledBook;
}

/** A collector loads a file every few seconds, and 100,000 rates take a second to be read and compiled. */
const lastCompiled = new WeakMap<Database, Compiled>();

/**
 * What is known now, compiled: a run uses it from its beginning to its end. With what the enrichment of these sources
 * needs, or of all when left out. Throws RefusedError for faults of tariffs, and for a number table without a file.
 */
export async function currentConfiguration(database: Database, sources?: readonly string[]): Promise<Configuration> {
  const { setup, compiled, knownAtMicros } = await compiledNow(database);
  const enrichment = await loadEnrichment(database, setup, sources && withPartners(setup.correlations, sources), knownAtMicros);
  return {
    compiled: enrichment === undefined ? compiled : { ...compiled, shared: { ...compiled.shared, enrichment } },
    knownAtMicros,
    correlations: setup.correlations,
    screening: setup.screening,
  };
}

/** The instant of the last change names a book for ever: when it is the same, so is the book. */
async function compiledNow(database: Database): Promise<Compiled> {
  const last = lastCompiled.get(database);
  if (last !== undefined && last.knownAtMicros === (await lastKnowledge(database.pool))) return last;
  const { book, setup, knownAtMicros } = await loadKnownBook(database);
  const compiled = valueOrThrow(compileConfiguration(book));
  const now = { knownAtMicros, setup: { ...setup, book: compiled.shared.book }, compiled };
  lastCompiled.set(database, now);
  return now;
}

/** With the sources whose records are put together with theirs. */
function withPartners(correlations: readonly Correlation[], sources: readonly string[]): readonly string[] {
  const partners = correlations
    .map((rule) => [...rule.sources, ...(rule.bSources ?? [])])
    .filter((together) => together.some((id) => sources.includes(id)));
  return [...sources, ...partners.flat()];
}

/** The declaration of a source as known now. Throws RefusedError (`usage.source-unknown`, `usage.source-invalid`). */
export async function findSource(database: Database, id: string): Promise<Source> {
  const sources = await loadSources(database);
  const declared = sources.find((source) => source.id === id);
  if (declared === undefined)
    throw new RefusedError(
      sourceUnknown(
        id,
        sources.map((source) => source.id),
      ),
    );
  return valueOrThrow(parseSource(declared, { field: `sources ${id}` }, formatsAmong(await loadFormats(database))));
}
