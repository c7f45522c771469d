/** By what messages are made: plans and notices as known now, and what the settings say. */
import { compileCatalog } from '#core/catalog/compile-catalog.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { TellingRules } from '#operations/notifications/make.ts';
import { lastKnowledge, loadKnownBook } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { loadJurisdictions, loadMobileNetworks } from '../reference-data.ts';
import { quietHoursOf, type TellingSettings } from '../telling-settings.ts';

export interface KnownRules {
  readonly rules: TellingRules;
  readonly knownAtMicros: number | undefined;
}

/** The same again while nothing has changed. Throws RefusedError for plans that cannot be compiled. */
export async function tellingRules(database: Database, { notify }: TellingSettings, known: KnownRules | undefined): Promise<KnownRules> {
  if (known !== undefined && (await lastKnowledge(database.pool)) === known.knownAtMicros) return known;
  const { book, setup, knownAtMicros } = await loadKnownBook(database);
  const jurisdictions = loadJurisdictions();
  const networks = loadMobileNetworks();
  return {
    rules: {
      notices: setup.notices,
      catalog: valueOrThrow(compileCatalog(setup, book, jurisdictions === undefined ? {} : { jurisdictions })),
      // A list may lack a network, and knows the others of its country.
      countryOf: (network) => (networks.ofImsi(network) ?? networks.list.find(({ mcc }) => network.startsWith(mcc)))?.countries[0],
      language: notify.language,
      quiet: quietHoursOf(notify.quietHours),
      mostPerDay: notify.mostPerDay,
    },
    knownAtMicros,
  };
}
