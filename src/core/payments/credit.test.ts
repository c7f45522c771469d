import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreditTerms } from '../parties/credit-terms.ts';
import { type ExposureParts, exposureOf, percentUsed } from './credit.ts';

const UNIT = 1_000_000_000n;
const parts = (more: Partial<ExposureParts> = {}): ExposureParts => ({
  unbilledNanos: 300n * UNIT,
  billedNanos: 700n * UNIT,
  disputedNanos: 0n,
  unallocatedNanos: 0n,
  depositNanos: 0n,
  payableNanos: 0n,
  contestedNanos: 0n,
  ...more,
});
const terms = (more: Partial<CreditTerms> = {}): CreditTerms => ({
  limit: '1000.00',
  alarmsAt: [50, 80, 100],
  lessPayables: false,
  lessDisputed: false,
  ...more,
});

test('exposure is unbilled and billed, less what was paid and deposited', () => {
  assert.equal(exposureOf(parts(), undefined).exposureNanos, 1000n * UNIT);
  assert.equal(exposureOf(parts({ unallocatedNanos: 100n * UNIT, depositNanos: 250n * UNIT }), undefined).exposureNanos, 650n * UNIT);
});

test('what is disputed and what we owe lessen it only where the terms say so', () => {
  const owed = parts({ disputedNanos: 200n * UNIT, payableNanos: 400n * UNIT });
  assert.equal(exposureOf(owed, terms()).exposureNanos, 1000n * UNIT);
  assert.equal(exposureOf(owed, terms({ lessDisputed: true })).exposureNanos, 800n * UNIT);
  assert.equal(exposureOf(owed, terms({ lessDisputed: true, lessPayables: true })).exposureNanos, 400n * UNIT);
});

test('a threshold is reached at its amount and not one nano before', () => {
  assert.equal(exposureOf(parts(), terms()).reached, 100);
  assert.equal(exposureOf(parts({ billedNanos: 700n * UNIT - 1n }), terms()).reached, 80);
  assert.equal(exposureOf(parts({ billedNanos: 200n * UNIT - 1n }), terms()).reached, undefined);
  assert.equal(percentUsed(exposureOf(parts({ billedNanos: 700n * UNIT - 1n }), terms())), '99.9');
});

test('a limit of nothing is reached by the first amount owed, and by nothing before', () => {
  const none = terms({ limit: '0' });
  assert.equal(exposureOf(parts({ unbilledNanos: 0n, billedNanos: 0n }), none).reached, undefined);
  assert.equal(exposureOf(parts({ unbilledNanos: 1n, billedNanos: 0n }), none).reached, 100);
  assert.equal(exposureOf(parts({ unbilledNanos: 1n, billedNanos: 0n }), none).availableNanos, -1n);
});
