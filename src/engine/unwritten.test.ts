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

test('a row is due a minute after its account was logged last, and the log is needed from there until it is written', () => {
  const unwritten = new Unwritten(DEFAULT_LIMITS);
  const [one, two] = [heldOf('one'), heldOf('two')];
  unwritten.add(one, 7, 1_000);
  unwritten.add(two, 8, 2_000);
  unwritten.add(one, 9, 60_000);
  assert.equal(unwritten.firstNeeded(10), 8, 'the last commit that logged it has all of it');
  assert.deepEqual(unwritten.take(61_900), []);
  assert.deepEqual(names(unwritten.take(62_000)), ['two']);
  assert.equal(unwritten.firstNeeded(10), 8, 'it is not written yet');
  unwritten.add(two, 10, 62_100); // a commit meanwhile
  unwritten.written();
  assert.equal(unwritten.firstNeeded(11), 9);
  assert.deepEqual(names(unwritten.take(120_000)), ['one']);
  unwritten.written();
  assert.equal(unwritten.firstNeeded(11), 10);
  assert.equal(unwritten.size, 1);
});

test('an account that does not come to rest has its row written after ten minutes', () => {
  const unwritten = new Unwritten(DEFAULT_LIMITS);
  const one = heldOf('one');
  const written: number[] = [];
  for (let sequence = 1; sequence <= 125; sequence += 1) {
    const nowMs = sequence * 10_000;
    unwritten.add(one, sequence, nowMs);
    if (unwritten.take(nowMs).length > 0) written.push(nowMs / 1_000);
    unwritten.written();
    assert.ok(unwritten.firstNeeded(sequence + 1) >= sequence);
  }
  assert.deepEqual(written, [610, 1_220]);
});

test('who asks for rows gets those of what was logged before, whatever is logged again meanwhile, and each once', () => {
  const unwritten = new Unwritten(DEFAULT_LIMITS);
  const [one, two, three] = [heldOf('one'), heldOf('two'), heldOf('three')];
  unwritten.add(one, 1, 0);
  unwritten.add(two, 2, 0);
  unwritten.add(one, 3, 0);
  assert.equal(unwritten.firstNeeded(4), 2);
  unwritten.settle(4);
  unwritten.add(one, 4, 0);
  unwritten.add(three, 4, 0);
  assert.equal(unwritten.firstNeeded(5), 2, 'the log says until when it is waited');
  assert.deepEqual(names(unwritten.take(1)), ['two', 'one']);
  unwritten.add(one, 5, 1);
  unwritten.putBack();
  assert.deepEqual(names(unwritten.take(2)), ['two', 'one'], 'it was not written');
  unwritten.add(one, 6, 2);
  unwritten.written();
  assert.equal(unwritten.firstNeeded(7), 4);
  assert.deepEqual(unwritten.take(3), []);
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

test('the log has no more names than its most: rows of what its oldest commits logged are written at once where they would be', () => {
  const unwritten = new Unwritten({ ...DEFAULT_LIMITS, mostNamesLogged: 1_000 });
  const all = Array.from({ length: 2_000 }, (_, index) => heldOf(`${index}`));
  for (const [index, held] of all.entries()) unwritten.add(held, 1 + Math.floor(index / 100), 0);
  const written: Held[] = [];
  for (let taken = unwritten.take(0); taken.length > 0; taken = unwritten.take(0)) {
    unwritten.written();
    written.push(...taken);
  }
  assert.deepEqual(names(written), names(all.slice(0, written.length)), 'the oldest first');
  assert.ok(written.length >= 1_000 && written.length < 1_200, `${written.length}`);
  assert.equal(unwritten.firstNeeded(21), 1 + Math.floor(written.length / 100));
});

test('from half full on rows are written in step with what is logged, so that all are before the log is full', () => {
  const most = 20_000;
  const unwritten = new Unwritten({ ...DEFAULT_LIMITS, mostNamesLogged: most });
  let written = 0;
  let largest = 0;
  for (let sequence = 1; sequence <= 400; sequence += 1) {
    for (let index = 0; index < 100; index += 1) unwritten.add(heldOf(`${sequence} ${index}`), sequence, sequence * 10);
    for (let isMore = true; isMore; ) {
      const { length } = unwritten.take(sequence * 10);
      unwritten.written();
      written += length;
      largest = Math.max(largest, length);
      isMore = length > 0;
    }
    if (sequence === 100) assert.equal(written, 0);
    assert.ok(100 * sequence - written <= most, `commit ${sequence}: ${100 * sequence - written} are behind`);
  }
  assert.ok(written > 20_000, `${written}`);
  assert.ok(largest <= 32, `${largest} at once`);
});

test('what goes on being charged needs no rows, however long the log has been written', () => {
  const unwritten = new Unwritten({ ...DEFAULT_LIMITS, mostNamesLogged: 20_000 });
  const all = Array.from({ length: 5_000 }, (_, index) => heldOf(`${index}`));
  let written = 0;
  for (let sequence = 1; sequence <= 1_000; sequence += 1) {
    for (let index = 0; index < 100; index += 1) unwritten.add(all[(sequence * 100 + index) % 5_000] as Held, sequence, sequence * 10);
    written += unwritten.take(sequence * 10).length;
    unwritten.written();
  }
  assert.equal(written, 0);
  assert.equal(unwritten.firstNeeded(1_001), 951);
  assert.equal(unwritten.size, 5_000);
});
