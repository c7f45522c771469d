import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli, withFolder } from '../support/cli.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';

const CONFIGURATION = `
legalEntities:
  - id: carillon-ie
    name: Carillon Telecom Ltd
    country: IE
    currency: EUR
    zone: Europe/Dublin
    address: [1 Harbour Road, Dublin 1]
    taxId: IE6388047V
    invoicing:
      series: [{id: ours, kinds: [invoice, debit-note], pattern: "C{year}/{number:4}"}]
      bankAccounts: [{iban: IE29 AIBK 9311 5212 3456 78, bic: AIBKIE2D}]
parties:
  - {id: liffey, name: Liffey Networks Ltd, kind: carrier, country: IE, taxId: IE9999999L}
  - {id: rhin, name: Rhin Télécom SA, kind: carrier, country: FR, taxId: FR12345678901, language: fr}
accounts:
  - {id: liffey-eur, party: liffey, legalEntity: carillon-ie, currency: EUR, paymentTermsDays: 14}
  - {id: rhin-eur, party: rhin, legalEntity: carillon-ie, currency: EUR}
`;

const FEES = `
account: liffey-eur
period: 2026-10
lines:
  - {description: "Port fee", price: 250.00, quantity: 2}
  - {description: "Discount", price: -33.335, kind: other}
---
account: rhin-eur
kind: debit-note
notes: [As agreed]
lines: [{description: "Test calls", price: 0.005, quantity: 3}, {description: "Set-up", price: 100}]
`;

