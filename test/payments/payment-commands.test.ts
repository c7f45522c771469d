import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { entry, invoiceEntry } from '../support/ledger-fixture.ts';
import { camt, type Movement, OURS, THEIRS, withHome } from './home.ts';

test('a bank file pays what it names, gives the rest to who paid, and keeps what nobody knows', () =>
  withHome(async ({ folder, post, run, refused, items, balances }) => {
    await post(invoiceEntry('INV-1', '2026-10-01'), invoiceEntry('INV-2', '2026-10-02'), invoiceEntry('INV-3', '2026-10-03'));
    const movements: readonly Movement[] = [
      { amount: '119.00', text: 'INV-1', name: 'Borealis', ref: 'B1' },
      { amount: '50.00', text: 'part of inv 2', name: 'Borealis', ref: 'B2' },
      { amount: '7.00', text: 'for you', name: 'Borealis Networks', iban: THEIRS, ref: 'B3' },
      { amount: '33.33', text: 'INV-99', name: 'A stranger', ref: 'B4' },
    ];
    await writeFile(join(folder, 'note.xml'), camt('054', ...movements.slice(0, 1)));
    await writeFile(join(folder, 'statement.xml'), camt('053', ...movements));
    assert.match(await run('payment', 'import', 'note.xml'), /PAY-1 .* 119\.00 +EUR +borealis-eur +INV-1/);
    const taken = await run('payment', 'import', 'statement.xml');
    assert.match(taken, /4 entries, 3 payments booked\ntaken before, from another file: 1 entry/);
    assert.match(await run('payment', 'import', 'statement.xml'), /taken before; nothing was booked/);
    assert.deepEqual(await items(), ['INV-2 69 EUR', 'INV-3 119 EUR']);
    assert.deepEqual(await balances(), {
      bank: '209.33',
      clearing: '-33.33',
      receivable: '188',
      revenue: '-300',
      'tax-output': '-57',
      unallocated: '-7',
    });

    const list = await run('payment', 'list');
    assert.match(list, /PAY-3 .*borealis-eur +7\.00/);
    assert.match(list, /PAY-4 .*A stranger +33\.33/);
    assert.match(await refused('payment', 'allocate', 'PAY-4', 'INV-2'), /payment\.not-assigned/);
    await run('payment', 'assign', 'PAY-4', 'borealis-eur', '--dated', '2026-10-31');
    assert.match(await refused('payment', 'assign', 'PAY-4', 'borealis-eur'), /payment\.assigned/);
    assert.match(await refused('payment', 'allocate', 'PAY-4', 'INV-1'), /payment\.document-not-open/);
    assert.match(await refused('payment', 'allocate', 'PAY-4', '--amount', '33.34'), /payment\.amount-wrong/);
    const before = await balances();
    assert.match(
      await run('payment', 'allocate', 'PAY-4', '--rule', 'pro-rata', '--dated', '2026-10-31'),
      /PAY-4\/2\n {2}INV-2: 12\.23 EUR of 69\.00\n {2}INV-3: 21\.10 EUR of 119\.00/,
    );
    await run('payment', 'unallocate', 'PAY-4/2', '--legal-entity', 'home', '--why', 'meant otherwise', '--dated', '2026-10-31');
    assert.deepEqual(await balances(), before, 'taken back, every balance is as before');
    assert.match(await refused('payment', 'unallocate', 'PAY-4/2', '--legal-entity', 'home', '--why', 'again'), /payment\.not-allocated/);
    assert.match(await run('payment', 'allocate', 'PAY-4', 'INV-2', '--dated', '2026-10-31'), /PAY-4\/3\n {2}INV-2: 33\.33 EUR of 69\.00/);
    assert.deepEqual(await items(), ['INV-2 35.67 EUR', 'INV-3 119 EUR']);
    assert.match(await run('ledger', 'verify'), /the ledger holds/);
  }));

test('a cut bank file and one of a strange account are refused whole', () =>
  withHome(async ({ database, folder, refused }) => {
    const whole = camt('053', { amount: '1.00', text: 'x' });
    await writeFile(join(folder, 'cut.xml'), whole.slice(0, -30));
    await writeFile(join(folder, 'strange.xml'), whole.replace(OURS, 'GB33BUKB20201555555555'));
    assert.match(await refused('payment', 'import', 'cut.xml'), /xml\.not-well-formed/);
    assert.match(await refused('payment', 'import', 'strange.xml'), /payment\.bank-account-unknown/);
    for (const table of ['bank_file', 'payment', 'ledger_entry'])
      assert.equal((await database.pool.query(`select from ${table}`)).rowCount, 0, table);
  }));

test('the same file taken by two at once is taken once', () =>
  withHome(async ({ database, folder, run }) => {
    await writeFile(join(folder, 'statement.xml'), camt('053', { amount: '5.00', text: 'x' }, { amount: '5.00', text: 'x' }));
    const said = await Promise.all([run('payment', 'import', 'statement.xml'), run('payment', 'import', 'statement.xml')]);
    assert.equal(said.filter((text) => text.includes('2 payments booked')).length, 1);
    assert.equal(said.filter((text) => text.includes('taken before')).length, 1);
    assert.equal((await database.pool.query('select from payment')).rowCount, 2, 'two entries that say the same are two');
  }));

