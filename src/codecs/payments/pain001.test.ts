import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TransferFile, writePain001 } from './pain001.ts';

// Files of both versions, with and without BIC and IBAN, were valid by the schemas pain.001.001.09 and .03 of ISO 20022 when this was written.
const file: TransferFile = {
  messageId: 'OUT-1-home',
  createdAt: '2026-10-31T12:00:00Z',
  payer: { name: 'Carillon Telecom GmbH', account: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  day: '2026-11-02',
  transfers: [
    {
      endToEndId: 'OUT-1-1',
      currency: 'EUR',
      amountNanos: 41_000_000_000n,
      payee: { name: 'Borealis & Söhne <AB>', account: 'SE4550000000058398257466', bic: 'ESSESESS' },
      text: `BILL-2 ${'x'.repeat(200)}`,
    },
    { endToEndId: '//OUT//2', currency: 'JPY', amountNanos: 5_000_000_000_000n, payee: { name: '株式会社', account: '123' }, text: 'a' },
  ],
};

const first = { ...file, transfers: file.transfers.slice(0, 1) };

test('amounts have the decimals of their currency, and the control sum adds them all', () => {
  const text = writePain001(file, '09');
  assert.match(text, /<NbOfTxs>2<\/NbOfTxs><CtrlSum>5041\.00<\/CtrlSum>/);
  assert.match(text, /<InstdAmt Ccy="EUR">41\.00</);
  assert.match(text, /<InstdAmt Ccy="JPY">5000</);
});

test('names and texts are in the letters of banks, no longer than they take, and break no XML', () => {
  const text = writePain001(file, '09');
  assert.match(text, /<Nm>Borealis \+ Sohne \.AB\.<\/Nm>/);
  assert.equal(/<Ustrd>(.*?)<\/Ustrd>/.exec(text)?.[1]?.length, 140);
  assert.match(text, /<EndToEndId>.OUT\/2<\/EndToEndId>/);
  assert.match(text, /<Cdtr><Nm>\.\.\.\.<\/Nm><\/Cdtr><CdtrAcct><Id><Othr><Id>123</);
});

test('version 03 names banks and the day as it did, and a file in euros alone is a SEPA one', () => {
  assert.match(writePain001(file, '03'), /<ReqdExctnDt>2026-11-02<\/ReqdExctnDt>[\s\S]*<BIC>COBADEFFXXX<\/BIC>/);
  assert.match(writePain001(file, '09'), /<ReqdExctnDt><Dt>2026-11-02<\/Dt><\/ReqdExctnDt>[\s\S]*<BICFI>COBADEFFXXX<\/BICFI>/);
  assert.match(writePain001(first, '09'), /<SvcLvl><Cd>SEPA<\/Cd><\/SvcLvl>/);
  assert.doesNotMatch(writePain001(file, '09'), /SEPA/);
});
