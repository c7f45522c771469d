import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RollupSums } from './rollup-sums.ts';

test('sums beyond 2^53 are exact to the last unit', () => {
  const sums = new RollupSums();
  const amounts = [2, 9_007_199_254_740_991, 1, 9_007_199_254_740_990, 3];
  for (const amount of amounts) sums.add(7, 20_000, 1, amount, 1, amount);
  sums.addAmount(7, 20_000, 2n ** 60n + 1n);
  const [line, ...others] = [...sums.moves()];
  const total = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
  assert.deepEqual(others, []);
  assert.equal(line?.amountNanos, total + 2n ** 60n + 1n);
  assert.equal(line?.rawQuantity, total);
  assert.deepEqual([line?.events, line?.answered, line?.billedQuantity], [5, 5, 5n]);
});

test('lines and days are told apart, however many there are', () => {
  const sums = new RollupSums();
  for (let round = 0; round < 2; round += 1)
    for (let line = 1; line <= 3_000; line += 1) for (const day of [20_000, 20_001]) sums.add(line, day, round, line, 1, day);
  assert.equal(sums.count, 6_000);
  for (const move of sums.moves()) {
    assert.deepEqual(
      [move.events, move.answered, move.rawQuantity, move.amountNanos],
      [2, 1, BigInt(move.lineId) * 2n, BigInt(move.day) * 2n],
    );
  }
});
