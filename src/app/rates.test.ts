import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { formatDecimal } from '#core/money/decimal.ts';
import { RefusedError } from '#core/refusals.ts';
import type { Database } from '#storage/database.ts';
import { withTestDatabase } from '../../test/support/database.ts';
import { writeWorkbook } from '../../test/support/workbook.ts';
import { applyConfiguration, exportConfiguration } from './configuration.ts';
import { type ImportCommand, type ImportReport, importRates, undoRates } from './rates.ts';
import { importJson } from './rates-output.ts';
import { showHistory, showImports, showRates } from './rates-shown.ts';

const folder = mkdtempSync(join(tmpdir(), 'carillon-rates-'));
after(() => rmSync(folder, { recursive: true }));

const NOW = Date.UTC(2026, 9, 20) * 1000;
const CONFIGURATION = `
legalEntities:
  - {id: op, name: Operator, country: DE, currency: USD, zone: Europe/Berlin}
parties:
  - {id: nw, name: Northwind, kind: carrier, country: US}
accounts:
  - {id: nw, party: nw, legalEntity: op, currency: USD, paymentTermsDays: 30}
  - {id: nw-jpy, party: nw, legalEntity: op, currency: JPY, paymentTermsDays: 30}
timeBands:
  - id: day
    bands:
      - {name: peak, days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00"}
      - {name: off-peak, otherwise: true}
codeDecks:
  - {id: own, codes: [{code: "39", destination: Italy}, {code: "393", destination: Italy Mobile}]}
tariffs:
  - {id: out, name: Outgoing, service: voice, currency: USD, ratesBy: sheets}
  - {id: in, name: Incoming, service: voice, currency: USD, timeBands: day, ratesBy: sheets}
  - {id: deck, name: By destination, service: sms, currency: USD, codeDeck: own, ratesBy: sheets}
  - {id: files, name: In files, service: voice, currency: USD, rates: [{code: 44, price: 0.01}]}
  - {id: usual, name: With defaults, service: voice, currency: USD, ratesBy: sheets, defaults: {increments: 30/6, graceSeconds: 3, setupFee: 0.05, validFrom: 2026-01-01, tiers: {counter: all, measure: minutes, tiers: [{from: 1000, price: 0.005}]}}}
  - {id: yen, name: Yen, service: voice, currency: JPY, ratesBy: sheets}
agreements:
  - {id: nw, name: Northwind, account: nw, zone: Europe/Berlin, currency: USD, validFrom: 2026-01-01, rounding: {decimals: 6, mode: half-up}, services: [{service: voice, role: outgoing, tariff: out}, {service: voice, role: incoming, tariff: in}, {service: sms, role: outgoing, tariff: deck}]}
  - {id: filed, name: Filed, account: nw, zone: UTC, currency: USD, validFrom: 2026-01-01, rounding: {decimals: 6, mode: half-up}, services: [{service: voice, role: outgoing, tariff: files}]}
  - {id: usual, name: Usual, account: nw, zone: UTC, currency: USD, validFrom: 2026-01-01, rounding: {decimals: 6, mode: half-up}, services: [{service: voice, role: outgoing, tariff: usual}]}
  - {id: japan, name: Japan, account: nw-jpy, zone: Asia/Tokyo, currency: JPY, validFrom: 2026-01-01, rounding: {decimals: 0, mode: half-up}, services: [{service: voice, role: outgoing, tariff: yen}]}
`;

async function withConfiguration(work: (database: Database) => Promise<void>): Promise<void> {
  await withTestDatabase(async (database) => {
    const configuration = mkdtempSync(join(folder, 'configuration-'));
    writeFileSync(join(configuration, 'all.yaml'), CONFIGURATION);
    await applyConfiguration(database, { folder: configuration, dryRun: false, closeMissing: false });
    await work(database);
  });
}

let files = 0;
function sheet(content: string | Buffer): string {
  files += 1;
  const path = join(folder, `sheet-${files}.csv`);
  writeFileSync(path, content);
  return path;
}

