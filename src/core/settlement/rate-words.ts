/** A rate in the words and units of a statement. Prices keep the decimals they were written with. */
import { type Decimal, formatDecimal, trimDecimal } from '../money/decimal.ts';
import { groupThousands } from '../money/grouping.ts';
import type { RateMatch, RateTerms } from '../tariffs/tariff.ts';
import type { Service } from '../usage/usage-event.ts';

/** The price formula in words. */
export interface RateWords {
  /** Per unit: `0.0137`, `0.02 / 0.015` for tiers and steps, `45 %` for a share. */
  readonly price: string;
  /** Voice: `60/60`. Empty for others. */
  readonly increments: string;
  /** All else that the price depends on, one clause each: `setup fee 0.05`. */
  readonly terms: readonly string[];
}

const VOLUME_UNITS = new Map([
  [1, 'byte'],
  [1_000, 'kB'],
  [1_000_000, 'MB'],
  [1_000_000_000, 'GB'],
  [1_024, 'KiB'],
  [1_048_576, 'MiB'],
  [1_073_741_824, 'GiB'],
]);

/** Bytes of a unit that unitOf gave; 1 when it is none of the named ones. */
export function volumeUnitBytes(unit: string): number {
  for (const [bytes, name] of VOLUME_UNITS) if (name === unit) return bytes;
  return 1;
}

/** What one price is for: `min`, `MB`, `message`, `unit`. `per` is the tariff's. */
export function unitOf(service: Service, per: number): string {
  switch (service) {
    case 'voice':
      return per === 60 ? 'min' : per === 1 ? 's' : per === 3600 ? 'h' : `${per} s`;
    case 'sms':
    case 'mms':
      return 'message';
    case 'data':
      return VOLUME_UNITS.get(per) ?? `${per} bytes`;
    case 'content':
    case 'event':
      return 'unit';
  }
}

export function rateWords(service: Service, unit: string, terms: RateTerms): RateWords {
  return {
    price: priceWords(terms),
    increments: service === 'voice' ? `${terms.firstSeconds ?? 1}/${terms.nextSeconds ?? 1}` : '',
    terms: [...stepWords(terms), ...tierWords(unit, terms), ...sizeWords(terms), ...shareWords(terms), ...limitWords(terms)],
  };
}

/** What the rate matches besides code and band, empty for a rate that takes every call: `callers outside EEA`. */
export function conditionWords(match: RateMatch): string {
  const parts = [
    match.calling === undefined ? undefined : `callers ${match.calling}…`,
    match.origin === undefined
      ? undefined
      : match.origin.startsWith('!')
        ? `callers outside ${match.origin.slice(1)}`
        : `callers in ${match.origin}`,
    match.trunk === undefined ? undefined : `trunk ${match.trunk}`,
    match.serviceClass,
    match.jurisdiction,
    match.ratingGroup === undefined ? undefined : `rating group ${match.ratingGroup}`,
    match.apn === undefined ? undefined : `APN ${match.apn}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function priceWords(terms: RateTerms): string {
  if (terms.share !== undefined) return `${plain(terms.share.percent)} %`;
  if (terms.sizeBands !== undefined) return prices(terms.sizeBands);
  return prices([terms, ...(terms.steps ?? []), ...(terms.tiers?.tiers ?? [])]);
}

function prices(priced: readonly { readonly price: Decimal }[]): string {
  return priced.map(({ price }) => formatDecimal(price)).join(' / ');
}

/** Prices stand in the price column in their order; terms name them by it, so that lines of one structure have the same words. */
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

function priceNamed(index: number): string {
  return `${ORDINALS[index] ?? `${index + 1}th`} price`;
}

/** The place of a price that terms name, from 1: 2 of `second`, 12 of `12th`. */
export function ordinalOf(word: string): number {
  const index = ORDINALS.indexOf(word);
  return index < 0 ? Number.parseInt(word, 10) : index + 1;
}

function stepWords(terms: RateTerms): string[] {
  return (terms.steps ?? []).map(
    (step, index) => `${priceNamed(index + 1)} from ${step.fromSeconds} s of a call, ${step.firstSeconds}/${step.nextSeconds}`,
  );
}

function tierWords(unit: string, terms: RateTerms): string[] {
  const { tiers } = terms;
  if (tiers === undefined) return [];
  const measure = { minutes: 'min', messages: 'messages', volume: unit, money: 'charged', events: 'units' }[tiers.measure];
  const kind = tiers.kind === 'graduated' ? 'for that part of the usage' : 'for all of it, by adjustment';
  const from = tiers.tiers.map((tier, index) => `${priceNamed(index + 1)} from ${groupThousands(plain(tier.from))} ${measure}`);
  return [`${from.join(', ')} in the ${tiers.period}, ${kind}`];
}

function sizeWords(terms: RateTerms): string[] {
  return (terms.sizeBands ?? []).map(
    (band, index) =>
      `${priceNamed(index)} ${Number.isFinite(band.upToBytes) ? `up to ${groupThousands(String(band.upToBytes))} bytes` : 'for larger messages'}`,
  );
}

function shareWords(terms: RateTerms): string[] {
  if (terms.share === undefined) return [];
  const after = terms.share.after.units === 0n ? '' : ` less ${plain(terms.share.after)} per event`;
  return [`${plain(terms.share.percent)} % of the price to the customer${after}`];
}

function limitWords(terms: RateTerms): string[] {
  const clauses: [string, Decimal | undefined][] = [
    ['setup fee', terms.setupFee],
    ['attempt fee', terms.attemptFee],
    ['disconnect fee', terms.disconnectFee],
    ['surcharge', terms.surcharge],
    ['at least', terms.minimumCharge],
    ['at most', terms.maximumCharge],
  ];
  const seconds: [string, number | undefined][] = [
    ['nothing due up to', terms.graceSeconds],
    ['free first', terms.freeSeconds],
  ];
  return [
    ...seconds.flatMap(([name, value]) => (value === undefined || value === 0 ? [] : [`${name} ${value} s`])),
    ...clauses.flatMap(([name, value]) =>
      value === undefined || (value.units === 0n && name !== 'at most') ? [] : [`${name} ${formatDecimal(value)}`],
    ),
  ];
}

function plain(value: Decimal): string {
  return formatDecimal(trimDecimal(value));
}
