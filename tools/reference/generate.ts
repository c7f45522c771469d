/**
 * Makes all of data/ and src/core/money/iso-4217.ts from their sources.
 *
 *   node tools/reference/generate.ts <sources> <metadata.max.json>
 *
 * <sources> is a folder with iso/ and numbering/ as docs/data-sources.md describes; <metadata.max.json> comes from the
 * npm package libphonenumber-js (`npm pack libphonenumber-js@1.13.16`). The same sources give the same files, to the byte.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callingCodes, callingCodesCsv } from './calling-codes.ts';
import { countriesCsv, countryTable } from './countries.ts';
import { currenciesCsv, currenciesModule, currencyTable } from './currencies.ts';
import { jurisdictionCodes, jurisdictionsCsv } from './jurisdictions.ts';
import { readMetadata, typedPrefixes } from './metadata.ts';
import { networksCsv, networkTable } from './mobile-networks.ts';
import { readPrefixTexts } from './prefix-text.ts';
import { worldDeck, worldDeckCsv } from './world-deck.ts';

const [sources, metadataFile] = process.argv.slice(2);
if (sources === undefined || metadataFile === undefined) {
  console.error('usage: node tools/reference/generate.ts <sources> <metadata.max.json>');
  process.exit(2);
}
const project = join(import.meta.dirname, '../..');
const source = (path: string): string => readFileSync(join(sources, path), 'utf8');
const write = (path: string, text: string): void => writeFileSync(join(project, path), text);

const paths = {
  countries: 'iso/country-codes/data/country-codes.csv',
  currencies: 'iso/currency-codes/data/codes-all.csv',
  carriers: 'numbering/libphonenumber/carrier/en',
  geocoding: 'numbering/libphonenumber/geocoding/en',
  pbakondy: 'numbering/mccmnc/pbakondy/mcc-mnc-list.json',
  musalbas: 'numbering/mccmnc/musalbas/mcc-mnc-table.csv',
};

const countries = countryTable(source(paths.countries));
const countryNames = new Map(countries.map(({ alpha2, name }) => [alpha2, name]));
const currencies = currenciesCsv(currencyTable(source(paths.currencies)));
const metadata = readMetadata(readFileSync(metadataFile, 'utf8'));
const typed = typedPrefixes(metadata);
const codes = callingCodes(metadata.country_calling_codes, typed, countryNames);
const countryByCode = new Map(codes.filter(({ country }) => country !== '').map(({ code, country }) => [code, country]));
const carriers = readPrefixTexts(join(sources, paths.carriers));
const geocoding = readPrefixTexts(join(sources, paths.geocoding));
const deck = worldDeck({ countries: countryByCode, countryNames, typed, carriers, geocoding });
const jurisdictions = jurisdictionCodes(geocoding, countryByCode);
const networks = networkTable(source(paths.pbakondy), source(paths.musalbas));

mkdirSync(join(project, 'data/licenses'), { recursive: true });
write('data/currencies.csv', currencies);
write('src/core/money/iso-4217.ts', currenciesModule(currencies));
write('data/countries.csv', countriesCsv(countries, callingCodesByCountry()));
write('data/calling-codes.csv', callingCodesCsv(codes));
write('data/world-code-deck.csv', worldDeckCsv(deck));
write('data/jurisdictions.csv', jurisdictionsCsv(jurisdictions));
write('data/mobile-networks.csv', networksCsv(networks.networks));
cpSync(join(sources, 'numbering/libphonenumber/LICENSE'), join(project, 'data/licenses/libphonenumber.txt'));
cpSync(join(metadataFile, '../LICENSE'), join(project, 'data/licenses/libphonenumber-js.txt'));
cpSync(join(sources, 'numbering/mccmnc/pbakondy/LICENSE'), join(project, 'data/licenses/mcc-mnc-list.txt'));
cpSync(join(sources, 'numbering/mccmnc/musalbas/LICENSE'), join(project, 'data/licenses/mcc-mnc-table.txt'));
write('data/sources.json', `${JSON.stringify(manifest(), undefined, 2)}\n`);

/** Up to its third digit a code is a country code or, after 1, an area code; longer ones (Christmas Island's exchanges) are only in calling-codes.csv. */
function callingCodesByCountry(): Map<string, string[]> {
  const byCountry = new Map<string, Set<string>>();
  for (const { code, country } of codes) {
    const written = code.startsWith('1')
      ? code.slice(0, 4)
      : (Object.keys(metadata.country_calling_codes).find((calling) => code.startsWith(calling)) ?? code);
    byCountry.set(country, (byCountry.get(country) ?? new Set()).add(written));
  }
  return new Map([...byCountry].map(([country, list]) => [country, [...list].sort()]));
}