function load(database: Database, content: string | Buffer, options: Partial<ImportCommand> = {}, now = NOW): Promise<ImportReport> {
  const file = options.file ?? sheet(content);
  return importRates(
    database,
    { agreement: 'nw', role: 'outgoing', service: 'voice', map: [], accept: [], acceptAll: false, dryRun: false, ...options, file },
    now,
  );
}

async function refusal(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof RefusedError, String(error));
    return error.refusals[0]?.code;
  }
  return undefined;
}

async function prices(database: Database, at: string, asKnownAt?: string): Promise<string[]> {
  const shown = await showRates(
    database,
    { agreement: 'nw', role: 'outgoing', service: 'voice', at, limit: 100, ...(asKnownAt === undefined ? {} : { asKnownAt }) },
    NOW,
  );
  return shown.rates.map(({ match, terms }) => `${match.code} ${formatDecimal(terms.price)}`);
}

const FIRST =
  'Destination,Code,Rate,Increment,Effective\nItaly,39,0.0100,60/60,2026-11-01\nItaly Mobile,393,0.0200,60/60,2026-11-01\nSpain,34,0.0150,1/1,2026-11-01\n';

test('a sheet is activated, the same file changes nothing, and what was known stays known', () =>
  withConfiguration(async (database) => {
    const first = await load(database, FIRST);
    assert.equal(first.outcome, 'activated');
    assert.deepEqual(first.counts, { new: 3, increase: 0, decrease: 0, changed: 0, unchanged: 0, closed: 0 });
    assert.deepEqual(await prices(database, '2026-11-05'), ['34 0.0150', '39 0.0100', '393 0.0200']);
    assert.deepEqual(await prices(database, '2026-10-31'), [], 'local midnight in Berlin is the beginning');
    assert.deepEqual(await prices(database, '2026-10-31T23:00:00Z'), ['34 0.0150', '39 0.0100', '393 0.0200']);

    const again = await load(database, FIRST);
    assert.equal(again.outcome, 'known');
    assert.equal(again.importId, first.importId);

    const second = await load(
      database,
      'Destination,Code,Rate,Increment,Effective\nItaly,39,0.0110,60/60,2026-12-01\nSpain,34,0.0150,1/1,2026-11-01\nFrance,33,0.0080,1/1,2026-12-01\n',
    );
    assert.equal(second.outcome, 'activated');
    assert.deepEqual(second.counts, { new: 1, increase: 1, decrease: 0, changed: 0, unchanged: 1, closed: 0 });
    assert.deepEqual(await prices(database, '2026-11-05'), ['34 0.0150', '39 0.0100', '393 0.0200']);
    assert.deepEqual(await prices(database, '2026-12-01'), ['33 0.0080', '34 0.0150', '39 0.0110', '393 0.0200']);
    for (const beyond of ['+275760-09-13T00:00:00Z', '0000-01-01', '9999-12-31'])
      assert.equal(await refusal(prices(database, '2026-12-01', beyond)), 'rate-sheet.option', beyond);
    assert.deepEqual(await prices(database, '2026-12-01', '1700-01-01'), []);
    const known = new Date((first.knownFromMicros ?? 0) / 1000 + 1).toISOString();
    assert.deepEqual(await prices(database, '2026-12-01', known), ['34 0.0150', '39 0.0100', '393 0.0200']);

    const history = await showHistory(database, '39', { agreement: 'nw', role: 'outgoing', service: 'voice' }, NOW);
    assert.deepEqual(
      history.rates.map(({ rate, knownToMicros, importId }) => [
        formatDecimal(rate.terms.price),
        Number.isFinite(knownToMicros),
        Number.isFinite(rate.validToMicros),
        importId,
      ]),
      [
        ['0.0100', true, false, first.importId],
        ['0.0100', false, true, second.importId],
        ['0.0110', false, false, second.importId],
      ],
    );
  }));

