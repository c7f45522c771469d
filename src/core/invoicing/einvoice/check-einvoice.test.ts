/** Each rule is broken once, in a document that is right but for that; the rules are those of EN 16931-1 and Peppol BIS Billing 3.0. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../money/decimal.ts';
import { checkEInvoice } from './check-einvoice.ts';
import type { EAllowance, EAmount, EInvoice, ELine, ETaxBreakdown } from './einvoice.ts';
import { makeEInvoice } from './make-einvoice.ts';
import { sampleBuyer, sampleCategories, sampleSeller } from './sample-invoices.ts';

function sample(name: string): EInvoice {
  const [, invoice] = sampleCategories.find(([known]) => known === name) ?? [];
  assert.ok(invoice);
  const made = makeEInvoice(invoice, sampleSeller, sampleBuyer);
  assert.ok(made.ok);
  return made.value;
}

type Change = (invoice: EInvoice) => EInvoice;

function eur(text: string): EAmount {
  return { value: decimal(text), currency: 'EUR' };
}

/** The same without some fields. */
function without<T extends object>(object: T, ...names: readonly (keyof T)[]): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.some((one) => one === name))) as T; // optional fields are left out
}

const header =
  (...names: readonly (keyof EInvoice)[]): Change =>
  (invoice) =>
    without(invoice, ...names);

const firstLine =
  (change: (line: ELine) => ELine): Change =>
  (invoice) => ({ ...invoice, lines: invoice.lines.map((line, index) => (index === 0 ? change(line) : line)) });

const breakdown =
  (change: (part: ETaxBreakdown) => ETaxBreakdown): Change =>
  (invoice) => ({ ...invoice, taxTotals: invoice.taxTotals.map((total) => ({ ...total, breakdown: total.breakdown.map(change) })) });

const totals =
  (change: Partial<EInvoice['totals']>): Change =>
  (invoice) => ({ ...invoice, totals: { ...invoice.totals, ...change } });

const seller =
  (change: (party: EInvoice['seller']) => EInvoice['seller']): Change =>
  (invoice) => ({ ...invoice, seller: change(invoice.seller) });

const buyer =
  (change: (party: EInvoice['buyer']) => EInvoice['buyer']): Change =>
  (invoice) => ({ ...invoice, buyer: change(invoice.buyer) });

const allowance =
  (one: Partial<EAllowance>): Change =>
  (invoice) => ({ ...invoice, allowances: [{ isCharge: false, ...one }] });

