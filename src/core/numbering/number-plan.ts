import { PrefixTable } from './prefix-table.ts';

/** One assignment of ITU-T E.164: a country code, or a part of a shared one (1204, 441481, 77). */
export interface CallingCode {
  readonly code: string;
  /** ISO 3166-1 alpha-2; undefined for a worldwide service such as 800 or 881. */
  readonly country: string | undefined;
  /** Of the country or the service. */
  readonly name: string;
}

/** Which country or worldwide service a number belongs to. Built from data handed in (data/calling-codes.csv). */
export class NumberPlan {
  readonly #codes: readonly CallingCode[];
  readonly #table: PrefixTable;

  /** Throws RangeError when a code is given twice. */
  constructor(codes: readonly CallingCode[]) {
    this.#codes = codes;
    this.#table = PrefixTable.build(codes.map(({ code }, index) => [code, index]));
  }

  /** The assignment of a number in E.164 digits; undefined when its country code is not assigned. */
  find(digits: string): CallingCode | undefined {
    const index = this.#table.longest(digits);
    return index < 0 ? undefined : this.#codes[index];
  }

  /** Whether both numbers are of one country. False when either is of none; a worldwide service is at home nowhere. */
  isNational(calling: string, called: string): boolean {
    const from = this.find(calling)?.country;
    return from !== undefined && from === this.find(called)?.country;
  }
}
