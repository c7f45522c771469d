import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../money/decimal.ts';
import type { RateTerms } from './tariff.ts';
import { sameTerms } from './terms-key.ts';

const price = decimal('0.1');

test('formulas that cost the same are the same, however they are written', () => {
  const pairs: [RateTerms, RateTerms, boolean][] = [
    [{ price }, { price: decimal('0.10') }, true],
    [{ price }, { price, firstSeconds: 1, nextSeconds: 1 }, true],
    [{ price }, { price, firstSeconds: 60, nextSeconds: 60 }, false],
    [{ price, setupFee: price }, { price, attemptFee: price }, false],
    [{ price, graceSeconds: 5 }, { price, freeSeconds: 5 }, false],
    [{ price, sizeBands: [{ upToBytes: Number.POSITIVE_INFINITY, price }] }, { price, sizeBands: [{ upToBytes: 1e9, price }] }, false],
    [{ price, share: { percent: price, after: price } }, { price, share: { percent: price, after: decimal('0.100') } }, true],
  ];
  for (const [index, [a, b, same]] of pairs.entries()) assert.equal(sameTerms(a, b), same, `pair ${index + 1}`);
});