const cases: readonly (readonly [rule: string, category: string, change: Change])[] = [
  ['BR-CL-14', 'S', (invoice) => ({ ...invoice, delivery: { country: 'XX' } })],
  ['BR-CL-14', 'S', (invoice) => ({ ...invoice, taxRepresentative: { ...invoice.seller, address: { lines: [], country: 'XX' } } })],
  ['PEPPOL-EN16931-P0100', 'S', (invoice) => ({ ...invoice, typeCode: '389' })],
  ['PEPPOL-EN16931-P0112', 'S', (invoice) => ({ ...invoice, typeCode: '384' })],
  ['PEPPOL-EN16931-P0108', 'AE', breakdown((part) => ({ ...part, reasonCode: 'VATEX-EU-D' }))],
  ['PEPPOL-EN16931-P0111', 'AE', breakdown((part) => ({ ...part, reasonCode: 'VATEX-EU-J' }))],
  ['BR-01', 'S', header('customization')],
  ['BR-02', 'S', header('number')],
  ['BR-03', 'S', header('issueDay')],
  ['BR-04', 'S', header('typeCode')],
  ['BR-05', 'S', header('currency')],
  ['BR-06', 'S', seller((party) => without(party, 'name'))],
  ['BR-07', 'S', buyer((party) => without(party, 'name'))],
  ['BR-08', 'S', seller((party) => without(party, 'address'))],
  ['BR-09', 'S', seller((party) => ({ ...party, address: { lines: ['Street'] } }))],
  ['BR-10', 'S', buyer((party) => without(party, 'address'))],
  ['BR-11', 'S', buyer((party) => ({ ...party, address: { lines: ['Street'] } }))],
  ['BR-12', 'S', (invoice) => ({ ...invoice, totals: without(invoice.totals, 'lines') })],
  ['BR-13', 'S', (invoice) => ({ ...invoice, totals: without(invoice.totals, 'net') })],
  ['BR-14', 'S', (invoice) => ({ ...invoice, totals: without(invoice.totals, 'gross') })],
  ['BR-15', 'S', (invoice) => ({ ...invoice, totals: without(invoice.totals, 'payable') })],
  ['BR-16', 'S', (invoice) => ({ ...invoice, lines: [] })],
  ['BR-17', 'S', (invoice) => ({ ...invoice, payee: {} })],
  ['BR-18', 'S', (invoice) => ({ ...invoice, taxRepresentative: { ids: [], vatId: 'IE1', address: { lines: [], country: 'IE' } } })],
  ['BR-19', 'S', (invoice) => ({ ...invoice, taxRepresentative: { ids: [], vatId: 'IE1', tradingName: 'R' } })],
  ['BR-20', 'S', (invoice) => ({ ...invoice, taxRepresentative: { ids: [], vatId: 'IE1', tradingName: 'R', address: { lines: [] } } })],
  ['BR-21', 'S', firstLine((line) => without(line, 'id'))],
  ['BR-22', 'S', firstLine((line) => without(line, 'quantity'))],
  ['BR-23', 'S', firstLine((line) => without(line, 'unit'))],
  ['BR-24', 'S', firstLine((line) => without(line, 'net'))],
  ['BR-25', 'S', firstLine((line) => without(line, 'name'))],
  ['BR-26', 'S', firstLine((line) => without(line, 'price'))],
  ['BR-27', 'S', firstLine((line) => ({ ...line, price: eur('-1') }))],
  ['BR-28', 'S', firstLine((line) => ({ ...line, grossPrice: eur('-1') }))],
  ['BR-29', 'S', (invoice) => ({ ...invoice, period: { start: '2026-10-31', end: '2026-10-01' } })],
  ['BR-30', 'S', firstLine((line) => ({ ...line, period: { start: '2026-10-31', end: '2026-10-01' } }))],
  ['BR-31', 'S', allowance({ reason: 'Discount', tax: { code: 'S', percent: decimal('23') } })],
  ['BR-32', 'S', allowance({ reason: 'Discount', amount: eur('1') })],
  ['BR-33', 'S', allowance({ amount: eur('1'), tax: { code: 'S', percent: decimal('23') } })],
  ['BR-36', 'S', allowance({ isCharge: true, reason: 'Fee', tax: { code: 'S', percent: decimal('23') } })],
  ['BR-37', 'S', allowance({ isCharge: true, reason: 'Fee', amount: eur('1') })],
  ['BR-38', 'S', allowance({ isCharge: true, amount: eur('1'), tax: { code: 'S', percent: decimal('23') } })],
  ['BR-41', 'S', firstLine((line) => ({ ...line, allowances: [{ isCharge: false, reason: 'Discount' }] }))],
  ['BR-42', 'S', firstLine((line) => ({ ...line, allowances: [{ isCharge: false, amount: eur('1') }] }))],
  ['BR-43', 'S', firstLine((line) => ({ ...line, allowances: [{ isCharge: true, reason: 'Fee' }] }))],
  ['BR-44', 'S', firstLine((line) => ({ ...line, allowances: [{ isCharge: true, amount: eur('1') }] }))],
  ['BR-45', 'S', breakdown((part) => without(part, 'base'))],
  ['BR-46', 'S', breakdown((part) => without(part, 'tax'))],
  ['BR-47', 'S', breakdown((part) => ({ ...part, category: {} }))],
  ['BR-48', 'S', breakdown((part) => ({ ...part, category: { code: 'S' } }))],
  ['BR-49', 'S', (invoice) => ({ ...invoice, payments: [{ account: 'IE29' }] })],
  ['BR-50', 'S', (invoice) => ({ ...invoice, payments: [{ code: '30', account: ' ' }] })],
  ['BR-53', 'S', (invoice) => ({ ...invoice, taxCurrency: 'USD' })],
  ['BR-55', 'S', (invoice) => ({ ...invoice, preceding: [{}] })],
  ['BR-56', 'S', (invoice) => ({ ...invoice, taxRepresentative: { ids: [], tradingName: 'R', address: { lines: [], country: 'IE' } } })],
  ['BR-57', 'S', (invoice) => ({ ...invoice, delivery: {} })],
  ['BR-61', 'S', (invoice) => ({ ...invoice, payments: [{ code: '58' }] })],
  ['BR-62', 'S', seller((party) => ({ ...party, endpoint: { id: '1' } }))],
  ['BR-63', 'S', buyer((party) => ({ ...party, endpoint: { id: '1' } }))],
  ['BR-CO-03', 'S', (invoice) => ({ ...invoice, period: { code: '35' } })],
  ['BR-CO-04', 'S', firstLine((line) => without(line, 'tax'))],
  ['BR-CO-09', 'S', seller((party) => ({ ...party, vatId: '6388047V' }))],
  ['BR-CO-10', 'S', totals({ lines: eur('1') })],
  ['BR-CO-11', 'S', totals({ allowances: eur('1') })],
  ['BR-CO-12', 'S', totals({ charges: eur('1') })],
  ['BR-CO-13', 'S', totals({ net: eur('1') })],
  ['BR-CO-14', 'S', (invoice) => ({ ...invoice, taxTotals: invoice.taxTotals.map((total) => ({ ...total, amount: eur('1') })) })],
  ['BR-CO-15', 'S', totals({ gross: eur('1') })],
  ['BR-CO-16', 'S', totals({ payable: eur('1') })],
  ['BR-CO-17', 'S', breakdown((part) => ({ ...part, tax: eur('150') }))],
  ['BR-CO-18', 'S', (invoice) => ({ ...invoice, taxTotals: [] })],
  ['BR-CO-19', 'S', (invoice) => ({ ...invoice, period: {} })],
  ['BR-CO-20', 'S', firstLine((line) => ({ ...line, period: {} }))],
  ['BR-CO-26', 'S', seller((party) => without(party, 'vatId', 'legalId'))],
  ['BR-DEC-09', 'S', totals({ lines: eur('689.530') })],
  ['BR-DEC-13', 'S', (invoice) => ({ ...invoice, taxTotals: invoice.taxTotals.map((total) => ({ ...total, amount: eur('158.590') })) })],
  ['BR-DEC-19', 'S', breakdown((part) => ({ ...part, base: eur('689.530') }))],
  ['BR-DEC-23', 'S', firstLine((line) => ({ ...line, net: eur('82.200') }))],
  ['BR-S-01', 'S', breakdown((part) => ({ ...part, category: { code: 'Z', percent: decimal('0') } }))],
  ['BR-S-02', 'S', seller((party) => without(party, 'vatId'))],
  ['BR-S-05', 'S', firstLine((line) => ({ ...line, tax: { code: 'S', percent: decimal('0') } }))],
  ['BR-S-08', 'S', breakdown((part) => ({ ...part, base: eur('600.00') }))],
  ['BR-S-09', 'S', breakdown((part) => ({ ...part, tax: eur('150.00') }))],
  ['BR-S-10', 'S', breakdown((part) => ({ ...part, reason: 'Because' }))],
  ['BR-Z-09', 'Z', breakdown((part) => ({ ...part, tax: eur('0.01') }))],
  ['BR-Z-10', 'Z', breakdown((part) => ({ ...part, reason: 'Because' }))],
  ['BR-E-05', 'E', firstLine((line) => ({ ...line, tax: { code: 'E', percent: decimal('1') } }))],
  ['BR-E-10', 'E', breakdown((part) => without(part, 'reason', 'reasonCode'))],
  ['BR-AE-02', 'AE', buyer((party) => without(party, 'vatId'))],
  ['BR-AE-08', 'AE', breakdown((part) => ({ ...part, base: eur('689.52') }))],
  ['BR-AE-10', 'AE', breakdown((part) => without(part, 'reason', 'reasonCode'))],
  ['BR-IC-01', 'AE', firstLine((line) => ({ ...line, tax: { code: 'K', percent: decimal('0') } }))],
  ['BR-IC-12', 'AE', breakdown((part) => ({ ...part, category: { code: 'K', percent: decimal('0') } }))],
  ['BR-G-02', 'G', seller((party) => ({ ...without(party, 'vatId'), taxId: '1' }))],
  ['BR-O-02', 'O', seller((party) => ({ ...party, vatId: 'IE6388047V' }))],
  ['BR-O-05', 'O', firstLine((line) => ({ ...line, tax: { code: 'O', percent: decimal('0') } }))],
  ['BR-O-12', 'O', firstLine((line) => ({ ...line, tax: { code: 'S', percent: decimal('23') } }))],
  ['BR-CL-01', 'S', (invoice) => ({ ...invoice, typeCode: '381' })],
  ['BR-CL-04', 'S', (invoice) => ({ ...invoice, currency: 'EURO' })],
  ['BR-CL-14', 'S', buyer((party) => ({ ...party, address: { lines: [], country: 'ZZ' } }))],
  ['BR-CL-16', 'S', (invoice) => ({ ...invoice, payments: [{ code: '999' }] })],
  ['BR-CL-18', 'S', firstLine((line) => ({ ...line, tax: { code: 'X', percent: decimal('23') } }))],
  ['BR-CL-22', 'AE', breakdown((part) => ({ ...part, reasonCode: 'VATEX-NONE' }))],
  ['BR-CL-23', 'S', firstLine((line) => ({ ...line, unit: 'MINUTES', baseUnit: 'MINUTES' }))],
  ['BR-CL-25', 'S', buyer((party) => ({ ...party, endpoint: { scheme: '0000', id: '1' } }))],
  ['PEPPOL-EN16931-R001', 'S', header('profile')],
  ['PEPPOL-EN16931-R002', 'S', (invoice) => ({ ...invoice, notes: ['One', 'Two'] })],
  ['PEPPOL-EN16931-R003', 'S', header('buyerReference')],
  ['PEPPOL-EN16931-R004', 'S', (invoice) => ({ ...invoice, customization: 'urn:cen.eu:en16931:2017' })],
  ['PEPPOL-EN16931-R005', 'S', (invoice) => ({ ...invoice, taxCurrency: 'EUR' })],
  ['PEPPOL-EN16931-R007', 'S', (invoice) => ({ ...invoice, profile: 'urn:other' })],
  ['PEPPOL-EN16931-R010', 'S', buyer((party) => without(party, 'endpoint'))],
  ['PEPPOL-EN16931-R020', 'S', seller((party) => without(party, 'endpoint'))],
  ['PEPPOL-EN16931-R040', 'S', allowance({ amount: eur('9'), base: eur('100'), percent: decimal('10'), reason: 'Discount' })],
  ['PEPPOL-EN16931-R041', 'S', allowance({ amount: eur('9'), percent: decimal('10'), reason: 'Discount' })],
  ['PEPPOL-EN16931-R042', 'S', allowance({ amount: eur('9'), base: eur('100'), reason: 'Discount' })],
  ['PEPPOL-EN16931-R046', 'S', firstLine((line) => ({ ...line, grossPrice: eur('2'), priceDiscount: eur('1') }))],
  ['PEPPOL-EN16931-R051', 'S', firstLine((line) => ({ ...line, net: { value: decimal('82.20'), currency: 'USD' } }))],
  ['PEPPOL-EN16931-R053', 'S', (invoice) => ({ ...invoice, taxTotals: [] })],
  ['PEPPOL-EN16931-R054', 'accounting currency', header('taxCurrency')],
  [
    'PEPPOL-EN16931-R055',
    'accounting currency',
    (invoice) => ({
      ...invoice,
      taxTotals: invoice.taxTotals.map((total) => (total.breakdown.length > 0 ? total : { ...total, amount: eur('-144.90') })),
    }),
  ],
  ['PEPPOL-EN16931-R061', 'S', (invoice) => ({ ...invoice, payments: [{ code: '59', account: 'IE29' }] })],
  ['PEPPOL-EN16931-R110', 'S', firstLine((line) => ({ ...line, period: { start: '2026-09-30', end: '2026-10-31' } }))],
  ['PEPPOL-EN16931-R111', 'S', firstLine((line) => ({ ...line, period: { start: '2026-10-01', end: '2026-11-01' } }))],
  ['PEPPOL-EN16931-R120', 'S', firstLine((line) => ({ ...line, price: eur('0.0138') }))],
  ['PEPPOL-EN16931-R121', 'S', firstLine((line) => ({ ...line, baseQuantity: decimal('0') }))],
  ['PEPPOL-EN16931-R130', 'S', firstLine((line) => ({ ...line, baseUnit: 'MIN' }))],
  ['PEPPOL-EN16931-F001', 'S', (invoice) => ({ ...invoice, dueDay: '3.12.2026' })],
  ['PEPPOL-EN16931-R006', 'S', (invoice) => ({ ...invoice, references: ['130', '50', '130'] })],
  ['PEPPOL-EN16931-R080', 'credit note', (invoice) => ({ ...invoice, references: ['50', '50'] })],
  ['PEPPOL-EN16931-R100', 'S', firstLine((line) => ({ ...line, references: ['130', '130'] }))],
  ['PEPPOL-EN16931-R101', 'S', firstLine((line) => ({ ...line, references: ['50'] }))],
  ['PEPPOL-EN16931-R043', 'S', allowance({ amount: eur('9'), reason: 'Discount', indicator: 'no' })],
  ['PEPPOL-EN16931-R044', 'S', firstLine((line) => ({ ...line, isPriceCharged: true }))],
  ['PEPPOL-EN16931-P0100', 'S', (invoice) => ({ ...invoice, typeCode: '389' })],
  ['PEPPOL-EN16931-P0100', 'S', (invoice) => ({ ...invoice, typeCode: '751' })],
  ['PEPPOL-EN16931-P0101', 'credit note', (invoice) => ({ ...invoice, typeCode: '261' })],
  ['PEPPOL-EN16931-P0112', 'S', (invoice) => ({ ...invoice, typeCode: '384' })],
  ['PEPPOL-EN16931-P0105', 'AE', breakdown((part) => ({ ...part, reasonCode: 'VATEX-EU-O' }))],
  ['PEPPOL-EN16931-P0107', 'G', breakdown((part) => ({ ...part, reasonCode: 'VATEX-EU-AE' }))],
];

