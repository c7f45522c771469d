import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { entry, invoiceEntry } from '../support/ledger-fixture.ts';
import { camt, type Movement, THEIRS, withHome } from './home.ts';

const home = ['--legal-entity', 'home', '--dated', '2026-10-31'];

const payable = (document: string, amount: string): LedgerEntry =>
  entry('payable', document, '2026-10-02', [
    ['cost', amount, { service: 'voice' }],
    ['payable', `-${amount}`, { account: 'borealis-eur', document, dueDay: '2026-10-20' }],
  ]);

test('what comes back opens again what it had settled, in both directions, and only once', () =>
  withHome(async ({ folder, post, run, refused, items, balances }) => {
    await post(invoiceEntry('INV-1', '2026-10-01'), payable('BILL-1', '41.00'));
    const take = async (name: string, ...movements: readonly Movement[]): Promise<string> => {
      await writeFile(join(folder, name), camt('053', ...movements));
      return run('payment', 'import', name);
    };
    await take('in.xml', { amount: '119.00', text: 'INV-1', name: 'Borealis', iban: THEIRS, ref: 'B1' });
    await run('payment', 'order', '--due-by', '2026-10-31', '--execution', '2026-11-02', '--legal-entity', 'home', '--by', 'ann');
    await run('payment', 'approve', '1', '--by', 'bob', '--dated', '2026-10-31');
    await take('out.xml', { amount: '41.00', text: 'BILL-1', out: true, endToEnd: 'OUT-1-1', ref: 'B2', day: '2026-11-02' });
    assert.deepEqual([await items(), (await balances()).clearing], [[], undefined]);

    // The debtor's bank takes the payment back; theirs returns our transfer and keeps 1.50 of it.
    const back = await take(
      'back.xml',
      { amount: '119.00', text: 'no funds', out: true, name: 'Borealis', iban: THEIRS, ref: 'B3', reversal: true, day: '2026-11-03' },
      { amount: '39.50', text: 'account closed', endToEnd: 'OUT-1-1', ref: 'B4', code: 'RRTN', day: '2026-11-03' },
      // A partner who numbers its own transfers as we do: no return.
      { amount: '2.00', text: 'for you', endToEnd: 'OUT-1-1', iban: THEIRS, ref: 'B6', day: '2026-11-03' },
      { amount: '41.00', text: 'again', endToEnd: 'OUT-1-1', ref: 'B5', reversal: true, day: '2026-11-04' },
    );
    assert.match(back, /PAY-3 .*-119\.00 .*return of PAY-1\n/);
    assert.match(back, /PAY-4 .* 39\.50 .*return of OUT-1-1\n/);
    assert.match(back, /PAY-5 .* 2\.00 .*borealis-eur/);
    assert.match(back, /PAY-6 .* 41\.00 .*nobody knows/);
    assert.deepEqual(await items(), ['BILL-1 -41 EUR', 'INV-1 119 EUR']);
    const now = await balances();
    assert.deepEqual([now.bank, now.clearing, now['bank-charges'], now.unallocated], ['41.5', '-41', '1.5', '-2']);
    assert.match(await refused('payment', 'return', 'PAY-6', '--of', 'OUT-1-1', '--dated', '2026-11-04'), /payment\.not-a-return/);
    assert.match(await refused('payment', 'return', 'PAY-6', '--of', 'OUT-9-1', '--dated', '2026-11-04'), /payment\.unknown/);
    assert.match(await refused('payment', 'return', 'PAY-6', '--of', 'PAY-1', '--dated', '2026-11-04'), /payment\.not-a-return/);
    // What is open again can be ordered again.
    assert.match(await run('payment', 'order', '--due-by', '2026-10-31', '--legal-entity', 'home', '--by', 'ann'), /OUT-2-1 .* 41\.00/);
    assert.match(await run('ledger', 'verify'), /the ledger holds/);
  }));

