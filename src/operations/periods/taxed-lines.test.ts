import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InvoiceLine } from '#core/invoicing/invoice.ts';
import { determineTax } from '#core/tax/determine-tax.ts';
import type { TaxParty } from '#core/tax/tax.ts';
import { taxRulesOf } from '../tax/rule-set.ts';
import { taxedLines } from './taxed-lines.ts';

const rules = taxRulesOf(
  {
    taxRules: [],
    taxRates: [],
    withholdingRules: [
      {
        ...{
          id: 'pk',
          tax: 'WHT',
          says: 'Paid to a non-resident',
          payer: ['PK'],
          payee: ['any'],
          payeeNot: ['PK'],
          needsCertificate: false,
        },
        ...{
          services: ['voice', 'sms', 'fee'],
          percents: [{ percent: '15', validFrom: '2020-01-01', onTopOf: [] }],
          source: 'of the test',
        },
      },
    ],
  },
  [],
);
const us: TaxParty = { country: 'DE', registrations: { DE: 'DE1' }, isBusiness: true, isReseller: true };
const them: TaxParty = { country: 'PK', registrations: { PK: '1' }, isBusiness: true, isReseller: true };
const about = { seller: us, buyer: them, taxDay: '2026-10-31', currency: 'USD' };
const one = { units: 1n, scale: 0 };
const line = (number: number, kind: InvoiceLine['kind'], cents: bigint): InvoiceLine => ({
  ...{ number, kind, agreement: 'a', description: 'x', quantity: one, unit: 'C62', priceQuantity: one },
  ...{ netNanos: cents * 10_000_000n, exactNanos: cents * 10_000_000n, ...(kind === 'usage' ? { service: 'voice' as const } : {}) },
});
const port = { answer: async (question: Parameters<typeof determineTax>[1]) => determineTax(rules, question) };

test('borne by the payer, a document has the gross-up, and what is left after the tax is what was agreed', async () => {
  const made = await taxedLines(port, about, [line(1, 'usage', 85_000n), line(2, 'fee', 33_333n)], 'payer');
  assert.ok(made.ok);
  const { lines, answer } = made.value;
  assert.deepEqual(
    lines.slice(2).map(({ number, description, netNanos }) => [number, description, netNanos]),
    [[3, 'Gross-up: WHT 15 %, borne by the payer', 20_882n * 10_000_000n]],
  );
  const net = lines.reduce((sum, { netNanos }) => sum + netNanos, 0n);
  const withheld = answer.withholding.reduce((sum, { taxNanos }) => sum + taxNanos, 0n);
  assert.equal(net - withheld, 118_333n * 10_000_000n);
  assert.deepEqual(
    answer.withholding.map(({ lines: of }) => of),
    [[1, 2, 3]],
  );
});

test('borne by the payee, or where nothing is withheld, a document is as it was stated', async () => {
  const stated = [line(1, 'usage', 85_000n)];
  for (const [of, borneBy] of [
    [about, undefined],
    [{ ...about, buyer: { ...them, country: 'CH', registrations: { CH: '1' } } }, 'payer'],
  ] as const) {
    const made = await taxedLines(port, of, stated, borneBy);
    assert.ok(made.ok);
    assert.equal(made.value.lines, stated);
  }
});
