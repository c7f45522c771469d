import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { percentFraction, shareOf } from './amounts.ts';
import { grossUps } from './gross-up.ts';
import type { TaxAmount, TaxQuestion } from './tax.ts';

const CENT = 10_000_000n;
const party = { country: 'TR', registrations: {}, isBusiness: true };
const question: TaxQuestion = {
  ...{ seller: party, buyer: party, taxDay: '2026-10-31', currency: 'USD' },
  lines: [{ line: 1, service: 'voice', netNanos: 1n }],
};
const withheldOf = (baseNanos: bigint, percent: string): TaxAmount => ({
  ...{ rule: 'r', name: 'WHT', category: 'S', jurisdiction: 'TR', percent, lines: [1], baseNanos, explanation: '' },
  taxNanos: shareOf(baseNanos, percentFraction(percent), CENT, 'half-up'),
});
const added = (baseNanos: bigint, percent: string): bigint => {
  const made = grossUps([withheldOf(baseNanos, percent)], question);
  assert.ok(made.ok);
  return made.value.reduce((sum, { addedNanos }) => sum + addedNanos, 0n);
};

test('1,000.00 at 10 % are grossed up to 1,111.11, as taxadvisorinturkey.blogspot.com/2014/08/withholding-tax-base-for-payments-to.html has it', () => {
  assert.equal(added(100_000n * CENT, '10'), 11_111n * CENT);
});

test('100 at 30 % are 142.86, as en.kamiltaylan.blog/how-do-you-gross-up-a-percent has it', () => {
  assert.equal(added(10_000n * CENT, '30'), 4_286n * CENT);
});

test('whatever the amount and the percentage, exactly what was agreed is left, on a credit note as on an invoice', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -10_000_000n, max: 10_000_000n }), fc.integer({ min: 1, max: 9_999 }), (cents, hundredths) => {
      const percent = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
      const base = cents * CENT;
      const gross = base + added(base, percent);
      assert.equal(gross - shareOf(gross, percentFraction(percent), CENT, 'half-up'), base);
    }),
    { seed: 20261122, numRuns: 2000 },
  );
});

test('where all is withheld nothing can be added', () => {
  const made = grossUps([withheldOf(CENT, '100')], question);
  assert.deepEqual(made.ok ? [] : made.refusals.map(({ code }) => code), ['tax.gross-up-impossible']);
});
