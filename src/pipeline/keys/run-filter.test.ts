import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeRun } from './key-run.ts';
import { MemoryRun } from './memory-run.ts';
import { RunFilter } from './run-filter.ts';

const COUNT = 4_000;

/** Random words, sorted by the upper ones: a run and its hashes. */
function random(seed: number): { readonly run: MemoryRun; readonly hi: Uint32Array; readonly lo: Uint32Array } {
  let state = seed;
  const word = (): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return (state ^ (state >>> 13)) >>> 0;
  };
  const hi = Uint32Array.from({ length: COUNT }, word).sort();
  const lo = Uint32Array.from({ length: COUNT }, word);
  const made = makeRun({ count: COUNT, hi, lo, idLow: new Uint32Array(COUNT) }, 0, [1]);
  const run = new MemoryRun({ ...made, runId: seed });
  for (const { chunk, words } of made.chunks) run.load(chunk, words);
  return { run, hi, lo };
}

function passed(filter: RunFilter, { hi, lo }: { readonly hi: Uint32Array; readonly lo: Uint32Array }): readonly number[] {
  const space = { hi: new Uint32Array(COUNT), lo: new Uint32Array(COUNT), places: new Uint32Array(COUNT) };
  const count = filter.pass({ hi, lo, count: COUNT, records: lo }, space);
  const places = [...space.places.subarray(0, count)];
  for (const [at, place] of places.entries()) assert.deepEqual([space.hi[at], space.lo[at]], [hi[place], lo[place]]);
  return places;
}

test('every hash of a covered run passes, few others do, and runs that are gone are forgotten', () => {
  const [a, b, c, other] = [random(1), random(2), random(3), random(4)];
  const filter = new RunFilter(a.run.facts.addressBits);
  filter.cover([a.run, b.run]);
  filter.cover([a.run, b.run, c.run]);
  const all = Array.from({ length: COUNT }, (_, index) => index);
  for (const covered of [a, b, c]) assert.deepEqual(passed(filter, covered), all);
  assert.ok(passed(filter, other).length < COUNT / 20);
  filter.cover([b.run, c.run]);
  assert.deepEqual(passed(filter, b), all);
  assert.ok(passed(filter, a).length < COUNT / 20);
});
