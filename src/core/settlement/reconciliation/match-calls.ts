/**
 * Two lists of calls against each other: the same numbers, and starts within a tolerance once their clock is set right. Of several
 * that fit the nearest are a pair. Memory is a few arrays of the size of the lists.
 */
import { CALLER_PLACES, type CallList } from './call-list.ts';
import { type ClockOffset, clockAt, clockOffset } from './clock-offset.ts';

export interface MatchedCalls {
  readonly clock: ClockOffset;
  /** For each call of ours the one of theirs, or -1. */
  readonly theirOf: Int32Array;
  readonly ourOf: Int32Array;
  /** Pairs whose callers differ: withheld or rewritten on one side. */
  readonly callerDiffers: number;
  /** Calls of theirs, without one of ours, that repeat another of theirs: same numbers, start and duration. */
  readonly theirDuplicates: readonly number[];
  readonly ourDuplicates: readonly number[];
}

export interface MatchOptions {
  /** Starts may differ by so much, after the clock is set right. */
  readonly toleranceSeconds: number;
  /** Take both clocks as they are. */
  readonly keepClock?: boolean;
}

/** Groups up to this size are compared pair by pair; larger ones in the order of time. */
const SMALL_GROUP = 64;

export function matchCalls(ours: CallList, theirs: CallList, options: MatchOptions): MatchedCalls {
  const [ourOrder, theirOrder] = [ordered(ours, ours.keys), ordered(theirs, theirs.keys)];
  const clock =
    options.keepClock === true ? { seconds: 0, atSeconds: 0, secondsPerDay: 0, pairs: 0 } : clockOffset(ours, ourOrder, theirs, theirOrder);
  const expected = new Float64Array(ours.count);
  for (let at = 0; at < ours.count; at += 1) expected[at] = (ours.starts[at] ?? 0) + clockAt(clock, ours.starts[at] ?? 0);
  const theirOf = new Int32Array(ours.count).fill(-1);
  const ourOf = new Int32Array(theirs.count).fill(-1);
  const pair = (our: number, their: number): void => {
    theirOf[our] = their;
    ourOf[their] = our;
  };
  pairGroups(
    { keys: ours.keys, order: ourOrder, starts: expected },
    { keys: theirs.keys, order: theirOrder, starts: theirs.starts },
    options,
    pair,
  );
  pairRepeated(ours, theirs, { theirOf, ourOf, expected, options, pair });
  // What is left once more without the caller's number.
  const callerDiffers = pairWithoutCaller(ours, expected, theirOf, theirs, ourOf, options, pair);
  return {
    ...{ clock, theirOf, ourOf, callerDiffers },
    theirDuplicates: duplicates(theirs, theirOrder, ourOf),
    ourDuplicates: duplicates(ours, ourOrder, theirOf),
  };
}

interface Pairs {
  readonly theirOf: Int32Array;
  readonly ourOf: Int32Array;
  /** Starts of our calls by their clock. */
  readonly expected: Float64Array;
  readonly options: MatchOptions;
  readonly pair: (our: number, their: number) => void;
}

/** What is left of an hour that a clock went through twice is tried at the second time, and keeps it: of theirs, then of ours. */
function pairRepeated(ours: CallList, theirs: CallList, { theirOf, ourOf, expected, options, pair }: Pairs): void {
  for (const [list, matched, starts] of [
    [theirs, ourOf, theirs.starts],
    [ours, theirOf, expected],
  ] as const) {
    const tried = [...list.repeated].filter(([at]) => matched[at] === -1);
    if (tried.length === 0) continue;
    const move = (direction: 1 | -1): void => {
      for (const [at, seconds] of tried) {
        if (matched[at] !== -1) continue;
        starts[at] = (starts[at] ?? 0) + direction * seconds;
        if (list === ours) ours.starts[at] = (ours.starts[at] ?? 0) + direction * seconds;
      }
    };
    move(1);
    pairGroups(
      { keys: ours.keys, order: ordered(ours, ours.keys, theirOf), starts: expected },
      { keys: theirs.keys, order: ordered(theirs, theirs.keys, ourOf), starts: theirs.starts },
      options,
      pair,
    );
    // What fits nowhere stays at the first.
    move(-1);
  }
}

interface Sorted {
  readonly keys: Float64Array;
  readonly order: Uint32Array;
  readonly starts: Float64Array;
}

function ordered(calls: CallList, keys: Float64Array, only?: Int32Array): Uint32Array {
  const order: number[] | Uint32Array = only === undefined ? Uint32Array.from({ length: calls.count }, (_, at) => at) : open(only);
  const { starts } = calls;
  return order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
}

