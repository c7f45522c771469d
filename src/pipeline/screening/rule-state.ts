/** What a rule remembers: for each key (a caller, a trunk) its events in a window, or its last one. Exact, in any order of starts. */
import type { ScreeningRule } from '#core/usage/screening.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Calls that began earlier are not looked at for others at the same time. */
const LONGEST_CALL = DAY;

/** Lists so short are made anew for each entry: they take no room for more. */
const SHORT = 8;

function appended(list: number[], value: number): number[] {
  if (list.length < SHORT) return list.concat(value);
  list.push(value);
  return list;
}

/** What a rule knows of one key. */
interface Kept {
  readonly key: string;
  /** The writing that the key is in already, and its place there. */
  writing: number;
  place: number;
}

/** The last event of a key. */
class Last implements Kept {
  readonly key: string;
  start: number;
  writing = 0;
  place = 0;

  constructor(key: string, start: number) {
    this.key = key;
    this.start = start;
  }
}

/** Entries of one key in order of their starts. `sums[i]`: values of all up to i. Values and sums only where the rule needs them. */
class Entries implements Kept {
  readonly key: string;
  readonly #valued: boolean;
  readonly #summed: boolean;
  starts: number[] = NOTHING;
  values: number[] = NOTHING;
  sums: number[] = NOTHING;
  writing = 0;
  place = 0;

  constructor(key: string, valued: boolean, summed: boolean) {
    this.key = key;
    this.#valued = valued;
    this.#summed = summed;
  }

