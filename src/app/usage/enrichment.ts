/** What sources need to be enriched: only what their profiles name is loaded. */
import type { NumberRanges, OpenNumberTable, SharedEnrichment } from '#core/enrichment/enricher.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { CallType } from '#core/usage/enrichment.ts';
import type { Setup } from '#operations/configuration/setup.ts';
import type { Database } from '#storage/database.ts';
import { loadNumberTable } from '#storage/numbers/number-store.ts';
import { loadMobileNetworks, loadWorldCodeDeck } from '../reference-data.ts';

/**
 * As known at an instant. `sources`: ids; all when left out. Undefined when none of them names a profile. Throws
 * RefusedError when a table that is needed has no file (`numbers.table-empty`).
 */
export async function loadEnrichment(
  database: Database,
  setup: Setup,
  sources: readonly string[] | undefined,
  knownAtMicros: number | undefined,
): Promise<SharedEnrichment | undefined> {
  const named = new Set(setup.sources.flatMap(({ id, enrichment }) => (sources?.includes(id) === false ? [] : [enrichment])));
  const profiles = setup.enrichments.filter(({ id }) => named.has(id));
  if (profiles.length === 0) return undefined;
  const tables = new Set(profiles.flatMap(({ numberTables }) => numberTables));
  const numberTables: OpenNumberTable[] = [];
  for (const { id, gives, owners } of setup.numberTables) {
    if (!tables.has(id)) continue;
    const { parts } = await loadNumberTable(database.pool, id, knownAtMicros);
    if (parts.count === 0)
      throw new RefusedError(refuse('numbers.table-empty', `number table ${id} has no file`, { field: 'numberTables', value: id }));
    numberTables.push({ declaration: { id, gives, owners }, parts });
  }
  return {
    profiles,
    bins: setup.bins,
    timeBands: setup.book.timeBands,
    calendars: setup.book.calendars,
    numberTables,
    numberRanges: numberRanges(),
    mobileNetworks: loadMobileNetworks().list,
  };
}

const types: Readonly<Record<string, CallType>> = {
  'toll-free': 'toll-free',
  'premium-rate': 'premium',
  'shared-cost': 'shared-cost',
  service: 'special',
};

/** The world deck, as far as it says what kind of call a number is. */
export function numberRanges(): NumberRanges {
  const { table, destinations } = loadWorldCodeDeck();
  return { prefixes: { nodes: table.nodes }, ranges: destinations.map(({ country, kind }) => ({ country, type: types[kind] })) };
}
