import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import type { Correlation } from '#core/usage/correlation.ts';
import type { Source } from '#core/usage/source.ts';
import { formatsAmong } from '#operations/usage/formats/own-formats.ts';
import { parseSource, sourceUnknown } from '#operations/usage/source.ts';
import type { Configuration } from '#pipeline/read-record.ts';
import { loadFormats, loadKnownBook, loadSources } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { compileConfiguration } from '../configuration.ts';
import { loadEnrichment } from './enrichment.ts';

/**
 * What is known now, compiled: a run uses it from its beginning to its end. With what the enrichment of these sources
 * needs, or of all when left out. Throws RefusedError for faults of tariffs, and for a number table without a file.
 */
export async function currentConfiguration(database: Database, sources?: readonly string[]): Promise<Configuration> {
  const { book, setup, knownAtMicros } = await loadKnownBook(database);
  const compiled = valueOrThrow(compileConfiguration(book));
  const enrichment = await loadEnrichment(database, setup, sources && withPartners(setup.correlations, sources), knownAtMicros);
  return {
    compiled: enrichment === undefined ? compiled : { ...compiled, shared: { ...compiled.shared, enrichment } },
    knownAtMicros,
    correlations: setup.correlations,
    screening: setup.screening,
  };
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
