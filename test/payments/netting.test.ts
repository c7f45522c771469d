import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { entry, invoiceEntry } from '../support/ledger-fixture.ts';
import { withHome } from './home.ts';

test('both sides confirm a netting, two persons of ours; what remains is one item that is paid, and then not taken back', () =>
  withHome(async ({ folder, extend, post, run, refused, items, balances }) => {
    await extend('legalEntities', 'home', { ledger: { fourEyes: true } });
    await run('exchange', 'set', '2026-10-01', 'EUR', 'USD', '1.1000', '--source', 'ecb');
    await run('exchange', 'set', '2026-10-31', 'EUR', 'USD', '1.0000', '--source', 'ecb');
    const bill = entry('payable', 'BILL-1', '2026-10-02', [
      ['cost', '110.00', { currency: 'USD', service: 'voice' }],
      ['payable', '-110.00', { currency: 'USD', account: 'borealis-usd', document: 'BILL-1' }],
    ]);
    await post(invoiceEntry('INV-1', '2026-10-01'), invoiceEntry('INV-2', '2026-10-02'), bill);
    const home = ['--legal-entity', 'home', '--dated', '2026-10-31', '--by', 'ann'];
    const propose = ['netting', 'propose', 'borealis', '--currency', 'EUR', '--rate', 'USD=0.9', '--remainder-due', '2026-11-30', ...home];
    assert.match(await run(...propose), /99\.00 EUR set off; 139\.00 EUR remain .*\nas one item NET-1 on borealis-eur, due 2026-11-30/);
    const confirm = ['netting', 'confirm', 'NET-1', '--dated', '2026-10-31', '--why'];
    assert.match(await refused(...confirm, 'x', '--side', 'us', '--by', 'ann'), /payment\.second-person/);
    assert.match(
      await run(...confirm, 'mail of Ms Okafor', '--side', 'them', '--by', 'ann'),
      /proposed[\s\S]*confirmed by borealis: mail of Ms Okafor/,
    );
    assert.match(await refused(...confirm, 'again', '--side', 'them'), /netting\.confirmed/);
    assert.match(await run(...confirm, 'checked', '--side', 'us', '--by', 'bob'), /agreed/);
    assert.deepEqual(await items(), ['NET-1 139 EUR']);
    const { clearing, receivable } = await balances();
    assert.deepEqual([clearing, receivable, (await balances('USD')).clearing], ['99', '139', '-110']);
    await run('payment', 'enter', 'p-1', '139.00', 'EUR', '--says', 'net 1', '--legal-entity', 'home', '--dated', '2026-11-30');
    assert.deepEqual(await items(), []);
    assert.match(await refused('payment', 'unallocate', 'NET-1', '--why', 'x', ...home), /payment\.items-changed/);
    assert.match(await run('ledger', 'verify'), /the ledger holds/);
    await run('netting', 'note', 'NET-1', '--out', 'note.pdf', '--language', 'ar');
    assert.equal((await readFile(join(folder, 'note.pdf'))).subarray(0, 5).toString(), '%PDF-');
    assert.match(await refused('netting', 'note', 'NET-9'), /payment\.unknown/);
  }));
