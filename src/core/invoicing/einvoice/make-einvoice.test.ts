import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal, formatDecimal } from '../../money/decimal.ts';
import type { InvoiceLine } from '../invoice.ts';
import { peppol } from './einvoice.ts';
import { identifierOf, makeEInvoice } from './make-einvoice.ts';
import { sampleBuyer, sampleCategories, sampleInvoice, sampleSeller, sampleTax } from './sample-invoices.ts';

function made(invoice = sampleInvoice()) {
  const result = makeEInvoice(invoice, sampleSeller, sampleBuyer);
  assert.ok(result.ok, result.ok ? '' : result.refusals.map(({ message, at }) => `${at?.field}: ${message}`).join('\n'));
  return result.value;
}

for (const [name, invoice] of sampleCategories)
  test(`a right document passes every rule: ${name}`, () => {
    made(invoice);
  });

test('a line whose price fits says quantity times price; else its price is the net for the whole quantity, and never negative', () => {
  const [voice, sms, adjustment] = made().lines.map(({ quantity, price, baseQuantity, net }) =>
    [quantity, price?.value, baseQuantity, net?.value].map((value) => (value === undefined ? '' : formatDecimal(value))).join(' '),
  );
  assert.equal(voice, '360000 0.0137 60 82.20');
  assert.equal(sms, '12345 617.33 12345 617.33');
  assert.equal(adjustment, '-1 10.00 1 -10.00');
});

test('the end of a period is its last day, several notes are one, and the account stands in for a missing buyer reference', () => {
  const { period, notes, buyerReference, taxPointDay } = made();
  assert.deepEqual(period, { start: '2026-10-01', end: '2026-10-31' });
  assert.deepEqual(notes, ['Terms as agreed.\nThank you.']);
  assert.equal(buyerReference, 'nordlicht-eur');
  assert.equal(taxPointDay, '2026-10-31');
});

test('in self-billing the party is the seller, and profile and type say so', () => {
  const { seller, buyer, typeCode, profile } = made(sampleInvoice({ jurisdiction: 'DE', percent: '23' }, { kind: 'self-billing' }));
  assert.equal(seller.name, sampleBuyer.name);
  assert.equal(buyer.name, sampleSeller.name);
  assert.equal(typeCode, '389');
  assert.equal(profile, peppol.selfBillingProfile);
  assert.equal(made(sampleInvoice({}, { kind: 'self-billing-credit' })).typeCode, '261');
});

test('outside the scope there are no VAT numbers; a seller without any other number is refused by the rule’s name', () => {
  const outside = sampleInvoice({ category: 'O', percent: '0', taxNanos: 0n, legalReference: 'Outside the scope' });
  const { seller, buyer } = made(outside);
  assert.deepEqual([seller.vatId, buyer.vatId], [undefined, undefined]);
  const { companyNumber: _, ...nameless } = sampleSeller;
  const refused = makeEInvoice(outside, nameless, sampleBuyer);
  assert.ok(!refused.ok);
  assert.deepEqual(
    refused.refusals.map(({ code, message }) => `${code} ${message.split(':')[1]?.trim()}`),
    ['einvoice.rule-broken BR-CO-26'],
  );
});

test('the tax in the accounting currency is the document’s tax at its rate', () => {
  const [, , , , , , , , , [, invoice] = ['', sampleInvoice()]] = sampleCategories;
  const [, accounting] = made(invoice).taxTotals;
  // 158.59 USD × 0.9137 = 144.9036…
  assert.deepEqual(accounting?.amount, { value: { units: 14_490n, scale: 2 }, currency: 'EUR' });
});

test('amounts by several rules of one category and percentage are one entry of the breakdown', () => {
  const two = sampleInvoice(
    {},
    {
      taxes: [
        sampleTax({ rule: 'A', lines: [1], baseNanos: 82_200_000_000n, taxNanos: 18_910_000_000n }),
        sampleTax({ rule: 'B', lines: [2, 3], baseNanos: 607_330_000_000n, taxNanos: 139_690_000_000n }),
      ],
      taxNanos: 158_600_000_000n,
      totalNanos: 848_130_000_000n,
    },
  );
  assert.equal(made(two).taxTotals[0]?.breakdown.length, 1);
});

test('several taxes on a line, none, or another than VAT are refused: EN 16931 has one VAT a line', () => {
  const codes = (taxes: readonly ReturnType<typeof sampleTax>[]): readonly string[] => {
    const result = makeEInvoice(sampleInvoice({}, { taxes }), sampleSeller, sampleBuyer);
    return result.ok ? [] : [...new Set(result.refusals.map(({ code }) => code))];
  };
  assert.deepEqual(codes([sampleTax({ name: 'GST' })]), ['einvoice.taxes-not-vat']);
  assert.deepEqual(codes([sampleTax({}), sampleTax({ name: 'PST' })]), ['einvoice.taxes-not-vat']);
  assert.deepEqual(codes([sampleTax({ lines: [1, 2] })]), ['einvoice.taxes-not-vat']);
  const outside = sampleTax({ name: 'Sales tax', category: 'O' });
  assert.ok(!codes([outside]).includes('einvoice.taxes-not-vat'), 'an export of a seller without VAT is outside its scope');
});

test('an identifier has a scheme when four digits and a colon begin it', () => {
  assert.deepEqual(identifierOf('0088:7300010000001'), { scheme: '0088', id: '7300010000001' });
  assert.deepEqual(identifierOf('HRB 12345'), { id: 'HRB 12345' });
});

test('whatever the quantities, prices and nets, lines keep to the rule of quantity times price', () => {
  const anyLine = fc.record({
    quantity: fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 6 })),
    price: fc.option(fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.integer({ min: 0, max: 9 }))),
    per: fc.constantFrom('1', '60', '1000000000'),
    cents: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
  });
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), (drawn) => {
      const lines = drawn.map(
        ({ quantity, price, per, cents }, index): InvoiceLine => ({
          number: index + 1,
          kind: 'usage',
          description: 'Any',
          quantity: { units: quantity[0], scale: quantity[1] },
          unit: 'SEC',
          priceQuantity: decimal(per),
          ...(price === null ? {} : { unitPrice: { units: price[0], scale: price[1] } }),
          netNanos: cents * 10_000_000n,
          exactNanos: cents * 10_000_000n,
        }),
      );
      const net = lines.reduce((sum, { netNanos }) => sum + netNanos, 0n);
      const tax = {
        category: 'AE',
        percent: '0',
        taxNanos: 0n,
        baseNanos: net,
        lines: lines.map(({ number }) => number),
        legalReference: 'Reverse charge',
      } as const;
      made(sampleInvoice(tax, { lines, netNanos: net, taxNanos: 0n, totalNanos: net }));
    }),
    { numRuns: 300 },
  );
});