test('rates of a sheet have the terms that the tariff gives by default, unless the sheet says otherwise', () =>
  withConfiguration(async (database) => {
    const rows = [
      'Destination,Code,Rate,Increment,Setup Fee,Effective',
      'Italy,39,0.01,60/60,0.2,2026-11-01',
      'Spain,34,0.015,,,2026-11-01',
      'France,33,0.02,,0,2026-11-01',
    ];
    const target = { agreement: 'usual', role: 'outgoing', service: 'voice' };
    assert.equal((await load(database, `${rows.join('\n')}\n`, target)).outcome, 'activated');
    const shown = await showRates(database, { ...target, at: '2026-11-05', limit: 9 }, NOW);
    const terms = shown.rates.map(({ match, terms: { price: _, tiers, setupFee, ...rest } }) => [
      match.code,
      setupFee === undefined ? 'none' : formatDecimal(setupFee),
      rest,
      tiers?.counter,
    ]);
    const usual = { firstSeconds: 30, nextSeconds: 6, graceSeconds: 3 };
    assert.deepEqual(terms, [
      ['33', 'none', usual, 'all'],
      ['34', '0.05', usual, 'all'],
      ['39', '0.2', { ...usual, firstSeconds: 60, nextSeconds: 60 }, 'all'],
    ]);
    const exported = join(mkdtempSync(join(folder, 'exported-')), 'files');
    await exportConfiguration(database, exported, false);
    const { written } = await applyConfiguration(database, { folder: exported, dryRun: false, closeMissing: true });
    assert.equal(written, false, 'the export says what is there');
    await withTestDatabase(async (empty) => {
      await applyConfiguration(empty, { folder: exported, dryRun: false, closeMissing: false });
      const copied = await showRates(empty, { ...target, at: '2026-11-05', limit: 9 }, NOW);
      assert.deepEqual(
        copied.rates.map(({ terms: each }) => each),
        shown.rates.map(({ terms: each }) => each),
      ); // also what France does not have
    });
  }));

test('a full replacement closes what it leaves out, on the day that is given', () =>
  withConfiguration(async (database) => {
    await load(database, FIRST);
    const rows = 'Destination,Code,Rate,Increment,Effective\nItaly,39,0.0090,60/60,2026-12-01\nItaly Mobile,393,0.0200,60/60,2026-11-01\n';
    const unclear = await load(database, rows, { mode: 'full' });
    assert.equal(unclear.outcome, 'faults');
    assert.equal(unclear.faults[0]?.code, 'rate-sheet.closing-date-missing');
    const full = await load(database, rows, { mode: 'full', effective: '2026-12-01' });
    assert.equal(full.outcome, 'activated');
    assert.deepEqual(full.counts, { new: 0, increase: 0, decrease: 1, changed: 0, unchanged: 1, closed: 1 });
    assert.deepEqual(await prices(database, '2026-11-30'), ['34 0.0150', '39 0.0100', '393 0.0200']);
    assert.deepEqual(await prices(database, '2026-12-01'), ['39 0.0090', '393 0.0200']);
  }));

test('a sheet that closes most, says the opposite of what it does, or was there before, is a warning until it is accepted', () =>
  withConfiguration(async (database) => {
    const rows = (price: string, word: string): string[] =>
      Array.from({ length: 30 }, (_, index) => `Italy ${index},39${10 + index},${price},${word},2026-11-01`);
    const sheetOf = (lines: readonly string[]): string => `Destination,Code,Rate,Change,Effective\n${lines.join('\n')}\n`;
    const first = sheet(sheetOf(rows('0.0100', '')));
    assert.equal((await load(database, '', { file: first })).outcome, 'activated');
    const warnings = async (content: string, options: Partial<ImportCommand> = {}): Promise<readonly [string, readonly string[]]> => {
      const { outcome, warnings: found } = await load(database, content, options);
      return [outcome, found.map(({ code }) => code)];
    };
    const dearer = sheetOf([...rows('0.0100', '').slice(1), 'Italy 0,3910,0.0110,Decrease,2026-11-01']);
    assert.deepEqual(await warnings(dearer), ['warnings', ['rate-sheet.word-differs']]);
    const most = await warnings(sheetOf(rows('0.0100', '').slice(0, 5)), { mode: 'full', effective: '2026-12-01' });
    assert.deepEqual(most, ['warnings', ['rate-sheet.closes-most']]);
    assert.equal((await load(database, dearer, { acceptAll: true })).outcome, 'activated');
    assert.deepEqual(await warnings('', { file: first }), ['warnings', ['rate-sheet.imported-before']]);
  }));