test('a return of which nobody knows what it was waits, and a person says it', () =>
  withHome(async ({ folder, post, run, refused, items, balances }) => {
    await post(invoiceEntry('INV-1', '2026-10-01'), invoiceEntry('INV-2', '2026-10-02'));
    const stranger = { name: 'Stranger', iban: 'GB33BUKB20201555555555' };
    await writeFile(
      join(folder, 'all.xml'),
      camt(
        '053',
        { amount: '119.00', text: 'INV-1', name: 'Borealis', ref: 'B1' },
        { amount: '119.00', text: 'INV-2', name: 'Borealis', ref: 'B2' },
        { amount: '119.00', text: 'returned', out: true, ...stranger, ref: 'B3', reversal: true, day: '2026-11-03' },
      ),
    );
    await run('payment', 'import', 'all.xml');
    assert.equal((await balances()).clearing, '119');
    assert.match(await run('payment', 'show', 'PAY-3'), /it may be the return of PAY-2, PAY-1: carillon payment return PAY-3/);
    await run('payment', 'return', 'PAY-3', '--of', 'PAY-2', '--dated', '2026-11-03');
    assert.deepEqual(await items(), ['INV-2 119 EUR']);
    assert.match(await refused('payment', 'return', 'PAY-3', '--of', 'PAY-1', '--dated', '2026-11-03'), /payment\.not-a-return/);
    assert.deepEqual(await balances(), { bank: '119', receivable: '119', revenue: '-200', 'tax-output': '-38' });
  }));

test('a second write-off of a document waits beside the first, and both together take no more than is open', () =>
  withHome(async ({ extend, post, run, refused, items }) => {
    await extend('legalEntities', 'home', { ledger: { fourEyes: true } });
    await post(invoiceEntry('INV-1', '2026-09-01'));
    const off = ['payment', 'write-off', 'INV-1', '--why', 'bad debt', '--by', 'ann', ...home];
    await run(...off, '--amount', '20.00', '--currency', 'EUR');
    await run(...off, '--amount', '30.00', '--currency', 'EUR');
    assert.match(await refused(...off, '--amount', '70.00', '--currency', 'EUR'), /50.* of INV-1 waits .*payment\.write-off-waiting/);
    await run(...off);
    assert.match(await refused(...off), /payment\.amount-wrong/);
    await run('ledger', 'approve', '2', '--by', 'bob');
    assert.deepEqual(await items(), ['INV-1 89 EUR']);
    await run('ledger', 'reject', '1', '--why', 'paid after all');
    await run('ledger', 'approve', '3', '--by', 'bob');
    assert.deepEqual(await items(), ['INV-1 20 EUR']);
    await run(...off);
    await run('ledger', 'approve', '4', '--by', 'bob');
    assert.deepEqual(await items(), []);
  }));

test('payments that name nothing go by the rule of their account; a credit of a paid document pays others, or is given back', () =>
  withHome(async ({ folder, extend, post, run, refused, items, balances }) => {
    await extend('accounts', 'borealis-eur', { allocation: 'oldest-first' });
    const number = { accountNumber: '0123-4567 89', clearing: 'USABA 021000021' };
    await extend('parties', 'borealis', { bankAccounts: [number] });
    const credit = entry('credit-note', 'CN-1', '2026-10-05', [
      ['receivable', '-100.00', { account: 'borealis-eur', document: 'INV-1' }],
      ['revenue', '100.00', { service: 'voice' }],
    ]);
    await post(invoiceEntry('INV-1', '2026-10-01'), invoiceEntry('INV-2', '2026-10-02'), invoiceEntry('INV-3', '2026-10-03'));
    const from = camt('053', { amount: '150.00', text: 'thank you', iban: 'X', ref: 'B1' }).replace(
      '<IBAN>X</IBAN>',
      '<Othr><Id>0123456789</Id></Othr>',
    );
    await writeFile(join(folder, 'in.xml'), from);
    assert.match(await run('payment', 'import', 'in.xml'), /PAY-1 .*borealis-eur +INV-1, INV-2/);
    assert.deepEqual(await items(), ['INV-2 88 EUR', 'INV-3 119 EUR']);
    await post(credit);
    assert.deepEqual(await items(), ['INV-1 -100 EUR', 'INV-2 88 EUR', 'INV-3 119 EUR']);
    assert.match(
      await run('payment', 'allocate', 'INV-1', 'INV-2', ...home),
      /INV-1\/1\n {2}INV-2: 88\.00 EUR\n {2}left of the payment: 12\.00 EUR/,
    );
    assert.match(await refused('payment', 'allocate', 'INV-2', ...home), /payment\.document-not-open/);
    await run('payment', 'order', '--refund', 'INV-1', '--legal-entity', 'home', '--by', 'ann', '--execution', '2026-11-01');
    await run('payment', 'approve', '1', '--by', 'bob', '--dated', '2026-10-31');
    assert.deepEqual([await items(), (await balances()).clearing], [['INV-3 119 EUR'], '-12']);
    await run('payment', 'export', '1', '--out', 'pain.xml');
    const { readFile } = await import('node:fs/promises');
    assert.match(
      await readFile(join(folder, 'pain.xml'), 'utf8'),
      /<CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>USABA<\/Cd><\/ClrSysId><MmbId>021000021<.*<Othr><Id>0123-4567 89</,
    );
  }));
