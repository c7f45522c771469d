/** What partners write in our name (self-billing) clears what we expect of them; what they leave out is claimed, paid by another, or given up. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { raise, settle, step } from '#app/disputes.ts';
import { readAgeing } from '#app/ledger/reports.ts';
import { reverseOne } from '#app/partner-invoices/decide.ts';
import { checkInvoice } from '#app/partner-invoices/look-up.ts';
import { importInvoice } from '#app/partner-invoices/receive.ts';
import { accrue } from '#app/periods/closing.ts';
import { withFolder } from '../support/cli.ts';
import { recorded, refusedAs, withWorld } from '../support/partner-world.ts';

const settlement = { receivableBy: 'them' };
const kind = 'self-billed-invoice' as const;

test('a self-billed invoice that fits is a receivable with its tax, nothing is expected any more, and taken back all is as before', () =>
  withWorld({ domestic: true, settlement }, async ({ database, home, loadTheirs, close, take, accept, balances }) => {
    await loadTheirs(['2026-10-05', '40.503'], ['2026-10-20', '60']);
    await close('2026-11-03');
    const before = await balances();
    assert.deepEqual(before, ['revenue -100.503', 'unbilled-receivable 100.503']);
    await assert.rejects(
      database.pool
        .query(`update config_version set body = jsonb_set(body, '{settlement,receivableBy}', '"us"') where kind = 'agreements'`)
        .then(() => take('0', 'Germany amount=100.50', { kind })),
      refusedAs('partner-invoice.not-self-billed'),
    );
    await database.pool.query(
      `update config_version set body = jsonb_set(body, '{settlement,receivableBy}', '"them"') where kind = 'agreements'`,
    );
    // UBL says it itself (type code 389): in it we are the seller.
    const file = await withFolder(async (folder) => {
      const path = join(folder, 'sb.xml');
      await writeFile(path, ubl('SB-1', '100.50', '23.12', '123.62'));
      return importInvoice(database, { file: path, day: '2026-11-05', recorded, map: [], dryRun: false, agreement: 'borealis-2026' });
    });
    assert.deepEqual([file.invoice.side, file.invoice.lines[0]?.service], ['receivable', undefined]);
    const id = String(file.id);
    const { assessment } = await checkInvoice(home, id, []);
    assert.deepEqual(
      assessment.covers.map(({ expectedNanos, fits }) => [expectedNanos, fits]),
      [[100_503_000_000n, true]],
    );
    assert.equal((await accept(id)).clearedNanos, 100_503_000_000n);
    const stands = ['receivable 123.62', 'revenue -100.5', 'tax-output -23.12'];
    assert.deepEqual(await balances(), stands);
    await reverseOne(home, { id, reason: 'of another month', day: '2026-11-07', by: 'bob' });
    assert.deepEqual(await balances(), before);
    await accept(id);
    const credit = await take('SB-C', 'Germany amount=10.00', { kind: 'self-billed-credit-note', corrects: 'SB-1', tax: '23%' });
    await accept(credit, { day: '2026-11-08' });
    assert.deepEqual(await balances(), ['receivable 111.32', 'revenue -90.5', 'tax-output -20.82']);
    const ageing = await readAgeing(database, { on: '2026-12-20' });
    assert.deepEqual(
      ageing.flatMap(({ rows }) => rows.map(({ ledgerAccount, bucketsNanos }) => [ledgerAccount, bucketsNanos[1]])),
      [['receivable', 111_320_000_000n]],
    );
  }));

test('what it leaves out is claimed and stays expected: another self-billed invoice pays of it what was agreed, withdrawn it is given up', () =>
  withWorld({ settlement }, async ({ home, loadTheirs, close, take, accept, balances }) => {
    await loadTheirs(['2026-10-05', '120'], ['2026-11-05', '50']);
    await close('2026-11-03');
    const id = await take('S-1', 'Germany amount=90.00', { kind });
    await assert.rejects(accept(id), refusedAs('partner-invoice.differs'));
    await assert.rejects(accept(id, { claim: '30.01', reason: 'x' }), refusedAs('partner-invoice.claim-too-much'));
    await assert.rejects(accept(id, { undisputed: '80.00', reason: 'x' }), refusedAs('partner-invoice.claim-too-much'));
    const { dispute, claimedNanos } = await accept(id, { claim: '30.00', reason: 'two hours of calls are missing' });
    assert.deepEqual([dispute, claimedNanos], [1n, 30_000_000_000n]);
    const claimed = ['receivable 90', 'revenue -120', 'unbilled-receivable 30'];
    assert.deepEqual(await balances(), claimed);
    assert.deepEqual((await checkInvoice(home, id, [])).accepted, {
      ...{ acceptedNanos: 90_000_000_000n, contestedNanos: 0n, claimedNanos: 30_000_000_000n },
      cleared: [{ currency: 'USD', nanos: 90_000_000_000n }],
      stillExpected: [{ currency: 'USD', nanos: 30_000_000_000n }],
    });
    // What is claimed is not part of the receivable: all of that is to be paid.
    const ageing = await readAgeing(home.database, { on: '2026-11-20' });
    assert.deepEqual(
      ageing.flatMap(({ rows }) => rows.map(({ totalNanos, disputedNanos }) => [totalNanos, disputedNanos])),
      [[90_000_000_000n, 0n]],
    );
    await assert.rejects(
      async () => reverseOne(home, { id, reason: 'x', day: '2026-11-07', by: 'ann' }),
      refusedAs('partner-invoice.settled'),
    );
    const made = { id: '1', day: '2026-11-10', note: '', recorded } as const;
    await step(home.database, { ...made, kind: 'offered', amount: '25.00', by: 'them' });
    await step(home.database, { ...made, kind: 'accepted', by: 'us' });
    const outcome = { ...made, outcome: 'their-self-billing', result: 'S-2' } as const;
    await assert.rejects(settle(home, outcome), refusedAs('dispute.result-missing'));
    await assert.rejects(settle(home, { ...outcome, outcome: 'their-credit-note' }), refusedAs('dispute.outcome-impossible'));
    await take('S-2', 'Germany amount=25.00', { kind });
    assert.deepEqual(
      await Promise.all([settle(home, outcome), settle(home, outcome)]).then((both) => both.map(({ isNew }) => isNew).sort()),
      [false, true],
    );
    // 5.00 of the claim are given up.
    assert.deepEqual(await balances(), ['receivable 115', 'revenue -115']);
    // November: accepted before the close, then claimed and given up.
    const november = { period: { from: '2026-11-01', to: '2026-12-01' }, kind, dated: '2026-12-02' } as const;
    const early = await take('S-3', 'Germany amount=20.00', november);
    await accept(early, { beforeClose: true, moreToCome: true });
    await accrue(home, '2026-12-01', 'ann');
    await close('2026-12-03');
    assert.deepEqual(await balances(), ['receivable 135', 'revenue -165', 'unbilled-receivable 30']);
    await assert.rejects(
      raise(home.database, { ...made, document: 'S-3', reason: 'x', by: 'them', respondDays: 30, evidence: [] }),
      refusedAs('dispute.step-impossible'),
    );
    const later = { document: 'S-3', amount: '28.00', reason: 'missing', by: 'us', day: '2026-12-04', respondDays: 30 } as const;
    const second = await raise(home.database, { ...later, evidence: [], recorded });
    await step(home.database, { ...made, id: String(second), day: '2026-12-05', kind: 'withdrawn', by: 'us' });
    assert.deepEqual(await balances(), ['receivable 135', 'revenue -137', 'unbilled-receivable 2']);
    await accept(await take('S-4', 'Germany amount=2.00', november), { day: '2026-12-06' });
    assert.deepEqual(await balances(), ['receivable 137', 'revenue -137']);
  }));

test('in a foreign currency the claim leaves at what it was worth when it was expected', () =>
  withWorld({ settlement, currency: 'EUR' }, async ({ database, home, loadTheirs, close, take, accept }) => {
    await database.pool.query(
      `insert into exchange_rate (source, day, of, "into", rate, loaded_by) values ('ecb', '2026-11-03', 'EUR', 'USD', 1.10, 't'), ('ecb', '2026-11-06', 'EUR', 'USD', 1.25, 't')`,
    );
    await loadTheirs(['2026-10-05', '110']);
    await close('2026-11-03');
    await accept(await take('F-1', 'Germany amount=77.00', { kind }), { claim: '33.00', reason: 'hours are missing' });
    const worth = async (): Promise<readonly string[]> => {
      const { rows } = await database.pool.query<{ row: string }>(
        `select format('%s %s %s', ledger_account, trim_scale(sum(amount_nanos) / 1e9), trim_scale(sum(entity_amount_nanos) / 1e9)) as row
           from ledger_posting group by ledger_account having sum(amount_nanos) <> 0 or sum(entity_amount_nanos) <> 0 order by 1`,
      );
      return rows.map(({ row }) => row);
    };
    assert.deepEqual(await worth(), ['receivable 77 61.6', 'revenue -110 -91.6', 'unbilled-receivable 33 30']);
    await step(home.database, { id: '1', day: '2026-11-20', note: '', recorded, kind: 'withdrawn', by: 'us' });
    assert.deepEqual(await worth(), ['receivable 77 61.6', 'revenue -77 -61.6']);
  }));

function ubl(number: string, net: string, tax: string, gross: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
<cbc:ID>${number}</cbc:ID><cbc:IssueDate>2026-11-03</cbc:IssueDate><cbc:DueDate>2026-12-10</cbc:DueDate><cbc:InvoiceTypeCode>389</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>
<cac:InvoicePeriod><cbc:StartDate>2026-10-01</cbc:StartDate><cbc:EndDate>2026-10-31</cbc:EndDate></cac:InvoicePeriod>
<cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>IE3628739EH</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>IE6388047V</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:Party></cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="USD">${tax}</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount currencyID="USD">${net}</cbc:TaxableAmount><cbc:TaxAmount currencyID="USD">${tax}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>23</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="USD">${net}</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="USD">${gross}</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="MIN">20000</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="USD">${net}</cbc:LineExtensionAmount><cac:Item><cbc:Name>Germany</cbc:Name></cac:Item></cac:InvoiceLine>
</Invoice>`;
}
