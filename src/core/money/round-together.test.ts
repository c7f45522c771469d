import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { roundTogether } from './round-together.ts';
import { divideRounded, roundingModes } from './rounding.ts';

const CENT = 10_000_000n;

test('amounts that are rounded together add up to their sum, rounded once', () => {
  const rows: [string, bigint[], bigint[]][] = [
    ['three rests, one cent missing', [335_000_000n, 335_000_000n, 330_000_000n], [34n, 33n, 33n]],
    ['what is whole stays whole', [10_000_000_000n, 5_000_000n], [1000n, 1n]],
    ['an adjustment takes back', [1_005_000_000n, -500_000_000n], [101n, -50n]],
    ['what is given back', [-335_000_000n, -335_000_000n, -330_000_000n], [-33n, -34n, -33n]],
    ['nothing', [], []],
  ];
  for (const [name, amounts, cents] of rows) {
    const rounded = roundTogether(amounts, CENT, 'half-up').map((amount) => amount / CENT);
    assert.deepEqual(rounded, cents, name);
  }
});

test('none ends a unit from its exact value, whatever the amounts and the mode', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { maxLength: 30 }),
      fc.constantFrom(1n, CENT, 1_000_000_000n),
      fc.constantFrom(...roundingModes),
      (amounts, unit, mode) => {
        const rounded = roundTogether(amounts, unit, mode);
        const sum = amounts.reduce((total, amount) => total + amount, 0n);
        assert.equal(
          rounded.reduce((total, amount) => total + amount, 0n),
          divideRounded(sum, unit, mode) * unit,
        );
        for (const [index, amount] of rounded.entries()) {
          const difference = amount - (amounts[index] ?? 0n);
          assert.ok(amount % unit === 0n && difference < unit && difference > -unit, `${amounts[index]} became ${amount}`);
        }
      },
    ),
    { seed: 4 },
  );
});