test('a fault in one row leaves everything as it was, and all faults are told with their places', () =>
  withConfiguration(async (database) => {
    const report = await load(
      database,
      'Destination,Code,Rate,Effective\nItaly,39,0.01,2026-11-01\nSpain,34x,0.02,2026-11-01\nFrance,33,-1,2026-11-01\n',
    );
    assert.equal(report.outcome, 'faults');
    assert.deepEqual(
      report.faults.map(({ code, at }) => [code, at?.line, at?.field, at?.value]),
      [
        ['rate-sheet.code-impossible', 3, 'B "Code"', '34x'],
        ['rate-sheet.price-negative', 4, 'C "Rate"', '-1'],
      ],
    );
    assert.deepEqual(await prices(database, '2026-11-05'), []);
    assert.deepEqual(await showImports(database), []);
  }));

test('warnings keep a sheet out until each is accepted', () =>
  withConfiguration(async (database) => {
    await load(database, FIRST);
    const rows = 'Destination,Code,Rate,Increment,Effective\nItaly,39,0.0500,60/60,2026-10-22\nSpain,34,0.0010,1/1,2026-09-01\n';
    const first = await load(database, rows);
    assert.equal(first.outcome, 'warnings');
    assert.deepEqual([...first.open].sort(), [
      'rate-sheet.effective-in-past',
      'rate-sheet.future-replaced',
      'rate-sheet.price-factor',
      'rate-sheet.short-notice',
    ]);
    assert.equal((await load(database, rows, { accept: ['price-factor', 'rate-sheet.short-notice'] })).outcome, 'warnings');
    assert.equal((await load(database, rows, { acceptAll: true, dryRun: true })).outcome, 'dry-run');
    assert.equal(
      (await load(database, rows, { accept: ['price-factor', 'short-notice', 'effective-in-past', 'future-replaced'] })).outcome,
      'activated',
    );
    assert.equal(await refusal(load(database, rows, { accept: ['everything'] })), 'rate-sheet.option');
  }));

test('an import is taken back by a new one, unless something was built on it', () =>
  withConfiguration(async (database) => {
    const first = await load(database, FIRST);
    const second = await load(database, 'Destination,Code,Rate,Increment,Effective\nItaly,39,0.0110,60/60,2026-12-01\n');
    assert.ok(first.importId !== undefined && second.importId !== undefined);
    assert.equal(await refusal(undoRates(database, first.importId)), 'rate-sheet.undo-not-last');
    assert.equal(await refusal(undoRates(database, 999)), 'rate-sheet.import-unknown');
    const undone = await undoRates(database, second.importId);
    assert.deepEqual([undone.taken, undone.restored], [2, 1]);
    assert.deepEqual(await prices(database, '2026-12-05'), ['34 0.0150', '39 0.0100', '393 0.0200']);
    const known = new Date((second.knownFromMicros ?? 0) / 1000 + 1).toISOString();
    assert.deepEqual(
      await prices(database, '2026-12-05', known),
      ['34 0.0150', '39 0.0110', '393 0.0200'],
      'what was known meanwhile stays known',
    );
    assert.deepEqual((await showImports(database, 'nw')).map(({ fileName }) => fileName)[0], `undo of import ${second.importId}`);
  }));

