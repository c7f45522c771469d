/** One world through engine and oracle: they must agree in everything, and on whether the book compiles. */
import { formatRefusal } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { statesBy } from '../oracle/choose.ts';
import { difference, keyPairs } from '../oracle/compare.ts';
import { compileWithStates, move, rateByEngine } from '../oracle/engine.ts';
import { CompiledFault, type OracleOutcome, rateByOracle } from '../oracle/oracle.ts';
import { possibleTies } from '../oracle/ties.ts';
import { Random } from './random.ts';
import { randomWorld, states } from './random-book.ts';
import { randomEvents } from './random-events.ts';

export interface Failure {
  readonly what: string;
  /** Index of the event that failed; undefined when the book's compilation is what is wrong. */
  readonly at: number | undefined;
}

export interface Tally {
  /** (tariff, event) pairs that both priced by a rate. */
  pairs: number;
  worlds: number;
  /** Books that did not compile, by the code of the refusal. */
  readonly refused: Map<string, number>;
  /** Outcomes by kind, so that a run which reaches nothing is seen. */
  readonly outcomes: Map<string, number>;
}

export function newTally(): Tally {
  return { pairs: 0, worlds: 0, refused: new Map(), outcomes: new Map() };
}

/** The book and events that a seed stands for. */
export function worldOf(seed: number, eventCount: number): { readonly book: Book; readonly events: readonly UsageEvent[] } {
  const random = new Random(seed);
  const world = randomWorld(random);
  return { book: world.book, events: randomEvents(random, world, eventCount) };
}

const stateOf = statesBy(states);

export function checkWorld(book: Book, events: readonly UsageEvent[], tally: Tally): Failure | undefined {
  const compiled = compileWithStates(book, states);
  const ties = book.tariffs.flatMap((tariff) => possibleTies(book, tariff));
  const tieRefused = !compiled.ok && compiled.refusals.some(({ code }) => code === 'tariff.tie');
  // A book may be refused for another fault before its ties are looked for, but never compile with one.
  if (ties.length > 0 ? compiled.ok : tieRefused) {
    const pairs = ties.map(([a, b]) => `${a.id} and ${b.id}`).join(', ');
    const said = compiled.ok ? 'the book compiles' : compiled.refusals.map(formatRefusal).join('; ');
    return { what: `ties by the oracle: ${pairs || 'none'}; by the compiler: ${said}`, at: undefined };
  }
  if (!compiled.ok) {
    for (const code of new Set(compiled.refusals.map((refusal) => refusal.code))) count(tally.refused, code);
    return undefined;
  }
  tally.worlds += 1;
  const pairs = keyPairs();
  const engineCounters = new Map<string, bigint>();
  const oracleCounters = new Map<string, bigint>();
  for (const [at, event] of events.entries()) {
    let oracle: OracleOutcome;
    try {
      oracle = rateByOracle(book, event, oracleCounters, stateOf);
    } catch (error) {
      if (error instanceof CompiledFault) return { what: `the compiler should have refused: ${error.message}`, at };
      throw error;
    }
    const engine = rateByEngine(compiled.value, event, engineCounters, at % 4 === 0);
    const found = difference(engine, oracle, pairs);
    if (found !== undefined) return { what: found, at };
    if (oracle.kind === 'rated') for (const { moves } of oracle.charges) move(oracleCounters, moves);
    tallyOutcome(tally, event, oracle);
  }
  return undefined;
}

function tallyOutcome(tally: Tally, event: UsageEvent, outcome: OracleOutcome): void {
  count(tally.outcomes, outcome.kind === 'held' ? outcome.reason : event.service);
  if (outcome.kind === 'held') return;
  for (const { amountNanos, rateId, moves, slices } of outcome.charges) {
    if (rateId === undefined) count(tally.outcomes, 'charged without a rate');
    else tally.pairs += 1;
    if (amountNanos === 0n) count(tally.outcomes, 'amount 0');
    const several = (values: readonly number[]): boolean => new Set(values).size > 1;
    if (several(slices.map((slice) => slice.rateId))) count(tally.outcomes, 'split over bands');
    if (several(slices.map(({ step }) => step))) count(tally.outcomes, 'several steps');
    if (several(slices.map(({ tier }) => tier))) count(tally.outcomes, 'several tiers');
    if (moves.length > 0) count(tally.outcomes, 'counter moved');
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
