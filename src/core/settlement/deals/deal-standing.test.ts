import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentOf, promisedIn, quantityIn } from './deal-standing.ts';

test('what is reached is said in the measure of the deal, and a hundred per cent only of what is reached', () => {
  const sums = { quantity: 5_999_999n, amountNanos: 1_234_567_890_000n };
  assert.equal(quantityIn(sums, 'minutes'), '99999.98');
  assert.equal(quantityIn(sums, 'money'), '1234.56789');
  assert.equal(percentOf('99999.98', '100000'), '99.9');
  assert.equal(percentOf('100000.00', '100000'), '100.0');
  assert.equal(percentOf('-3', '100000'), '0.0');
  assert.equal(percentOf('3', '0'), undefined);
});

test('a swap promises nothing that could be reached', () => {
  const swap = {
    id: 's',
    kind: 'swap',
    service: 'voice',
    measure: 'minutes',
    price: '1',
    excessPrice: '2',
    from: '2026-01-01',
    every: 'year',
  } as const;
  assert.equal(promisedIn(swap), undefined);
});