test('a payment in euros settles an invoice in dollars, with the realised difference', () =>
  withHome(async ({ post, run, balances }) => {
    await run('exchange', 'set', '2026-10-01', 'EUR', 'USD', '1.1000', '--source', 'ecb');
    await run('exchange', 'set', '2026-10-30', 'EUR', 'USD', '1.0000', '--source', 'ecb');
    await post(
      entry('invoice', 'INV-U', '2026-10-01', [
        ['receivable', '1100.00', { currency: 'USD', account: 'borealis-usd', document: 'INV-U' }],
        ['revenue', '-1100.00', { currency: 'USD', service: 'voice' }],
      ]),
    );
    // Booked at 1,000.00 EUR, paid with 1,100.00 EUR at par.
    await run(
      'payment',
      'enter',
      'cheque-1',
      '1100.00',
      'EUR',
      '--account',
      'borealis-usd',
      '--legal-entity',
      'home',
      '--dated',
      '2026-10-30',
    );
    assert.match(await run('payment', 'allocate', 'PAY-1', 'INV-U', '--dated', '2026-10-30'), /INV-U: 1,100\.00 USD/);
    assert.deepEqual(
      [await balances('EUR'), await balances('USD')],
      [
        { bank: '1100', clearing: '-1100' },
        { clearing: '1100', revenue: '-1100' },
      ],
    );
    const { balances: all } = JSON.parse(await run('ledger', 'balance', '--legal-entity', 'home', '--json'));
    const worth = (name: string): string =>
      all[0].lines
        .filter((line: { ledgerAccount: string }) => line.ledgerAccount === name)
        .map((line: { closingEntity: string }) => line.closingEntity)
        .join(' ');
    assert.deepEqual([worth('receivable'), worth('exchange-gain'), worth('clearing')], ['0', '-100', '-1100 1100']);
  }));

test('both sides are netted, agreed and booked; what remains is paid through the bank', () =>
  withHome(async ({ folder, post, run, refused, items, balances }) => {
    const payable = (document: string, amount: string): LedgerEntry =>
      entry('payable', document, '2026-10-02', [
        ['cost', amount, { service: 'voice' }],
        ['payable', `-${amount}`, { account: 'borealis-eur', document, dueDay: '2026-10-20' }],
      ]);
    await post(invoiceEntry('INV-1', '2026-10-01'), payable('BILL-1', '100.00'), payable('BILL-2', '50.00'));
    const propose = ['netting', 'propose', 'borealis', '--legal-entity', 'home', '--dated', '2026-10-31'];
    assert.match(await run(...propose), /they owe 119\.00, we owe 150\.00; 119\.00 EUR set off; 31\.00 EUR remain for us to pay/);
    await post(payable('BILL-3', '10.00'));
    assert.match(await run('netting', 'agree', 'NET-1', '--why', 'mail of 30 October', '--dated', '2026-10-31'), /agreed/);
    assert.match(await refused('netting', 'agree', 'NET-1', '--why', 'again'), /netting\.decided/);
    assert.deepEqual(await items(), ['BILL-2 -31 EUR', 'BILL-3 -10 EUR']);
    assert.match(await refused(...propose), /netting\.nothing/);

    const order = ['payment', 'order', '--due-by', '2026-10-31', '--execution', '2026-11-02', '--legal-entity', 'home', '--by', 'ann'];
    assert.match(await run(...order), /OUT-1-1 .*SE4550000000058398257466 +41\.00 +EUR +BILL-2 BILL-3 +proposed/);
    assert.match(await refused(...order), /payment\.nothing-to-pay/);
    assert.match(await refused('payment', 'export', '1'), /payment\.order-open/);
    assert.match(await run('payment', 'approve', '1', '--by', 'bob', '--dated', '2026-11-01'), /approved, 1 transfers/);
    assert.match(await refused('payment', 'approve', '1', '--by', 'eve'), /payment\.order-decided/);
    assert.deepEqual(await items(), []);
    assert.equal((await balances()).clearing, '-41');
    await run('payment', 'export', '1', '--out', 'pain.xml');
    const pain = await readFile(join(folder, 'pain.xml'), 'utf8');
    assert.match(pain, /<EndToEndId>OUT-1-1<\/EndToEndId>.*<InstdAmt Ccy="EUR">41\.00<.*<IBAN>SE4550000000058398257466</);
    await writeFile(
      join(folder, 'out.xml'),
      camt('053', { amount: '41.00', text: 'BILL-2 BILL-3', out: true, endToEnd: 'OUT-1-1', day: '2026-11-02' }),
    );
    await run('payment', 'import', 'out.xml');
    const { bank, clearing } = await balances();
    assert.deepEqual([bank, clearing], ['-41', undefined]);
    assert.match(await run('ledger', 'verify'), /the ledger holds/);
  }));

