import type { PrefixTableParts } from '../numbering/prefix-table.ts';
import type { TimeBandSet } from '../time/time-bands.ts';
import type { Jurisdiction, Share, Tariff, Tiers } from './tariff.ts';

/**
 * A tariff as rating uses it: flat tables on shared memory and small plain objects, so that a
 * structured clone for a worker thread copies little. Rows are sorted by code; all rows of one code are a
 * group; the prefix table leads from a number to the first row of each group of its prefixes.
 */
export interface CompiledTariff {
  /** The tariff without its rates. */
  readonly tariff: Omit<Tariff, 'rates'>;
  readonly timeBands: TimeBandSet | undefined;
  readonly prefixes: PrefixTableParts;
  /** First row of each group; one more entry at the end. */
  readonly groupRows: Int32Array;
  readonly codes: readonly string[];
  /**
   * The rows, ROW numbers each: what choosing and plain pricing read. The peak and off-peak rows of a code share a
   * cache line; rating with many rates waits for memory more than it computes.
   */
  readonly rows: Int32Array;
  /** Distinct validities, two numbers each: from and to, microseconds. */
  readonly validities: Float64Array;
  /** The group of each row, for the matched code. */
  readonly rowGroups: Int32Array;
  readonly matchers: readonly Matcher[];
  readonly formulas: readonly Formula[];
  /** One formula of each shape that plain voice pricing can use: alike in all but the price. */
  readonly shapes: readonly Formula[];
  readonly destinations: readonly string[];
  /** Origin sets that matchers name: value = length of the matching prefix. */
  readonly originSets: readonly PrefixTableParts[];
  readonly originSetNames: readonly string[];
  readonly originSetPrefixes: readonly ReadonlySet<string>[];
  /** Decimals at which prices and fees of the formulas are whole numbers. */
  readonly scale: number;
  readonly hasAttemptFee: boolean;
  readonly hasJurisdictions: boolean;
}

/** Numbers a row takes, and where in it each is. */
export const ROW = 8;
/** Index of a validity. */
export const VALIDITY = 0;
/** Index of a matcher; 0 matches everything. */
export const MATCHER = 1;
/** The row behind the last one of the row's group. */
export const GROUP_END = 2;
/** Index of a shape, or -1 when only the exact road can price the row. */
export const SHAPE = 3;
/** Price at the tariff's scale, where there is a shape. */
export const PRICE = 4;
export const FORMULA = 5;
export const RATE_ID = 6;
export const DESTINATION = 7;

/** One number of a row. */
export function rowNumber({ rows }: CompiledTariff, row: number, column: number): number {
  return rows[row * ROW + column] as number;
}

/** When the row begins, microseconds. */
export function validFromOf(tariff: CompiledTariff, row: number): number {
  return tariff.validities[rowNumber(tariff, row, VALIDITY) * 2] as number;
}

/** When the row ends, microseconds; Infinity while open. */
export function validToOf(tariff: CompiledTariff, row: number): number {
  return tariff.validities[rowNumber(tariff, row, VALIDITY) * 2 + 1] as number;
}

/** What a row matches besides its code. */
export interface Matcher {
  readonly calling: string | undefined;
  /** Index into originSets, or -1. */
  readonly originSet: number;
  readonly outside: boolean;
  readonly trunk: string | undefined;
  /** Index of the band, or -1. */
  readonly band: number;
  readonly serviceClass: string | undefined;
  readonly jurisdiction: Jurisdiction | undefined;
  readonly ratingGroup: string | undefined;
  readonly apn: string | undefined;
  /** Nothing but the band is set. */
  readonly bandOnly: boolean;
  /** How many of the matches other than the calling one are set. */
  readonly further: number;
}

/** Prices and fees are whole numbers at the tariff's scale; absent limits are undefined. */
export interface Formula {
  readonly price: bigint;
  readonly firstSeconds: number;
  readonly nextSeconds: number;
  /** -1: no grace. */
  readonly graceSeconds: number;
  readonly freeSeconds: number;
  readonly setupFee: bigint;
  readonly disconnectFee: bigint;
  readonly surcharge: bigint;
  readonly attemptFee: bigint;
  readonly minimumCharge: bigint | undefined;
  readonly maximumCharge: bigint | undefined;
  readonly steps: readonly CompiledStep[];
  readonly tiers: CompiledTiers | undefined;
  readonly sizeBands: readonly { readonly upToBytes: number; readonly price: bigint }[];
  readonly share: Share | undefined;
  /** Everything but the prices as text: equal for rates that may price one call together. */
  readonly structure: string;
  /** Plain numbers for the bulk road; undefined when the formula needs the exact road (steps, tiers …). */
  readonly fast: FastFormula | undefined;
}

export interface CompiledStep {
  readonly fromSeconds: number;
  readonly price: bigint;
  readonly firstSeconds: number;
  readonly nextSeconds: number;
}

export interface CompiledTiers {
  readonly counter: string;
  readonly kind: Tiers['kind'];
  readonly measure: Tiers['measure'];
  readonly period: Tiers['period'];
  /** Where each tier begins, in units of its counter (seconds, messages, bytes, nanos, events), the first at 0; and its price. */
  readonly from: readonly bigint[];
  readonly prices: readonly bigint[];
}

/** All but the price, which is in the row. */
export interface FastFormula {
  readonly fees: number;
  readonly attemptFee: number;
  /** -1: none. */
  readonly minimum: number;
  readonly maximum: number;
}