for (const [rule, category, change] of cases)
  test(`${rule} is found where it is broken, and not in the right document`, () => {
    const right = sample(category);
    assert.ok(!checkEInvoice(right).some((finding) => finding.rule === rule));
    const found = checkEInvoice(change(right)).filter((finding) => finding.rule === rule);
    assert.notDeepEqual(found, [], 'the rule is not found');
    for (const { field, message } of found) assert.ok(field !== '' && message !== '');
  });

test('the norm alone does not have the rules of Peppol', () => {
  const right = sample('S');
  const { profile: _, buyerReference: __, ...plain } = right;
  assert.deepEqual(checkEInvoice({ ...plain, customization: 'urn:cen.eu:en16931:2017' }, 'en16931'), []);
});

test('numbers of schemes with a check digit are checked: GLN, Norway, Denmark, Belgium, Sweden', () => {
  const found = (scheme: string, id: string): readonly string[] =>
    checkEInvoice(buyer((party) => ({ ...party, endpoint: { scheme, id } }))(sample('S'))).map(({ rule }) => rule);
  // Published: GS1's own example of a GLN, Brønnøysundregistrene 974 760 673, FPS Economy 0314.595.348, Skatteverket 2021005489.
  for (const [scheme, right, wrong, rule] of [
    ['0088', '7300010000001', '7300010000002', 'PEPPOL-COMMON-R040'],
    ['0192', '974760673', '974760674', 'PEPPOL-COMMON-R041'],
    ['0184', 'DK12345678', '12345678', 'PEPPOL-COMMON-R042'],
    ['0208', '0314595348', '0314595349', 'PEPPOL-COMMON-R043'],
    ['0096', '1003127369', '100312736', 'PEPPOL-COMMON-R052'],
    ['0198', 'DK13585628', '13585628', 'PEPPOL-COMMON-R053'],
    ['0007', '2021005489', '2021005488', 'PEPPOL-COMMON-R049'],
    // The ABN of the Australian Taxation Office, as its own example has it.
    ['0151', '51824753556', '51824753557', 'PEPPOL-COMMON-R050'],
  ] as const) {
    assert.deepEqual(found(scheme, right), [], right);
    assert.deepEqual(found(scheme, wrong), [rule], wrong);
  }
});
