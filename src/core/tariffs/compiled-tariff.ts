import type { PrefixTableParts } from '../numbering/prefix-table.ts';
import type { TimeBandSet } from '../time/time-bands.ts';
import type { Jurisdiction, Share, Tariff, Tiers } from './tariff.ts';

/**
 * A tariff as rating uses it: flat tables on shared memory and small plain objects, so that a structured clone for a
 * worker thread copies little. There is one row for each code of each rate. Rows are sorted by code; those of one code are a
 * group, and the prefix table leads from a number to the first row of its longest code.
 */
export interface CompiledTariff {
  /** The tariff without its rates. */
  readonly tariff: Omit<Tariff, 'rates'>;
  readonly timeBands: TimeBandSet | undefined;
  readonly prefixes: PrefixTableParts;
  /**
   * Kind and price of each row, ROW numbers: all that choosing and plain pricing read of it. Rating with many rates waits
   * for memory more than it computes: eight rows are one cache line, and what rows have in common is in their kind.
   */
  readonly rows: Int32Array;
  /** Distinct kinds of rows, KIND_NUMBERS each. */
  readonly kinds: Int32Array;
  /** Distinct validities, two numbers each: from and to, microseconds. */
  readonly validities: Float64Array;
  /** What only explanations, bookings and the exact road read of a row, DETAIL numbers each. */
  readonly details: Int32Array;
  readonly groups: Groups;
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

/** The codes of a tariff, in their order, each with a group of rows. */
export interface Groups {
  readonly codes: readonly string[];
  /** First row of each group; one more entry at the end. */
  readonly firstRows: Int32Array;
  /** The group of the longest code that the group's code begins with, or -1. */
  readonly shorter: Int32Array;
}

/** Numbers a row takes, and where in it each is. */
export const ROW = 2;
/** Index of a kind. */
export const KIND = 0;
/** Price at the tariff's scale, where the kind has a shape. */
export const PRICE = 1;

/** Numbers a kind takes, and where in it each is. */
export const KIND_NUMBERS = 4;
/** Index of a validity. */
export const VALIDITY = 0;
/** Index of a matcher; 0 matches everything. */
export const MATCHER = 1;
/** Index of a shape, or -1 when only the exact road can price the row. */
export const SHAPE = 2;
/** 1 for the last row of a group, otherwise 0. */
export const LAST = 3;

/** Numbers the details of a row take, and where in them each is. */
export const DETAIL = 4;
export const FORMULA = 0;
export const RATE_ID = 1;
export const DESTINATION = 2;
export const GROUP = 3;

/** Price of a row at the tariff's scale; its shape must not be -1. */
export function priceOf({ rows }: CompiledTariff, row: number): number {
  return rows[row * ROW + PRICE] as number;
}

/** Index of the shape of a row, or -1 when only the exact road can price it. */
export function shapeOf(tariff: CompiledTariff, row: number): number {
  return kindNumber(tariff, row, SHAPE);
}

export function isLastOfGroup(tariff: CompiledTariff, row: number): boolean {
  return kindNumber(tariff, row, LAST) === 1;
}

/** When the row begins, microseconds. */
export function validFromOf(tariff: CompiledTariff, row: number): number {
  return tariff.validities[kindNumber(tariff, row, VALIDITY) * 2] as number;
}

/** When the row ends, microseconds; Infinity while open. */
export function validToOf(tariff: CompiledTariff, row: number): number {
  return tariff.validities[kindNumber(tariff, row, VALIDITY) * 2 + 1] as number;
}

export function matcherOf(tariff: CompiledTariff, row: number): Matcher {
  return known(tariff.matchers[kindNumber(tariff, row, MATCHER)], row);
}

export function formulaOf(tariff: CompiledTariff, row: number): Formula {
  return known(tariff.formulas[detailOf(tariff, row, FORMULA)], row);
}

export function rateIdOf(tariff: CompiledTariff, row: number): number {
  return detailOf(tariff, row, RATE_ID);
}

export function destinationOf(tariff: CompiledTariff, row: number): string {
  return known(tariff.destinations[detailOf(tariff, row, DESTINATION)], row);
}

/** The matched code of a row. */
export function codeOf(tariff: CompiledTariff, row: number): string {
  return known(tariff.groups.codes[detailOf(tariff, row, GROUP)], row);
}

/** The first row of the next shorter code that matches whatever this row's code does, or -1. */
export function shorterRowOf(tariff: CompiledTariff, row: number): number {
  const { shorter, firstRows } = tariff.groups;
  const group = shorter[detailOf(tariff, row, GROUP)] as number;
  return group < 0 ? -1 : (firstRows[group] as number);
}

function kindNumber({ rows, kinds }: CompiledTariff, row: number, column: number): number {
  return kinds[(rows[row * ROW + KIND] as number) * KIND_NUMBERS + column] as number;
}

function detailOf({ details }: CompiledTariff, row: number, column: number): number {
  return details[row * DETAIL + column] as number;
}

function known<T>(value: T | undefined, row: number): T {
  if (value === undefined) throw new RangeError(`there is no row ${row}`);
  return value;
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
  /** With its set before it. */
  readonly bin: string | undefined;
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