  add(start: number, value: number): void {
    const { starts, values, sums } = this;
    const last = starts.length - 1;
    if (last < 0 || (starts[last] as number) <= start) {
      this.starts = appended(starts, start);
      if (this.#valued) this.values = appended(values, value);
      if (this.#summed) this.sums = appended(sums, (sums[last] ?? 0) + value);
      return;
    }
    const at = firstAfter(starts, start);
    starts.splice(at, 0, start);
    if (!this.#valued) return;
    values.splice(at, 0, value);
    if (!this.#summed) return;
    sums.splice(at, 0, 0);
    for (let index = at; index < starts.length; index += 1) sums[index] = (sums[index - 1] ?? 0) + (values[index] as number);
  }

  /** Number of those that start in (from, to], or the sum of their values. */
  within(from: number, to: number): number {
    const low = firstAfter(this.starts, from);
    const high = firstAfter(this.starts, to);
    if (!this.#summed) return high - low;
    return high === low ? 0 : (this.sums[high - 1] as number) - (this.sums[low - 1] ?? 0);
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

  /** Takes one out again, if it is there; without a value, any that starts then. */
  remove(start: number, value: number | undefined): void {
    const { starts, values, sums } = this;
    let at = firstAfter(starts, start) - 1;
    if (this.#valued && value !== undefined) while (at >= 0 && starts[at] === start && values[at] !== value) at -= 1;
    if (at < 0 || starts[at] !== start) return;
    const gone = values[at] ?? 0;
    this.starts = starts.toSpliced(at, 1);
    if (this.#valued) this.values = values.toSpliced(at, 1);
    if (this.#summed) this.sums = sums.toSpliced(at, 1).map((sum, index) => (index < at ? sum : sum - gone));
  }

  /** Forgets those that start before; true when none is left. Done when half of them are. */
  forget(before: number): boolean {
    const gone = firstAfter(this.starts, before);
    if (gone === this.starts.length) return true;
    if (gone < 32 || gone * 2 < this.starts.length) return false;
    const taken = this.sums[gone - 1] ?? 0;
    this.starts = this.starts.slice(gone);
    if (this.#valued) this.values = this.values.slice(gone);
    if (this.#summed) this.sums = this.sums.slice(gone).map((sum) => sum - taken);
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

const NOTHING: number[] = [];

/** What is written down: keys, and for each entry the place of its key, its start and, where the rule needs it, its value. */
export interface Written {
  readonly keys: string[];
  readonly valued: boolean;
  readonly log: number[];
}

export class RuleState {
  readonly rule: ScreeningRule;
  /** What the state means: it is of no use to a rule that says something else here. */
  readonly fingerprint: string;
  readonly #span: number;
  readonly #lateness: number;
  readonly #nowMicros: number;
  readonly #entries = new Map<string, Entries>();
  readonly #last = new Map<string, Last>();
  readonly #lost = new Set<string>();
  readonly #keepsLast: boolean;
  readonly #forgets: boolean;
  readonly #valued: boolean;
  readonly #summed: boolean;
  #changes: Written;
  #writing = 1;
  #newest = 0;
  #sweep: Iterator<Entries | Last> | undefined;

  /** `nowMicros`: the newest start is never taken to be later, so that a clock in the future spoils nothing. */
  constructor(rule: ScreeningRule, nowMicros: number) {
    this.rule = rule;
    const { limit: _, action: _action, id: _id, ...meaning } = rule;
    this.fingerprint = `${rule.id} ${JSON.stringify(meaning)}`;
    this.#nowMicros = nowMicros;
    this.#lateness = rule.lateHours * HOUR;
    this.#keepsLast = rule.kind === 'first-call' || rule.kind === 'silence';
    this.#forgets = !this.#keepsLast || (rule.kind === 'first-call' && rule.days !== undefined);
    this.#summed = rule.kind === 'volume' && rule.measure === 'minutes';
    this.#valued = this.#summed || rule.kind === 'simultaneous';
    this.#span = rule.kind === 'simultaneous' ? LONGEST_CALL : (rule.windowMinutes ?? 0) * MINUTE;
    this.#changes = this.#nothingWritten();
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
    if (this.#forgets) this.#sweepOn();
    return this.#keepsLast ? this.#lookForLast(key, start) : this.#lookInWindow(key, start, duration);
  }

  /** Notes an event of the past. */
  add(key: string, start: number, value: number): void {
    if (this.#keepsLast) this.#noteLast(key, start);
    else this.#note(key, start, value);
  }

  /** As if the event had never been noted. Where only the last of a key is known, the key is lost until it is added again. */
  remove(key: string, start: number, value: number | undefined): void {
    if (!this.#keepsLast) {
      const entries = this.#entries.get(key);
      entries?.remove(start, value);
      if (entries?.starts.length === 0) this.#entries.delete(key);
    } else if (this.#last.get(key)?.start === start) {
      this.#last.delete(key);
      this.#lost.add(key);
    }
  }

  /** Keys whose last event was removed: what was before it is to be added again. */
  get lost(): ReadonlySet<string> {
    return this.#lost;
  }

  /** What was noted since it was last asked. */
  takeChanges(): Written {
    const changes = this.#changes;
    this.#changes = this.#nothingWritten();
    this.#writing += 1;
    return changes;
  }

  /** All that can still count. */
  everything(): Written {
    const all = this.#nothingWritten();
    const write = (key: string, starts: readonly number[], values: readonly number[]): void => {
      if (!starts.some((start) => !this.#isOver(start))) return;
      const place = all.keys.push(key) - 1;
      for (const [index, start] of starts.entries()) {
        if (this.#isOver(start)) continue;
        all.log.push(place, start);
        if (this.#valued) all.log.push(values[index] as number);
      }
    };
    for (const { key, start } of this.#last.values()) write(key, [start], NOTHING);
    for (const { key, starts, values } of this.#entries.values()) write(key, starts, values);
    return all;
  }

  #lookForLast(key: string, start: number): number | undefined {
    const known = this.#last.get(key)?.start;
    // What may have been forgotten already counts as forgotten.
    const last = known === undefined || this.#isOver(known) ? undefined : known;
    const kept = this.#noteLast(key, start);
    const { keys, log } = this.#changes;
    if (kept.writing !== this.#writing) {
      kept.writing = this.#writing;
      kept.place = log.length;
      log.push(keys.push(key) - 1, kept.start);
    } else log[kept.place + 1] = kept.start;
    if (last === undefined) return this.rule.kind === 'first-call' ? Number.POSITIVE_INFINITY : undefined;
    return start > last ? start - last : undefined;
  }

  #lookInWindow(key: string, start: number, duration: number): number {
    const entries = this.#note(key, start, duration);
    const { keys, log } = this.#changes;
    if (entries.writing !== this.#writing) {
      entries.writing = this.#writing;
      entries.place = keys.push(key) - 1;
    }
    log.push(entries.place, start);
    if (this.#valued) log.push(duration);
    return this.rule.kind === 'simultaneous' ? entries.mostAtOnce(start, start + duration) : entries.within(start - this.#span, start);
  }

  #note(key: string, start: number, value: number): Entries {
    this.#moveOn(start);
    let entries = this.#entries.get(key);
    if (entries === undefined) {
      entries = new Entries(key, this.#valued, this.#summed);
      this.#entries.set(key, entries);
    }
    entries.add(start, value);
    return entries;
  }

  #noteLast(key: string, start: number): Last {
    this.#moveOn(start);
    let last = this.#last.get(key);
    if (last === undefined) {
      last = new Last(key, start);
      this.#last.set(key, last);
    } else if (last.start < start) last.start = start;
    return last;
  }

  #moveOn(start: number): void {
    if (start > this.#newest) this.#newest = Math.max(this.#newest, Math.min(start, this.#nowMicros));
  }

  #nothingWritten(): Written {
    return { keys: [], valued: this.#valued, log: [] };
  }

  /** Whether no event can come any more that it counts for. */
  #isOver(start: number): boolean {
    if (!this.#keepsLast) return start <= this.#newest - this.#lateness - this.#span;
    const { kind, days } = this.rule;
    return kind === 'first-call' && days !== undefined && start < this.#newest - this.#lateness - days * DAY;
  }

  /** One key for each event that is looked at, so that no event waits for it. */
  #sweepOn(): void {
    this.#sweep ??= this.#keepsLast ? this.#last.values() : this.#entries.values();
    const { done, value } = this.#sweep.next();
    if (done === true) this.#sweep = undefined;
    else if (value instanceof Last) {
      if (this.#isOver(value.start)) this.#last.delete(value.key);
    } else if (value.forget(this.#newest - this.#lateness - this.#span)) this.#entries.delete(value.key);
  }
}
