/** As an interconnect manager does it: their file comes, is compared, accepted in part; the rest is seen apart, and only what is right is paid. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readAgeing } from '#app/ledger/reports.ts';
import { refuseOne } from '#app/partner-invoices/decide.ts';
import { importInvoice } from '#app/partner-invoices/receive.ts';
import { propose as proposeNetting } from '#app/payments/netting.ts';
import { approve, propose, writeOrder } from '#app/payments/orders.ts';
import { runCli, withFolder } from '../support/cli.ts';
import { recorded, refusedAs, withWorld } from '../support/partner-world.ts';
import { writeWorkbook } from '../support/workbook.ts';

const given = { day: '2026-11-05', recorded, map: [], dryRun: false };

/** UBL of an invoice or credit note; `more` stands behind the currency. */
function ubl(kind: 'Invoice' | 'CreditNote', number: string, net: string, tax: string, gross: string, more = ''): string {
  const quantity = kind === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity';
  return `<?xml version="1.0" encoding="UTF-8"?>
<${kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${kind}-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
<cbc:ID>${number}</cbc:ID><cbc:IssueDate>2026-11-03</cbc:IssueDate>${kind === 'Invoice' ? '<cbc:DueDate>2026-12-10</cbc:DueDate>' : ''}
<cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>${more}
<cac:InvoicePeriod><cbc:StartDate>2026-10-01</cbc:StartDate><cbc:EndDate>2026-10-31</cbc:EndDate></cac:InvoicePeriod>
<cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>IE 6388047 V</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="USD">${tax}</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount currencyID="USD">${net}</cbc:TaxableAmount><cbc:TaxAmount currencyID="USD">${tax}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>23.0</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="USD">${net}</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="USD">${gross}</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>
<cac:${kind}Line><cbc:ID>1</cbc:ID><cbc:${quantity} unitCode="MIN">20000</cbc:${quantity}><cbc:LineExtensionAmount currencyID="USD">${net}</cbc:LineExtensionAmount><cac:Item><cbc:Name>France</cbc:Name></cac:Item></cac:${kind}Line>
</${kind}>`;
}

test('UBL, CSV and XLSX become the same kind of invoice; what contradicts the configuration or does not add up is refused', () =>
  withWorld({ domestic: true }, async ({ database, home }) =>
    withFolder(async (folder) => {
      const write = async (name: string, content: string | Buffer): Promise<string> => {
        await writeFile(join(folder, name), content);
        return join(folder, name);
      };
      const take = async (name: string, content: string | Buffer, more: Partial<Parameters<typeof importInvoice>[1]> = {}) =>
        importInvoice(database, { ...given, agreement: 'borealis-2026', file: await write(name, content), ...more });
      const { invoice } = await take('a.xml', ubl('Invoice', 'U-1', '100.00', '23.00', '123.00'));
      assert.deepEqual(
        [
          invoice.number,
          invoice.issueDay,
          invoice.dueDay,
          invoice.netNanos,
          invoice.taxNanos,
          invoice.lines[0]?.service,
          invoice.lines[0]?.period,
        ],
        ['U-1', '2026-11-03', '2026-12-10', 100_000_000_000n, 23_000_000_000n, 'voice', { from: '2026-10-01', to: '2026-11-01' }],
      );
      assert.equal((await take('again.xml', ubl('Invoice', 'U-1', '100.00', '23.00', '123.00'))).isNew, false);
      const credit = await take(
        'c.xml',
        ubl(
          'CreditNote',
          'UC-1',
          '10.00',
          '2.30',
          '12.30',
          '<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>U-1</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>',
        ),
      );
      assert.deepEqual([credit.invoice.kind, credit.invoice.corrects], ['credit-note', 'U-1']);
      await assert.rejects(take('d.xml', ubl('Invoice', 'U-2', '100.00', '23.00', '124.00')), refusedAs('partner-invoice.total-differs'));
      await assert.rejects(
        take('e.xml', ubl('Invoice', 'U-3', '1.00', '0.23', '1.23').replace('6388047', '9999999')),
        refusedAs('partner-invoice.party-differs'),
      );
      await assert.rejects(take('f.xml', '<html><body>Invoice</body></html>'), refusedAs('rate-sheet.not-a-sheet'));
      await assert.rejects(take('g.xml', '<?xml version="1.0"?><Invoice xmlns="x"/>'), refusedAs('einvoice.form-unknown'));
      const head = { number: 'S-1', dated: '2026-11-03', tax: '23%' };
      const columns = ['Month', 'Product', 'Destination', 'Minutes', 'Amount'];
      const workbook = writeWorkbook({
        sheets: [
          {
            name: 'Invoice',
            rows: [
              columns,
              ['2026-10', 'voice', 'France', 20_000, 100.004],
              ['2026-09', 'voice', 'France', 10, 0.05],
              ['Total', '', '', '', 100.054],
            ],
          },
        ],
      });
      const mapped = { ...head, map: ['Month=period', 'Product=service'] };
      const sheet = await take('s.xlsx', workbook, mapped);
      assert.deepEqual(
        sheet.invoice.lines.map(({ period, service, netNanos }) => [period.from, service, netNanos]),
        [
          ['2026-10-01', 'voice', 100_000_000_000n],
          ['2026-09-01', 'voice', 50_000_000n],
        ],
      );
      assert.equal(sheet.invoice.taxNanos, 23_010_000_000n);
      const csv = 'Destination;Minuten;Betrag\nFrance;20.000,00;100,00\n';
      await assert.rejects(take('t.csv', csv, { ...head, number: 'S-2' }), refusedAs('partner-invoice.line-unplaced'));
      const period = { from: '2026-10-01', to: '2026-11-01' };
      await assert.rejects(take('t.csv', csv, { ...head, number: '', period }), refusedAs('partner-invoice.faulty'));
      await assert.rejects(take('t.csv', csv, { ...head, number: 'S-2', period, tax: 'some' }), refusedAs('partner-invoice.faulty'));
      assert.equal(
        (await take('t.csv', csv, { ...head, number: 'S-2', period, tax: '23.00', dryRun: true })).invoice.totalNanos,
        123_000_000_000n,
      );
      // Refused, and sent again: the same file stays refused, another for the same money is the corrected one.
      const again = { ...head, number: 'S-3', period };
      const { id = 0n } = await take('u.csv', csv, again);
      await refuseOne(home, { id: String(id), day: '2026-11-06', reason: 'the calls are wrong', by: 'bob' });
      assert.deepEqual(
        [(await take('u.csv', csv, again)).id, (await take('v.csv', csv.replace('20.000', '19.000'), again)).id],
        [id, id + 1n],
      );
      await assert.rejects(take('gone.csv', csv, { ...head, file: join(folder, 'nothing.csv') }), refusedAs('rate-sheet.file-missing'));
    }),
  ));

