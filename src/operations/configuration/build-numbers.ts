/** From what a file says of origin sets and code decks to what pricing uses. */
import type { CodeDeck, OriginSet } from '#core/tariffs/tariff.ts';
import { type codeDeck, codeFields, type originSet, prefixFields } from './kinds/numbers.ts';
import type { Reading } from './reading.ts';
import type { CodeDeckOrigin } from './setup.ts';
import type { Shape } from './shapes.ts';
import type { SourcePlace } from './source-tree.ts';
import { type FolderFiles, isTable, readTable } from './tables.ts';

type Read<S> = S extends Shape<infer T> ? T : never;
type Code = CodeDeck['codes'][number];

export function buildOriginSet(said: Read<typeof originSet>, files: FolderFiles, reading: Reading): OriginSet {
  const place = reading.placeOf(said, 'prefixes');
  const rows = isTable(said.prefixes)
    ? readTable(said.prefixes, place ?? { file: '', line: 1 }, 'prefixes', prefixFields, files, reading).map(({ values, place: at }) => ({
        prefix: values.prefix,
        at,
      }))
    : said.prefixes.map((prefix) => ({ prefix, at: place }));
  const seen = new Set<string>();
  for (const { prefix, at } of rows) {
    if (seen.has(prefix)) reading.fault('configuration.code-repeated', `origin set ${said.id} has ${prefix} twice`, at, 'prefixes', prefix);
    seen.add(prefix);
  }
  return { id: said.id, prefixes: [...seen].sort() };
}

export interface BuiltCodeDeck {
  readonly deck: CodeDeck;
  readonly origin?: CodeDeckOrigin;
}

export function buildCodeDeck(said: Read<typeof codeDeck>, files: FolderFiles, reading: Reading): BuiltCodeDeck | undefined {
  const own = ownCodes(said, files, reading);
  if (said.base === undefined) {
    if (said.codes === undefined)
      return reading.fault(
        'configuration.key-missing',
        `code deck ${said.id} needs "codes" or "base: world"`,
        reading.placeOf(said),
        'codes',
      );
    if (said.remove !== undefined)
      return reading.fault(
        'configuration.value-wrong',
        `code deck ${said.id} removes codes and has no base`,
        reading.placeOf(said, 'remove'),
        'remove',
      );
    return { deck: { id: said.id, codes: own } };
  }
  const codes = new Map(reading.reference.worldCodes().map(({ code, destination }) => [code, destination]));
  const remove = [...new Set(said.remove ?? [])].sort();
  for (const code of remove) {
    if (!codes.delete(code))
      reading.fault(
        'configuration.value-wrong',
        `code deck ${said.id} removes ${code}, which the world deck does not have`,
        reading.placeOf(said, 'remove'),
        'remove',
        code,
      );
  }
  for (const { code, destination } of own) codes.set(code, destination);
  const all = [...codes].map(([code, destination]) => ({ code, destination })).sort(byCode);
  return { deck: { id: said.id, codes: all }, origin: { base: said.base, codes: own, remove } };
}

function ownCodes(said: Read<typeof codeDeck>, files: FolderFiles, reading: Reading): Code[] {
  const seen = new Map<string, { readonly destination: string; readonly at: SourcePlace | undefined }>();
  for (const { code, destination, at } of writtenCodes(said, files, reading)) {
    const earlier = seen.get(code);
    if (earlier === undefined) {
      seen.set(code, { destination, at });
      continue;
    }
    const where = earlier.at === undefined ? '' : ` (${earlier.at.file}:${earlier.at.line})`;
    const what = earlier.destination === destination ? `twice${where}` : `as ${destination} and as ${earlier.destination}${where}`;
    reading.fault('configuration.code-repeated', `code deck ${said.id} has ${code} ${what}`, at, 'code', code);
  }
  return [...seen].map(([code, { destination }]) => ({ code, destination })).sort(byCode);
}

function writtenCodes(
  said: Read<typeof codeDeck>,
  files: FolderFiles,
  reading: Reading,
): readonly (Code & { readonly at: SourcePlace | undefined })[] {
  if (said.codes === undefined) return [];
  if (!isTable(said.codes)) return said.codes.map((row) => ({ code: row.code, destination: row.destination, at: reading.placeOf(row) }));
  const from = reading.placeOf(said, 'codes') ?? { file: '', line: 1 };
  return readTable(said.codes, from, 'codes', codeFields, files, reading).map(({ values, place }) => ({
    code: values.code,
    destination: values.destination,
    at: place,
  }));
}

function byCode(a: Code, b: Code): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}
