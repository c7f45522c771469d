import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfiguration } from '#app/configuration.ts';
import { openConfigurationFolder } from '#app/configuration-folder.ts';
import { agreements, type Files, faultsOf, good, operator, refusalsOf, setupFrom, spoil, tariffs } from './folders.ts';

const withTariff = (rest: string): Files => ({
  ...good,
  'more.yaml': `tariffs:\n  - id: more\n    name: More\n    currency: USD\n${rest}`,
});
const withTable = (csv: string, tariff = ''): Files => ({ ...withTariff(`    service: voice\n${tariff}    rates: t.csv\n`), 't.csv': csv });

/** What is wrong, the files, and each fault as file:line code. */
const cases: readonly (readonly [name: string, files: Files, faults: readonly string[]])[] = [
  ['a misspelt key', spoil('operator.yaml', 'country: US', 'contry: US'), ['operator.yaml:2 key-missing', 'operator.yaml:4 key-unknown']],
  ['a misspelt kind', { ...good, 'x.yaml': 'partys: []\n' }, ['x.yaml:1 key-unknown']],
  [
    'keys that every object of JavaScript has',
    { ...good, 'x.yaml': 'constructor: []\n__proto__: []\n', 'y.yaml': 'parties:\n  - {id: x, name: X, kind: carrier, constructor: 1}\n' },
    ['x.yaml:1 key-unknown', 'x.yaml:2 key-unknown', 'y.yaml:2 key-unknown'],
  ],
  ['a missing key', spoil('operator.yaml', '    name: Example Voice Inc.\n', ''), ['operator.yaml:2 key-missing']],
  ['an empty key', spoil('operator.yaml', 'name: Example Voice Inc.', 'name:'), ['operator.yaml:2 key-missing']],
  ['a key given twice', spoil('operator.yaml', '    country: US', '    country: US\n    country: CA'), ['operator.yaml:5 key-repeated']],
  ['a list where a value belongs', spoil('operator.yaml', 'currency: USD\n', 'currency: [USD]\n'), ['operator.yaml:5 type-wrong']],
  ['a value where a list belongs', { ...good, 'x.yaml': 'parties: north\n' }, ['x.yaml:1 type-wrong']],
  ['a file that is a list', { ...good, 'x.yaml': '- id: a\n' }, ['x.yaml:1 type-wrong']],
  ['a word that is none of the set', spoil('operator.yaml', 'kind: carrier', 'kind: carier'), ['operator.yaml:8 value-wrong']],
  ['an id with a blank', spoil('operator.yaml', '{id: core}', '{id: my core}'), ['operator.yaml:13 value-wrong']],
  ['an unknown zone', spoil('operator.yaml', 'America/New_York', 'America/NewYork'), ['operator.yaml:6 zone-unknown']],
  ['an offset as zone', spoil('agreements.yaml', 'zone: UTC', 'zone: "+01:00"'), ['agreements.yaml:5 zone-unknown']],
  ['an unknown currency', spoil('operator.yaml', 'currency: USD\n', 'currency: USX\n'), ['operator.yaml:5 currency-unknown']],
  ['a withdrawn currency', spoil('operator.yaml', 'currency: USD\n', 'currency: HRK\n'), ['operator.yaml:5 currency-withdrawn']],
  ['gold as currency', spoil('operator.yaml', 'currency: USD\n', 'currency: XAU\n'), ['operator.yaml:5 currency-unknown']],
  ['an unknown country', spoil('operator.yaml', 'country: CA', 'country: CX1'), ['operator.yaml:8 country-unknown']],
  ['a date that does not exist', spoil('agreements.yaml', '2026-01-01', '2026-02-30'), ['agreements.yaml:7 date-wrong']],
  [
    'a rate until the end of the calendar',
    spoil('tariffs.yaml', 'price: 0.010', 'price: 0.010, validTo: 9999-12-31'),
    ['tariffs.yaml:8 date-wrong'],
  ],
  ['a date in another form', spoil('agreements.yaml', '2026-01-01', '01/02/2026'), ['agreements.yaml:7 date-wrong']],
  [
    'a validity that is empty',
    spoil('agreements.yaml', 'validFrom: 2026-01-01', 'validFrom: 2026-01-01\n    validTo: 2026-01-01'),
    ['agreements.yaml:8 validity-empty'],
  ],
  ['a party that does not exist', spoil('operator.yaml', 'party: north', 'party: nroth'), ['operator.yaml:10 reference-unknown']],
  [
    'an account that does not exist',
    spoil('agreements.yaml', 'account: north-usd', 'account: south-usd'),
    ['agreements.yaml:4 reference-unknown'],
  ],
  ['a tariff that does not exist', spoil('agreements.yaml', 'tariff: voice', 'tariff: vioce'), ['agreements.yaml:10 reference-unknown']],
  ['an account of a refused party is no second fault', spoil('operator.yaml', 'kind: carrier', 'kind: x'), ['operator.yaml:8 value-wrong']],
  [
    'two objects with one id',
    { ...good, 'x.yaml': 'parties:\n  - {id: north, name: North again, kind: carrier}\n' },
    ['x.yaml:2 id-repeated'],
  ],
  ['two versions that begin on one day', { ...good, 'x.yaml': agreements }, ['x.yaml:2 id-repeated']],
  [
    'an agreement in another currency than its tariff',
    spoil('agreements.yaml', 'currency: USD', 'currency: EUR'),
    ['agreements.yaml:10 currency-differs'],
  ],
  ['a tariff of another service', spoil('agreements.yaml', 'service: voice', 'service: sms'), ['agreements.yaml:10 reference-foreign']],
  [
    'a service twice on one side',
    spoil('agreements.yaml', 'services:\n', 'services:\n      - {service: voice, role: retail, tariff: voice}\n'),
    ['agreements.yaml:11 service-repeated'],
  ],
  [
    'two trunks with one name',
    spoil('operator.yaml', '{id: core}', '{id: core, names: [sbc/NORTH]}'),
    ['operator.yaml:13 trunk-name-repeated'],
  ],
  [
    'a trunk name for every source and for one',
    spoil('operator.yaml', '{id: core}', '{id: core, names: [NORTH]}'),
    ['operator.yaml:12 trunk-name-repeated'],
  ],
  [
    'a trunk with an agreement of another account',
    {
      ...good,
      'x.yaml': `accounts:\n  - {id: other, party: north, legalEntity: us, currency: USD}\ntrunks:\n  - {id: t, account: other, agreement: north-voice}\n`,
    },
    ['x.yaml:4 reference-foreign'],
  ],
  [
    'versions of one agreement with different accounts',
    {
      ...good,
      'x.yaml': `accounts:\n  - {id: other, party: north, legalEntity: us, currency: USD}\n${agreements.replace('2026-01-01', '2027-01-01').replace('north-usd', 'other')}`,
    },
    ['x.yaml:6 reference-foreign'],
  ],
  ['a price with letters', spoil('tariffs.yaml', '0.010', '0.O10'), ['tariffs.yaml:8 value-wrong']],
  ['a price with a comma', spoil('tariffs.yaml', '0.010', '"0,010"'), ['tariffs.yaml:8 value-wrong']],
  ['a price with an exponent', spoil('tariffs.yaml', '0.010', '1e-2'), ['tariffs.yaml:8 value-wrong']],
  ['a price of 40 digits', spoil('tariffs.yaml', '0.010', '1234567890123456789012345678901234567890'), ['tariffs.yaml:8 value-wrong']],
  ['increments of zero', spoil('tariffs.yaml', '60/60', '0/60'), ['tariffs.yaml:6 value-wrong']],
  ['a code with a plus', spoil('tariffs.yaml', 'code: 44,', 'code: +44,'), ['tariffs.yaml:8 value-wrong']],
  ['a rate without a price', spoil('tariffs.yaml', ', price: 0.010', ''), ['tariffs.yaml:8 key-missing']],
  ['a rate twice', spoil('tariffs.yaml', 'code: 447', 'code: 44'), ['tariffs.yaml:9 rate-repeated']],
  ['a rate by destination without a code deck', spoil('tariffs.yaml', 'code: 44, ', ''), ['tariffs.yaml:8 key-missing']],
  [
    'a rate that ends before it begins',
    spoil('tariffs.yaml', '0.010}', '0.010, validFrom: 2026-02-01, validTo: 2026-01-01}'),
    ['tariffs.yaml:8 validity-empty'],
  ],
  [
    'a rate from a day that does not exist',
    spoil('tariffs.yaml', '0.010}', '0.010, validFrom: 2026-02-29}'),
    ['tariffs.yaml:8 date-wrong'],
  ],
  [
    'a rate on a trunk that does not exist',
    spoil('tariffs.yaml', '0.010}', '0.010, trunk: nrth-in}'),
    ['tariffs.yaml:8 reference-unknown'],
  ],
  ['calling and origin together', spoil('tariffs.yaml', '0.010}', '0.010, calling: 49, origin: eea}'), ['tariffs.yaml:8 value-wrong']],
  ['steps that go back', spoil('tariffs.yaml', '0.010}', '0.010, steps: "60: 0.1; 30: 0.2"}'), ['tariffs.yaml:8 value-wrong']],
  [
    'tiers that go back',
    spoil('tariffs.yaml', '0.010}', '0.010, tiers: "a graduated minutes month; 60: 0.1; 30: 0.2"}'),
    ['tariffs.yaml:8 value-wrong'],
  ],
  [
    'size bands without a rest',
    withTariff('    service: mms\n    rates:\n      - {sizeBands: "1000: 0.1"}\n'),
    ['more.yaml:7 value-wrong'],
  ],
  ['a unit of another service', withTariff('    service: voice\n    per: MB\n'), ['more.yaml:6 value-wrong']],
  ['time bands that do not exist', withTariff('    service: voice\n    timeBands: peak\n'), ['more.yaml:6 reference-unknown']],
  ['a code deck that does not exist', withTariff('    service: voice\n    codeDeck: world\n'), ['more.yaml:6 reference-unknown']],
  [
    'a band at 25 o’clock',
    { ...good, 'x.yaml': 'timeBands:\n  - id: b\n    bands:\n      - {name: p, days: [mon], from: "25:00"}\n' },
    ['x.yaml:4 value-wrong'],
  ],
  [
    'a band on no weekday',
    { ...good, 'x.yaml': 'timeBands:\n  - id: b\n    bands:\n      - {name: p, days: [monday]}\n' },
    ['x.yaml:4 value-wrong'],
  ],
  [
    'a band without days',
    { ...good, 'x.yaml': 'timeBands:\n  - id: b\n    bands:\n      - {name: p, from: "08:00"}\n' },
    ['x.yaml:4 key-missing'],
  ],
  [
    'bands that leave a gap and overlap',
    {
      ...good,
      'x.yaml':
        'timeBands:\n  - id: b\n    bands:\n      - {name: p, days: [mon, tue, wed, thu, fri, sat, sun], to: "18:00"}\n      - {name: q, days: [mon], from: "17:00"}\n',
    },
    ['x.yaml:2 time-bands.overlap', ...['tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(() => 'x.yaml:2 time-bands.gap')],
  ],
  ['a calendar with neither country nor dates', { ...good, 'x.yaml': 'calendars:\n  - {id: c}\n' }, ['x.yaml:2 key-missing']],
  [
    'a calendar of a country without holidays known',
    { ...good, 'x.yaml': 'calendars:\n  - {id: c, country: DE, region: XX}\n' },
    ['x.yaml:2 holidays-unknown'],
  ],
  [
    'a deck with one code in two destinations',
    { ...good, 'x.yaml': 'codeDecks:\n  - id: d\n    codes:\n      - {code: 44, destination: UK}\n      - {code: 44, destination: GB}\n' },
    ['x.yaml:5 code-repeated'],
  ],
  [
    'an origin set with one prefix twice',
    { ...good, 'x.yaml': 'originSets:\n  - {id: o, prefixes: [30, 31, 30]}\n' },
    ['x.yaml:2 code-repeated'],
  ],
  [
    'a usage source that is none',
    { ...good, 'x.yaml': 'sources:\n  - id: s\n    format: asterisk-csv\n    zone: Nowhere/Land\n' },
    ['x.yaml:4 usage.source-invalid'],
  ],
  ['a table that is not there', withTariff('    service: voice\n    rates: rates/x.csv\n'), ['more.yaml:6 table-missing']],
  ['a table outside the folder', withTariff('    service: voice\n    rates: ../x.csv\n'), ['more.yaml:6 table-missing']],
  ['a table without a header', withTable(''), ['t.csv:1 table-broken']],
  ['a table with an unknown column', withTable('code,prise\n44,0.01\n'), ['t.csv:1 key-unknown', 't.csv:2 key-missing']],
  ['a table with a column twice', withTable('code,price,price\n44,0.01,0.02\n'), ['t.csv:1 key-repeated']],
  ['a row with more fields than the header', withTable('code,price\n44,0.01,7\n45,0.02\n'), ['t.csv:2 table-broken']],
  ['a quote that never closes', withTable('code,price\n44,"0.01\n45,0.02\n'), ['t.csv:2 table-broken']],
  ['bad cells in two rows', withTable('code,price\n44,x\n45,0.02\n4x,0.03\n'), ['t.csv:2 value-wrong', 't.csv:4 value-wrong']],
  ['one rate twice in a table', withTable('code,price\n44,0.01\n44,0.02\n'), ['t.csv:3 rate-repeated']],
  ['broken YAML', { ...good, 'x.yaml': 'parties:\n  - id: a\n   name: b\n' }, ['x.yaml:3 yaml-broken']],
  ['a tab as indentation', { ...good, 'x.yaml': 'parties:\n\t- id: a\n' }, ['x.yaml:2 yaml-broken']],
  [
    'an alias',
    { ...good, 'x.yaml': 'parties:\n  - &a {id: a, name: A, kind: carrier}\n  - *a\n' },
    ['x.yaml:2 yaml-feature', 'x.yaml:3 yaml-feature'],
  ],
  ['a merge key', { ...good, 'x.yaml': 'parties:\n  - {id: a, name: A, kind: carrier, <<: {email: a@b}}\n' }, ['x.yaml:2 yaml-feature']],
  [
    'a tag',
    { ...good, 'x.yaml': 'parties:\n  - {id: !!binary YQ==, name: A, kind: carrier}\n' },
    ['x.yaml:2 yaml-feature', 'x.yaml:2 key-missing'],
  ],
  [
    'Latin-1',
    { ...good, 'x.yaml': new Uint8Array([...Buffer.from('parties:\n  - {id: a, name: '), 0xe9, ...Buffer.from(', kind: carrier}\n')]) },
    ['x.yaml:2 encoding'],
  ],
  ['UTF-16', { ...good, 'x.yaml': new Uint8Array(Buffer.from('\ufeffparties: []\n', 'utf16le')) }, ['x.yaml:1 encoding']],
  ['zero bytes', { ...good, 'x.yaml': 'parties: []\u0000\n' }, ['x.yaml:1 encoding']],
  [
    'an escaped zero',
    { ...good, 'x.yaml': 'parties:\n  - {id: a, name: "a\\0", kind: carrier}\n' },
    ['x.yaml:2 encoding', 'x.yaml:2 key-missing'],
  ],
];

for (const [name, files, faults] of cases) {
  test(`${name} is refused with file and line`, () => {
    assert.deepEqual([...faultsOf(files)].sort(), [...faults].sort());
  });
}

test('the files that the tests spoil are right themselves', () => {
  const { book } = setupFrom(good);
  assert.equal(book.tariffs[0]?.rates.length, 2);
});

test('a misspelt key is answered with the key that was meant', () => {
  const message = (files: Files): string =>
    refusalsOf(files)
      .map((refusal) => refusal.message)
      .join('\n');
  assert.match(message(spoil('operator.yaml', 'country: US', 'contry: US')), /did you mean "country"\?/);
  assert.match(message(spoil('operator.yaml', 'party: north', 'party: nroth')), /did you mean "north"\?/);
  assert.match(message(spoil('operator.yaml', 'America/New_York', 'America/NewYork')), /did you mean "America\/New_York"\?/);
  assert.match(message(withTable('code,prise\n')), /did you mean "price"\?/);
});

test('a withdrawn currency is refused with the month of its withdrawal', () => {
  assert.match(refusalsOf(spoil('operator.yaml', 'currency: USD\n', 'currency: HRK\n'))[0]?.message ?? '', /Kuna.*withdrawn in 2023-01/);
});

test('every fault of a folder is reported, not only the first', () => {
  const files = {
    'a.yaml': operator.replace('country: US', 'country: ZZ').replace('kind: carrier', 'kind: none'),
    'b.yaml': agreements.replace('zone: UTC', 'zone: Nowhere/Land'),
    'c.yaml': tariffs.replace('0.010', 'x').replace('0.0210', 'y'),
  };
  assert.deepEqual(faultsOf(files), [
    'a.yaml:4 country-unknown',
    'a.yaml:8 value-wrong',
    'b.yaml:5 zone-unknown',
    'c.yaml:8 value-wrong',
    'c.yaml:9 value-wrong',
  ]);
});

test('nesting without end is refused and does not crash', () => {
  assert.deepEqual(
    new Set(faultsOf({ 'x.yaml': `parties: ${'['.repeat(40)}${']'.repeat(40)}\n` })),
    new Set(['x.yaml:1 yaml-depth', 'x.yaml:1 type-wrong']),
  );
  assert.ok(faultsOf({ 'x.yaml': `parties: ${'['.repeat(200_000)}` }).length > 0);
});

test('a bomb of aliases is refused in a moment', () => {
  const levels = Array.from({ length: 30 }, (_, level) => `  - &a${level} [${level === 0 ? 'x' : `*a${level - 1}, *a${level - 1}`}]`);
  const begun = performance.now();
  assert.ok(faultsOf({ 'x.yaml': `parties:\n${levels.join('\n')}\n` }).every((fault) => /yaml-feature|type-wrong/.test(fault)));
  assert.ok(performance.now() - begun < 2000);
});

test('a table with a million faults stops at ten thousand', () => {
  const csv = `code,price\n${'x,y\n'.repeat(100_000)}`;
  assert.equal(faultsOf(withTable(csv)).length, 10_000);
});

test('an empty folder, no folder, and files that hold nothing are refused', () => {
  assert.deepEqual(faultsOf({}), [': folder-empty']);
  assert.deepEqual(faultsOf({ 'a.yaml': '# only words\n', 'b.yaml': 'parties:\n' }), [': folder-empty']);
  const missing = readConfiguration('/nonexistent/folder');
  assert.equal(missing.ok ? '' : missing.refusals[0]?.code, 'configuration.folder-missing');
});

test('a link that leads back up, a link to nothing and a file as folder are refused', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-links-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'a.yaml'), operator);
  symlinkSync(folder, join(folder, 'below', 'up'));
  symlinkSync(join(folder, 'nothing'), join(folder, 'gone.yaml'));
  const opened = openConfigurationFolder(folder);
  assert.deepEqual(opened.ok ? [] : opened.refusals.map(({ code, at }) => [at?.file, code]), [
    ['below/up', 'configuration.link-loop'],
    ['gone.yaml', 'configuration.link-loop'],
  ]);
  const file = openConfigurationFolder(join(folder, 'a.yaml'));
  assert.equal(file.ok ? '' : file.refusals[0]?.code, 'configuration.folder-missing');
});

