import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UblReader } from '#codecs/ubl/read-ubl.ts';
import { writeUbl } from '#codecs/ubl/write-ubl.ts';
import type { EInvoice } from '#core/invoicing/einvoice/einvoice.ts';
import { makeEInvoice } from '#core/invoicing/einvoice/make-einvoice.ts';
import { sampleBuyer, sampleCategories, sampleInvoice, sampleSeller } from '#core/invoicing/einvoice/sample-invoices.ts';
import { RefusedError, type Result } from '#core/refusals.ts';
import { readXml } from '#gateways/xml/read-xml.ts';

async function read(text: string, pieceBytes = 65_536): Promise<Result<EInvoice>> {
  const reader = new UblReader('partner.xml');
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
  try {
    await readXml('partner.xml', pieces, reader);
  } catch (error) {
    if (error instanceof RefusedError) return { ok: false, refusals: error.refusals };
    throw error;
  }
  return reader.invoice();
}

function made(invoice = sampleInvoice()): EInvoice {
  const result = makeEInvoice(invoice, sampleSeller, sampleBuyer);
  assert.ok(result.ok);
  return result.value;
}

async function codes(text: string): Promise<readonly string[]> {
  const result = await read(text);
  return result.ok ? [] : [...new Set(result.refusals.map(({ code }) => code))];
}

for (const [name, invoice] of sampleCategories)
  test(`what is written is read as it was: ${name}`, async () => {
    const wrote = made(invoice);
    const result = await read(writeUbl(wrote));
    assert.ok(result.ok);
    assert.deepEqual(result.value, wrote);
  });

test('a file is read the same in pieces of any size', async () => {
  const wrote = made();
  for (const size of [1, 7, 4096]) {
    const result = await read(writeUbl(wrote), size);
    assert.ok(result.ok);
    assert.deepEqual(result.value, wrote);
  }
});

test('elements stand in the order of the schema of UBL 2.1', () => {
  // UBL-Invoice-2.1.xsd and UBL-CreditNote-2.1.xsd, sequence of the document element (OASIS Standard of 4 November 2013).
  const order = (text: string): readonly string[] => [...text.matchAll(/^ {2}<(c[ab]c:[A-Za-z]+)/gm)].map((match) => match[1] ?? '');
  assert.deepEqual(
    [...new Set(order(writeUbl(made())))].join(' '),
    'cbc:CustomizationID cbc:ProfileID cbc:ID cbc:IssueDate cbc:DueDate cbc:InvoiceTypeCode cbc:Note cbc:TaxPointDate cbc:DocumentCurrencyCode cbc:BuyerReference cac:InvoicePeriod cac:AccountingSupplierParty cac:AccountingCustomerParty cac:TaxTotal cac:LegalMonetaryTotal cac:InvoiceLine',
  );
  const [, credit] = sampleCategories.find(([name]) => name === 'credit note') ?? [];
  const payment = { code: '30', account: 'IE29AIBK93115212345678' };
  assert.deepEqual(
    [...new Set(order(writeUbl({ ...made(credit), payments: [payment] })))].join(' '),
    'cbc:CustomizationID cbc:ProfileID cbc:ID cbc:IssueDate cbc:TaxPointDate cbc:CreditNoteTypeCode cbc:Note cbc:DocumentCurrencyCode cbc:BuyerReference cac:InvoicePeriod cac:BillingReference cac:AccountingSupplierParty cac:AccountingCustomerParty cac:PaymentMeans cac:TaxTotal cac:LegalMonetaryTotal cac:CreditNoteLine',
  );
});

test('no element is empty, and text from outside stays text', async () => {
  const hostile = made();
  const name = `<Evil> & "Sons" ]]> \u0000\u0007 \ud800 ${'é'.normalize('NFD')}`;
  const text = writeUbl({ ...hostile, seller: { ...hostile.seller, name, tradingName: ' ' }, notes: [''] });
  assert.ok(!/<([a-zA-Z:]+)[^>]*><\/\1>/.test(text));
  const result = await read(text);
  assert.ok(result.ok);
  assert.equal(result.value.seller.name, `<Evil> & "Sons" ]]> �� � ${'é'.normalize('NFD')}`);
  assert.equal(result.value.seller.tradingName, undefined);
});

test('an embedded document is passed over, and taxes of another scheme are no VAT', async () => {
  const embedded = `<cac:AdditionalDocumentReference><cbc:ID>detail</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/csv" filename="a.csv">${'QUJD'.repeat(50_000)}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`;
  const text = writeUbl(made()).replace('  <cac:AccountingSupplierParty>', `${embedded}<cac:AccountingSupplierParty>`);
  const result = await read(text);
  assert.ok(result.ok);
  assert.deepEqual(result.value, made());
  const other = await read(writeUbl(made()).replace(/(<cac:ClassifiedTaxCategory>.*?<cbc:ID>)VAT/s, '$1GST'));
  assert.ok(other.ok);
  assert.equal(other.value.lines[0]?.tax?.code, undefined);
});

test('hostile and broken files are refused by name', async () => {
  const whole = writeUbl(made());
  const bomb = `<!DOCTYPE Invoice [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${whole.slice(whole.indexOf('<Invoice'))}`;
  assert.deepEqual(await codes(bomb), ['xml.document-type']);
  const external = `<!DOCTYPE Invoice SYSTEM "file:///etc/passwd">${whole.slice(whole.indexOf('<Invoice'))}`;
  assert.deepEqual(await codes(external), ['xml.document-type']);
  assert.deepEqual(await codes(whole.slice(0, whole.length / 2)), ['xml.not-well-formed']);
  assert.deepEqual(await codes(''), ['xml.not-well-formed']);
  assert.deepEqual(await codes('<Invoice/>'), ['einvoice.form-unknown']);
  assert.deepEqual(await codes('<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>'), [
    'einvoice.form-unknown',
  ]);
  assert.deepEqual(await codes(whole.replace('>82.20<', '>82,20<')), ['einvoice.value-broken']);
  assert.deepEqual(await codes(whole.replace('>82.20<', `>${'9'.repeat(40)}<`)), ['einvoice.value-broken']);
  const many = whole.replace(
    '  <cac:AccountingSupplierParty>',
    `<cac:X>${'<cbc:Y>1</cbc:Y>'.repeat(100_001)}</cac:X><cac:AccountingSupplierParty>`,
  );
  assert.deepEqual(await codes(many), ['einvoice.too-large']);
});

test('names of objects that a program has are names of elements like others', async () => {
  const text = writeUbl(made()).replace(
    '  <cac:AccountingSupplierParty>',
    '<cac:__proto__ toString="1" constructor="2"><cbc:hasOwnProperty>1</cbc:hasOwnProperty></cac:__proto__><cac:AccountingSupplierParty>',
  );
  const result = await read(text);
  assert.ok(result.ok);
  assert.deepEqual(result.value, made());
});
