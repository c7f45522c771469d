/** What an engine has done, as plain numbers: counting costs nothing on the way; who shows them reads them. */
import type { ChargingResult } from '#core/charging/answer.ts';
import type { ChargingOperation } from '#core/charging/request.ts';
import type { Shed } from './limits.ts';

/** Upper bounds in milliseconds; the last is without end. */
export const LATENCY_BOUNDS_MS = [0.5, 1, 2, 3, 5, 7.5, 10, 15, 25, 50, 100, 250, 500, 1000, 2500, 5000] as const;
export const BATCH_BOUNDS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] as const;

export class Histogram {
  readonly bounds: readonly number[];
  /** Of each bound, and of what lies above all. */
  readonly counts: Float64Array;
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  add(value: number): void {
    let place = 0;
    while (place < this.bounds.length && value > (this.bounds[place] as number)) place += 1;
    this.counts[place] = (this.counts[place] as number) + 1;
    this.sum += value;
  }
}

export class EngineCounts {
  /** Answered requests, by operation and result: `update granted`. */
  readonly answered = new Map<`${ChargingOperation} ${ChargingResult}`, number>();
  readonly #keys = new Map<ChargingOperation, Map<ChargingResult, `${ChargingOperation} ${ChargingResult}`>>();
  readonly shed = new Map<Shed | 'not-ours' | 'too-late', number>();
  readonly latencyMs = new Histogram(LATENCY_BOUNDS_MS);
  readonly commitMs = new Histogram(LATENCY_BOUNDS_MS);
  readonly batch = new Histogram(BATCH_BOUNDS);
  repetitions = 0;
  /** Asked of other engines, which have the accounts. */
  forwarded = 0;
  commands = 0;
  swept = 0;
  loaded = 0;
  commitsFailed = 0;
  /** Rows of accounts written; with more than a few accounts a commit they are fewer than the requests. */
  rows = 0;
  /** Decisions that threw: faults of ours. */
  faults = 0;

  answer(operation: ChargingOperation, result: ChargingResult, milliseconds: number): void {
    const key = this.#keyOf(operation, result);
    this.answered.set(key, (this.answered.get(key) ?? 0) + 1);
    this.latencyMs.add(milliseconds);
  }

  /** The same text for the same two: one that is put together anew has to be hashed anew. */
  #keyOf(operation: ChargingOperation, result: ChargingResult): `${ChargingOperation} ${ChargingResult}` {
    const ofOperation = this.#keys.get(operation) ?? new Map<ChargingResult, `${ChargingOperation} ${ChargingResult}`>();
    const known = ofOperation.get(result);
    if (known !== undefined) return known;
    const key = `${operation} ${result}` as const;
    this.#keys.set(operation, ofOperation.set(result, key));
    return key;
  }

  refuse(reason: Shed | 'not-ours' | 'too-late'): void {
    this.shed.set(reason, (this.shed.get(reason) ?? 0) + 1);
  }
}