test('peak and off-peak columns become bands, and a sheet that breaks the tariff is refused by name', () =>
  withConfiguration(async (database) => {
    const report = await load(database, 'Destination,Code,Peak,Off-Peak,Effective\nItaly,39,0.02,0.01,2026-11-01\n', { role: 'incoming' });
    assert.equal(report.outcome, 'activated');
    const shown = await showRates(database, { agreement: 'nw', role: 'incoming', at: '2026-11-02', limit: 10 }, NOW);
    assert.deepEqual(
      shown.rates.map(({ match, terms }) => [match.band, formatDecimal(terms.price)]),
      [
        ['off-peak', '0.01'],
        ['peak', '0.02'],
      ],
    );
    const gap = await load(database, 'Destination,Code,Rate,Time of day,Effective\nSpain,34,0.02,Peak,2026-11-01\n', { role: 'incoming' });
    assert.equal(gap.outcome, 'faults');
    assert.equal(gap.faults[0]?.code, 'tariff.band-gap');
    const unknown = await load(database, 'Destination,Code,Weekend,Effective\nSpain,34,0.02,2026-11-01\n', { role: 'incoming' });
    assert.equal(unknown.faults[0]?.code, 'rate-sheet.band-unknown');
  }));

test('a template keeps what was mapped and what prices depend on; the next sheet may lack a comment, not a column of prices', () =>
  withConfiguration(async (database) => {
    const rows = 'Destination,Code,Rate,Scatto,Effective,Note,Fine X\nItaly,39,0.01,60/60,2026-11-01,hello,bye\n';
    const map = ['Note=comment', 'Fine X=ignore'];
    const first = await load(database, rows, { saveTemplate: 'short', map });
    assert.deepEqual([first.outcome, first.increments], ['activated', [{ increments: '60/60', count: 1 }]]);
    assert.deepEqual(
      [...first.template.columns],
      [
        ['Destination', 'destination'],
        ['Code', 'code'],
        ['Rate', 'price'],
        ['Scatto', 'increments'],
        ['Note', 'comment'],
        ['Fine X', 'ignore'],
      ],
    );
    const next = { template: 'short', effective: '2026-12-01' };
    const less = await load(database, 'Destination,Code,Rate,Scatto\nItaly,39,0.011,60/60\n', next);
    assert.deepEqual([less.outcome, less.header?.absent], ['activated', ['Note']]);
    const ignored = await load(database, 'Destination,Code,Rate,Scatto\nItaly,39,0.012,60/60\n', { ...next, map: ['note=ignore'] });
    assert.deepEqual([ignored.outcome, ignored.header?.absent], ['activated', []]);
    const priceless = await load(database, 'Destination,Code,Rate\nItaly,39,0.013\n', next);
    assert.deepEqual(
      priceless.faults.map(({ code, at }) => [code, at?.field]),
      [['rate-sheet.column-missing', 'Scatto']],
    );
    const mistyped = await load(database, 'Destination,Code,Rate\nItaly,39,0.013\n', { map: ['Coment=comment'], effective: '2026-12-01' });
    assert.equal(mistyped.faults[0]?.code, 'rate-sheet.column-missing');
    const unread = await load(database, 'Destination,Code,Rate,Passo\nItaly,39,0.013,60/60\n', { effective: '2026-12-01' });
    assert.deepEqual([unread.outcome, unread.open], ['warnings', ['rate-sheet.column-unread']]);
  }));

