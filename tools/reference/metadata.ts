/** Number types by region, from the metadata of libphonenumber as the npm package libphonenumber-js carries it (metadata.max.json, version 4). */
import { decidedPrefixes } from './number-patterns.ts';

/** `fixed-or-mobile`: numbers say nothing about which, as in the United States. */
export type NumberType =
  | 'fixed'
  | 'fixed-or-mobile'
  | 'mobile'
  | 'toll-free'
  | 'premium-rate'
  | 'personal'
  | 'corporate'
  | 'paging'
  | 'voip'
  | 'shared-cost';

interface Metadata {
  readonly version: number;
  /** The first region of a code is its main one. */
  readonly country_calling_codes: Readonly<Record<string, readonly string[]>>;
  /** Element 11 has the types. */
  readonly countries: Readonly<Record<string, readonly unknown[]>>;
}

export interface TypedPrefix {
  readonly code: string;
  readonly country: string;
  readonly type: NumberType;
}

/** Place of each type in the metadata, in the order in which libphonenumber asks. Voicemail is not a destination. */
const asked: readonly (readonly [type: NumberType, index: number])[] = [
  ['premium-rate', 3],
  ['toll-free', 2],
  ['shared-cost', 9],
  ['voip', 8],
  ['personal', 4],
  ['paging', 7],
  ['corporate', 6],
  ['fixed', 0],
  ['mobile', 1],
];

/** The Australian bases, which the metadata counts as Norfolk Island (ITU Operational Bulletin: 672 1x). */
const ANTARCTICA = '6721';

const lineTypes: ReadonlySet<NumberType> = new Set(['fixed', 'fixed-or-mobile', 'mobile']);

/** China, India and others give each city's service numbers (95…) as corporate: thousands of prefixes that nobody prices apart. */
const MOST_CORPORATE = 300;

export function readMetadata(json: string): Metadata {
  const metadata = JSON.parse(json) as Metadata; // the generator's own input, checked by version
  if (metadata.version !== 4) throw new Error(`metadata version ${metadata.version}, this generator reads 4`);
  return metadata;
}

/**
 * Each prefix at which country and type of a number are decided. Regions that share a calling code mostly share its
 * toll-free, premium and other service ranges too: those are the main region's.
 */
export function typedPrefixes(metadata: Metadata): TypedPrefix[] {
  const found = new Map<string, TypedPrefix>();
  for (const [callingCode, regions] of Object.entries(metadata.country_calling_codes)) {
    for (const country of regions) {
      for (const { prefix, type } of regionPrefixes(metadata.countries[country]?.[11] as readonly (readonly [string])[])) {
        const code = callingCode + prefix;
        if (country !== regions[0] && !lineTypes.has(type)) continue;
        if (!found.has(code)) found.set(code, { code, country: code.startsWith(ANTARCTICA) ? 'AQ' : country, type });
      }
    }
  }
  return [...found.values()];
}

function regionPrefixes(types: readonly (readonly [string] | 0)[] | undefined): { prefix: string; type: NumberType }[] {
  const fixed = types?.[0];
  const fixedPattern = Array.isArray(fixed) ? fixed[0] : undefined;
  const patterns = asked.flatMap(([type, index]) => {
    const entry = types?.[index];
    if (!Array.isArray(entry)) return [];
    // An empty pattern of mobile numbers says: the same as fixed ones.
    const pattern = entry[0] === '' ? fixedPattern : entry[0];
    return pattern === undefined ? [] : [[type, pattern] as const];
  });
  const prefixes = decidedPrefixes(patterns);
  const corporate = prefixes.filter(({ type }) => type === 'corporate').length;
  const wanted = corporate <= MOST_CORPORATE ? prefixes : decidedPrefixes(patterns.filter(([type]) => type !== 'corporate'));
  return wanted.map(({ prefix, type, also }) => ({ prefix, type: type === 'fixed' && also.includes('mobile') ? 'fixed-or-mobile' : type }));
}
