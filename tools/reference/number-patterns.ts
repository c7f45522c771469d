/**
 * Number patterns of libphonenumber's metadata, turned into the digit prefixes at which the type of a number is decided.
 * The patterns are plain regular expressions: digits, \d, classes, (?:), |, ? and {n,m}.
 */

/** A Thompson automaton: from each state, edges over a set of digits, and empty edges. */
interface Automaton {
  /** Per state: pairs of digit mask and next state. */
  readonly edges: (readonly [mask: number, next: number])[][];
  readonly empty: number[][];
}

const ANY_DIGIT = 0b1111111111;

export interface DecidedPrefix<Type> {
  readonly prefix: string;
  readonly type: Type;
  /** Types asked later that some of its numbers fit as well. */
  readonly also: readonly Type[];
}

/** The digit prefixes at which the type of a number is decided: the first type, in the order given, whose pattern leaves the rest free. */
export function decidedPrefixes<Type>(patterns: readonly (readonly [type: Type, pattern: string])[]): DecidedPrefix<Type>[] {
  const machines = patterns.map(([type, pattern]) => ({ type, machine: new Machine(pattern) }));
  const decided: DecidedPrefix<Type>[] = [];
  const walk = (prefix: string, states: readonly { type: Type; machine: Machine; at: readonly number[] }[]): void => {
    const first = states[0];
    if (first === undefined) return;
    if (prefix !== '' && first.at.some((state) => first.machine.isFree(state))) {
      decided.push({ prefix, type: first.type, also: states.slice(1).map(({ type }) => type) });
      return;
    }
    for (let digit = 0; digit < 10; digit++) {
      const next = states
        .map(({ type, machine, at }) => ({ type, machine, at: machine.step(at, digit) }))
        .filter(({ at }) => at.length > 0);
      walk(`${prefix}${digit}`, next);
    }
  };
  walk(
    '',
    machines.map(({ type, machine }) => ({ type, machine, at: machine.start })),
  );
  return decided;
}

class Machine {
  readonly #automaton: Automaton = { edges: [], empty: [] };
  readonly #free = new Map<number, boolean>();
  readonly start: readonly number[];

  constructor(pattern: string) {
    const from = this.#state();
    const parser = new Parser(pattern);
    parser.alternatives(from, this.#builder());
    if (!parser.atEnd) throw new Error(`pattern not understood at ${parser.rest}`);
    this.start = this.#closure([from]);
  }

  step(states: readonly number[], digit: number): number[] {
    const next: number[] = [];
    for (const state of states) {
      for (const [mask, to] of this.#automaton.edges[state] ?? []) if ((mask & (1 << digit)) !== 0) next.push(to);
    }
    return this.#closure(next);
  }

  /** Whether whatever digits follow, only their count matters. */
  isFree(state: number): boolean {
    const known = this.#free.get(state);
    if (known !== undefined) return known;
    const edges = this.#automaton.edges[state] ?? [];
    const free =
      edges.every(([mask, to]) => mask === ANY_DIGIT && this.isFree(to)) &&
      (this.#automaton.empty[state] ?? []).every((to) => this.isFree(to));
    this.#free.set(state, free);
    return free;
  }

  #closure(states: readonly number[]): number[] {
    const seen = new Set(states);
    for (const state of seen) for (const to of this.#automaton.empty[state] ?? []) seen.add(to);
    return [...seen];
  }

  #state(): number {
    this.#automaton.empty.push([]);
    return this.#automaton.edges.push([]) - 1;
  }

  #builder(): Builder {
    return {
      state: () => this.#state(),
      edge: (from, mask, to) => this.#automaton.edges[from]?.push([mask, to]),
      empty: (from, to) => this.#automaton.empty[from]?.push(to),
    };
  }
}

interface Builder {
  readonly state: () => number;
  readonly edge: (from: number, mask: number, to: number) => void;
  readonly empty: (from: number, to: number) => void;
}

/** Recursive descent; a quantified piece is read again for each of its repetitions. */
class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  get rest(): string {
    return this.#text.slice(this.#at);
  }

  /** Reads `a|b|c` from state `from`; gives the state at its end. */
  alternatives(from: number, build: Builder): number {
    const end = build.state();
    do {
      const start = build.state();
      build.empty(from, start);
      build.empty(this.#sequence(start, build), end);
    } while (this.#take('|'));
    return end;
  }

  #sequence(from: number, build: Builder): number {
    let state = from;
    while (!this.atEnd && !'|)'.includes(this.#text[this.#at] as string)) state = this.#piece(state, build);
    return state;
  }

  #piece(from: number, build: Builder): number {
    const start = this.#at;
    let state = this.#atom(from, build);
    const after = this.#quantifier();
    if (after === undefined) return state;
    const { least, most } = after;
    const next = this.#at;
    const skips = least === 0 ? [from] : [];
    for (let count = 1; count < most; count++) {
      if (count >= least) skips.push(state);
      this.#at = start;
      state = this.#atom(state, build);
    }
    this.#at = next;
    const end = build.state();
    for (const skip of [...skips, state]) build.empty(skip, end);
    return end;
  }

  #atom(from: number, build: Builder): number {
    if (this.#take('(?:')) {
      const inner = build.state();
      build.empty(from, inner);
      const end = this.alternatives(inner, build);
      if (!this.#take(')')) throw new Error(`no ) at ${this.rest}`);
      return end;
    }
    const to = build.state();
    build.edge(from, this.#digits(), to);
    return to;
  }

  #digits(): number {
    if (this.#take('\\d')) return ANY_DIGIT;
    const match = /^(?:\[([\d-]+)\]|(\d))/.exec(this.rest);
    if (match === null) throw new Error(`pattern not understood at ${this.rest}`);
    this.#at += match[0].length;
    let mask = 0;
    for (const [, low = '', high = low] of (match[1] ?? match[2] ?? '').matchAll(/(\d)(?:-(\d))?/g)) {
      for (let digit = Number(low); digit <= Number(high); digit++) mask |= 1 << digit;
    }
    return mask;
  }

  #quantifier(): { least: number; most: number } | undefined {
    if (this.#take('?')) return { least: 0, most: 1 };
    const match = /^\{(\d+)(?:,(\d+))?\}/.exec(this.rest);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return { least: Number(match[1]), most: Number(match[2] ?? match[1]) };
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}
