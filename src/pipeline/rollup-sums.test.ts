import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RollupSums } from './rollup-sums.ts';

/** One charge. */
function add(sums: RollupSums, lineId: number, day: number, answered: number, raw: number, billed: number, nanos: number): void {
  const leg = { day: Int32Array.of(day), raw: Float64Array.of(raw), billed: Float64Array.of(billed), nanos: Float64Array.of(nanos) };
  sums.addRows(Int32Array.of(0), Int32Array.of(lineId), leg, Uint8Array.of(answered));
}

test('sums beyond 2^53 are exact to the last unit', () => {
  const sums = new RollupSums();
  const amounts = [2, 9_007_199_254_740_991, 1, 9_007_199_254_740_990, 3];
  for (const amount of amounts) add(sums, 7, 20_000, 1, amount, 1, amount);
  sums.addAmount(7, 20_000, 2n ** 60n + 1n);
  const [line, ...others] = [...sums.moves()];
  const total = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
  assert.deepEqual(others, []);
  assert.equal(line?.amountNanos, total + 2n ** 60n + 1n);
  assert.equal(line?.rawQuantity, total);
  assert.deepEqual([line?.events, line?.answered, line?.billedQuantity], [5, 5, 5]);
});

test('lines and days are told apart, however many there are', () => {
  const sums = new RollupSums();
  for (let round = 0; round < 2; round += 1)
    for (let line = 1; line <= 3_000; line += 1) for (const day of [20_000, 20_001]) add(sums, line, day, round, line, 1, day);
  assert.equal(sums.count, 6_000);
  for (const move of sums.moves()) {
    assert.deepEqual([move.events, move.answered, move.rawQuantity, move.amountNanos], [2, 1, move.lineId * 2, move.day * 2]);
  }
});

test('rows added together are what they are one by one', () => {
  const [together, single] = [new RollupSums(), new RollupSums()];
  const places = Array.from({ length: 5_000 }, (_, row) => row);
  const column = (value: (row: number) => number): Float64Array => Float64Array.from(places, value);
  const leg = {
    day: Int32Array.from(places, (row) => 20_000 + (row % 6)),
    raw: column((row) => row * 1_000),
    billed: column((row) => row % 61),
    nanos: column((row) => (row % 100 === 0 ? Number.MAX_SAFE_INTEGER : row * 7)),
  };
  const answered = Uint8Array.from(places, (row) => row % 2);
  const rows = Int32Array.from(places.filter((row) => row % 9 !== 4));
  const lineIds = Int32Array.from(rows, (row) => (row % 5 === 0 ? 0 : (row * 7_919) % 3_001));
  together.addRows(rows, lineIds, leg, answered);
  for (const [index, row] of rows.entries()) {
    const of = (values: ArrayLike<number>): number => values[row] ?? 0;
    if (lineIds[index] !== 0) add(single, lineIds[index] ?? 0, of(leg.day), of(answered), of(leg.raw), of(leg.billed), of(leg.nanos));
  }
  assert.ok(together.count > 1_024);
  assert.deepEqual([...together.moves()], [...single.moves()]);
});
