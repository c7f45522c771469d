import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Charge } from '#core/rating/charge.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { RollupSums } from './rollup-sums.ts';

test('sums beyond 2^53 are exact to the last unit', () => {
  const event = { answered: true } as UsageEvent; // all that is read of it
  const sums = new RollupSums();
  const amounts = [2n, 9_007_199_254_740_991n, 1n, 9_007_199_254_740_990n, 3n, 2n ** 60n + 1n];
  for (const amountNanos of amounts) {
    const quantity = Number(amountNanos) <= Number.MAX_SAFE_INTEGER ? Number(amountNanos) : 1;
    // The fields that say where it belongs are the same for all; the sums are what is looked at.
    sums.add(event, { agreementVersionId: 1, rateId: 1, rawQuantity: quantity, billedQuantity: quantity, amountNanos } as Charge);
  }
  const [line] = [...sums.lines()];
  assert.equal(
    line?.amountNanos,
    amounts.reduce((sum, amount) => sum + amount, 0n),
  );
  assert.equal(line?.rawQuantity, 2n + 9_007_199_254_740_991n + 1n + 9_007_199_254_740_990n + 3n + 1n);
});
