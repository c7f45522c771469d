import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { runCli, withFolder } from '../support/cli.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';
import { entry, invoiceEntry, nanos, writeLedgerParties } from '../support/ledger-fixture.ts';

interface Home {
  readonly database: TestDatabase;
  readonly folder: string;
  /** Runs a command that must succeed; what it printed. */
  run(...args: readonly string[]): Promise<string>;
  /** Runs a command that must be refused; what it said. */
  refused(...args: readonly string[]): Promise<string>;
}

const withHome = (work: (home: Home) => Promise<void>): Promise<void> =>
  withTestDatabase((database) =>
    withFolder(async (folder) => {
      await writeLedgerParties(database);
      const call = (args: readonly string[]) =>
        runCli(['--data', join(folder, 'data'), ...args], { cwd: folder, environment: { DATABASE_URL: database.url } });
      await work({
        database,
        folder,
        run: async (...args) => {
          const { status, stdout, stderr } = await call(args);
          assert.equal(status, 0, stderr);
          return stdout;
        },
        refused: async (...args) => {
          const { status, stderr } = await call(args);
          assert.equal(status, 1, stderr);
          return stderr;
        },
      });
    }),
  );

const ENTRIES = `entry,day,description,ledgerAccount,account,document,currency,debit,credit
M-1,2026-10-31,Fee of the bank,bank-charges,,,EUR,12.50,
M-1,2026-10-31,,bank,,,EUR,,12.50
`;

test('the books of a month: entered, reported, exported, closed, verified', () =>
  withHome(async ({ database, folder, run, refused }) => {
    await database.transaction((client) =>
      ledgerBooksOn(client).post([
        invoiceEntry('INV-1', '2026-09-05'),
        invoiceEntry('INV-2', '2026-10-05'),
        entry('payment-in', 'P-1', '2026-10-12', [
          ['bank', '60.00'],
          ['receivable', '-60.00', { account: 'borealis-eur', document: 'INV-1' }],
        ]),
      ]),
    );
    await writeFile(join(folder, 'entries.csv'), ENTRIES);
    const enter = ['ledger', 'enter', 'entries.csv', '--legal-entity', 'home', '--by', 'ann'];
    assert.match(await run(...enter), /manual M-1, 2026-10-31: booked/);
    assert.match(await run(...enter), /was booked before/);

    const balance = JSON.parse(
      await run('ledger', 'balance', '--legal-entity', 'home', '--from', '2026-10-01', '--to', '2026-10-31', '--json'),
    );
    const of = (name: string) => balance.balances[0].lines.find((line: { ledgerAccount: string }) => line.ledgerAccount === name);
    assert.deepEqual(
      [of('receivable').opening, of('receivable').debit, of('receivable').credit, of('receivable').closing],
      ['119', '119', '-60', '178'],
    );
    assert.equal(of('bank').closing, '47.5');
    const table = await run('ledger', 'balance', '--legal-entity', 'home');
    assert.match(table, /^receivable .* 178\.00 +EUR/m);
    assert.match(table, /^sum .* 0\.00 {2}EUR/m);

    const statement = await run('ledger', 'statement', 'borealis-eur', '--from', '2026-10-01');
    assert.match(statement, /before +119\.00\n.*119\.00 +238\.00\n.*-60\.00 +178\.00/);
    const ageing = JSON.parse(await run('ledger', 'ageing', '--legal-entity', 'home', '--on', '2026-10-31', '--json'));
    assert.deepEqual(ageing.ageing[0].rows[0].buckets, ['119', '59', '0', '0', '0']);
    assert.match(await run('ledger', 'items', '--on', '2026-10-11'), /INV-1 +receivable +2026-10-05 +119\.00/);

    await run('ledger', 'journal', '--legal-entity', 'home', '--format', 'csv', '--out', 'journal.csv');
    const lines = (await readFile(join(folder, 'journal.csv'), 'utf8')).trim().split('\r\n');
    assert.equal(lines.length, 1 + 3 + 3 + 2 + 2);
    const json: { debit?: string; credit?: string }[] = JSON.parse(
      await run('ledger', 'journal', '--legal-entity', 'home', '--format', 'json'),
    );
    const sum = json.reduce((total, { debit, credit }) => total + nanos(debit ?? '0') - nanos(credit ?? '0'), 0n);
    assert.deepEqual([json.length, sum], [10, 0n]);

    const close = ['ledger', 'close', '--legal-entity', 'home', '--period', '2026-10', '--why', 'reported', '--dated', '2026-11-02'];
    assert.match(await refused(...close.slice(0, -1), '2026-10-31'), /ends on 2026-10-31, and it is 2026-10-31.*ledger\.period-running/);
    assert.match(await run(...close), /2026-10 is closed; /);
    assert.match(await run(...close), /closed already/);
    const reverse = ['ledger', 'reverse', 'manual', 'M-1', '--legal-entity', 'home', '--why', 'twice'];
    assert.match(await refused(...reverse, '--dated', '2026-10-31'), /ledger\.period-closed/);
    assert.match(await run(...reverse, '--dated', '2026-11-01'), /reversal manual:M-1, 2026-11-01: booked/);
    assert.match(await run('ledger', 'reopen', '--legal-entity', 'home', '--from', '2026-10-01', '--why', 'the auditor'), /open again/);
    assert.match(await run('ledger', 'periods'), /opened again +2026-10-01/);
    assert.match(await refused('ledger', 'reopen', '--legal-entity', 'home', '--from', '2026-10-01', '--why', 'x'), /ledger\.period-order/);

    assert.match(await run('ledger', 'verify'), /home: 5 entries, 12 postings hold\n {2}anchor home:5:[0-9a-f]{64}\nthe ledger holds/);
  }));

