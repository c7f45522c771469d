import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { CompiledBook, SharedBook } from '#core/rating/compile-book.ts';
import { RatingRun } from '#core/rating/rating-run.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { compileWithStates, rateByEngine } from '../oracle/engine.ts';
import { worldOf } from './check-world.ts';
import { plain } from './plain.ts';
import { Random } from './random.ts';
import { states } from './random-book.ts';
import type { Work } from './rate-worker.ts';

const EVENTS = 60;

/** The first so many worlds from a seed whose books compile. */
function* compiledWorlds(
  seed: number,
  count: number,
): Generator<{ seed: number; book: Book; compiled: CompiledBook; events: readonly UsageEvent[] }> {
  for (let found = 0, next = seed; found < count; next += 1) {
    const { book, events } = worldOf(next, EVENTS);
    const compiled = compileWithStates(book, states);
    if (!compiled.ok) continue;
    found += 1;
    yield { seed: next, book, compiled: compiled.value, events };
  }
}

/** Start, then id: the order in which counters move. */
function inCanonicalOrder(events: readonly UsageEvent[]): UsageEvent[] {
  return events.toSorted((a, b) => a.startMicros - b.startMicros || (a.id < b.id ? -1 : 1));
}

function rateInOrder(compiled: CompiledBook, events: readonly UsageEvent[]): Map<string, object> {
  const counters = new Map<string, bigint>();
  // All are rated before any is looked at: a charge must not change when the next is made.
  const rated = events.map((event) => [event.id, rateByEngine(compiled, event, counters)] as const);
  return new Map(rated.map(([id, outcome]) => [id, plain(outcome)]));
}

/** Ids of events whose outcome no counter decides: they move none, and are not held for an amount that tiers made too large. */
function withoutCounters(outcomes: ReadonlyMap<string, object>): Set<string> {
  const byCounter = (outcome: object): boolean => {
    if ('reason' in outcome) return outcome.reason === 'rating.amount-out-of-range';
    return 'charges' in outcome && (outcome.charges as { counterMoves: unknown[] }[]).some((charge) => charge.counterMoves.length > 0);
  };
  return new Set([...outcomes].filter(([, outcome]) => !byCounter(outcome)).map(([id]) => id));
}

test('events that move no counter cost the same in any order, alone or together', () => {
  for (const { seed, compiled, events } of compiledWorlds(50_000, 150)) {
    const straight = rateInOrder(compiled, events);
    const shuffled = rateInOrder(compiled, new Random(seed).shuffle(events));
    for (const id of withoutCounters(straight)) {
      assert.deepEqual(shuffled.get(id), straight.get(id), `seed ${seed}, event ${id}`);
      const alone = events.filter((event) => event.id === id);
      assert.deepEqual(rateInOrder(compiled, alone).get(id), straight.get(id), `seed ${seed}, event ${id} alone`);
    }
  }
});

test('a rating run comes to the charges of the canonical order, whatever order it is given', () => {
  for (const { seed, compiled, events } of compiledWorlds(60_000, 150)) {
    const expected = rateInOrder(compiled, inCanonicalOrder(events));
    const run = new RatingRun(compiled, false);
    const given = new Map<string, object>();
    for (const event of new Random(seed).shuffle(events)) {
      const rated = run.rate(event);
      if (rated !== undefined) given.set(event.id, plain(rated));
    }
    for (const [event, rated] of run.finish()) given.set(event.id, plain(rated));
    assert.equal(given.size, expected.size, `seed ${seed}`);
    for (const [id, outcome] of expected) assert.deepEqual(given.get(id), outcome, `seed ${seed}, event ${id}`);
  }
});

test('two threads, one with the shared tables and one that compiles the book itself, come to the charges of one', async () => {
  for (const { seed, book, compiled, events } of compiledWorlds(70_000, 6)) {
    const straight = rateInOrder(compiled, events);
    const steady = withoutCounters(straight);
    const free = events.filter(({ id }) => steady.has(id));
    const half = Math.ceil(free.length / 2);
    const shares = await Promise.all([
      inThread({ events: free.slice(0, half), shared: compiled.shared }),
      inThread({ events: free.slice(half), book, states }),
    ]);
    for (const [index, outcome] of shares.flat().entries())
      assert.deepEqual(outcome, straight.get(free[index]?.id ?? ''), `seed ${seed}, event ${free[index]?.id}`);
    assert.equal(shares.flat().length, free.length);
  }
});

test('the large tables of a compiled book are on shared memory, so that threads do not each hold a copy', () => {
  for (const { compiled } of compiledWorlds(80_000, 3)) {
    const arrays = typedArraysIn(compiled.shared);
    assert.ok(arrays.length > 0);
    for (const array of arrays) assert.ok(array.buffer instanceof SharedArrayBuffer, `${array.constructor.name} of ${array.length}`);
  }
});

function inThread(work: Work): Promise<object[]> {
  const worker = new Worker(new URL('rate-worker.ts', import.meta.url), { workerData: work });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function typedArraysIn(value: SharedBook | object, seen = new Set<object>()): (Int32Array | Float64Array)[] {
  if (seen.has(value)) return [];
  seen.add(value);
  if (ArrayBuffer.isView(value)) return [value as Int32Array];
  return Object.values(value).flatMap((part: unknown) => (typeof part === 'object' && part !== null ? typedArraysIn(part, seen) : []));
}