interface Ran {
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

async function inCompany(
  work: (run: (...args: string[]) => Promise<Ran>, folder: string, database: TestDatabase) => Promise<void>,
): Promise<void> {
  await withTestDatabase((database) =>
    withFolder(async (folder) => {
      const run = (...args: string[]): Promise<Ran> => runCli(args, { cwd: folder, environment: { DATABASE_URL: database.url } });
      await mkdir(join(folder, 'setup'));
      await writeFile(join(folder, 'setup', 'company.yaml'), CONFIGURATION);
      await writeFile(join(folder, 'fees.yaml'), FEES);
      const applied = await run('apply', 'setup');
      assert.equal(applied.status, 0, applied.stderr);
      await work(run, folder, database);
    }),
  );
}

async function done(ran: Promise<Ran>): Promise<string> {
  const { status, stdout, stderr } = await ran;
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(stderr, /Warning/);
  return stdout;
}

test('invoices written by hand are drafted, issued, printed, corrected and verified', () =>
  inCompany(async (run, folder, database) => {
    const drafts = await done(run('invoice', 'draft', 'fees.yaml', '--dated', '2026-11-03'));
    // 500 − 33.335 = 466.665 → 466.67; with Irish VAT of 23 %: 107.33
    assert.match(drafts, /manual:fees#1 +invoice +liffey-eur +2026-11-03 +574\.00 +EUR/);
    assert.match(drafts, /manual:fees#2 +debit-note +rhin-eur +2026-11-03 +100\.02 +EUR/);
    assert.match(await done(run('invoice', 'preview', '1', '--out', 'pdf/')), /pdf\/draft-1\.pdf, one page/);
    assert.equal(
      await done(run('invoice', 'issue', '--all', '--by', 'anna')),
      'issued: C2026/0001, to liffey\nissued: C2026/0002, to rhin\n',
    );
    assert.match(await done(run('invoice', 'issue', '--all')), /No open drafts/);
    await done(run('invoice', 'draft', 'fees.yaml', '--dated', '2026-11-03'));
    assert.match(await done(run('invoice', 'issue', '--all')), /^was issued before: C2026\/0001, to liffey$/m);
    assert.match(
      await done(run('invoice', 'list')),
      /C2026\/0001 +invoice +liffey-eur +2026-11-03 +2026-11-17 +466\.67 +107\.33 +574\.00 +EUR/,
    );
    const shown = JSON.parse(await done(run('invoice', 'show', 'C2026/0002', '--json')));
    assert.equal(shown.content.taxes[0].category, 'AE');
    assert.match(await done(run('invoice', 'pdf', 'C2026/0002', '--out', 'pdf/')), /invoice-C2026_0002\.pdf/);
    assert.equal((await readFile(join(folder, 'pdf', 'invoice-C2026_0002.pdf'))).subarray(0, 5).toString(), '%PDF-');

    assert.match(
      await done(run('invoice', 'credit', 'C2026/0001', '--line', '1=100', '--reason', 'one port only', '--dated', '2026-11-05')),
      /CN-2026-000001/,
    );
    const tooMuch = await run('invoice', 'credit', 'C2026/0001', '--line', '1=400.01', '--reason', 'x');
    assert.deepEqual([tooMuch.status, /invoice\.credit-too-much/.test(tooMuch.stderr)], [1, true]);
    await done(run('invoice', 'credit', 'C2026/0001', '--reason', 'all of it', '--dated', '2026-11-06'));
    const { rows } = await database.pool.query(`select document, open_nanos::text from ledger_open_item`);
    assert.deepEqual(rows, [{ document: 'C2026/0002', open_nanos: '100020000000' }]);
    assert.match(
      await done(run('invoice', 'verify')),
      /^4 documents in 2 rows of numbers: every text is as it was issued, and no number is missing/,
    );

    await database.pool.query('alter table invoice disable trigger all');
    await database.pool.query(`update invoice set content = replace(content, 'Set-up', 'Set-op') where number = 'C2026/0002'`);
    await database.pool.query(`delete from invoice where number = 'CN-2026-000001'`);
    const verified = await run('invoice', 'verify');
    assert.equal(verified.status, 1);
    assert.match(verified.stdout, /C2026\/0002 +its text is not the one that was issued/);
    assert.match(verified.stdout, /CN-2026-000002 +number 1 of CN-2026-\{number\} is missing before it/);
  }));

test('a file of invoices is refused as a whole, with the line of every fault', () =>
  inCompany(async (run, folder) => {
    const file = join(folder, 'bad.yaml');
    await writeFile(file, 'account: liffey-eur\nlines:\n  - {description: Port, price: 12,50}\n  - {price: 1}\nfoo: 1\n');
    const bad = await run('invoice', 'draft', 'bad.yaml');
    assert.equal(bad.status, 1);
    assert.match(bad.stderr, /bad\.yaml:3[\s\S]*bad\.yaml:4[\s\S]*bad\.yaml:5/);
    await writeFile(file, 'account: nobody\nlines: [{description: x, price: 1}]\n');
    assert.match((await run('invoice', 'draft', 'bad.yaml')).stderr, /invoice\.party-unknown/);
    for (const [args, code] of [
      [['invoice', 'show', 'X'], 'invoice.unknown'],
      [['invoice', 'issue', '99'], 'invoice.draft-unknown'],
      [['invoice', 'pdf', 'X'], 'invoice.unknown'],
      [['invoice', 'discard', 'x'], 'invoice.draft-unknown'],
    ] as const)
      assert.match((await run(...args)).stderr, new RegExp(code));
  }));

test('a template of one’s own is kept once it prints, and prints documents', () =>
  inCompany(async (run, folder) => {
    await writeFile(join(folder, 'mine.typ'), '#import "parts.typ": *\n#show: document-of\n= Mine #data.number\n#totals()');
    await writeFile(join(folder, 'evil.typ'), '= x\n#read("/etc/passwd")');
    await writeFile(
      join(folder, 'logo.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><rect width="4" height="1" fill="red"/></svg>',
    );
    const evil = await run('template', 'add', 'evil', '--file', 'evil.typ');
    assert.match(evil.stderr, /evil\.typ:2: .*\[template\.reaches-out\]/);
    assert.equal(await done(run('template', 'add', 'mine', '--file', 'mine.typ')), 'kept: template mine\n');
    assert.equal(await done(run('template', 'add', 'ours', '--base', 'modern', '--logo', 'logo.svg')), 'kept: template ours\n');
    assert.match(await done(run('template', 'list')), /mine +own source[\s\S]*ours +modern +svg/);
    await done(run('invoice', 'draft', 'fees.yaml', '--dated', '2026-11-03'));
    for (const template of ['mine', 'ours', 'compact'])
      assert.match(await done(run('invoice', 'preview', '1', '--template', template, '--language', 'ar')), /one page/);
    assert.match((await run('invoice', 'preview', '1', '--template', 'nothing')).stderr, /template\.unknown/);
    assert.match(await done(run('template', 'preview', 'mine.typ', '--lines', '3')), /preview-mine-en\.pdf, one page/);
  }));
