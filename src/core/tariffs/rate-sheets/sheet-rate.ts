import type { Place } from '../../refusals.ts';
import type { RateDefaults, RateTerms } from '../tariff.ts';
import type { DateOrder } from './dates.ts';
import type { Increments } from './increments.ts';
import type { DecimalMark } from './numbers.ts';
import type { ChangeWord } from './words.ts';

/** What one row says of one code in one time band. */
export interface SheetRate {
  /** Row of the sheet. */
  readonly row: number;
  /** Column of the price, for places. */
  readonly column: string;
  /** Called prefix; undefined when the sheet prices destinations of the tariff's code deck. */
  readonly code: string | undefined;
  /** '' when the sheet gives no name for the code. */
  readonly destination: string;
  readonly band: string | undefined;
  /** Undefined: from `fromMicros` on the code is closed. */
  readonly terms: RateTerms | undefined;
  readonly fromMicros: number;
  /** Infinity while open. */
  readonly toMicros: number;
  /** What the carrier says about it. */
  readonly word: ChangeWord | undefined;
}

/** What the reader of a sheet knows beforehand. */
export interface SheetContext {
  /** Zone in which the sheet's dates are local midnights. */
  readonly zone: string;
  /** The tariff's currency, service, unit of price (60: a minute), and time bands ([] when it has none). */
  readonly currency: string;
  readonly service: string;
  readonly per: number;
  readonly bands: readonly string[];
  /** Whether destinations without codes can be priced: the tariff has a code deck. Lower-case name to its name. */
  readonly deckDestinations: ReadonlyMap<string, string> | undefined;
  /** The country calling code that a number begins with; undefined when it begins with none. */
  readonly countryCodeOf: (digits: string) => string | undefined;
  /** Terms of rates where the sheet says nothing of them. */
  readonly defaults: RateDefaults;
  /** What the user says where the sheet is silent or unclear. */
  readonly given: SheetGiven;
}

export interface SheetGiven {
  readonly decimal?: DecimalMark;
  readonly dateOrder?: DateOrder;
  /** `2026-11-01`: for rows without a date of their own, and for codes that a full replacement leaves out. */
  readonly effective?: string;
  /** For rows without increments of their own. */
  readonly increments?: Increments;
  /** Rows of the sheet that the user leaves out. */
  readonly skipRows?: ReadonlySet<number>;
}

export function placeOf(rate: SheetRate, sheet: string, value?: string): Place {
  return { file: sheet, line: rate.row, field: rate.column, ...(value === undefined ? {} : { value }) };
}
