import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onSide } from './entry-table.ts';

test('a posting stands on the side it was entered on, a difference of exchange on that of its own currency', () => {
  assert.deepEqual(onSide({ amount: '1234.50' }), { side: 'debit', amount: '1234.50' });
  assert.deepEqual(onSide({ amount: '-1234.50', inOwnCurrency: '-1100.00' }), {
    side: 'credit',
    amount: '1234.50',
    inOwnCurrency: '1100.00',
  });
  assert.deepEqual(onSide({ amount: '0.00', inOwnCurrency: '-3.00' }), { side: 'credit', amount: '0.00', inOwnCurrency: '3.00' });
});
