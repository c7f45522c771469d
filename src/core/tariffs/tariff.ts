import type { Decimal } from '../money/decimal.ts';
import type { Place } from '../refusals.ts';
import type { Service } from '../usage/usage-event.ts';

/** What a rate matches besides its code, what it costs, and when. One row. */
export interface Rate {
  /** Number in the database; the row's position (from 1) when read from files. */
  readonly id: number;
  readonly match: RateMatch;
  readonly terms: RateTerms;
  /** Instants, microseconds. Valid from (inclusive) to (exclusive); Infinity while open. */
  readonly validFromMicros: number;
  readonly validToMicros: number;
  /** Where it was written, for messages: `rates.csv:17`. */
  readonly place?: string;
}

/** The place of a rate for a refusal: `rates.csv:17` as file and line. */
export function placeOfRate({ place }: Rate): Place {
  const match = /^(.*):(\d+)$/.exec(place ?? '');
  if (match !== null) return { file: match[1] ?? '', line: Number(match[2]) };
  return place === undefined ? {} : { file: place };
}

export interface RateMatch {
  /** Called prefix, digits only; '' matches everything. Undefined: all codes of `destination` in the tariff's code deck. */
  readonly code?: string;
  readonly destination: string;
  /** Calling prefix, digits. Not together with `origin`. */
  readonly calling?: string;
  /** Origin set the caller must be in, or with `!` before it: must not be in. */
  readonly origin?: string;
  readonly trunk?: string;
  readonly band?: string;
  readonly serviceClass?: string;
  readonly jurisdiction?: Jurisdiction;
  readonly ratingGroup?: string;
  readonly apn?: string;
  /** Bin the event must be in, with its set before it: `circles/delhi`. */
  readonly bin?: string;
}

/** US and Canadian jurisdiction of a call, from the NPA-NXX of both numbers. */
export const jurisdictions = ['interstate', 'intrastate', 'indeterminate'] as const;
export type Jurisdiction = (typeof jurisdictions)[number];

/** The price formula. Money is in the tariff's currency. Absent means: not charged, or 1/1 for increments. */
export interface RateTerms {
  /** Per `per` of the tariff (a minute, a message, a megabyte, an event). For shares: see `share`. */
  readonly price: Decimal;
  /** Voice, whole seconds: first and next increment. */
  readonly firstSeconds?: number;
  readonly nextSeconds?: number;
  /** A call up to this many seconds costs nothing at all; a longer one is billed in full. */
  readonly graceSeconds?: number;
  /** The first so many seconds are never billed. */
  readonly freeSeconds?: number;
  readonly setupFee?: Decimal;
  readonly attemptFee?: Decimal;
  readonly disconnectFee?: Decimal;
  readonly surcharge?: Decimal;
  readonly minimumCharge?: Decimal;
  readonly maximumCharge?: Decimal;
  /** Later steps by elapsed billed seconds; the row's own price and increments are the step from 0. Ascending. */
  readonly steps?: readonly PriceStep[];
  readonly tiers?: Tiers;
  /** Messages: price by size; ascending, the last open (`upToBytes: Infinity`). Then `price` is not used. */
  readonly sizeBands?: readonly SizeBand[];
  /** Content: a share of the price to the customer. Then `price` is not used. */
  readonly share?: Share;
}

/** The terms that rates of imported sheets have unless the sheet says otherwise. What they cost per unit and match, a sheet says. */
export type RateDefaults = Partial<Omit<RateTerms, 'price' | 'sizeBands' | 'share'>>;

export interface PriceStep {
  readonly fromSeconds: number;
  readonly price: Decimal;
  readonly firstSeconds: number;
  readonly nextSeconds: number;
}

export interface SizeBand {
  readonly upToBytes: number;
  readonly price: Decimal;
}

/** `percent` of (price − `after` per event). 45 % after 0.10 of 2.00 is 0.855. */
export interface Share {
  readonly percent: Decimal;
  readonly after: Decimal;
}

export const tierMeasures = ['minutes', 'messages', 'volume', 'money', 'events'] as const;
export const tierPeriods = ['day', 'week', 'month', 'quarter', 'year'] as const;

/**
 * Prices that depend on how much was used in the period so far. The row's own price is the first
 * tier's. Rates that name the same counter share it, within one agreement, role and period.
 */
export interface Tiers {
  readonly counter: string;
  /** graduated: each slice at its own price. volume: all at the reached price, by adjustment (charged at the first). */
  readonly kind: 'graduated' | 'volume';
  readonly measure: (typeof tierMeasures)[number];
  readonly period: (typeof tierPeriods)[number];
  /** Further tiers, ascending by `from` (in minutes, messages, units of `per` for volume, money, or events). */
  readonly tiers: readonly { readonly from: Decimal; readonly price: Decimal }[];
}

/** Data: how bytes are counted and rounded up. */
export interface VolumeRule {
  readonly count: 'both' | 'up' | 'down';
  /** Bytes; 1 for no rounding. */
  readonly roundUpToBytes: number;
  /** `day`: the sum of a subscriber's local day is rounded, booked as it grows. */
  readonly per: 'session' | 'day';
}

/** The rules that price a service. */
export interface Tariff {
  readonly id: string;
  readonly name: string;
  readonly service: Service;
  /** ISO 4217. */
  readonly currency: string;
  /**
   * How much one price is for: seconds for voice (60: prices are per minute), bytes for data
   * (1,000,000: per MB), 1 for messages, content and events.
   */
  readonly per: number;
  /** Id of a time band set; undefined when prices do not depend on the time. */
  readonly timeBands?: string;
  /** Id of a code deck, for rates given by destination. */
  readonly codeDeck?: string;
  /** What becomes of rates with a calling match when the caller's number is missing. */
  readonly withoutCaller: 'ignore' | 'outside' | 'hold';
  /** Ported numbers: priced as dialled, or by the number that enriching routes to. Undefined: as dialled. */
  readonly portability?: 'follow';
  /** Messages: what counts as billable. */
  readonly charged: 'submitted' | 'delivered';
  /** Messages: per part, or once per message. */
  readonly messageUnit: 'part' | 'message';
  readonly volume: VolumeRule;
  /** Terms that rates without their own inherit were merged into each rate when the tariff was read. */
  readonly rates: readonly Rate[];
  /** For rates still to come, so only when sheets keep them. */
  readonly defaults?: RateDefaults;
  /** Who keeps the rates: the configuration files, or imported rate sheets. */
  readonly ratesBy: 'files' | 'sheets';
}

/** A named set of calling prefixes. */
export interface OriginSet {
  readonly id: string;
  readonly prefixes: readonly string[];
}

/** A full set of destinations with their prefixes. */
export interface CodeDeck {
  readonly id: string;
  readonly codes: readonly { readonly code: string; readonly destination: string }[];
}
