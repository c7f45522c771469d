import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eInvoiceText } from '#app/einvoice/e-invoice.ts';
import { sampleInvoice } from '#core/invoicing/einvoice/sample-invoices.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { runCli, withFolder } from '../support/cli.ts';
import { withTestDatabase } from '../support/database.ts';

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

const CONFIGURATION = `
legalEntities:
  - id: carillon-ie
    name: Carillon Telecom Ltd
    country: IE
    currency: EUR
    zone: Europe/Dublin
    address: [1 Harbour Road, Dublin 1]
    taxId: IE6388047V
    electronicAddress: "9935:IE6388047V"
    invoicing: {bankAccounts: [{iban: IE29 AIBK 9311 5212 3456 78, bic: AIBKIE2D}]}
parties:
  - {id: rhin, name: Rhin Télécom SA, kind: carrier, country: FR, taxId: FR12345678901, language: fr, electronicAddress: "9957:FR12345678901"}
  - {id: far, name: Far Ltd, kind: carrier, country: KE}
accounts:
  - {id: rhin-eur, party: rhin, legalEntity: carillon-ie, currency: EUR}
  - {id: far-eur, party: far, legalEntity: carillon-ie, currency: EUR}
`;

const FEES = `
account: rhin-eur
lines: [{description: "Port fee", price: 250.00, quantity: 2}, {description: "Test calls", price: 0.005, quantity: 3}]
---
account: far-eur
lines: [{description: "Port fee", price: 100}]
`;

test('an issued document is written with its references and payment, and one that breaks rules leaves no file', async () => {
  await withTestDatabase((database) =>
    withFolder(async (folder) => {
      const run = (...args: string[]) => runCli(args, { cwd: folder, environment: { DATABASE_URL: database.url } });
      await mkdir(join(folder, 'setup'));
      await writeFile(join(folder, 'setup', 'company.yaml'), CONFIGURATION);
      await writeFile(join(folder, 'fees.yaml'), FEES);
      for (const step of [
        ['apply', 'setup'],
        ['invoice', 'draft', 'fees.yaml', '--dated', '2026-11-03'],
        ['invoice', 'issue', '--all'],
      ]) {
        const { status, stderr } = await run(...step);
        assert.equal(status, 0, stderr);
      }
      const { rows } = await database.pool.query<{ number: string }>('select number from invoice order by sequence');
      const [ours = '', far = ''] = rows.map(({ number }) => number);
      const written = await run('e-invoice', 'write', ours, '--out', 'outbox/', '--buyer-reference', 'PO-7');
      assert.equal(written.stdout, `written: outbox/${ours}.xml\n`, written.stderr);
      const text = await readFile(join(folder, 'outbox', `${ours}.xml`), 'utf8');
      for (const part of [
        '<cbc:BuyerReference>PO-7</cbc:BuyerReference>',
        '<cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>',
        '<cbc:ID>IE29AIBK93115212345678</cbc:ID>',
        '<cbc:TaxExemptionReason>Autoliquidation. Articles 44 et 196 de la directive 2006/112/CE</cbc:TaxExemptionReason>',
        '<cbc:PayableAmount currencyID="EUR">500.02</cbc:PayableAmount>',
      ])
        assert.ok(text.includes(part), part);
      assert.equal((await run('e-invoice', 'check', `outbox/${ours}.xml`)).stdout, 'no rule is broken\n');
      const refused = await run('e-invoice', 'write', far, '--out', 'outbox/');
      assert.equal(refused.status, 1);
      for (const rule of ['BR-CO-26', 'PEPPOL-EN16931-R010']) assert.match(refused.stderr, new RegExp(`${far}: ${rule}: `));
      assert.deepEqual(await readdir(join(folder, 'outbox')), [`${ours}.xml`]);
    }),
  );
});
