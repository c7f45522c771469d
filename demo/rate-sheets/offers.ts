/**
 * What each carrier of the demonstration asks from us, and what we ask from it, derived from the
 * published list by fixed factors. All prices are whole ten-thousandths of the currency a minute.
 */
import { hashFraction } from '../generator/random.ts';
import type { PublishedRate } from './published-list.ts';

export const carriers = ['atlantic', 'rheinland', 'andina'] as const;
export type Carrier = (typeof carriers)[number];

/** The prefix of the operator's own numbers in New York, where carriers' calls end in its own network. */
export const OWN_PREFIX = '1646';
/** Euro cents that the carriers reckon for a dollar when they make their lists. */
const EURO_CENTS_PER_DOLLAR = 86;

/** A price in the three time bands; where a carrier has none, the three are equal. */
export interface Bands {
  readonly peak: number;
  readonly offPeak: number;
  readonly holiday: number;
}

/** Codes begin with one of these where Andina sells: its own continent and the large routes. */
const ANDINA_SELLS = ['1', '5', '33', '34', '39', '44', '49', '63', '81', '82', '92'];

export function sells(carrier: Carrier, code: string): boolean {
  return carrier !== 'andina' || ANDINA_SELLS.some((begin) => code.startsWith(begin));
}

/** What the carrier asks from us (its rate sheet). */
export function buyPrice(carrier: Carrier, { code, destination, price }: PublishedRate): Bands {
  switch (carrier) {
    case 'atlantic':
      return level(price);
    case 'rheinland':
      return banded(inEuro(times(price, 97 + spread(carrier, destination, 14) + (code.startsWith('4') ? -8 : 0))));
    case 'andina':
      return level(times(price, (code.startsWith('5') ? 89 : 99) + spread(carrier, destination, 14)));
  }
}

/** What we ask from the carrier for its calls. */
export function sellPrice(carrier: Carrier, { destination, price }: PublishedRate): Bands {
  switch (carrier) {
    case 'atlantic':
      return level(times(price, 96 + spread('to-atlantic', destination, 9)));
    case 'rheinland':
      return banded(inEuro(times(price, 101 + spread('to-rheinland', destination, 12))));
    case 'andina':
      return level(times(price, 96 + spread('to-andina', destination, 12)));
  }
}

/** Prices of Andina's later tiers: what is asked from `minutes` on, in percent of the first. */
export const buyTiers = [
  { fromMinutes: 20_000, percent: 96 },
  { fromMinutes: 60_000, percent: 92 },
] as const;
export const sellTiers = [{ fromMinutes: 25_000, percent: 98 }] as const;

export function times(price: number, percent: number): number {
  return Math.max(1, Math.round((price * percent) / 100));
}

function inEuro(price: number): number {
  return times(price, EURO_CENTS_PER_DOLLAR);
}

function level(price: number): Bands {
  return { peak: price, offPeak: price, holiday: price };
}

function banded(price: number): Bands {
  return { peak: price, offPeak: times(price, 88), holiday: times(price, 80) };
}

function spread(carrier: string, destination: string, percent: number): number {
  return Math.floor(hashFraction(`${carrier}/${destination}`) * (percent + 1));
}
