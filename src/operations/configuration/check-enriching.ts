/** What must hold between profiles, bins, number tables, sources and the rates that name bins. */
import type { BinSet, EnrichmentProfile, NumberTableDeclaration } from '#core/enrichment/profile.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import { placeOfRate } from '#core/tariffs/tariff.ts';
import { CHARGING_SOURCE } from '#core/usage/source.ts';
import type { KnownIds, PlaceOf } from './check-book.ts';
import type { Declared } from './setup.ts';
import { suggestion } from './suggestion.ts';

export interface Enriching {
  readonly numberTables: readonly NumberTableDeclaration[];
  readonly bins: readonly BinSet[];
  readonly enrichments: readonly EnrichmentProfile[];
  readonly sources: readonly Declared[];
}

export function checkEnriching(
  book: Book,
  { bins, enrichments, sources }: Enriching,
  known: KnownIds,
  placeOf: PlaceOf,
): readonly Refusal[] {
  const faults: Refusal[] = [];
  const name = (object: object, field: string, value: string, ids: Iterable<string>, message: string): void => {
    const place = placeOf(object, field);
    const at = { ...(place === undefined ? {} : { file: place.file, line: place.line }), field, value };
    faults.push(refuse('configuration.reference-unknown', `${message}${suggestion(value, ids)}`, at));
  };
  for (const profile of enrichments) {
    for (const table of profile.numberTables)
      if (!known('numberTables').has(table))
        name(
          profile,
          'numberTables',
          table,
          known('numberTables'),
          `profile ${profile.id} names ${table}, which is not among the numberTables`,
        );
    for (const set of profile.bins)
      if (!known('bins').has(set))
        name(profile, 'bins', set, known('bins'), `profile ${profile.id} names ${set}, which is not among the bins`);
  }
  for (const { id, enrichment, ...source } of sources) {
    if (id === CHARGING_SOURCE) {
      const place = placeOf(sources.find((each) => each.id === id) ?? source, 'id');
      const at = { ...(place === undefined ? {} : { file: place.file, line: place.line }), field: 'id', value: id };
      faults.push(refuse('configuration.name-reserved', 'what online charging has charged is loaded under this name', at));
    }
    if (typeof enrichment !== 'string' || known('enrichments').has(enrichment)) continue;
    const object = sources.find((each) => each.id === id) ?? source;
    name(object, 'enrichment', enrichment, known('enrichments'), `source ${id} names ${enrichment}, which is not among the enrichments`);
  }
  for (const set of bins) {
    checkBands(set, book, name);
    faults.push(...repeatedRules(set, placeOf));
  }
  checkRateBins(book, bins, faults);
  return faults;
}

type Name = (object: object, field: string, value: string, ids: Iterable<string>, message: string) => void;

function checkBands(set: BinSet, { timeBands }: Book, name: Name): void {
  const bands = timeBands.find(({ id }) => id === set.timeBands);
  if (set.timeBands !== undefined && bands === undefined) {
    const ids = timeBands.map(({ id }) => id);
    name(set, 'timeBands', set.timeBands, ids, `bins ${set.id} name ${set.timeBands}, which is not among the timeBands`);
    return;
  }
  const names = bands?.bands.map((band) => band.name) ?? [];
  for (const rule of set.rules)
    for (const band of rule.band ?? [])
      if (!names.includes(band)) {
        const of = set.timeBands === undefined ? 'the set has no timeBands' : `time bands ${set.timeBands} do not have it`;
        name(rule, 'band', band, names, `a rule of bins ${set.id} names the band ${band}: ${of}`);
      }
}

/** Of two rules that say the same the second never counts. */
function repeatedRules({ id, rules }: BinSet, placeOf: PlaceOf): readonly Refusal[] {
  const first = new Map<string, BinSet['rules'][number]>();
  return rules.flatMap((rule) => {
    const { bin, ...says } = rule;
    const key = JSON.stringify(Object.entries(says).sort(([a], [b]) => (a < b ? -1 : 1)));
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, rule);
      return [];
    }
    const place = placeOf(rule, 'bin');
    const message = `a rule of bins ${id} for the bin ${bin} says the same as an earlier one for ${before.bin}, and would never count`;
    return [
      refuse('configuration.value-wrong', message, { ...(place && { file: place.file, line: place.line }), field: 'bin', value: bin }),
    ];
  });
}

/** Each unknown bin is named once, at the first rate that has it. */
function checkRateBins({ tariffs }: Book, bins: readonly BinSet[], faults: Refusal[]): void {
  const names = new Set(
    bins.flatMap(({ id, rules, otherwise }) =>
      [...rules.map(({ bin }) => bin), ...(otherwise === undefined ? [] : [otherwise])].map((bin) => `${id}/${bin}`),
    ),
  );
  for (const tariff of tariffs) {
    const seen = new Set<string>();
    for (const rate of tariff.rates) {
      const { bin } = rate.match;
      if (bin === undefined || names.has(bin) || seen.has(bin)) continue;
      seen.add(bin);
      const message = `a rate of tariff ${tariff.id} names the bin ${bin}, which no set of bins has${suggestion(bin, names)}`;
      faults.push(refuse('configuration.reference-unknown', message, { ...placeOfRate(rate), field: 'bin', value: bin }));
    }
  }
}
