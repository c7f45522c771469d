import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatNanos } from './amount.ts';
import { divideRounded, type RoundingMode, roundingModes } from './rounding.ts';

/** Quarters of a unit, and what each mode makes of them. */
const table: readonly [quarters: bigint, ...Record<RoundingMode, bigint>[]][] = [
  [2n, { 'half-up': 1n, 'half-even': 0n, 'half-down': 0n, up: 1n, down: 0n, ceiling: 1n, floor: 0n }],
  [6n, { 'half-up': 2n, 'half-even': 2n, 'half-down': 1n, up: 2n, down: 1n, ceiling: 2n, floor: 1n }],
  [7n, { 'half-up': 2n, 'half-even': 2n, 'half-down': 2n, up: 2n, down: 1n, ceiling: 2n, floor: 1n }],
  [5n, { 'half-up': 1n, 'half-even': 1n, 'half-down': 1n, up: 2n, down: 1n, ceiling: 2n, floor: 1n }],
  [4n, { 'half-up': 1n, 'half-even': 1n, 'half-down': 1n, up: 1n, down: 1n, ceiling: 1n, floor: 1n }],
  [0n, { 'half-up': 0n, 'half-even': 0n, 'half-down': 0n, up: 0n, down: 0n, ceiling: 0n, floor: 0n }],
  [-2n, { 'half-up': -1n, 'half-even': 0n, 'half-down': 0n, up: -1n, down: 0n, ceiling: 0n, floor: -1n }],
  [-6n, { 'half-up': -2n, 'half-even': -2n, 'half-down': -1n, up: -2n, down: -1n, ceiling: -1n, floor: -2n }],
  [-7n, { 'half-up': -2n, 'half-even': -2n, 'half-down': -2n, up: -2n, down: -1n, ceiling: -1n, floor: -2n }],
];

for (const [quarters, modes] of table) {
  test(`${Number(quarters) / 4} in each mode`, () => {
    for (const mode of roundingModes) assert.equal(divideRounded(quarters, 4n, mode), modes?.[mode], mode);
  });
}

test('R1: three charges of exactly 0.005 at 2 decimals, half up, are 0.01 each and 0.03 together', () => {
  const charges = [5n, 5n, 5n].map((thousandths) => divideRounded(thousandths, 10n, 'half-up'));
  assert.deepEqual(charges, [1n, 1n, 1n]);
  assert.equal(formatNanos(charges.reduce((a, b) => a + b) * 10_000_000n, 2), '0.03');
});

test('R2: the same, half even, are 0.00 each and together', () => {
  const charges = [5n, 5n, 5n].map((thousandths) => divideRounded(thousandths, 10n, 'half-even'));
  assert.deepEqual(charges, [0n, 0n, 0n]);
  assert.equal(
    formatNanos(
      charges.reduce((a, b) => a + b),
      2,
    ),
    '0.00',
  );
});

const numerator = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
const denominator = fc.bigInt({ min: 1n, max: 10n ** 25n });

test('the result is less than one off, the half modes at most one half, and each on its own side', () => {
  fc.assert(
    fc.property(numerator, denominator, fc.constantFrom(...roundingModes), (value, by, mode) => {
      const off = divideRounded(value, by, mode) * by - value;
      const size = off < 0n ? -off : off;
      assert.ok(size < by);
      if (mode.startsWith('half')) assert.ok(size * 2n <= by);
      if (mode === 'ceiling') assert.ok(off >= 0n);
      if (mode === 'floor') assert.ok(off <= 0n);
      if (mode === 'up') assert.ok(value < 0n ? off <= 0n : off >= 0n);
      if (mode === 'down') assert.ok(value < 0n ? off >= 0n : off <= 0n);
    }),
    { seed: 5, numRuns: 2000 },
  );
});

test('whole results are exact, and a credit rounds as the charge it reverses, but for ceiling and floor', () => {
  fc.assert(
    fc.property(numerator, denominator, fc.constantFrom(...roundingModes), (value, by, mode) => {
      assert.equal(divideRounded(value * by, by, mode), value);
      const mirror = mode === 'ceiling' ? 'floor' : mode === 'floor' ? 'ceiling' : mode;
      assert.equal(divideRounded(-value, by, mode), -divideRounded(value, by, mirror));
    }),
    { seed: 6, numRuns: 1000 },
  );
});