test('an order names all who have no bank account at once', () =>
  withHome(async ({ post, extend, refused }) => {
    await extend('accounts', 'cygnus-usd', { legalEntity: 'home', currency: 'EUR' });
    await extend('parties', 'borealis', { bankAccounts: [] });
    for (const [account, document] of [
      ['borealis-eur', 'BILL-1'],
      ['cygnus-usd', 'BILL-2'],
    ] as const)
      await post(
        entry('payable', document, '2026-10-02', [
          ['cost', '10.00', { service: 'voice' }],
          ['payable', '-10.00', { account, document }],
        ]),
      );
    const said = await refused('payment', 'order', '--due-by', '2026-11-30', '--execution', '2026-12-01', '--legal-entity', 'home');
    assert.match(said, /borealis has no bank account for EUR[\s\S]*cygnus has no bank account for EUR/);
  }));

test('what changed since the proposal is not netted', () =>
  withHome(async ({ post, run, refused }) => {
    const bill = entry('payable', 'BILL-1', '2026-10-02', [
      ['cost', '10.00', { service: 'voice' }],
      ['payable', '-10.00', { account: 'borealis-eur', document: 'BILL-1' }],
    ]);
    await post(invoiceEntry('INV-1', '2026-10-01'), bill);
    await run('netting', 'propose', 'borealis', '--legal-entity', 'home', '--dated', '2026-10-31');
    await run(
      'payment',
      'write-off',
      'INV-1',
      '--amount',
      '1.00',
      '--currency',
      'EUR',
      '--why',
      'rounding',
      '--legal-entity',
      'home',
      '--dated',
      '2026-10-31',
    );
    assert.match(await refused('netting', 'agree', 'NET-1', '--why', 'x', '--dated', '2026-10-31'), /payment\.items-changed/);
    assert.match(await run('netting', 'cancel', 'NET-1', '--why', 'changed'), /cancelled/);
  }));

test('too much is kept or given back, the hopeless is written off, and the late bears interest', () =>
  withHome(async ({ post, run, refused, items, balances }) => {
    await post(invoiceEntry('INV-1', '2026-09-01'), invoiceEntry('INV-2', '2026-10-02'));
    const enter = [
      'payment',
      'enter',
      'cash-1',
      '150.00',
      'EUR',
      '--account',
      'borealis-eur',
      '--legal-entity',
      'home',
      '--dated',
      '2026-10-30',
    ];
    assert.match(await run(...enter, '--says', 'INV-1'), /INV-1 +31\.00/);
    assert.match(
      await run('payment', 'interest', 'INV-1', '--percent', '8', '--until', '2026-10-31', '--book', '--legal-entity', 'home'),
      /0\.73 EUR, claimed as INV-1-interest-2026-10-31\n {2}2026-10-02 to before 2026-10-30: 28 days on 119\.00/,
    );
    assert.match(
      await run('payment', 'write-off', 'INV-2', '--why', 'bankrupt', '--legal-entity', 'home', '--dated', '2026-10-31'),
      /write-off INV-2\/1, 2026-10-31: booked/,
    );
    assert.deepEqual(await items(), ['INV-1-interest-2026-10-31 0.73 EUR']);
    const refund = ['payment', 'order', '--refund', 'PAY-1', '--legal-entity', 'home', '--by', 'ann', '--execution', '2026-11-01'];
    await run(...refund);
    assert.match(
      await refused(...refund),
      /of PAY-1 nothing in EUR is left to give back that is not in an order \[payment\.nothing-to-pay\]/,
    );
    await run('payment', 'approve', '1', '--by', 'bob', '--dated', '2026-10-31');
    const now = await balances();
    assert.deepEqual(
      [now.bank, now.clearing, now.unallocated, now['write-off'], now['interest-income']],
      ['150', '-31', undefined, '119', '-0.73'],
    );
  }));

test('a write-off that waited is refused when less is open by then', () =>
  withHome(async ({ database, post, run, refused, items }) => {
    await database.pool.query(
      `update config_version set body = body || '{"ledger": {"fourEyes": true}}' where kind = 'legalEntities' and key = 'home'`,
    );
    await post(invoiceEntry('INV-1', '2026-09-01'));
    const home = ['--legal-entity', 'home', '--dated', '2026-10-31'];
    await run('payment', 'write-off', 'INV-1', '--why', 'bankrupt', '--by', 'ann', ...home);
    await run('payment', 'enter', 'cash-1', '19.00', 'EUR', '--account', 'borealis-eur', '--says', 'INV-1', ...home);
    assert.deepEqual(await items(), ['INV-1 100 EUR']);
    assert.match(
      await refused('ledger', 'approve', '1', '--by', 'bob'),
      /100 EUR of INV-1 is open, and 119 would be written off .*payment\.less-open/,
    );
    assert.deepEqual(await items(), ['INV-1 100 EUR']);
    await run('ledger', 'reject', '1', '--why', 'paid in part');
    await run('payment', 'write-off', 'INV-1', '--why', 'bankrupt', '--by', 'ann', ...home);
    await run('ledger', 'approve', '2', '--by', 'bob');
    assert.deepEqual(await items(), []);
  }));
