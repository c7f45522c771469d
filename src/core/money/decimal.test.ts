import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareDecimals, type Decimal, decimal, formatDecimal, parseDecimal, trimDecimal, unitsAtScale } from './decimal.ts';

const anyDecimal: fc.Arbitrary<Decimal> = fc.record(
  {
    units: fc.bigInt({ min: -(10n ** 30n) + 1n, max: 10n ** 30n - 1n }),
    scale: fc.integer({ min: 0, max: 18 }),
  },
  { noNullPrototype: true },
);

test('a decimal is kept as it was written', () => {
  assert.deepEqual(parseDecimal('0.0137'), { units: 137n, scale: 4 });
  assert.deepEqual(parseDecimal('-12.3400'), { units: -123400n, scale: 4 });
  assert.deepEqual(parseDecimal('+5'), { units: 5n, scale: 0 });
  assert.deepEqual(parseDecimal('0.000000000001'), { units: 1n, scale: 12 });
});

test('anything else is not a decimal', () => {
  for (const text of [
    '',
    '.',
    '.5',
    '5.',
    '1,5',
    '1e3',
    '0x10',
    ' 1',
    '1 ',
    '1\n',
    '--1',
    'NaN',
    'Infinity',
    '١',
    '1.2.3',
    '9'.repeat(31),
    `0.${'1'.repeat(19)}`,
  ]) {
    assert.equal(parseDecimal(text), undefined, JSON.stringify(text));
  }
  assert.throws(() => decimal('1,5'), RangeError);
});

test('what is written reads back as the same number', () => {
  fc.assert(
    fc.property(anyDecimal, (value) => assert.deepEqual(parseDecimal(formatDecimal(value)), value)),
    { seed: 1, numRuns: 1000 },
  );
});

test('trimming removes zeros and not value', () => {
  assert.equal(formatDecimal(trimDecimal(decimal('1.200'))), '1.2');
  assert.equal(formatDecimal(trimDecimal(decimal('1.200'), 2)), '1.20');
  assert.equal(formatDecimal(trimDecimal(decimal('0.000'))), '0');
  fc.assert(
    fc.property(anyDecimal, fc.integer({ min: 0, max: 18 }), (value, least) => {
      const trimmed = trimDecimal(value, least);
      assert.equal(compareDecimals(trimmed, value), 0);
      assert.ok(trimmed.scale <= value.scale);
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('the units at another scale are exact, or the digits that would be lost are refused', () => {
  assert.equal(unitsAtScale(decimal('0.0137'), 9), 13_700_000n);
  assert.equal(unitsAtScale(decimal('1.2000'), 1), 12n);
  assert.throws(() => unitsAtScale(decimal('0.0137'), 3), RangeError);
  fc.assert(
    fc.property(anyDecimal, fc.integer({ min: 0, max: 20 }), (value, more) => {
      const units = unitsAtScale(value, value.scale + more);
      assert.equal(compareDecimals({ units, scale: value.scale + more }, value), 0);
      assert.equal(unitsAtScale({ units, scale: value.scale + more }, value.scale), value.units);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test('comparison is that of the numbers, at whatever scales', () => {
  fc.assert(
    fc.property(anyDecimal, anyDecimal, (a, b) => {
      const [left, right] = [a.units * 10n ** BigInt(18 - a.scale), b.units * 10n ** BigInt(18 - b.scale)];
      assert.equal(compareDecimals(a, b), left < right ? -1 : left > right ? 1 : 0);
    }),
    { seed: 4, numRuns: 500 },
  );
});
