/** From what a file says of bins and enrichment profiles to what enriching uses: tables read, repetitions named. */
import type { BinSet, EnrichmentProfile } from '#core/enrichment/profile.ts';
import {
  binRuleFields,
  type binSet,
  callTypeFields,
  causeFields,
  type enrichmentProfile,
  placeFields,
  shortCodeFields,
  tadigFields,
} from './kinds/enriching.ts';
import type { Reading } from './reading.ts';
import type { Fields, Shape, Values } from './shapes.ts';
import type { SourcePlace } from './source-tree.ts';
import { type FolderFiles, isTable, readTable, type TableReference } from './tables.ts';

type Read<S> = S extends Shape<infer T> ? T : never;

export function buildBinSet(said: Read<typeof binSet>, files: FolderFiles, reading: Reading): BinSet {
  const rules = rowsOf(said, 'rules', said.rules, binRuleFields, files, reading).map(({ values }) => values);
  return { ...said, rules };
}

export function buildEnrichment(said: Read<typeof enrichmentProfile>, files: FolderFiles, reading: Reading): EnrichmentProfile {
  const table = <F extends Fields>(
    field: string,
    value: readonly Values<F>[] | TableReference | undefined,
    fields: F,
    key: keyof Values<F> & string,
  ) => once(rowsOf(said, field, value, fields, files, reading), key, `profile ${said.id}`, reading);
  return {
    ...said,
    callTypes: table('callTypes', said.callTypes, callTypeFields, 'prefix'),
    shortCodes: table('shortCodes', said.shortCodes, shortCodeFields, 'code'),
    causes: table('causes', said.causes, causeFields, 'cause'),
    places: table('places', said.places, placeFields, 'cell'),
    tadig: table('tadig', said.tadig, tadigFields, 'tadig'),
    ...(said.ownNetwork === undefined ? {} : { ownNetwork: { ...said.ownNetwork, prefixes: [...new Set(said.ownNetwork.prefixes)] } }),
  };
}

interface Row<F extends Fields> {
  readonly values: Values<F>;
  readonly place: SourcePlace | undefined;
}

function rowsOf<F extends Fields>(
  said: object,
  field: string,
  value: readonly Values<F>[] | TableReference | undefined,
  fields: F,
  files: FolderFiles,
  reading: Reading,
): readonly Row<F>[] {
  if (value === undefined) return [];
  if (!isTable(value)) return value.map((values) => ({ values, place: reading.placeOf(values) ?? reading.placeOf(said, field) }));
  return readTable(value, reading.placeOf(said, field) ?? { file: '', line: 1 }, field, fields, files, reading);
}

/** Rows whose key comes once; the second one of a key is refused. */
function once<F extends Fields>(
  rows: readonly Row<F>[],
  key: keyof Values<F> & string,
  who: string,
  reading: Reading,
): readonly Values<F>[] {
  const seen = new Map<string, SourcePlace | undefined>();
  for (const { values, place } of rows) {
    const name = String(values[key]);
    if (seen.has(name)) {
      const first = seen.get(name);
      const where = first === undefined ? '' : ` (first at ${first.file}:${first.line})`;
      reading.fault('configuration.code-repeated', `${who} has ${key} ${name} twice${where}`, place, key, name);
    } else seen.set(name, place);
  }
  return rows.map(({ values }) => values);
}
