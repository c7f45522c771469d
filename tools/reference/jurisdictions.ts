/**
 * NPA (and NPA-NXX where an area code spans provinces) → data/jurisdictions.csv: the state, territory or province of a
 * North American number, as ISO 3166-2, from libphonenumber's geocoding 1.txt (`1212|New York`, `1902201|Halifax, NS`).
 */
import { writeRecords } from './csv.ts';
import { fewestCodes } from './fewest-codes.ts';
import type { PrefixText } from './prefix-text.ts';

/** Code and full name, as the geocoding writes it. */
const states =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC Washington D.C.|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington State|WV West Virginia|WI Wisconsin|WY Wyoming|VI US Virgin Islands';
const provinces =
  'AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon';

/** Territories of the United States with an area code and an ISO country code of their own. */
const territories = ['AS', 'GU', 'MP', 'PR', 'VI'];

const regions = new Map<string, string>([
  ...entries('US', states),
  ...entries('CA', provinces),
  // As 1236 and others have it.
  ['British Colombia', 'CA-BC'],
]);

function entries(country: string, list: string): [string, string][] {
  return list.split('|').flatMap((item): [string, string][] => {
    const [code = '', name = ''] = [item.slice(0, 2), item.slice(3)];
    return [
      [code, `${country}-${code}`],
      [name, `${country}-${code}`],
    ];
  });
}

/** The region a text ends in: `Halifax, NS`, `New York`; undefined for two at once, and for islands of other countries. */
function regionOf(text: string): string | undefined {
  return regions.get(text.split(', ').at(-1) ?? '');
}

/** `callingCodes`: code → country, for the territories. */
export function jurisdictionCodes(geocoding: readonly PrefixText[], callingCodes: ReadonlyMap<string, string>): Map<string, string> {
  const codes = new Map<string, string>();
  for (const [code, country] of callingCodes) if (code.length === 4 && territories.includes(country)) codes.set(code, `US-${country}`);
  const north = geocoding.filter(({ code }) => code.startsWith('1'));
  const wholeAreas = new Map(north.filter(({ code }) => code.length === 4).map(({ code, text }) => [code, regionOf(text)]));
  const parts = Map.groupBy(
    north.filter(({ code }) => code.length > 4),
    ({ code }) => code.slice(0, 4),
  );
  for (const area of new Set([...wholeAreas.keys(), ...parts.keys()])) {
    const named = (parts.get(area) ?? []).flatMap(({ code, text }) => {
      const region = regionOf(text);
      return region === undefined ? [] : [{ code, region }];
    });
    const whole = wholeAreas.get(area) ?? (wholeAreas.has(area) ? undefined : onlyOne(named.map(({ region }) => region)));
    // An area code lies in one state; a single exchange that says otherwise is a slip of the source. Where an area spans provinces, exchanges decide.
    if (whole !== undefined) codes.set(area, whole);
    else for (const { code, region } of named) codes.set(code, region);
  }
  return fewestCodes(codes);
}

function onlyOne(names: readonly string[]): string | undefined {
  return new Set(names).size === 1 ? names[0] : undefined;
}

export function jurisdictionsCsv(codes: ReadonlyMap<string, string>): string {
  return writeRecords(['code', 'region'], [...codes]);
}
