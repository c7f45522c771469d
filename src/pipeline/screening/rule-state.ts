/** What a rule remembers: for each key (a caller, a trunk) its events in a window, or its last one. Exact, in any order of starts. */
import type { ScreeningRule } from '#core/usage/screening.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Calls that began earlier are not looked at for others at the same time. */
const LONGEST_CALL = DAY;

/** Entries of one key in order of their starts. `sums[i]`: values of all up to i. */
class Entries {
  starts: number[] = [];
  values: number[] = [];
  sums: number[] = [];

  add(start: number, value: number): void {
    const { starts, values, sums } = this;
    const last = starts.length - 1;
    if (last < 0 || (starts[last] as number) <= start) {
      starts.push(start);
      values.push(value);
      sums.push((sums[last] ?? 0) + value);
      return;
    }
    const at = firstAfter(starts, start);
    starts.splice(at, 0, start);
    values.splice(at, 0, value);
    sums.splice(at, 0, 0);
    for (let index = at; index < starts.length; index += 1) sums[index] = (sums[index - 1] ?? 0) + (values[index] as number);
  }

  /** Number, and sum of values, of those that start in (from, to]. */
  within(from: number, to: number): { readonly count: number; readonly sum: number } {
    const low = firstAfter(this.starts, from);
    const high = firstAfter(this.starts, to);
    return { count: high - low, sum: high === low ? 0 : (this.sums[high - 1] as number) - (this.sums[low - 1] ?? 0) };
  }

  /** The most that run at one instant of [start, end), values being durations. */
  mostAtOnce(start: number, end: number): number {
    const ends: number[] = [];
    const begins: number[] = [];
    for (let index = firstAfter(this.starts, start - LONGEST_CALL); index < this.starts.length; index += 1) {
      const from = this.starts[index] as number;
      if (from >= end) break;
      const to = from + (this.values[index] as number);
      if (to <= start) continue;
      begins.push(Math.max(from, start));
      ends.push(to);
    }
    ends.sort((a, b) => a - b);
    let most = 0;
    let ended = 0;
    for (const [index, from] of begins.entries()) {
      while (ended < ends.length && (ends[ended] as number) <= from) ended += 1;
      most = Math.max(most, index + 1 - ended);
    }
    return most;
  }

  /** Forgets those that start before; true when none is left. Done when half of them are. */
  forget(before: number): boolean {
    const gone = firstAfter(this.starts, before);
    if (gone === this.starts.length) return true;
    if (gone < 32 || gone * 2 < this.starts.length) return false;
    const taken = this.sums[gone - 1] ?? 0;
    this.starts = this.starts.slice(gone);
    this.values = this.values.slice(gone);
    this.sums = this.sums.slice(gone).map((sum) => sum - taken);
    return false;
  }
}