test('an invoice that is too high: compared, accepted in part; the rest stands apart and is neither ordered nor set off', () =>
  withWorld({ domestic: true }, async ({ database, load, close }) =>
    withFolder(async (folder) => {
      const run = async (...args: string[]) => {
        const result = await runCli(args, { cwd: folder, environment: { DATABASE_URL: database.url, CARILLON_LOG_LEVEL: 'silent' } });
        return { ...result, out: `${result.stdout}${result.stderr}` };
      };
      await load(['2026-10-05', '80'], ['2026-10-06', '20']);
      await close('2026-11-03');
      await writeFile(join(folder, '4711.xml'), ubl('Invoice', '4711', '120.00', '27.60', '147.60'));
      const taken = await run(
        'partner-invoice',
        'import',
        '4711.xml',
        '--agreement',
        'borealis-2026',
        '--dated',
        '2026-11-05',
        '--by',
        'ann',
      );
      assert.match(taken.out, /invoice +4711 of borealis, 2026-11-03, due 2026-12-10\n[\s\S]*total +147\.60 USD\ntaken in +as 1\n/);
      const checked = await run('partner-invoice', 'check', '1');
      assert.match(checked.out, /borealis-2026 +2026-10 +120\.00 +100\.00 +20\.00 +differs/);
      assert.match(checked.out, /27\.60 USD, as our rules say/);
      assert.match((await run('partner-invoice', 'accept', '1', '--dated', '2026-11-06')).out, /partner-invoice\.differs/);
      const accepted = await run('partner-invoice', 'accept', '1', '--undisputed', '100.00', '--reason', '60/60', '--dated', '2026-11-06');
      assert.match(accepted.out, /accepted +100\.00 USD without tax\ncontested +20\.00 USD: dispute 1\nexpected +100\.00 USD taken back\n/);
      // In ageing apart from what is due: 147.60 are owed, 24.60 of them disputed.
      const rows = await readAgeing(database, { on: '2026-12-20' });
      assert.deepEqual(
        (rows[0]?.rows ?? []).map(({ ledgerAccount, totalNanos, disputedNanos }) => [ledgerAccount, totalNanos, disputedNanos]),
        [['payable', -147_600_000_000n, -24_600_000_000n]],
      );
      const order = { legalEntity: 'carillon', dueBy: '2026-12-31', currency: 'USD', day: '2026-12-10', by: 'ann' };
      const proposed = await propose(database, order);
      assert.deepEqual(
        proposed.lines.map(({ amountNanos }) => amountNanos),
        [123_000_000_000n],
      );
      await approve(database, proposed.id, '2026-12-10', 'bob');
      const pain = await writeOrder(database, proposed.id, '09', join(folder, 'order.xml'));
      assert.match(pain, /order\.xml$/);
      await assert.rejects(
        proposeNetting(database, { party: 'borealis', rates: [], day: '2026-12-11', by: 'ann', currency: 'USD' }),
        refusedAs('netting.nothing'),
      );
      await assert.rejects(propose(database, order), refusedAs('payment.nothing-to-pay'));
      assert.match((await run('dispute', 'withdraw', '1', '--from', 'us', '--dated', '2026-12-12')).out, /dispute 1 is withdrawn/);
      assert.deepEqual(
        (await propose(database, order)).lines.map(({ amountNanos }) => amountNanos),
        [24_600_000_000n],
      );
      assert.match(
        (await run('partner-invoice', 'list')).out,
        /1 +borealis +4711 +2026-11-03 +2026-12-10 +borealis-2026 2026-10 +147\.60 +USD +accepted/,
      );
      assert.match((await run('partner-invoice', 'show', '1')).out, /4711\.xml, SHA-256 [0-9a-f]{64}[\s\S]*received +ann[\s\S]*accepted/);
      assert.match((await run('ledger', 'verify')).out, /sound|no fault|verified|entries/);
    }),
  ));
