import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleStatement } from '../../../test/support/statement-samples.ts';
import { decimal, formatDecimal } from '../money/decimal.ts';
import { conversionOf } from '../money/exchange.ts';
import { type BillableLine, draftInvoice, invoiceLinesOf, statedRate } from './draft-invoice.ts';
import { totalFaults } from './invoice-totals.ts';

const period = { from: '2026-10-01', to: '2026-11-01' };
const head = {
  kind: 'invoice' as const,
  legalEntity: 'carillon',
  account: 'a',
  party: 'p',
  currency: 'USD',
  issueDay: '2026-11-03',
  dueDay: '2026-12-03',
  taxDay: '2026-10-31',
  prepaidNanos: 0n,
  notes: [],
};
const noTax = { taxes: [], taxNanos: 0n, lines: [], withholding: [] };

function line(more: Partial<BillableLine>): BillableLine {
  return {
    ...{ number: 1, kind: 'usage', side: 'receivable', role: 'incoming', service: 'voice', destination: 'Haiti', band: '', condition: '' },
    ...{ rate: { price: '0.0137', terms: [] }, unit: 'min', billed: 90n, amountNanos: 20_550_000n, currency: 'USD', ...more },
  };
}

test('the lines of a side add up to the exact sum of its charges, rounded once', () => {
  const { lines } = sampleStatement({ lines: 40, messages: true, volumeTiers: true });
  for (const side of ['receivable', 'payable'] as const) {
    const drawn = invoiceLinesOf(lines, { side, currency: 'USD', agreement: 'borealis-2026', period });
    const exact = lines.filter((each) => each.side === side).reduce((sum, each) => sum + each.amountNanos, 0n);
    assert.equal(
      drawn.reduce((sum, each) => sum + each.exactNanos, 0n),
      exact,
    );
    const content = draftInvoice(head, drawn, noTax);
    assert.deepEqual(totalFaults(content, ''), []);
    assert.ok(content.netNanos - exact <= 5_000_000n && exact - content.netNanos < 5_000_000n);
  }
});

test('seconds and bytes are exact, and the price says how many of them it is for', () => {
  const drawn = invoiceLinesOf(
    [
      line({}),
      line({ number: 2, service: 'data', unit: 'GB', billed: 1_500_000_001n, rate: { price: '1.20', terms: [] } }),
      line({ number: 3, service: 'sms', unit: 'message', billed: 7n }),
      line({ number: 4, rate: { price: '0.02 / 0.015', terms: [] }, band: 'peak', validFrom: '2026-10-15' }),
      line({ number: 5, rate: { price: '0.02', terms: ['setup fee 0.05'] } }),
      line({ number: 6, billed: 0n, amountNanos: 0n }),
    ],
    { side: 'receivable', currency: 'USD', agreement: 'x', period },
  );
  assert.deepEqual(
    drawn.map(({ number, statementLine, quantity, unit, priceQuantity, unitPrice, description }) => [
      ...[number, statementLine, quantity.units, unit, priceQuantity.units, unitPrice, description],
    ]),
    [
      [1, 1, 90n, 'SEC', 60n, decimal('0.0137'), 'Haiti'],
      [2, 2, 1_500_000_001n, 'AD', 1_000_000_000n, decimal('1.20'), 'Haiti'],
      [3, 3, 7n, 'C62', 1n, decimal('0.0137'), 'Haiti'],
      [4, 4, 90n, 'SEC', 60n, undefined, 'Haiti (peak, from 2026-10-15)'],
      [5, 5, 90n, 'SEC', 60n, undefined, 'Haiti'],
    ],
  );
  assert.deepEqual(
    drawn.map(({ formula }) => formula),
    [undefined, undefined, undefined, { price: '0.02 / 0.015', terms: [] }, { price: '0.02', terms: ['setup fee 0.05'] }],
  );
});

test('lines in other currencies are converted by the stated rate, or left to another document', () => {
  const lines = [line({ amountNanos: 1_000_000_000n }), line({ number: 2, currency: 'EUR', amountNanos: 3_333_333_333n })];
  const terms = { side: 'receivable', currency: 'USD', agreement: 'x', period } as const;
  assert.deepEqual(
    invoiceLinesOf(lines, terms).map(({ statementLine }) => statementLine),
    [1],
  );
  const step = { from: 'EUR', to: 'USD', rate: decimal('1.0831'), inverse: false };
  const conversions = [conversionOf('EUR', 'USD', [step], 'ecb', '2026-10-31')];
  const [, converted] = invoiceLinesOf(lines, { ...terms, conversions });
  // 3.333333333 × 1.0831 = 3.6103333329723
  assert.equal(converted?.exactNanos, 3_610_333_333n);
  assert.deepEqual([converted?.netNanos, converted?.unitPrice, converted?.formula?.price], [3_610_000_000n, undefined, '0.0137']);
  assert.deepEqual(converted?.original, { currency: 'EUR', exactNanos: 3_333_333_333n });
});

test('a rate that its source does not give as it is says of what it is made, and amounts are converted by that', () => {
  const one = (from: string, to: string, rate: string, inverse: boolean) => ({ from, to, rate: decimal(rate), inverse });
  const direct = conversionOf('EUR', 'USD', [one('EUR', 'USD', '1.0850', false)], 'ecb', '2026-10-30');
  const turned = conversionOf('USD', 'EUR', [one('USD', 'EUR', '1.0850', true)], 'ecb', '2026-10-30');
  const over = conversionOf('USD', 'GBP', [one('USD', 'EUR', '1.0850', true), one('EUR', 'GBP', '0.8400', false)], 'ecb', '2026-10-30');
  const said = (conversion: typeof direct) => [formatDecimal(statedRate(conversion).rate), statedRate(conversion).made];
  assert.deepEqual([direct, turned, over].map(said), [
    ['1.0850', undefined],
    ['0.9216589862', '1/1.0850'],
    ['0.7741935484', '0.8400/1.0850'],
  ]);
  // 1,085.00 USD are 840.00 GBP to the last digit; by the ten decimals that are stated they would be 840.00000001.
  const lines = [line({ currency: 'USD', amountNanos: 1_085_000_000_000n })];
  const [converted] = invoiceLinesOf(lines, { side: 'receivable', currency: 'GBP', agreement: 'x', period, conversions: [over] });
  assert.equal(converted?.exactNanos, 840_000_000_000n);
});

test('what comes to less than nothing is a credit note of positive amounts', () => {
  const drawn = invoiceLinesOf([line({ amountNanos: 1_000_000_000n }), line({ number: 2, amountNanos: -3_000_000_000n, billed: -600n })], {
    ...{ side: 'receivable', currency: 'USD', agreement: 'x', period },
  });
  const { kind, totalNanos, lines } = draftInvoice(head, drawn, noTax);
  assert.deepEqual([kind, totalNanos], ['credit-note', 2_000_000_000n]);
  assert.deepEqual(
    lines.map(({ netNanos, quantity }) => [netNanos, quantity.units]),
    [
      [-1_000_000_000n, -90n],
      [3_000_000_000n, 600n],
    ],
  );
});