function open(matched: Int32Array): Uint32Array {
  const found: number[] = [];
  for (let at = 0; at < matched.length; at += 1) if (matched[at] === -1) found.push(at);
  return Uint32Array.from(found);
}

function pairGroups(a: Sorted, b: Sorted, { toleranceSeconds }: MatchOptions, pair: (our: number, their: number) => void): void {
  let [i, j] = [0, 0];
  while (i < a.order.length && j < b.order.length) {
    const [left, right] = [a.keys[a.order[i] ?? 0] ?? 0, b.keys[b.order[j] ?? 0] ?? 0];
    if (left < right) i += 1;
    else if (right < left) j += 1;
    else {
      const [iEnd, jEnd] = [groupEnd(a, i), groupEnd(b, j)];
      if ((iEnd - i) * (jEnd - j) <= SMALL_GROUP * SMALL_GROUP) pairNearest(a, i, iEnd, b, j, jEnd, toleranceSeconds, pair);
      else pairInOrder(a, i, iEnd, b, j, jEnd, toleranceSeconds, pair);
      [i, j] = [iEnd, jEnd];
    }
  }
}

function groupEnd({ keys, order }: Sorted, from: number): number {
  const key = keys[order[from] ?? 0];
  let end = from + 1;
  while (end < order.length && keys[order[end] ?? 0] === key) end += 1;
  return end;
}

type Pairing = (
  a: Sorted,
  i: number,
  iEnd: number,
  b: Sorted,
  j: number,
  jEnd: number,
  tolerance: number,
  pair: (our: number, their: number) => void,
) => void;

const pairNearest: Pairing = (a, i, iEnd, b, j, jEnd, tolerance, pair) => {
  const near: { our: number; their: number; off: number }[] = [];
  for (let x = i; x < iEnd; x += 1) {
    for (let y = j; y < jEnd; y += 1) {
      const [our, their] = [a.order[x] ?? 0, b.order[y] ?? 0];
      const off = Math.abs((a.starts[our] ?? 0) - (b.starts[their] ?? 0));
      if (off <= tolerance) near.push({ our, their, off });
    }
  }
  if (near.length > 1) near.sort((p, q) => p.off - q.off || p.our - q.our || p.their - q.their);
  const taken = new Set<number>();
  for (const { our, their } of near) {
    // Theirs are told apart from ours by their sign.
    if (taken.has(our) || taken.has(-1 - their)) continue;
    taken.add(our).add(-1 - their);
    pair(our, their);
  }
};

const pairInOrder: Pairing = (a, i, iEnd, b, j, jEnd, tolerance, pair) => {
  let [x, y] = [i, j];
  while (x < iEnd && y < jEnd) {
    const [our, their] = [a.order[x] ?? 0, b.order[y] ?? 0];
    const off = (b.starts[their] ?? 0) - (a.starts[our] ?? 0);
    if (off < -tolerance) y += 1;
    else if (off > tolerance) x += 1;
    else {
      pair(our, their);
      x += 1;
      y += 1;
    }
  }
};

function pairWithoutCaller(
  ours: CallList,
  expected: Float64Array,
  theirOf: Int32Array,
  theirs: CallList,
  ourOf: Int32Array,
  options: MatchOptions,
  pair: (our: number, their: number) => void,
): number {
  const called = (calls: CallList): Float64Array => calls.keys.map((key) => Math.floor(key / CALLER_PLACES));
  const [ourKeys, theirKeys] = [called(ours), called(theirs)];
  let count = 0;
  pairGroups(
    { keys: ourKeys, order: ordered(ours, ourKeys, theirOf), starts: expected },
    { keys: theirKeys, order: ordered(theirs, theirKeys, ourOf), starts: theirs.starts },
    options,
    (our, their) => {
      // Two callers of the same minute who are both known are two calls.
      const [a, b] = [(ours.keys[our] ?? 0) % CALLER_PLACES, (theirs.keys[their] ?? 0) % CALLER_PLACES];
      if (a !== 0 && b !== 0 && ours.durations[our] !== theirs.durations[their]) return;
      count += 1;
      pair(our, their);
    },
  );
  return count;
}

function duplicates(calls: CallList, order: Uint32Array, matched: Int32Array): number[] {
  const found: number[] = [];
  const same = (a: number | undefined, b: number): boolean =>
    a !== undefined && calls.keys[a] === calls.keys[b] && calls.starts[a] === calls.starts[b] && calls.durations[a] === calls.durations[b];
  for (let at = 0; at < order.length; at += 1) {
    const call = order[at] ?? 0;
    if (matched[call] !== -1) continue;
    if (same(order[at - 1], call) || same(order[at + 1], call)) found.push(call);
  }
  return found;
}
