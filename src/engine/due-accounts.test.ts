import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../test/support/seeded.ts';
import type { Held } from './account-cache.ts';
import { DueAccounts } from './due-accounts.ts';

const SECOND = 1_000_000;

const account = (dueMicros: number): Held => ({ dueMicros, dueSecond: 0, dueBefore: undefined, dueBehind: undefined }) as Held; // all that is looked at

test('what is due comes when it is, in its second in the order of its coming, and no more than is asked for', () => {
  const due = new DueAccounts();
  const [first, second, third, later] = [account(5 * SECOND), account(5 * SECOND), account(5 * SECOND), account(9 * SECOND)];
  for (const each of [later, first, second, third]) due.set(each);
  assert.deepEqual(due.take(4 * SECOND, 10), []);
  due.forget(second);
  due.forget(second);
  assert.deepEqual(due.take(5 * SECOND, 1), [first]);
  assert.deepEqual(due.take(5 * SECOND, 10), [third]);
  third.dueMicros = 9 * SECOND;
  due.set(third);
  assert.deepEqual(due.take(60 * SECOND, 10), [later, third]);
});

test('who is due later than it stands is looked at when its turn comes, and stands where it belongs then', () => {
  const due = new DueAccounts();
  const one = account(5 * SECOND);
  due.set(one);
  one.dueMicros = 8 * SECOND;
  due.set(one);
  assert.deepEqual(due.take(6 * SECOND, 10), []);
  assert.deepEqual(due.take(8 * SECOND, 10), [one]);
});

test('whatever comes, moves and goes: all that is due, each once, and nothing else', () => {
  const due = new DueAccounts();
  const random = seeded(5);
  const next = (below: number): number => Math.floor(random() * below);
  const accounts = Array.from({ length: 200 }, () => account(0));
  const standing = new Set<Held>();
  let now = 0;
  for (let step = 0; step < 20_000; step += 1) {
    const one = accounts[next(accounts.length)] as Held;
    const act = next(10);
    if (act < 6) {
      one.dueMicros = now + next(20 * SECOND);
      due.set(one);
      standing.add(one);
    } else if (act < 8) {
      due.forget(one);
      standing.delete(one);
    } else {
      now += next(2 * SECOND);
      const taken = due.take(now, 1_000);
      assert.equal(new Set(taken).size, taken.length);
      // Second by second: who is due within the second that has begun comes in the next.
      const second = Math.floor(now / SECOND) * SECOND;
      for (const each of taken) assert.ok(standing.has(each) && each.dueMicros <= now);
      for (const each of taken) standing.delete(each);
      for (const each of standing) assert.ok(each.dueMicros > second);
    }
  }
});
