/**
 * Figures of official example invoices come out as published: lines with charges and allowances, prices for several units, prepayment, tax in an
 * accounting currency, negative lines. The figures are those of the examples; parties and texts are ours, so that no file of others is shipped.
 * Source: OpenPEPPOL/peppol-bis-invoice-3, rules/examples (read in a stored copy in November 2026).
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { saidByUbl } from '#app/partner-invoices/said-by-ubl.ts';
import { UblReader } from '#codecs/ubl/read-ubl.ts';
import { writeUbl } from '#codecs/ubl/write-ubl.ts';
import { checkEInvoice } from '#core/invoicing/einvoice/check-einvoice.ts';
import { type EAllowance, type EAmount, type EInvoice, type ELine, peppol } from '#core/invoicing/einvoice/einvoice.ts';
import { makeEInvoice } from '#core/invoicing/einvoice/make-einvoice.ts';
import { sampleBuyer, sampleInvoice, sampleSeller } from '#core/invoicing/einvoice/sample-invoices.ts';
import { formatNanos } from '#core/money/amount.ts';
import { decimal } from '#core/money/decimal.ts';
import { readXml } from '#gateways/xml/read-xml.ts';

const eur = (text: string): EAmount => ({ value: decimal(text), currency: 'EUR' });
const standard = { code: 'S', percent: decimal('25') };
const charge = (amount: string, more: Partial<EAllowance> = {}): EAllowance => ({
  isCharge: true,
  amount: eur(amount),
  reason: 'Charge',
  ...more,
});
const discount = (amount: string, more: Partial<EAllowance> = {}): EAllowance => ({
  isCharge: false,
  amount: eur(amount),
  reason: 'Discount',
  ...more,
});
const line = (id: string, quantity: string, net: string, price: string, more: Partial<ELine> = {}): ELine => ({
  ...{ id, quantity: decimal(quantity), unit: 'C62', net: eur(net), price: eur(price), name: 'Item', tax: standard, allowances: [] },
  ...more,
});

function base(): EInvoice {
  const made = makeEInvoice(sampleInvoice(), sampleSeller, sampleBuyer);
  assert.ok(made.ok);
  const { period: _, ...rest } = made.value;
  return rest;
}

const perHundred = { base: eur('100'), percent: decimal('1') };
/** `Billing examples/Allowance-example.xml`: document charge of 20 % of 1,000 and discount of 200; the third price follows from its line. */
const allowances: EInvoice = {
  ...base(),
  taxCurrency: 'SEK',
  allowances: [charge('200', { base: eur('1000'), percent: decimal('20'), tax: standard }), discount('200', { tax: standard })],
  taxTotals: [
    {
      amount: eur('1225.00'),
      breakdown: [
        { base: eur('4900.0'), tax: eur('1225'), category: standard },
        { base: eur('1000.0'), tax: eur('0'), category: { code: 'E', percent: decimal('0') }, reason: 'Exempt' },
      ],
    },
    { amount: { value: decimal('9324.00'), currency: 'SEK' }, breakdown: [] },
  ],
  totals: {
    ...{ lines: eur('5900'), net: eur('5900'), gross: eur('7125'), allowances: eur('200'), charges: eur('200') },
    ...{ prepaid: eur('1000'), payable: eur('6125.00') },
  },
  references: ['130'],
  lines: [
    line('1', '10', '4000.00', '410', {
      ...{ baseQuantity: decimal('1'), baseUnit: 'C62', grossPrice: eur('450'), priceDiscount: eur('40') },
      allowances: [charge('1', perHundred), discount('101')],
    }),
    line('2', '10', '1000.00', '200', { baseQuantity: decimal('2'), baseUnit: 'C62', tax: { code: 'E', percent: decimal('0') } }),
    line('3', '10', '900.00', '100', { allowances: [charge('1', perHundred), discount('101')] }),
  ],
};

/** `Self-billing examples/SB-base-example.xml`: a negative line and a charge of the document. */
const selfBilled: EInvoice = {
  ...base(),
  ...{ customization: peppol.selfBillingCustomization, profile: peppol.selfBillingProfile, typeCode: '389' },
  allowances: [charge('25', { tax: standard })],
  taxTotals: [{ amount: eur('331.25'), breakdown: [{ base: eur('1325'), tax: eur('331.25'), category: standard }] }],
  totals: { lines: eur('1300'), net: eur('1325'), gross: eur('1656.25'), charges: eur('25'), payable: eur('1656.25') },
  lines: [line('1', '7', '2800', '400'), line('2', '-3', '-1500', '500')],
};

describe('official example invoices', () => {
  for (const [name, invoice, kind, net, total] of [
    ['Allowance-example.xml', allowances, 'invoice', '5900', '7125'],
    ['SB-base-example.xml', selfBilled, 'self-billed-invoice', '1325', '1656.25'],
  ] as const)
    test(`${name}: its figures break no rule, and are taken in as they are`, async () => {
      assert.deepEqual(checkEInvoice(invoice), []);
      const wrong = { ...invoice, totals: { ...invoice.totals, payable: eur('6124.99') } };
      assert.deepEqual(
        checkEInvoice(wrong).map(({ rule }) => rule),
        ['BR-CO-16'],
      );
      const reader = new UblReader('a.xml');
      await readXml('a.xml', [Buffer.from(writeUbl(invoice))], reader);
      const read = reader.invoice();
      assert.ok(read.ok);
      const said = saidByUbl('a.xml', { ...read.value, taxTotals: read.value.taxTotals.toReversed() });
      const lines = said.lines.reduce((sum, { netNanos }) => sum + netNanos, 0n);
      const taxes = (said.taxes ?? []).reduce((sum, { taxNanos }) => sum + taxNanos, 0n);
      assert.deepEqual(
        [said.kind, formatNanos(said.netNanos ?? 0n), formatNanos(lines), formatNanos(lines + taxes), formatNanos(said.totalNanos ?? 0n)],
        [kind, net, net, total, total],
      );
    });
});
