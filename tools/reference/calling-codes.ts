/** E.164 country codes → data/calling-codes.csv: the fewest prefixes that say which country, or which worldwide service, a number belongs to. */
import { writeRecords } from './csv.ts';
import { fewestCodes, longestMatch } from './fewest-codes.ts';
import type { TypedPrefix } from './metadata.ts';

/** ITU-T E.164 assigned country codes that belong to no country (Annex to Operational Bulletin 1114 and later): facts, written by hand. */
export const worldServices: readonly (readonly [code: string, name: string])[] = [
  ['388', 'Group of Countries Shared Code'],
  ['800', 'International Freephone'],
  ['808', 'International Shared Cost'],
  ['870', 'Inmarsat'],
  ['878', 'Universal Personal Telecommunications'],
  ['881', 'Global Mobile Satellite'],
  ['882', 'International Networks'],
  ['883', 'International Networks 883'],
  ['888', 'Disaster Relief'],
  ['979', 'International Premium Rate'],
  ['991', 'International Public Correspondence Trial'],
];

/** Country codes assigned but without numbers in the metadata: ITU-T E.164. 3906698 serves the Vatican today, 379 is kept for it. */
const furtherCodes: readonly (readonly [code: string, country: string])[] = [
  ['379', 'VA'],
  ['76', 'KZ'],
  ['6721', 'AQ'],
];

export interface CallingCode {
  readonly code: string;
  /** Alpha-2, or empty for a worldwide service. */
  readonly country: string;
  readonly name: string;
}

export function callingCodes(
  mainRegions: Readonly<Record<string, readonly string[]>>,
  typed: readonly TypedPrefix[],
  countryNames: ReadonlyMap<string, string>,
): CallingCode[] {
  const codes = new Map<string, string>(furtherCodes);
  for (const [code, country] of distinctPrefixes(typed)) codes.set(code, country);
  for (const [code, [main]] of Object.entries(mainRegions)) codes.set(code, main ?? '');
  const countries = [...fewestCodes(codes)].map(([code, country]) => ({ code, country, name: countryNames.get(country) ?? country }));
  const services = worldServices.map(([code, name]) => ({ code, country: '', name }));
  return [...countries, ...services].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The shortest prefixes below which all numbers in use are one country's: 1204 is Canada, though not each of its thousands is taken. */
function distinctPrefixes(typed: readonly TypedPrefix[]): Map<string, string> {
  const countries = new Map<string, Set<string>>();
  for (const { code, country } of typed) {
    for (let length = 1; length <= code.length; length++) {
      const prefix = code.slice(0, length);
      countries.set(prefix, (countries.get(prefix) ?? new Set()).add(country));
    }
  }
  const distinct = new Map<string, string>();
  for (const [prefix, among] of countries) {
    const [country = ''] = among;
    if (among.size === 1 && countries.get(prefix.slice(0, -1))?.size !== 1) distinct.set(prefix, country);
  }
  // A decided prefix can have another country's longer one below it: Vatican numbers inside Rome's.
  for (const { code, country } of typed) if (!distinct.has(code) && longestMatch(distinct, code) === undefined) distinct.set(code, country);
  return distinct;
}

export function callingCodesCsv(rows: readonly CallingCode[]): string {
  return writeRecords(
    ['code', 'country', 'name'],
    rows.map((row) => [row.code, row.country, row.name]),
  );
}