test('a huge file is refused before it is read', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-huge-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.yaml'), `${operator}tariffs:\n  - {id: t, name: T, service: voice, currency: USD, rates: t.csv}\n`);
  for (const name of ['huge.yaml', 't.csv']) {
    writeFileSync(join(folder, name), '');
    truncateSync(join(folder, name), 2_000_000_000);
  }
  const read = readConfiguration(folder);
  assert.deepEqual(read.ok ? [] : read.refusals.map(({ code, at }) => [at?.file, code]), [
    ['huge.yaml', 'configuration.file-too-large'],
    ['t.csv', 'configuration.file-too-large'],
  ]);
});

test('folders without end and too many files are refused; a file that goes away before it is read is said', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-deep-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const refused = (): readonly (readonly [string | undefined, string])[] => {
    const opened = openConfigurationFolder(folder);
    return opened.ok ? [] : opened.refusals.map(({ code, at }) => [at?.file, code] as const);
  };
  mkdirSync(join(folder, ...Array.from({ length: 20 }, () => 'd')), { recursive: true });
  assert.deepEqual(refused(), [[Array.from({ length: 16 }, () => 'd').join('/'), 'configuration.folder-too-large']]);
  rmSync(join(folder, 'd'), { recursive: true });
  writeFileSync(join(folder, 'a.yaml'), operator);
  const opened = openConfigurationFolder(folder);
  assert.ok(opened.ok);
  rmSync(join(folder, 'a.yaml'));
  const gone = opened.value.get('a.yaml');
  assert.ok(gone !== undefined && 'code' in gone);
  assert.deepEqual([gone.code, gone.at?.file], ['configuration.file-unreadable', 'a.yaml']);
  for (let file = 0; file <= 10_000; file++) writeFileSync(join(folder, `${file}.csv`), '');
  assert.deepEqual(refused(), [[undefined, 'configuration.folder-too-large']]);
});

test('a row with too many fields is told that a cell with the separator stands in quotes', () => {
  const tiers = 'm graduated minutes month; 1000: 0.01';
  const [fault] = refusalsOf(withTable(`code;price;tiers\n44;0.02;${tiers}\n`));
  assert.equal(fault?.message, 'the row has 4 fields, the header 3: a cell with ";" in it (tiers, steps) stands in quotes');
  assert.equal(setupFrom(withTable(`code;price;tiers\n44;0.02;"${tiers}"\n`)).book.tariffs[0]?.rates[0]?.terms.tiers?.counter, 'm');
});
