/** The reference data in data/, each file read when first asked for and then kept. */
import { readFileSync } from 'node:fs';
import { readCsv } from '#codecs/csv/csv.ts';
import { MobileNetworks } from '#core/numbering/mobile-networks.ts';
import { NumberPlan } from '#core/numbering/number-plan.ts';
import { PrefixTable } from '#core/numbering/prefix-table.ts';
import type { Jurisdictions } from '#core/rating/compile-book.ts';
import type { CodeDeck } from '#core/tariffs/tariff.ts';

export interface Country {
  /** ISO 3166-1; AC, TA and XK are not in the standard but have numbers. */
  readonly alpha2: string;
  readonly alpha3: string;
  /** Three digits; empty for those three. */
  readonly numeric: string;
  readonly name: string;
  /** Country codes, with the area code where the code is 1. A code may be shared with others. */
  readonly callingCodes: readonly string[];
}

export interface WorldDestination {
  readonly name: string;
  /** Alpha-2; undefined for a worldwide service. */
  readonly country: string | undefined;
  /** fixed, mobile, toll-free, premium-rate, shared-cost, personal, corporate, paging, voip, service. */
  readonly kind: string;
  /** The operator, or the city or state, named in the destination; empty where none is. */
  readonly operator: string;
  readonly codes: readonly string[];
}

export interface WorldDeck {
  /** In the form in which tariffs use it. Its id is `world`. */
  readonly deck: CodeDeck;
  readonly destinations: readonly WorldDestination[];
  /** Digits to an index of `destinations`. */
  readonly table: PrefixTable;
}

export interface DataFile {
  readonly file: string;
  readonly what: string;
  readonly rows: number;
  readonly source: string;
  /** Date or version of the source; null where the source states none. */
  readonly date: string | null;
  readonly licence: string;
  readonly licenceFile: string | null;
  readonly note?: string;
  /** Of the source. */
  readonly sha256: string;
}

const folder = new URL('../../data/', import.meta.url);

function once<T>(load: () => T): () => T {
  let value: { readonly it: T } | undefined;
  return () => {
    value ??= { it: load() };
    return value.it;
  };
}

function* rowsOf(file: string): Generator<readonly string[]> {
  const { rows, fault } = readCsv(readFileSync(new URL(file, folder), 'utf8'));
  if (fault !== undefined) throw new Error(`data/${file} is damaged: ${fault.message}`);
  for (const { fields } of rows.slice(1)) yield fields;
}

export const loadCountries = once((): ReadonlyMap<string, Country> => {
  const countries = new Map<string, Country>();
  for (const [alpha2 = '', alpha3 = '', numeric = '', name = '', codes = ''] of rowsOf('countries.csv')) {
    countries.set(alpha2, { alpha2, alpha3, numeric, name, callingCodes: codes === '' ? [] : codes.split(' ') });
  }
  return countries;
});

export const loadNumberPlan = once((): NumberPlan => {
  const codes = [...rowsOf('calling-codes.csv')];
  return new NumberPlan(
    codes.map(([code = '', country = '', name = '']) => ({ code, country: country === '' ? undefined : country, name })),
  );
});

export const loadWorldCodeDeck = once((): WorldDeck => {
  const destinations: WorldDestination[] = [];
  const codes: { code: string; destination: string }[] = [];
  const entries: [string, number][] = [];
  for (const [name = '', country = '', kind = '', operator = '', list = ''] of rowsOf('world-code-deck.csv')) {
    const own = list.split(' ');
    for (const code of own) {
      codes.push({ code, destination: name });
      entries.push([code, destinations.length]);
    }
    destinations.push({ name, country: country === '' ? undefined : country, kind, operator, codes: own });
  }
  return { deck: { id: 'world', codes }, destinations, table: PrefixTable.build(entries) };
});

/** States, territories and provinces of North American numbers, as ISO 3166-2 (US-NY), for `compileBook`. */
export const loadJurisdictions = once((): Jurisdictions => {
  const states: string[] = [];
  const numbers = new Map<string, number>();
  const entries: [string, number][] = [];
  for (const [code = '', region = ''] of rowsOf('jurisdictions.csv')) {
    const number = numbers.get(region) ?? states.push(region) - 1;
    numbers.set(region, number);
    entries.push([code, number]);
  }
  return { prefixes: { nodes: PrefixTable.build(entries).nodes }, states };
});

export const loadMobileNetworks = once((): MobileNetworks => {
  const rows = [...rowsOf('mobile-networks.csv')];
  return new MobileNetworks(
    rows.map(([mcc = '', mnc = '', countries = '', brand = '', operator = '', status = '']) => ({
      mcc,
      mnc,
      countries: countries === '' ? [] : countries.split('/'),
      brand,
      operator,
      status,
    })),
  );
});

/** Which data there is, and from where. */
export const loadDataFiles = once((): readonly DataFile[] => {
  // Our own generated file; a test reads every field of it.
  return JSON.parse(readFileSync(new URL('sources.json', folder), 'utf8')) as DataFile[];
});

const zones = once((): ReadonlySet<string> => new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']));

/** The IANA time zones of this Node, sorted, with UTC. */
export function timeZones(): readonly string[] {
  return [...zones()].sort();
}
