/**
 * One look for several runs of like size: 512 bits for each address, the same line of memory for all of them. Of hashes that none of seven
 * runs has, one in twelve is let through; only these are looked up in each run. 64 bytes an address: 0.75 bytes an event with seven runs. Seven runs
 * of 6.4 million took 806 ns a hash one by one on a busy machine, 247 so.
 */
import type { MemoryRun } from './memory-run.ts';
import type { Sorted } from './pending-keys.ts';

/** Fewer runs are as fast without. */
export const FEWEST_FILTERED = 3;
/** Words of 32 bits for each address. */
const LINE = 16;

export class RunFilter {
  readonly #addressBits: number;
  #runs = new Set<MemoryRun>();
  #lines: Uint32Array;

  constructor(addressBits: number) {
    this.#addressBits = addressBits;
    this.#lines = new Uint32Array(LINE * 2 ** addressBits);
  }

  get bytes(): number {
    return this.#lines.byteLength;
  }

  /** Makes it the filter of exactly these runs, which are wholly loaded and have its address bits. */
  cover(runs: readonly MemoryRun[]): void {
    const wanted = new Set(runs);
    if (!wanted.isSupersetOf(this.#runs)) {
      this.#runs = new Set();
      this.#lines.fill(0);
    }
    for (const run of runs) {
      if (this.#runs.has(run)) continue;
      run.enterInto(this.#lines);
      this.#runs.add(run);
    }
  }

  /** Those hashes that one of the runs may have; `places` says where they are in `sorted`. Space is that of `passed`. */
  pass({ hi, lo, count }: Sorted, passed: Passed): number {
    const lines = this.#lines;
    const shift = 32 - this.#addressBits;
    const none = this.#addressBits === 0;
    let left = 0;
    for (let index = 0; index < count; index++) {
      const upper = hi[index] ?? 0;
      const lower = lo[index] ?? 0;
      const line = none ? 0 : (upper >>> shift) * LINE;
      const first = (lines[line + ((lower >>> 5) & 15)] ?? 0) >>> (lower & 31);
      const second = (lines[line + ((lower >>> 14) & 15)] ?? 0) >>> ((lower >>> 9) & 31);
      passed.hi[left] = upper;
      passed.lo[left] = lower;
      passed.places[left] = index;
      left += first & second & 1;
    }
    return left;
  }
}

/** Sets the two bits of a hash. */
export function enter(lines: Uint32Array, address: number, lower: number): void {
  const line = address * LINE;
  const first = line + ((lower >>> 5) & 15);
  const second = line + ((lower >>> 14) & 15);
  lines[first] = (lines[first] ?? 0) | (1 << (lower & 31));
  lines[second] = (lines[second] ?? 0) | (1 << ((lower >>> 9) & 31));
}

export interface Passed {
  readonly hi: Uint32Array;
  readonly lo: Uint32Array;
  readonly places: Uint32Array;
}
