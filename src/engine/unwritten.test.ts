import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingAccount } from '#core/charging/account.ts';
import { Held } from './account-cache.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { Shelf } from './shelf.ts';
import { Unwritten } from './unwritten.ts';

const nobody: ChargingAccount = {
  ...{ id: '', version: 1, currency: 'EUR', status: 'active', plan: 'plan', identities: [], buckets: [], counters: [], sessions: [] },
  ...{ pools: [], controls: [], addOns: [], renewals: [], debtNanos: 0n, nextBucket: 1, dueMicros: 0 },
};

const shelf = new Shelf();

function heldOf(id: string, version = 1): Held {
  const account = { ...nobody, id };
  const texts = { accountOf: () => account, textOf: () => '' };
  return new Held(texts, shelf, { account, text: '', shard: 1, version, rowVersion: 1, lastEntry: 0 });
}

const names = (held: readonly Held[]): readonly string[] => held.map(({ id }) => id);

test('a row is due a minute after its account was logged first, and the log is needed until it is written', () => {
  const unwritten = new Unwritten(DEFAULT_LIMITS);
  const [one, two] = [heldOf('one'), heldOf('two')];
  unwritten.add(one, 7, 1_000);
  unwritten.add(two, 8, 2_000);
  unwritten.add(one, 9, 60_000);
  assert.equal(unwritten.firstNeeded(10), 7);
  assert.deepEqual(unwritten.take(60_900), []);
  assert.deepEqual(names(unwritten.take(61_500)), ['one']);
  assert.equal(unwritten.firstNeeded(10), 7, 'it is not written yet');
  unwritten.add(one, 10, 61_600); // a commit meanwhile
  unwritten.written();
  assert.equal(unwritten.firstNeeded(11), 8);
  assert.deepEqual(names(unwritten.take(62_500)), ['two']);
  unwritten.written();
  assert.equal(unwritten.firstNeeded(11), 10);
  assert.equal(unwritten.size, 1);
});

test('what could not be written is as due as before, in its order; what has left memory is not', () => {
  const unwritten = new Unwritten(DEFAULT_LIMITS);
  const all = ['a', 'b', 'c', 'd'].map((id) => heldOf(id));
  for (const [index, held] of all.entries()) unwritten.add(held, index + 1, 0);
  unwritten.isHurried = true;
  assert.equal(unwritten.take(1).length, 4);
  const [a, b] = all;
  assert.ok(a !== undefined && b !== undefined);
  a.isGone = true;
  unwritten.add(b, 5, 1); // logged again meanwhile: only that is needed
  unwritten.putBack();
  assert.equal(unwritten.firstNeeded(6), 3);
  assert.deepEqual(names(unwritten.take(2)), ['c', 'd', 'b']);
});

test('very many that were logged in one moment are written over another minute, not at once', () => {
  const unwritten = new Unwritten(DEFAULT_LIMITS);
  for (let index = 0; index < 60_000; index += 1) unwritten.add(heldOf(`${index}`), 1, 0);
  let rows = 0;
  let longest = 0;
  let atMs = 60_000;
  for (; unwritten.size > 0 && atMs < 130_000; atMs += 20) {
    const taken = unwritten.take(atMs).length;
    unwritten.written();
    rows += taken;
    longest = Math.max(longest, taken);
  }
  assert.equal(rows, 60_000);
  assert.ok(longest <= 128 && atMs > 100_000, `${longest} at a time, the last at ${atMs}`);
});

test('an account whose row is being written goes to the log; a small commit waits for that instead, as does one that moves the account', () => {
  const unwritten = new Unwritten(DEFAULT_LIMITS);
  const held = Array.from({ length: 9 }, (_, index) => heldOf(`${index}`));
  const [first] = held;
  assert.ok(first !== undefined);
  assert.equal(unwritten.choose([first]).rows.length, 1);
  unwritten.add(first, 1, 0);
  unwritten.isHurried = true;
  unwritten.take(0);
  assert.deepEqual(names(unwritten.choose(held).logged), names(held));
  assert.ok(!unwritten.hasToWait(held));
  assert.ok(unwritten.hasToWait([first]));
  first.isMoved = true;
  assert.ok(unwritten.hasToWait(held));
  assert.deepEqual(names(unwritten.choose(held).rows), ['0']);
});

test('the log has no more names than its most: rows of what its oldest commits logged are written sooner', () => {
  const unwritten = new Unwritten({ ...DEFAULT_LIMITS, mostNamesLogged: 20 });
  const all = ['a', 'b', 'c', 'd', 'e'].map((id) => heldOf(id));
  for (let sequence = 1; sequence <= 4; sequence += 1) for (const held of all) unwritten.add(held, sequence, sequence);
  assert.deepEqual(unwritten.take(10), []);
  for (const held of all) unwritten.add(held, 5, 11);
  assert.deepEqual(names(unwritten.take(12)), ['a', 'b', 'c', 'd', 'e']);
  unwritten.written();
  assert.equal(unwritten.firstNeeded(6), 6);
  for (let sequence = 6; sequence <= 9; sequence += 1) for (const held of all) unwritten.add(held, sequence, 20);
  assert.deepEqual(unwritten.take(21), [], 'what is not needed any more does not count');
});

test('from half full on rows are written in step with what is logged, so that all are before the log is full', () => {
  const unwritten = new Unwritten({ ...DEFAULT_LIMITS, mostNamesLogged: 20_000 });
  const all = Array.from({ length: 1_000 }, (_, index) => heldOf(`${index}`));
  const written = new Set<string>();
  let large = 0;
  for (let sequence = 1; sequence <= 200; sequence += 1) {
    // All within two seconds, a hundred of them at a time.
    for (const held of all.slice((sequence % 10) * 100, (sequence % 10) * 100 + 100)) unwritten.add(held, sequence, sequence * 10);
    const taken = unwritten.take(sequence * 10);
    unwritten.written();
    if (taken.length > 100) large += 1;
    for (const held of taken) written.add(held.id);
    if (sequence === 100) assert.equal(written.size, 0);
  }
  assert.equal(written.size, 1_000);
  assert.ok(large <= 1, `${large} times more than a hundred`); // what was allowed before
});
