import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Held } from './account-cache.ts';
import { Seats } from './seats.ts';

test('each has a seat, whoever comes and leaves', () => {
  const seats = new Seats();
  const all = Array.from({ length: 10_000 }, () => ({ seat: -1 }) as Held); // all that is looked at
  for (const held of all) seats.take(held);
  assert.equal(seats.size, all.length);
  assert.deepEqual([...seats], all);
  const left = all.filter((_, index) => index % 3 === 0 || index > 9_000);
  for (const held of left) seats.leave(held);
  const stayed = new Set(all.filter((held) => !left.includes(held)));
  assert.equal(seats.size, stayed.size);
  for (const held of stayed) assert.equal(seats.at(held.seat), held);
  assert.equal(new Set(seats).size, stayed.size);
  for (const held of stayed) seats.leave(held);
  assert.deepEqual([...seats], []);
  assert.throws(() => seats.at(0), /nobody sits in 0 of 0/);
});