test('where two persons are wanted an entry waits, and the second is another than the first', () =>
  withHome(async ({ database, folder, run, refused }) => {
    const chart = [{ ledgerAccount: 'bank', code: '1800' }];
    await database.pool.query(`update config_version set body = body || $1 where kind = 'legalEntities' and key = 'home'`, [
      JSON.stringify({ ledger: { fourEyes: true, chart } }),
    ]);
    await writeFile(join(folder, 'entries.csv'), ENTRIES);
    const enter = ['ledger', 'enter', 'entries.csv', '--legal-entity', 'home', '--by', 'ann'];
    assert.match(await run(...enter), /^1 {2}manual M-1, 2026-10-31: waits/);
    assert.match(await run(...enter), /^1 {2}manual M-1/, 'what waits is not entered twice');
    assert.match(await run('ledger', 'waiting'), /home +2026-10-31 +manual M-1 +ann/);
    assert.match(
      await refused('ledger', 'close', '--legal-entity', 'home', '--period', '2026-10', '--why', 'x', '--dated', '2026-11-02'),
      /ledger\.entries-waiting/,
    );
    assert.match(await refused('ledger', 'approve', '1', '--by', 'ann'), /ledger\.second-person/);
    const both = await Promise.all([
      run('ledger', 'approve', '1', '--by', 'bob').catch(String),
      run('ledger', 'approve', '1', '--by', 'eve').catch(String),
    ]);
    assert.equal(both.filter((said) => said.includes('booked')).length - both.filter((said) => said.includes('already-decided')).length, 1);
    assert.match(await refused('ledger', 'reject', '1', '--why', 'no'), /ledger\.already-decided/);
    const { rows } = await database.pool.query<{ n: number }>('select count(*)::integer as n from ledger_entry');
    assert.equal(rows[0]?.n, 1);
    // The chart has no account for the bank's fees.
    assert.match(await refused('ledger', 'journal', '--legal-entity', 'home'), /ledger\.account-unmapped/);
  }));