test('a sheet of destinations takes its codes from the deck', () =>
  withConfiguration(async (database) => {
    const report = await load(database, 'Destination,Rate,Effective\nitaly,0.05,2026-11-01\nItaly Mobile,0.06,2026-11-01\n', {
      service: 'sms',
    });
    assert.equal(report.outcome, 'activated');
    const again = await load(database, 'Destination,Rate,Effective\nItaly,0.05,2026-11-01\nItaly Mobile,0.07,2026-12-01\n', {
      service: 'sms',
    });
    assert.deepEqual(again.counts, { new: 0, increase: 1, decrease: 0, changed: 0, unchanged: 1, closed: 0 });
    const target = { agreement: 'nw', role: 'outgoing', service: 'sms' };
    const shown = await showRates(database, { ...target, code: '3931', at: '2026-12-02', limit: 9 }, NOW);
    assert.deepEqual([shown.total, shown.rates[0]?.match.destination, shown.deck?.found?.code], [1, 'Italy Mobile', '393']);
    const all = await showRates(database, { ...target, code: '39', at: '2026-12-02', limit: 9 }, NOW);
    assert.deepEqual([all.total, all.deck?.longer], [2, 1]);
    assert.equal((await showRates(database, { ...target, code: '7', limit: 9 }, NOW)).deck?.found, undefined);
    const history = await showHistory(database, '393', target, NOW);
    assert.equal(history.rates.length, 3);
    const wrong = await load(database, 'Destination,Rate,Effective\nAtlantis,0.05,2026-11-01\n', { service: 'sms' });
    assert.equal(wrong.faults[0]?.code, 'rate-sheet.destination-unknown');
    const none = await load(database, 'Destination,Rate,Effective\nItaly,0.05,2026-11-01\n');
    assert.equal(none.faults[0]?.code, 'rate-sheet.no-codes');
  }));

test('a template remembers how a partner writes, is exported, and reads the next sheet', () =>
  withConfiguration(async (database) => {
    const columns = { map: ['Where=destination', 'Digits=code', 'C=price'], decimal: 'comma', separator: ';', effective: '2026-11-01' };
    const first = await load(database, 'Where;Digits;X1\nItalia;39;0,010\nSpagna;34;0,020\n', { ...columns, saveTemplate: 'northwind' });
    assert.deepEqual([first.outcome, first.templateSaved], ['activated', true]);
    const next = await load(database, 'Where;Digits;X1\nItalia;39;0,012\nSpagna;34;1,234\n', {
      template: 'northwind',
      effective: '2026-12-01',
      acceptAll: true,
    });
    assert.equal(next.outcome, 'activated');
    assert.deepEqual(await prices(database, '2026-12-02'), ['34 1.234', '39 0.012']);
    assert.equal(await refusal(load(database, FIRST, { template: 'nobody' })), 'rate-sheet.template-missing');
    const moved = await load(database, 'Place;Digits;X1\nItalia;39;0,012\n', { template: 'northwind', effective: '2026-12-01' });
    assert.equal(moved.faults[0]?.code, 'rate-sheet.column-missing');

    const exported = join(folder, 'exported');
    await exportConfiguration(database, exported, false);
    const applied = await applyConfiguration(database, { folder: exported, dryRun: true, closeMissing: false });
    assert.equal(JSON.stringify(applied).includes('"create"'), false);
  }));

test('prices in a currency without minor units, and of twelve decimals, are kept as written', () =>
  withConfiguration(async (database) => {
    const report = await load(
      database,
      'Destination,Code,Rate (JPY/min),Effective\nItaly,39,1.25,2026-11-01\nSpain,34,¥2,2026-11-01\nFrance,33,0.123456789012,2026-11-01\n',
      { agreement: 'japan' },
    );
    assert.equal(report.outcome, 'activated');
    const shown = await showRates(database, { agreement: 'japan', at: '2026-11-02', limit: 10 }, NOW);
    assert.deepEqual(
      shown.rates.map(({ terms }) => formatDecimal(terms.price)),
      ['0.123456789012', '2', '1.25'],
    );
    assert.equal(
      (await load(database, 'Destination,Code,Rate,Effective\nItaly,39,0.1234567890123,2026-12-01\n', { agreement: 'japan' })).faults[0]
        ?.code,
      'rate-sheet.price-decimals',
    );
  }));

