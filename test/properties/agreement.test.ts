/**
 * The engine and the plain model agree on random tariffs and events, to the last digit.
 *
 * PROPERTY_PAIRS sets how many (tariff, event) pairs are priced by both (100,000), PROPERTY_SEED
 * where the seeds begin (1). A failure prints its seed and the smallest case found: add the seed to seeds.json.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ratingRefusals } from '#core/refusals/rating.ts';
import { checkWorld, type Failure, newTally, type Tally, worldOf } from './check-world.ts';
import { shrink } from './shrink.ts';

const EVENTS_IN_A_WORLD = 60;

function checkSeed(seed: number, tally: Tally): void {
  const { book, events } = worldOf(seed, EVENTS_IN_A_WORLD);
  const failure = checkWorld(book, events, tally);
  if (failure === undefined) return;
  const smallest = shrink({ book, events }, (smaller) => sameKind(failure, checkWorld(smaller.book, smaller.events, newTally())));
  assert.fail(`seed ${seed}: ${failure.what}\nsmallest case that fails so:\n${inFull(smallest)}`);
}

/** The same complaint but for its figures. */
function sameKind(a: Failure, b: Failure | undefined): boolean {
  const words = ({ what }: Failure): string => what.replace(/[-\d]+/g, '').slice(0, 40);
  return b !== undefined && words(a) === words(b);
}

function inFull(value: unknown): string {
  return JSON.stringify(
    value,
    (_, part) => (typeof part === 'bigint' ? `${part}n` : part === Number.POSITIVE_INFINITY ? 'Infinity' : part),
    1,
  );
}

test('engine and oracle agree on 100,000 random pairs of tariff and event', (context) => {
  const wanted = Number(process.env.PROPERTY_PAIRS ?? 100_000);
  const first = Number(process.env.PROPERTY_SEED ?? 1);
  const tally = newTally();
  let seed = first;
  for (; tally.pairs < wanted; seed += 1) checkSeed(seed, tally);
  const list = (counts: ReadonlyMap<string, number>): string => [...counts].map(([what, count]) => `${what} ${count}`).join(', ');
  context.diagnostic(`seeds ${first} to ${seed - 1}: ${tally.pairs} pairs in ${tally.worlds} books; refused: ${list(tally.refused)}`);
  context.diagnostic(`outcomes: ${list(tally.outcomes)}`);
  if (wanted < 100_000) return;
  for (const reached of [
    ...Object.keys(ratingRefusals),
    'voice',
    'sms',
    'mms',
    'data',
    'content',
    'event',
    'split over bands',
    'several steps',
    'several tiers',
  ]) {
    assert.ok((tally.outcomes.get(reached) ?? 0) > 0, `no event was ever "${reached}": the generator no longer reaches it`);
  }
});

test('every seed that ever failed still agrees', () => {
  const text = readFileSync(new URL('seeds.json', import.meta.url), 'utf8');
  for (const { seed } of JSON.parse(text) as { seed: number }[]) checkSeed(seed, newTally());
});
