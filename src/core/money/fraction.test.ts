import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addFractions, compareFractions, type Fraction, formatFraction, fraction } from './fraction.ts';

const anyFraction: fc.Arbitrary<Fraction> = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([numerator, denominator]) => fraction(numerator, denominator));

test('a fraction is written in full, with repeating digits in brackets', () => {
  assert.equal(formatFraction(fraction(182n, 1000n)), '0.182');
  assert.equal(formatFraction(fraction(137n * 61n, 600_000n)), '0.013928(3)');
  assert.equal(formatFraction(fraction(1n, 7n)), '0.(142857)');
  assert.equal(formatFraction(fraction(-5n, 2n)), '-2.5');
  assert.equal(formatFraction(fraction(-1n, 3n)), '-0.(3)');
  assert.equal(formatFraction(fraction(6n, 3n)), '2');
  assert.equal(formatFraction(fraction(0n, 9n)), '0');
  assert.equal(formatFraction(fraction(1n, 97n)).length, '0.'.length + 40 + '…'.length);
});

test('a fraction is in lowest terms with a positive denominator', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -1000n, max: 1000n }), fc.bigInt({ min: 1n, max: 1000n }), (numerator, denominator) => {
      const value = fraction(numerator, denominator);
      assert.ok(value.denominator > 0n);
      assert.equal(value.numerator * denominator, numerator * value.denominator);
      for (let divisor = 2n; divisor <= value.denominator; divisor++) {
        assert.ok(value.numerator % divisor !== 0n || value.denominator % divisor !== 0n);
      }
    }),
    { seed: 7, numRuns: 100 },
  );
});

test('addition commutes, associates, and has a zero and inverses', () => {
  fc.assert(
    fc.property(anyFraction, anyFraction, anyFraction, (a, b, c) => {
      assert.deepEqual(addFractions(a, b), addFractions(b, a));
      assert.deepEqual(addFractions(addFractions(a, b), c), addFractions(a, addFractions(b, c)));
      assert.deepEqual(addFractions(a, fraction(0n, 1n)), a);
      assert.equal(addFractions(a, fraction(-a.numerator, a.denominator)).numerator, 0n);
    }),
    { seed: 8, numRuns: 500 },
  );
});

test('comparison is that of the difference', () => {
  fc.assert(
    fc.property(anyFraction, anyFraction, (a, b) => {
      const difference = addFractions(a, fraction(-b.numerator, b.denominator)).numerator;
      assert.equal(compareFractions(a, b), difference < 0n ? -1 : difference > 0n ? 1 : 0);
    }),
    { seed: 9, numRuns: 500 },
  );
});