/** What `carillon reference` shows; a test compares the counts with the files. */
function manifest(): unknown {
  const iso = { licence: 'PDDL-1.0', licenceFile: null };
  const libphonenumber = { source: 'google/libphonenumber', licence: 'Apache-2.0', licenceFile: 'licenses/libphonenumber.txt' };
  const types = `number types: libphonenumber-js metadata (npm 1.13.16, MIT; made from libphonenumber, Apache-2.0), sha256 ${digest(metadataFile as string)}`;
  return [
    {
      file: 'countries.csv',
      what: 'ISO 3166-1 countries with calling codes',
      rows: countries.length,
      source: 'datasets/country-codes',
      date: '2023-09-25',
      ...iso,
      sha256: digest(join(sources as string, paths.countries)),
    },
    {
      file: 'currencies.csv',
      what: 'ISO 4217 currencies, also withdrawn',
      rows: currencies.trimEnd().split('\n').length - 1,
      source: 'datasets/currency-codes',
      date: '2026-01',
      ...iso,
      sha256: digest(join(sources as string, paths.currencies)),
    },
    {
      file: 'calling-codes.csv',
      what: 'E.164: the country or worldwide service of a number',
      rows: codes.length,
      source: 'npm libphonenumber-js 1.13.16; ITU-T E.164 (worldwide services)',
      date: '1.13.16',
      licence: 'MIT, Apache-2.0',
      licenceFile: 'licenses/libphonenumber-js.txt',
      sha256: digest(metadataFile as string),
    },
    {
      file: 'world-code-deck.csv',
      what: `world code deck, ${deck.destinations.reduce((sum, { codes: list }) => sum + list.length, 0)} codes from ${Object.values(deck.raw).reduce((a, b) => a + b)} raw prefixes (operators ${deck.raw.carriers}, places ${deck.raw.geocoding}, number types ${deck.raw.types}, country codes ${deck.raw.countryCodes})`,
      rows: deck.destinations.length,
      ...libphonenumber,
      date: null,
      note: types,
      sha256: digest(join(sources as string, paths.carriers), join(sources as string, paths.geocoding)),
    },
    {
      file: 'jurisdictions.csv',
      what: 'state, territory or province of North American numbers',
      rows: jurisdictions.size,
      ...libphonenumber,
      date: null,
      sha256: digest(join(sources as string, paths.geocoding)),
    },
    {
      file: 'mobile-networks.csv',
      what: `MCC/MNC: ${networks.counts.pbakondy} entries of the first list (${networks.counts.repeated} codes given more than once, resolved), ${networks.counts.added} added from the ${networks.counts.musalbas} of the second`,
      rows: networks.networks.length,
      source: 'pbakondy/mcc-mnc-list, musalbas/mcc-mnc-table',
      date: null,
      licence: 'MIT',
      licenceFile: 'licenses/mcc-mnc-list.txt',
      sha256: digest(join(sources as string, paths.pbakondy), join(sources as string, paths.musalbas)),
    },
  ];
}

/** Of the files, or of all files in the folders, by name. */
function digest(...files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const all = statSync(file).isDirectory()
      ? readdirSync(file)
          .sort()
          .map((name) => join(file, name))
      : [file];
    for (const one of all) hash.update(readFileSync(one));
  }
  return hash.digest('hex');
}
