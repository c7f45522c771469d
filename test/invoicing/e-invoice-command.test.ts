import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eInvoiceText } from '#app/einvoice/e-invoice.ts';
import { sampleInvoice } from '#core/invoicing/einvoice/sample-invoices.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { runCli } from '../support/cli.ts';

const entity: LegalEntity = {
  id: 'carillon-ie',
  name: 'Carillon Telecom Ltd',
  country: 'IE',
  currency: 'EUR',
  zone: 'Europe/Dublin',
  address: ['1 Harbour Road', 'Dublin 1'],
  taxId: 'IE6388047V',
  electronicAddress: '9935:IE6388047V',
};
const party: Party = {
  id: 'nordlicht',
  name: 'Nordlicht GmbH',
  kind: 'carrier',
  country: 'DE',
  address: ['Hafenstraße 2'],
  taxId: 'DE136695976',
  electronicAddress: '9930:DE136695976',
};

test('what leaves passes the check of the command, and a file with a fault is told it by rule and term', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-e-invoice-'));
  try {
    const reverse = {
      category: 'AE',
      percent: '0',
      taxNanos: 0n,
      legalReference: 'Articles 44 and 196',
      wording: 'reverse-charge',
    } as const;
    const written = eInvoiceText(sampleInvoice(reverse), entity, party, { language: 'de' });
    assert.ok(written.ok);
    assert.match(written.value, /<cbc:TaxExemptionReason>Steuerschuldnerschaft des Leistungsempfängers\. Articles 44 and 196</);
    const file = join(folder, 'invoice.xml');
    await writeFile(file, written.value);
    const right = await runCli(['e-invoice', 'check', file]);
    assert.deepEqual([right.status, right.stdout], [0, 'no rule is broken\n']);
    await writeFile(file, written.value.replace(/<cbc:PayableAmount currencyID="EUR">[^<]*/, '<cbc:PayableAmount currencyID="EUR">1.00'));
    const wrong = await runCli(['e-invoice', 'check', file, '--rules', 'en16931']);
    assert.deepEqual(
      [wrong.status, wrong.stdout],
      [1, 'BR-CO-16 BT-115: the amount due is not the total less what is paid: 689.53 is due ("1.00")\n'],
    );
    const json = await runCli(['e-invoice', 'check', file, '--json']);
    assert.equal(JSON.parse(json.stdout.split('\n')[0] ?? '').rule, 'BR-CO-16');
    assert.match((await runCli(['e-invoice', 'check', join(folder, 'none.xml')])).stderr, /einvoice\.file-unreadable/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a party without an electronic address is refused before a file is made', () => {
  const { electronicAddress: _, ...unreachable } = party;
  const refused = eInvoiceText(sampleInvoice(), entity, unreachable);
  assert.ok(!refused.ok);
  assert.deepEqual(
    refused.refusals.map(({ code, at }) => `${code} ${at?.field}`),
    ['einvoice.rule-broken BT-49'],
  );
});
