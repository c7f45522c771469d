/** What reports add up of calls, for very many groups of them: exact, all in one piece of memory. */

/** As `usage_traffic` has it. */
export interface TrafficSum {
  readonly attempts: number;
  readonly answered: number;
  readonly micros: bigint;
  readonly nanos: bigint;
  readonly pddCalls: number;
  readonly pddMillis: number;
  readonly pddSlow: number;
}

/** One call on one end. Wide numbers are high × 2³² + low. */
export interface TrafficCall {
  answered: number;
  microsHigh: number;
  microsLow: number;
  nanosHigh: number;
  nanosLow: number;
  /** Milliseconds; below zero: its record does not say it. */
  pdd: number;
  pddIsSlow: boolean;
}

const FIELDS = 9;
const HIGH = 4_294_967_296n;

export class TrafficSums {
  readonly #places = new Map<number, number>();
  /** Halves of wide numbers are added up apart: of fewer than 2²¹ calls each half's sum is a whole number below 2⁵³. */
  #values = new Float64Array(16 * FIELDS);

  add(key: number, call: TrafficCall): void {
    const at = this.#placeOf(key);
    const values = this.#values;
    values[at] = (values[at] ?? 0) + 1;
    values[at + 1] = (values[at + 1] ?? 0) + call.answered;
    values[at + 2] = (values[at + 2] ?? 0) + call.microsHigh;
    values[at + 3] = (values[at + 3] ?? 0) + call.microsLow;
    values[at + 4] = (values[at + 4] ?? 0) + call.nanosHigh;
    values[at + 5] = (values[at + 5] ?? 0) + call.nanosLow;
    if (call.pdd < 0) return;
    values[at + 6] = (values[at + 6] ?? 0) + 1;
    values[at + 7] = (values[at + 7] ?? 0) + call.pdd;
    if (call.pddIsSlow) values[at + 8] = (values[at + 8] ?? 0) + 1;
  }

  *entries(): Generator<readonly [key: number, sum: TrafficSum]> {
    for (const [key, at] of this.#places) {
      const value = (field: number): number => this.#values[at + field] ?? 0;
      const wide = (field: number): bigint => BigInt(value(field)) * HIGH + BigInt(value(field + 1));
      yield [
        key,
        {
          ...{ attempts: value(0), answered: value(1), micros: wide(2), nanos: wide(4) },
          ...{ pddCalls: value(6), pddMillis: value(7), pddSlow: value(8) },
        },
      ];
    }
  }

  #placeOf(key: number): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#places.size * FIELDS;
    this.#places.set(key, place);
    if (place + FIELDS > this.#values.length) {
      const wider = new Float64Array(2 * this.#values.length);
      wider.set(this.#values);
      this.#values = wider;
    }
    return place;
  }
}