test('agreements, services and tariffs that cannot take a sheet are named', () =>
  withConfiguration(async (database) => {
    assert.equal(await refusal(load(database, FIRST, { agreement: 'nobody' })), 'rate-sheet.agreement-unknown');
    assert.equal(await refusal(load(database, FIRST, { agreement: 'filed' })), 'rate-sheet.tariff-by-files');
    assert.equal(await refusal(load(database, FIRST, { service: 'data' })), 'rate-sheet.service-missing');
    assert.equal(await refusal(load(database, FIRST, { role: 'sideways' })), 'rate-sheet.option');
    const { service: _, role: __, ...unsaid } = { service: '', role: '' };
    assert.equal(
      await refusal(
        importRates(
          database,
          { ...unsaid, file: sheet(FIRST), agreement: 'nw', map: [], accept: [], acceptAll: false, dryRun: false },
          NOW,
        ),
      ),
      'rate-sheet.service-ambiguous',
    );
  }));

test('the sheet of a workbook is found, or asked for', () =>
  withConfiguration(async (database) => {
    const rows = [
      ['Destination', 'Code', 'Rate', 'Effective'],
      ['Italy', 39, 0.01, { serial: 46327 }],
    ];
    const cover = { name: 'Cover', rows: [['Dear partner'], ['please find our rates']] };
    const one = writeWorkbook({ sheets: [cover, { name: 'A-Z', rows }], parts: { 'xl/vbaProject.bin': 'macro' } });
    const report = await load(database, one, { dryRun: true });
    assert.deepEqual([report.outcome, report.source.sheet], ['dry-run', 'A-Z']);
    const two = writeWorkbook({
      sheets: [
        { name: 'A-Z', rows },
        { name: 'Gold', rows },
      ],
    });
    assert.equal(await refusal(load(database, two)), 'rate-sheet.sheet-ambiguous');
    assert.equal((await load(database, two, { sheet: 'gold', dryRun: true })).source.sheet, 'Gold');
    assert.equal(await refusal(load(database, two, { sheet: 'Silver' })), 'rate-sheet.sheet-missing');
    const hidden = writeWorkbook({ sheets: [{ name: 'A-Z', rows, hidden: true }] });
    assert.equal(await refusal(load(database, hidden)), 'rate-sheet.sheet-hidden');
    assert.equal((await load(database, hidden, { sheet: 'A-Z', dryRun: true })).source.sheet, 'A-Z');
  }));

test('rows that the user names are left out, and said', () =>
  withConfiguration(async (database) => {
    const report = await load(database, 'Destination,Code,Rate,Effective\nItaly,39,0.01,2026-11-01\nBroken,*72,0.01,2026-11-01\n', {
      skipRows: '3',
    });
    assert.equal(report.outcome, 'activated');
    assert.deepEqual(report.skipped, [3]);
    assert.deepEqual((await showImports(database))[0]?.summary.skippedRows, [3]);
  }));

test('an agreement mistyped is answered with the nearest, several services with the options to give', () =>
  withConfiguration(async (database) => {
    const message = async (options: Partial<ImportCommand>): Promise<string> => {
      const failed = await load(database, FIRST, options).catch((error: unknown) => error);
      assert.ok(failed instanceof RefusedError);
      return failed.refusals[0]?.message ?? '';
    };
    assert.match(await message({ agreement: 'japn' }), /^no such agreement \(did you mean "japan"\?\); there are filed, japan/);
    const wanted = /give --service or --direction, here --service voice --direction outgoing, or --service sms --direction outgoing$/;
    assert.match(await message({ service: undefined as never }), wanted); // as if it were not given
  }));

test('the JSON of an import is complete and can be parsed', () =>
  withConfiguration(async (database) => {
    const report = await load(database, FIRST);
    const json = JSON.parse(JSON.stringify(importJson(report)));
    assert.equal(json.changes.length, 3);
    assert.deepEqual(json.changes[0], {
      kind: 'new',
      code: '393',
      destination: 'Italy Mobile',
      newPrice: '0.0200',
      validFrom: '2026-10-31T23:00:00Z',
      row: 3,
    });
    assert.deepEqual(json.columns[1], { column: 'B', header: 'Code', field: 'code' });
  }));
