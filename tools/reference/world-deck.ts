/**
 * libphonenumber's ranges → data/world-code-deck.csv: the destinations in which interconnect partners price the world.
 * A country's own name is all that is not named further (fixed lines above all); then mobile and the special services
 * by number type, mobile by operator where libphonenumber names one, and the cities and states that price lists set apart.
 */
import { worldServices } from './calling-codes.ts';
import { writeRecords } from './csv.ts';
import { fewestCodes, longestMatch } from './fewest-codes.ts';
import type { NumberType, TypedPrefix } from './metadata.ts';
import { placeCodes, placeOf } from './places.ts';
import type { PrefixText } from './prefix-text.ts';

type Kind = Exclude<NumberType, 'fixed-or-mobile'>;

const typeNames: Readonly<Record<Kind, string>> = {
  fixed: '',
  mobile: ' Mobile',
  'toll-free': ' Toll Free',
  'premium-rate': ' Premium Rate',
  personal: ' Personal',
  corporate: ' Corporate',
  paging: ' Paging',
  voip: ' VoIP',
  'shared-cost': ' Shared Cost',
};

/** Numbers there say nothing about mobile or fixed, and nobody prices the few operators that the source names apart. */
const ONE_PRICE: ReadonlySet<string> = new Set(['US', 'CA']);

/** Separates the parts of a destination while it is worked on. */
type Parts = `${string}|${Kind | 'service'}|${string}`;

export interface DeckInput {
  /** code → country, the fewest. */
  readonly countries: ReadonlyMap<string, string>;
  readonly countryNames: ReadonlyMap<string, string>;
  readonly typed: readonly TypedPrefix[];
  readonly carriers: readonly PrefixText[];
  readonly geocoding: readonly PrefixText[];
}

export interface Destination {
  readonly name: string;
  /** Alpha-2, or empty for a worldwide service. */
  readonly country: string;
  readonly kind: Kind | 'service';
  readonly operator: string;
  readonly codes: readonly string[];
}

export interface Deck {
  readonly destinations: readonly Destination[];
  /** Raw prefixes that went in, by source. */
  readonly raw: { readonly carriers: number; readonly geocoding: number; readonly types: number; readonly countryCodes: number };
}

export function worldDeck(input: DeckInput): Deck {
  const types = new Map(input.typed.map(({ code, type }) => [code, type]));
  const plain = input.typed.map((prefix) => ({ ...prefix, kind: prefix.type === 'fixed-or-mobile' ? 'fixed' : prefix.type }) as const);
  const services = new Map(worldServices);
  const countryOf = (code: string): string => longestMatch(input.countries, code) ?? '';
  const typeOf = (code: string): NumberType | undefined => longestMatch(types, code) as NumberType | undefined;

  const codes = new Map<string, Parts>();
  for (const [code, country] of input.countries) codes.set(code, `${country}|fixed|`);
  for (const [code, name] of worldServices) codes.set(code, `|service|${name}`);

  // What is named by place or operator, before the plain types, which give way to it below.
  const named = new Set<string>();
  for (const [code, place] of placeCodes) {
    codes.set(code, `${countryOf(code)}|fixed|${place}`);
    named.add(code);
  }
  for (const { code, text } of input.geocoding) {
    const country = countryOf(code);
    const type = typeOf(code) ?? 'fixed';
    if (type !== 'fixed' && type !== 'fixed-or-mobile') continue;
    codes.set(code, `${country}|fixed|${placeOf(code, country, text)}`);
    named.add(code);
  }
  for (const { code, text } of input.carriers) {
    const country = countryOf(code);
    const type = typeOf(code) ?? 'mobile';
    const service = services.get(code.slice(0, 3));
    if (ONE_PRICE.has(country)) continue;
    if (service !== undefined && country === '') codes.set(code, `|service|${service} ${operatorName(text)}`);
    else if (country !== '' && (type === 'mobile' || type === 'fixed-or-mobile'))
      codes.set(code, `${country}|mobile|${operatorName(text)}`);
    else if (type === 'paging') codes.set(code, `${country}|paging|${operatorName(text)}`);
    else continue;
    named.add(code);
  }

  const specific = new Map<string, Parts>([...codes].filter(([code]) => named.has(code)));
  for (const { code, country, kind } of plain) {
    if (kind !== 'fixed' && kind !== 'mobile' && !named.has(code)) specific.set(code, `${country}|${kind}|`);
  }
  for (const { code, country, kind } of plain) {
    if (named.has(code)) continue;
    // A plain line under a place or operator of the same country and type says less than that does.
    const isLine = kind === 'fixed' || kind === 'mobile';
    if (isLine && longestMatch(specific, code)?.startsWith(`${country}|${kind}|`) === true) continue;
    codes.set(code, `${country}|${kind}|`);
  }

  const byParts = new Map<string, string[]>();
  for (const [code, parts] of fewestCodes(codes)) byParts.set(parts, [...(byParts.get(parts) ?? []), code]);
  const destinations = [...byParts].map(([parts, list]) => destination(parts as Parts, list, input.countryNames));
  return {
    destinations: destinations.sort((a, b) => (a.name < b.name ? -1 : 1)),
    raw: {
      carriers: input.carriers.length,
      geocoding: input.geocoding.length,
      types: input.typed.length,
      countryCodes: input.countries.size,
    },
  };
}

function destination(parts: Parts, codes: readonly string[], countryNames: ReadonlyMap<string, string>): Destination {
  const [country = '', kind = 'fixed', detail = ''] = parts.split('|') as [string, Kind | 'service', string];
  const base =
    kind === 'service' ? detail : `${countryNames.get(country) ?? country}${typeNames[kind]}${detail === '' ? '' : ` ${detail}`}`;
  return { name: base, country, kind, operator: kind === 'fixed' || kind === 'service' ? '' : detail, codes };
}

/** One spelling: single spaces, no quotes or bars, capitals where the source has none at all. */
function operatorName(text: string): string {
  const plain = text
    .replace(/["|,;]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === plain.toLowerCase()
    ? plain.replace(/(^|[ /])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
    : plain;
}

/** One line a destination, its codes in order, separated by spaces. */
export function worldDeckCsv(deck: Deck): string {
  const rows = deck.destinations.map((row) => [row.name, row.country, row.kind, row.operator, row.codes.join(' ')]);
  return writeRecords(['destination', 'country', 'kind', 'operator', 'codes'], rows);
}
