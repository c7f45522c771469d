import type { Place, Refusal, RefusalCode } from '../../refusals.ts';
import { refuse } from '../../refusals.ts';

/** A fault forbids the import. A warning forbids it until the reader accepts its code. */
export interface Warning {
  readonly code: RefusalCode;
  readonly count: number;
  /** The first ones in the order of the sheet. */
  readonly examples: readonly Refusal[];
}

const MOST_FAULTS = 10_000;
const MOST_EXAMPLES = 50;

/** Collects what is wrong with a sheet. Bounded: a sheet of a million faults keeps the first 10,000 and the count. */
export class Findings {
  readonly #faults: Refusal[] = [];
  #faultCount = 0;
  readonly #warnings = new Map<RefusalCode, { count: number; examples: Refusal[] }>();

  fault(code: RefusalCode, message: string, at?: Place): void {
    this.#faultCount += 1;
    if (this.#faults.length < MOST_FAULTS) this.#faults.push(refuse(code, message, shorten(at)));
  }

  warn(code: RefusalCode, message: string, at?: Place): void {
    let known = this.#warnings.get(code);
    if (known === undefined) {
      known = { count: 0, examples: [] };
      this.#warnings.set(code, known);
    }
    known.count += 1;
    if (known.examples.length < MOST_EXAMPLES) known.examples.push(refuse(code, message, shorten(at)));
  }

  get faults(): readonly Refusal[] {
    return this.#faults;
  }

  /** All of them, also those beyond the first 10,000 that `faults` holds. */
  get faultCount(): number {
    return this.#faultCount;
  }

  get warnings(): readonly Warning[] {
    return [...this.#warnings].map(([code, { count, examples }]) => ({ code, count, examples }));
  }
}

function shorten(at: Place | undefined): Place | undefined {
  if (at?.value === undefined || at.value.length <= 120) return at;
  return { ...at, value: `${at.value.slice(0, 119)}…` };
}