test('rates are imported, found with their steps, and what foreign balances are worth is booked and taken back', () =>
  withHome(async ({ database, folder, run, refused }) => {
    await writeFile(join(folder, 'eurofxref.csv'), 'Date, USD, GBP, BGN, \n30 October 2026, 1.0850, 0.8400, N/A, \n');
    await writeFile(
      join(folder, 'daily.xml'),
      `<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
       <Cube><Cube time="2026-10-01"><Cube currency="USD" rate="1.1000"/></Cube></Cube></gesmes:Envelope>`,
    );
    assert.match(await run('exchange', 'import', 'eurofxref.csv'), /2 rates added/);
    assert.match(await run('exchange', 'import', 'daily.xml'), /1 rates added/);
    assert.match(await run('exchange', 'import', 'daily.xml'), /0 rates added, 1 known/);
    const set = ['exchange', 'set', '2026-10-30', 'EUR', 'USD', '1.0900', '--source', 'ecb'];
    assert.match(await refused(...set), /exchange\.rate-differs/);
    assert.match(await run('exchange', 'rates', '--from', '2026-10-01', '--to', '2026-10-31'), /2026-10-30 +EUR +1\.0850 +USD/);
    const show = ['exchange', 'show', 'USD', 'GBP', '--legal-entity', 'home', '--day', '2026-11-01'];
    assert.match(await run(...show), /1 USD = 0\.8400\/1\.0850 GBP .* ecb of 2026-10-30/);
    assert.match(
      await refused('exchange', 'show', 'USD', 'JPY', '--legal-entity', 'home', '--day', '2026-10-30'),
      /exchange\.rate-missing/,
    );

    const usd = { currency: 'USD', account: 'borealis-usd', document: 'INV-U' };
    const foreign = entry('invoice', 'INV-U', '2026-10-01', [
      ['receivable', '1100.00', usd],
      ['revenue', '-1100.00', { currency: 'USD', service: 'voice' }],
    ]);
    await database.transaction((client) => ledgerBooksOn(client).post([foreign]));
    const revalue = ['exchange', 'revalue', '--legal-entity', 'home', '--day', '2026-10-31'];
    // 1,100.00 USD were 1,000.00 EUR and are 1,013.82 EUR at 1/1.0850.
    assert.match(await run(...revalue), /receivable +borealis-usd +USD +13\.82[\s\S]*booked, and taken back/);
    assert.match(await refused('ledger', 'reverse', 'invoice', 'INV-U', '--legal-entity', 'home', '--why', 'x'), /ledger\.not-reversible/);
    const worth = async (to: string): Promise<string> => {
      const { balances } = JSON.parse(await run('ledger', 'balance', '--legal-entity', 'home', '--to', to, '--json'));
      return balances[0].lines.find(({ ledgerAccount }: { ledgerAccount: string }) => ledgerAccount === 'receivable').closingEntity;
    };
    assert.deepEqual([await worth('2026-10-30'), await worth('2026-10-31'), await worth('2026-11-01')], ['1000', '1013.82', '1000']);
    // An invoice that came late into the month: only what it changes is booked, and once.
    const late = entry('invoice', 'INV-V', '2026-10-01', [
      ['receivable', '1100.00', { ...usd, document: 'INV-V' }],
      ['revenue', '-1100.00', { currency: 'USD', service: 'voice' }],
    ]);
    await database.transaction((client) => ledgerBooksOn(client).post([late]));
    assert.match(await run(...revalue), /receivable +borealis-usd +USD +13\.83/);
    assert.deepEqual([await worth('2026-10-31'), await worth('2026-11-01')], ['2027.65', '2000']);
    assert.match(await run('ledger', 'verify'), /home: 6 entries, 12 postings hold/);
  }));

test('an XML file with a document type, and one that is cut, are refused whole', () =>
  withHome(async ({ database, folder, refused }) => {
    await writeFile(join(folder, 'bomb.xml'), '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>');
    await writeFile(join(folder, 'cut.xml'), '<a><Cube time="2026-10-01"><Cube currency="USD" rate="1.1"/>');
    assert.match(await refused('exchange', 'import', 'bomb.xml'), /bomb\.xml:1: .*\[xml\.document-type\]/);
    assert.match(await refused('exchange', 'import', 'cut.xml'), /xml\.not-well-formed/);
    assert.equal((await database.pool.query('select from exchange_rate')).rowCount, 0);
  }));
