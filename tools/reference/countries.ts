/** ISO 3166 → data/countries.csv, with names as an interconnect manager writes them. */
import { readRecords, writeRecords } from './csv.ts';

export interface CountryRow {
  readonly alpha2: string;
  readonly alpha3: string;
  readonly numeric: string;
  readonly name: string;
}

/** Where the source's short name is too short for a price list, or has signs that switches and spreadsheets trip over. */
const names: Readonly<Record<string, string>> = {
  BA: 'Bosnia and Herzegovina',
  CC: 'Cocos (Keeling) Islands',
  CD: 'Congo Democratic Republic',
  CG: 'Congo',
  CI: 'Ivory Coast',
  GB: 'United Kingdom',
  TR: 'Turkey',
  UM: 'United States Outlying Islands',
  US: 'United States',
  VI: 'US Virgin Islands',
};

/** Territories with numbers of their own that ISO 3166-1 does not list as countries: exceptionally reserved, or user-assigned by common use. */
const additions: readonly CountryRow[] = [
  { alpha2: 'AC', alpha3: 'ASC', numeric: '', name: 'Ascension Island' },
  { alpha2: 'TA', alpha3: 'TAA', numeric: '', name: 'Tristan da Cunha' },
  { alpha2: 'XK', alpha3: 'XKX', numeric: '', name: 'Kosovo' },
];

export function countryTable(countryCodesCsv: string): CountryRow[] {
  const listed = readRecords(countryCodesCsv).map((record) => {
    const alpha2 = record['ISO3166-1-Alpha-2'] ?? '';
    const name =
      names[alpha2] ??
      (record['CLDR display name'] ?? '')
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replaceAll(' & ', ' and ')
        .replace(/^St\. /, 'Saint ');
    return { alpha2, alpha3: record['ISO3166-1-Alpha-3'] ?? '', numeric: (record['ISO3166-1-numeric'] ?? '').padStart(3, '0'), name };
  });
  return [...listed, ...additions].filter(({ alpha2 }) => /^[A-Z]{2}$/.test(alpha2)).sort((a, b) => (a.alpha2 < b.alpha2 ? -1 : 1));
}

/** `callingCodes` are the codes of data/calling-codes.csv by country. */
export function countriesCsv(rows: readonly CountryRow[], callingCodes: ReadonlyMap<string, readonly string[]>): string {
  const fields = rows.map((row) => [row.alpha2, row.alpha3, row.numeric, row.name, (callingCodes.get(row.alpha2) ?? []).join(' ')]);
  return writeRecords(['alpha2', 'alpha3', 'numeric', 'name', 'calling_codes'], fields);
}
