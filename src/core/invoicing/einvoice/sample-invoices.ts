/** Documents for tests of electronic invoices: one a category of tax, made up, whole and right. */
import { decimal } from '../../money/decimal.ts';
import type { TaxAmount } from '../../tax/tax.ts';
import type { Invoice, InvoiceLine } from '../invoice.ts';
import type { EInvoiceSide } from './make-einvoice.ts';

export const sampleSeller: EInvoiceSide = {
  name: 'Carillon Telecom & Söhne Ltd',
  country: 'IE',
  address: ['1 Harbour Road', 'Dublin 1', 'D01 X2Y3'],
  taxId: 'IE6388047V',
  companyNumber: { id: '123456' },
  electronicAddress: { scheme: '9935', id: 'IE6388047V' },
  email: 'billing@carillon.example',
};

export const sampleBuyer: EInvoiceSide = {
  name: 'Nordlicht <Telefon> GmbH',
  country: 'DE',
  address: ['Hafenstraße 2', '20457 Hamburg'],
  taxId: 'DE136695976',
  electronicAddress: { scheme: '9930', id: 'DE136695976' },
};

const cents = (value: bigint): bigint => value * 10_000_000n;

export const sampleLines: readonly InvoiceLine[] = [
  {
    number: 1,
    kind: 'usage',
    service: 'voice',
    destination: 'Germany Mobile',
    description: 'Voice, Germany Mobile',
    quantity: decimal('360000'),
    unit: 'SEC',
    priceQuantity: decimal('60'),
    unitPrice: decimal('0.0137'),
    netNanos: cents(8220n),
    exactNanos: cents(8220n),
    period: { from: '2026-10-01', to: '2026-11-01' },
  },
  {
    number: 2,
    kind: 'usage',
    service: 'sms',
    description: 'SMS, several rates',
    quantity: decimal('12345'),
    unit: 'C62',
    priceQuantity: decimal('1'),
    netNanos: cents(61_733n),
    exactNanos: cents(61_733n) - 2n,
  },
  {
    number: 3,
    kind: 'adjustment',
    service: 'voice',
    description: 'Adjustment of tiers',
    quantity: decimal('0'),
    unit: 'C62',
    priceQuantity: decimal('1'),
    netNanos: cents(-1_000n),
    exactNanos: cents(-1_000n),
    explanation: 'Whole volume at the second tier',
  },
];

const net = cents(68_953n);

export function sampleTax(more: Partial<TaxAmount>): TaxAmount {
  return {
    rule: 'SAMPLE',
    name: 'VAT',
    category: 'S',
    jurisdiction: 'IE',
    percent: '23',
    lines: [1, 2, 3],
    baseNanos: net,
    taxNanos: cents(15_859n),
    explanation: 'A sample.',
    ...more,
  };
}

export function sampleInvoice(tax: Partial<TaxAmount> = {}, more: Partial<Invoice> = {}): Invoice {
  const only = sampleTax(tax);
  return {
    kind: 'invoice',
    legalEntity: 'carillon-ie',
    account: 'nordlicht-eur',
    party: 'nordlicht',
    currency: 'EUR',
    issueDay: '2026-11-03',
    dueDay: '2026-12-03',
    taxDay: '2026-10-31',
    period: { from: '2026-10-01', to: '2026-11-01' },
    lines: sampleLines,
    taxes: [only],
    netNanos: net,
    taxNanos: only.taxNanos,
    totalNanos: net + only.taxNanos,
    prepaidNanos: 0n,
    notes: ['Terms as agreed.', 'Thank you.'],
    number: 'INV-2026-000017',
    series: 'INV-2026',
    sha256: '0'.repeat(64),
    ...more,
  };
}

const nothing = { percent: '0', taxNanos: 0n };

/** One document for each category, each of which must pass all rules. */
export const sampleCategories: readonly (readonly [name: string, invoice: Invoice])[] = [
  ['S', sampleInvoice()],
  ['Z', sampleInvoice({ category: 'Z', ...nothing })],
  ['E', sampleInvoice({ category: 'E', ...nothing, explanation: 'Exempt by certificate C-1.' })],
  ['AE', sampleInvoice({ category: 'AE', ...nothing, legalReference: 'Reverse charge', exemptionCode: 'VATEX-EU-AE' })],
  ['G', sampleInvoice({ category: 'G', ...nothing, legalReference: 'Zero-rated export' })],
  ['O', sampleInvoice({ category: 'O', ...nothing, legalReference: 'Outside the scope', exemptionCode: 'VATEX-EU-O' })],
  ['credit note', sampleInvoice({}, { kind: 'credit-note', corrects: { number: 'INV-2026-000016', reason: 'Wrong rate' } })],
  ['debit note', sampleInvoice({}, { kind: 'debit-note' })],
  ['prepaid', sampleInvoice({}, { prepaidNanos: cents(10_000n) })],
  [
    'accounting currency',
    sampleInvoice({}, { currency: 'USD', exchange: { currency: 'EUR', rate: decimal('0.9137'), source: 'ECB', day: '2026-10-31' } }),
  ],
];
