/** What leaves is valid by the validators of those who make the rules, and what was damaged breaks the rules for them that it breaks for us. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { UblReader } from '#codecs/ubl/read-ubl.ts';
import { writeUbl } from '#codecs/ubl/write-ubl.ts';
import { checkEInvoice } from '#core/invoicing/einvoice/check-einvoice.ts';
import { makeEInvoice } from '#core/invoicing/einvoice/make-einvoice.ts';
import { sampleBuyer, sampleCategories, sampleInvoice, sampleSeller } from '#core/invoicing/einvoice/sample-invoices.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { readXml } from '#gateways/xml/read-xml.ts';
import { judge, whyNoValidators } from './validators.ts';

const selfBilled = sampleInvoice({ jurisdiction: 'DE', percent: '23' }, { kind: 'self-billing' });
const damages: readonly (readonly [what: string, from: RegExp, to: string])[] = [
  ['no number', /<cbc:ID>INV[^<]*<\/cbc:ID>/, ''],
  ['no date of issue', /<cbc:IssueDate>[^<]*<\/cbc:IssueDate>/, ''],
  ['no customization', /<cbc:CustomizationID>[^<]*<\/cbc:CustomizationID>/, ''],
  ['no profile', /<cbc:ProfileID>[^<]*<\/cbc:ProfileID>/, ''],
  ['another profile', /poacc:billing:01/, 'poacc:billing:1'],
  ['type of document unknown', />380</, '>999<'],
  ['type not of this process', />380</, '>389<'],
  ['currency unknown', /<cbc:DocumentCurrencyCode>EUR/, '<cbc:DocumentCurrencyCode>EUX'],
  ['no reference of the buyer', /<cbc:BuyerReference>[^<]*<\/cbc:BuyerReference>/, ''],
  ['no due date', /<cbc:DueDate>[^<]*<\/cbc:DueDate>/, ''],
  ['period ends before it begins', /<cbc:StartDate>2026-10-01/, '<cbc:StartDate>2026-12-01'],
  ['total of the lines is another', /(<cbc:LineExtensionAmount currencyID="EUR">)689\.53/, '$1689.54'],
  ['total with tax is another', /(<cbc:TaxInclusiveAmount currencyID="EUR">)[0-9.]+/, '$1848.13'],
  ['amount due is another', /(<cbc:PayableAmount currencyID="EUR">)[0-9.]+/, '$10.01'],
  ['tax is another', /(<cbc:TaxAmount currencyID="EUR">)158\.59/g, '$1158.95'],
  ['three decimals', /(<cbc:TaxInclusiveAmount currencyID="EUR">[0-9]+\.[0-9]{2})/, '$10'],
  ['base of the tax is another', /(<cbc:TaxableAmount currencyID="EUR">)[0-9.]+/, '$1600.00'],
  ['category of a line is another', /(<cac:ClassifiedTaxCategory>\s*<cbc:ID>)S/, '$1Z'],
  ['category unknown', /(<cac:ClassifiedTaxCategory>\s*<cbc:ID>)S/, '$1X'],
  ['country unknown', /(<cbc:IdentificationCode>)IE/, '$1QQ'],
  ['no country of the buyer', /<cac:Country>\s*<cbc:IdentificationCode>DE<\/cbc:IdentificationCode>\s*<\/cac:Country>/, ''],
  ['no name of the buyer', /<cbc:RegistrationName>Nordlicht[^<]*<\/cbc:RegistrationName>/, ''],
  ['scheme of an address unknown', /schemeID="9930"/, 'schemeID="9999"'],
  ['unit unknown', /unitCode="SEC"/, 'unitCode="SECOND"'],
  ['no name of an item', /<cbc:Name>[^<]*<\/cbc:Name>/, ''],
  ['price below zero', /(<cbc:PriceAmount currencyID="EUR">)/, '$1-'],
  ['address of a scheme that Peppol has not', /schemeID="9930"/, 'schemeID="AN"'],
  ['no tax of the whole', /<cac:TaxTotal>[\s\S]*?<\/cac:TaxTotal>/, ''],
  ['no seller’s number for VAT', /<cac:PartyTaxScheme>[\s\S]*?<\/cac:PartyTaxScheme>/, ''],
];

test('the official schema and rules find nothing in what is written, and what we find in what was damaged', async (context) => {
  const why = await whyNoValidators();
  if (why !== undefined) return context.skip(`the official validators of e-invoices were not run: ${why}`);
  const folder = await mkdtemp(join(tmpdir(), 'carillon-official-'));
  try {
    const whole = [...sampleCategories, ['self-billed', selfBilled] as const].map(([name, invoice]) => [name, made(invoice)] as const);
    const plain = made(sampleInvoice());
    const damaged = damages.map(([what, from, to]) => {
      assert.match(plain, from, what);
      return [what, plain.replace(from, to)] as const;
    });
    const files = [...whole, ...damaged].map(([name, text]) => [name, `${name.replace(/\W+/g, '-')}.xml`, text] as const);
    for (const [, file, text] of files) await writeFile(join(folder, file), text);
    const judgements = await judge(folder);
    for (const [name] of whole) assert.deepEqual(judgements.get(`${name.replace(/\W+/g, '-')}.xml`), { schema: 'valid', rules: [] }, name);
    const ours = await Promise.all(files.map(async ([name, , text]) => [name, await found(text)] as const));
    assert.deepEqual(
      ours,
      files.map(([name, file]) => [name, judgements.get(file)?.rules.filter(isOfTheContent)]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** Ours are of what a document says: how UBL writes it (UBL-DT, UBL-SR) is the schema's, and elements without content (R008) are none to the reader. */
function isOfTheContent(rule: string): boolean {
  return !rule.startsWith('UBL-') && rule !== 'PEPPOL-EN16931-R008';
}

function made(invoice: Invoice): string {
  const result = makeEInvoice(invoice, sampleSeller, sampleBuyer);
  assert.ok(result.ok);
  return writeUbl(result.value);
}

/** The rules that our checker names, as theirs do. */
async function found(text: string): Promise<readonly string[]> {
  const reader = new UblReader('invoice.xml');
  await readXml('invoice.xml', [Buffer.from(text)], reader);
  const result = reader.invoice();
  assert.ok(result.ok, text);
  return [...new Set(checkEInvoice(result.value).map(({ rule }) => rule))].sort();
}
