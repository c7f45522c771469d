import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { painVersions, type TransferFile, writePain001 } from '#codecs/payments/pain001.ts';
import { camt, OURS, THEIRS } from './home.ts';

const published = (name: string): string => fileURLToPath(new URL(`../published/${name}`, import.meta.url));

/** What the schema finds wrong; nothing where the message is valid. */
function faults(text: string, schema: string): string {
  const doc = XmlDocument.fromString(text);
  const schemaDoc = XmlDocument.fromBuffer(readFileSync(published(`iso20022/${schema}.xsd`)));
  const validator = XsdValidator.fromDoc(schemaDoc);
  try {
    validator.validate(doc);
    return '';
  } catch (error) {
    return String(error);
  } finally {
    validator.dispose();
    schemaDoc.dispose();
    doc.dispose();
  }
}

const transfer = { endToEndId: 'OUT-1-1', currency: 'EUR', amountNanos: 41_000_000_000n, text: 'BILL-2 & BILL-3 <paid> with thanks' };
const files: Readonly<Record<string, Partial<TransferFile>>> = {
  'with BIC and IBAN': { transfers: [{ ...transfer, payee: { name: 'Borealis Networks AB', account: THEIRS, bic: 'ESSESESS' } }] },
  'without the payer’s bank': {
    payer: { name: 'Carillon & Söhne', account: OURS },
    transfers: [{ ...transfer, payee: { name: '株式会社', account: THEIRS } }],
  },
  'with an account number and a clearing code': {
    payer: { name: 'Carillon Inc.', account: '0004711', clearing: { system: 'USABA', member: '021000021' } },
    transfers: [
      {
        ...transfer,
        currency: 'USD',
        payee: { name: 'Northwind', account: '12345-67', clearing: { system: 'USABA', member: '026009593' } },
      },
      {
        ...transfer,
        endToEndId: 'OUT-1-2',
        currency: 'JPY',
        payee: { name: 'K', account: '99', clearing: { system: 'JPZGN', member: '0001' }, bic: 'BOTKJPJT' },
      },
    ],
  },
  'with texts that are too long': {
    messageId: `OUT-1-${'x'.repeat(60)}`,
    transfers: [
      { ...transfer, endToEndId: `//${'OUT/'.repeat(20)}/`, text: 'y '.repeat(200), payee: { name: 'n'.repeat(300), account: THEIRS } },
    ],
  },
};

for (const version of painVersions) {
  for (const [what, more] of Object.entries(files)) {
    test(`pain.001.001.${version} ${what} is valid by its schema`, () => {
      const text = writePain001(
        {
          messageId: 'OUT-1-home',
          createdAt: '2026-10-31T12:00:00Z',
          payer: { name: 'Carillon Telecom GmbH', account: OURS, bic: 'COBADEFFXXX' },
          day: '2026-11-02',
          transfers: [],
          ...more,
        },
        version,
      );
      assert.equal(faults(text, `pain.001.001.${version}`), '');
      assert.notEqual(faults(text.replace('<PmtMtd>TRF', '<PmtMtd>TRANSFER'), `pain.001.001.${version}`), '', 'the schema looks');
    });
  }
}

test('the bank files that the tests make are valid by their schema, and so are the samples of others', () => {
  const movements = [
    { amount: '119.00', text: 'INV-1', name: 'Borealis', iban: THEIRS, ref: 'B1' },
    { amount: '41.00', text: 'BILL-1', out: true, endToEnd: 'OUT-1-1', ref: 'B2' },
    { amount: '41.00', text: 'closed', endToEnd: 'OUT-1-1', ref: 'B3', reversal: true },
  ];
  for (const message of ['053', '054'] as const) assert.equal(faults(camt(message, ...movements), `camt.${message}.001.08`), '');
  for (const [sample, schema] of [
    ['camt053.v8.xml', 'camt.053.001.08'],
    ['camt054.v8.xml', 'camt.054.001.08'],
  ] as const)
    assert.equal(faults(readFileSync(published(`camt/${sample}`), 'utf8'), schema), '');
});
