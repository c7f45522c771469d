import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allocate } from './allocate.ts';

test('R3: 100.00 over three equal lines is 33.34, 33.33, 33.33', () =>
  assert.deepEqual(allocate(10_000n, [1n, 1n, 1n]), [3334n, 3333n, 3333n]));

test('what is left goes to the largest remainders', () => {
  // 10 by 1 : 2 : 4 is 1.43, 2.86, 5.71: the two units left go to the second and the third.
  assert.deepEqual(allocate(10n, [1n, 2n, 4n]), [1n, 3n, 6n]);
});

test('a negative total is the mirror of the positive one', () =>
  assert.deepEqual(allocate(-10_000n, [1n, 1n, 1n]), [-3334n, -3333n, -3333n]));

test('a line without weight gets nothing, and nothing can be split over nothing', () => {
  assert.deepEqual(allocate(7n, [0n, 3n, 0n]), [0n, 7n, 0n]);
  assert.deepEqual(allocate(0n, []), []);
  assert.deepEqual(allocate(0n, [0n, 0n]), [0n, 0n]);
});

test('money without a line to go to, and negative weights, are faults', () => {
  assert.throws(() => allocate(1n, []), RangeError);
  assert.throws(() => allocate(1n, [0n]), RangeError);
  assert.throws(() => allocate(1n, [2n, -1n]), RangeError);
});

test('the lines add up to the total, and none is a unit or more from its exact share', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 20n }), { minLength: 1, maxLength: 30 })
    .filter((all) => all.some((weight) => weight > 0n));
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), weights, (total, lines) => {
      const shares = allocate(total, lines);
      const sum = lines.reduce((a, b) => a + b, 0n);
      assert.equal(
        shares.reduce((a, b) => a + b, 0n),
        total,
      );
      for (const [index, share] of shares.entries()) {
        const off = share * sum - total * (lines[index] ?? 0n);
        assert.ok((off < 0n ? -off : off) < sum);
      }
    }),
    { seed: 33_34, numRuns: 500 },
  );
});

test('a line with more weight never gets less', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10_000n }),
      fc.array(fc.bigInt({ min: 0n, max: 50n }), { minLength: 2, maxLength: 12 }),
      (total, lines) => {
        fc.pre(lines.some((weight) => weight > 0n));
        const shares = allocate(total, lines);
        for (const [a, weight] of lines.entries()) {
          for (const [b, other] of lines.entries()) if (weight > other) assert.ok((shares[a] ?? 0n) >= (shares[b] ?? 0n));
        }
      },
    ),
    { seed: 33_33, numRuns: 300 },
  );
});