/** Place of the first that is greater. */
function firstAfter(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is written down of one key: starts and values alternate. */
export type KeyEntries = Map<string, number[]>;

/** Keys looked through for what can be forgotten, for each event that is looked at. */
const SWEPT_PER_LOOK = 2;

export class RuleState {
  readonly rule: ScreeningRule;
  /** What the state means: it is of no use to a rule that says something else here. */
  readonly fingerprint: string;
  readonly #span: number;
  readonly #lateness: number;
  readonly #nowMicros: number;
  readonly #entries = new Map<string, Entries>();
  readonly #last = new Map<string, number>();
  readonly #keepsLast: boolean;
  #changes: KeyEntries = new Map();
  #newest = 0;
  #sweep: Iterator<[string, Entries | number]> | undefined;

  /** `nowMicros`: the newest start is never taken to be later, so that a clock in the future spoils nothing. */
  constructor(rule: ScreeningRule, nowMicros: number) {
    this.rule = rule;
    const { limit: _, action: _action, id: _id, ...meaning } = rule;
    this.fingerprint = `${rule.id} ${JSON.stringify(meaning)}`;
    this.#nowMicros = nowMicros;
    this.#lateness = rule.lateHours * HOUR;
    this.#keepsLast = rule.kind === 'first-call' || rule.kind === 'silence';
    this.#span = rule.kind === 'simultaneous' ? LONGEST_CALL : (rule.windowMinutes ?? 0) * MINUTE;
  }

  /** Keys that are remembered, and entries of them. */
  get size(): { readonly keys: number; readonly entries: number } {
    let entries = this.#last.size;
    for (const { starts } of this.#entries.values()) entries += starts.length;
    return { keys: this.#last.size + this.#entries.size, entries };
  }

  /**
   * Notes an event and measures: calls, microseconds of talk, calls at once, or the microseconds since the last event
   * (Infinity: there was none). Undefined where there is nothing to measure, and for an event that comes too late.
   */
  look(key: string, start: number, duration: number): number | undefined {
    if (start < this.#newest - this.#lateness) return undefined;
    const { kind, measure } = this.rule;
    this.#sweepOn();
    if (this.#keepsLast) {
      const known = this.#last.get(key);
      // What may have been forgotten already counts as forgotten.
      const last = known === undefined || this.#isOver(known) ? undefined : known;
      this.add(key, start, 0);
      this.#change(key, start, 0);
      if (last === undefined) return kind === 'first-call' ? Number.POSITIVE_INFINITY : undefined;
      return start > last ? start - last : undefined;
    }
    this.add(key, start, duration);
    this.#change(key, start, duration);
    const entries = this.#entries.get(key);
    if (entries === undefined) return undefined;
    if (kind === 'simultaneous') return entries.mostAtOnce(start, start + duration);
    const { count, sum } = entries.within(start - this.#span, start);
    return kind === 'volume' && measure === 'minutes' ? sum : count;
  }

  /** Notes an event of the past. */
  add(key: string, start: number, value: number): void {
    this.#newest = Math.max(this.#newest, Math.min(start, this.#nowMicros));
    if (this.#keepsLast) {
      const last = this.#last.get(key);
      if (last === undefined || last < start) this.#last.set(key, start);
      return;
    }
    let entries = this.#entries.get(key);
    if (entries === undefined) {
      entries = new Entries();
      this.#entries.set(key, entries);
    }
    entries.add(start, value);
  }

  /** What was noted since it was last asked. */
  takeChanges(): KeyEntries {
    const changes = this.#changes;
    this.#changes = new Map();
    return changes;
  }

  /** All that can still count. */
  everything(): KeyEntries {
    const all: KeyEntries = new Map();
    for (const [key, last] of this.#last) if (!this.#isOver(last)) all.set(key, [last, 0]);
    for (const [key, { starts, values }] of this.#entries) {
      const left = starts.flatMap((start, index) => (this.#isOver(start) ? [] : [start, values[index] as number]));
      if (left.length > 0) all.set(key, left);
    }
    return all;
  }

  #change(key: string, start: number, value: number): void {
    const list = this.#changes.get(key);
    if (list === undefined) this.#changes.set(key, [start, value]);
    else if (!this.#keepsLast) list.push(start, value);
    else if ((list[0] as number) < start) list[0] = start;
  }

  /** Whether no event can come any more that it counts for. */
  #isOver(start: number): boolean {
    if (!this.#keepsLast) return start <= this.#newest - this.#lateness - this.#span;
    const { kind, days } = this.rule;
    return kind === 'first-call' && days !== undefined && start < this.#newest - this.#lateness - days * DAY;
  }

  /** A little at a time, so that no event waits for it. */
  #sweepOn(): void {
    for (let count = 0; count < SWEPT_PER_LOOK; count += 1) {
      this.#sweep ??= this.#keepsLast ? this.#last.entries() : this.#entries.entries();
      const { done, value } = this.#sweep.next();
      if (done === true) {
        this.#sweep = undefined;
        return;
      }
      const [key, kept] = value;
      if (typeof kept === 'number') {
        if (this.#isOver(kept)) this.#last.delete(key);
      } else if (kept.forget(this.#newest - this.#lateness - this.#span)) this.#entries.delete(key);
    }
  }
}
