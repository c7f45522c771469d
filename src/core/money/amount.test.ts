import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatNanos, MAX_CHARGE_NANOS } from './amount.ts';
import { decimal, unitsAtScale } from './decimal.ts';

test('nanos are written with the decimals they need, and not fewer than asked', () => {
  assert.equal(formatNanos(13_928_000n), '0.013928');
  assert.equal(formatNanos(200_000_000n, 2), '0.20');
  assert.equal(formatNanos(-5_050_000_000n, 2), '-5.05');
  assert.equal(formatNanos(1_000_000_000_000n), '1000');
  assert.equal(formatNanos(0n, 3), '0.000');
  assert.equal(formatNanos(MAX_CHARGE_NANOS), '9223372036.854775807');
  assert.equal(formatNanos(-1n), '-0.000000001');
});

test('what is written is the amount, to the last nano', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -MAX_CHARGE_NANOS, max: MAX_CHARGE_NANOS }), fc.integer({ min: 0, max: 9 }), (nanos, decimals) => {
      const text = formatNanos(nanos, decimals);
      assert.equal(unitsAtScale(decimal(text), 9), nanos);
      assert.ok((text.split('.')[1]?.length ?? 0) >= decimals);
    }),
    { seed: 10, numRuns: 1000 },
  );
});
