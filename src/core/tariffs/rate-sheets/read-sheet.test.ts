import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyText } from '../../../../test/support/any-text.ts';
import { formatDecimal } from '../../money/decimal.ts';
import { checkSheet } from './check-sheet.ts';
import { type FieldOfColumn, parseField } from './fields.ts';
import { Findings } from './findings.ts';
import { type ColumnMapping, findHeader } from './header.ts';
import { readSheet } from './read-sheet.ts';
import type { SheetContext, SheetGiven } from './sheet-rate.ts';

const countryCodeOf = (digits: string): string | undefined => ['1', '39', '44'].find((code) => digits.startsWith(code));

function read(
  rows: readonly (readonly string[])[],
  given: SheetGiven = {},
  context: Partial<SheetContext> = {},
  mapping: ColumnMapping = new Map(),
) {
  const findings = new Findings();
  const sheet = { name: 'sheet.csv', rows: rows.map((cells, index) => ({ row: index + 1, cells })) };
  const header = findHeader(sheet, mapping, findings);
  const known: SheetContext = {
    zone: 'Europe/Berlin',
    currency: 'USD',
    service: 'voice',
    per: 60,
    bands: [],
    deckDestinations: undefined,
    countryCodeOf,
    defaults: {},
    given,
    ...context,
  };
  const result = header === undefined ? undefined : readSheet(sheet, header, known, findings);
  if (result !== undefined) checkSheet(result.rates, sheet.name, countryCodeOf, findings);
  return {
    rates: (result?.rates ?? []).map(
      ({ code, terms, fromMicros }) =>
        `${code} ${terms === undefined ? 'closed' : formatDecimal(terms.price)} ${new Date(fromMicros / 1000).toISOString()}`,
    ),
    faults: findings.faults.map(({ code, at }) => `${code.replace('rate-sheet.', '')}${at?.line === undefined ? '' : ` ${at.line}`}`),
    warnings: findings.warnings.map(({ code, count }) => `${code.replace('rate-sheet.', '')} ${count}`),
  };
}

const HEADER = ['Destination', 'Code', 'Rate', 'Effective'];

test('dates begin at local midnight, also on the days on which the clock changes', () => {
  const { rates } = read([HEADER, ['Italy', '39', '0.01', '2026-03-29'], ['UK', '44', '0.01', '2026-10-26']]);
  assert.deepEqual(rates, ['39 0.01 2026-03-28T23:00:00.000Z', '44 0.01 2026-10-25T23:00:00.000Z']);
});

test('dates that show no order, or two, are refused until the order is said', () => {
  const rows = [HEADER, ['Italy', '39', '0.01', '03/04/2026']];
  assert.deepEqual(read(rows).faults, ['date-unclear 2']);
  assert.deepEqual(read(rows, { dateOrder: 'mdy' }).rates, ['39 0.01 2026-03-03T23:00:00.000Z']);
  assert.deepEqual(read([...rows, ['UK', '44', '0.01', '31/12/2026'], ['US', '1', '0.01', '12/31/2026']]).faults, ['date-mixed 3']);
});

test('prices that show no decimal mark, or two, are refused until it is said', () => {
  assert.deepEqual(read([HEADER, ['Italy', '39', '1,234', '2026-04-01']]).faults, ['decimal-unclear 2']);
  assert.deepEqual(read([HEADER, ['Italy', '39', '1,234', '2026-04-01']], { decimal: 'comma' }).rates, [
    '39 1.234 2026-03-31T22:00:00.000Z',
  ]);
  assert.deepEqual(read([HEADER, ['Italy', '39', '0,01', '2026-04-01'], ['UK', '44', '0.01', '2026-04-01']]).faults, ['decimal-mixed 2']);
});

test('a currency is checked wherever it stands', () => {
  const row = ['Italy', '39', '0.01', '2026-04-01'];
  assert.deepEqual(read([['Currency: EUR'], HEADER, row]).faults, ['currency 1']);
  assert.deepEqual(read([['Destination', 'Code', 'Rate (EUR/min)', 'Effective'], row]).faults, ['currency 1']);
  assert.deepEqual(
    read([
      [...HEADER, 'Currency'],
      [...row, 'GBP'],
    ]).faults,
    ['currency 2'],
  );
  assert.deepEqual(read([HEADER, ['Italy', '39', '€0.01', '2026-04-01']]).faults, ['currency 2']);
  assert.deepEqual(read([['Currency: USD'], [...HEADER, 'Currency'], [...row, 'usd']]).faults, []);
});

test('a price per second is not taken for one per minute', () => {
  assert.deepEqual(
    read([
      ['Destination', 'Code', 'Rate per second', 'Effective'],
      ['Italy', '39', '0.001', '2026-04-01'],
    ]).faults,
    ['price-unit 1'],
  );
});

test('two columns for one field are refused until one is mapped', () => {
  const rows = [
    ['Destination', 'Code', 'Rate', 'Price', 'Effective'],
    ['Italy', '39', '0.01', '0.02', '2026-04-01'],
  ];
  assert.deepEqual(read(rows).faults, ['columns-ambiguous 1']);
  const price = parseField('price');
  assert.ok(price !== undefined);
  assert.deepEqual(read(rows, {}, {}, new Map([['Price', price]])).rates, ['39 0.02 2026-03-31T22:00:00.000Z']);
});

test('a header that is repeated, titles and notes are passed over; a price without a code is not', () => {
  const { rates, faults } = read([
    HEADER,
    ['EUROPE'],
    ['Italy', '39', '0.01', '2026-04-01'],
    HEADER,
    ['UK', '44', '0.02', '2026-04-01'],
    ['Lost', '', '0.03', '2026-04-01'],
    ['All prices exclude VAT.'],
  ]);
  assert.equal(rates.length, 2);
  assert.deepEqual(faults, ['code-missing 6']);
});

test('rows without dates need one for the sheet, and the letterhead may give it', () => {
  const rows = [
    ['Destination', 'Code', 'Rate'],
    ['Italy', '39', '0.01'],
  ];
  assert.deepEqual(read(rows).faults, ['effective-missing 2']);
  assert.deepEqual(read(rows, { effective: '2026-04-01' }).rates, ['39 0.01 2026-03-31T22:00:00.000Z']);
  assert.deepEqual(read([['Effective Date', '1 April 2026'], ...rows]).rates, ['39 0.01 2026-03-31T22:00:00.000Z']);
});

test('what contradicts itself in a row or between rows has its name', () => {
  const named = (...rows: readonly (readonly string[])[]): readonly string[] => {
    const { faults, warnings } = read(rows);
    return [...faults, ...warnings];
  };
  const italy = ['Italy', '39', '0.01', '2026-04-01'];
  assert.deepEqual(named([...HEADER, 'End Date'], [...italy, '2026-03-31']), ['end-before-start 2']);
  assert.deepEqual(named([...HEADER, 'Change'], [...italy, 'Sideways'], ['UK', '44', '0.02', '2026-04-01', 'New']), ['change-unknown 1']);
  assert.deepEqual(named(HEADER, italy, ['Italia', '39', '0.01', '2026-04-01']), ['destination-clash 1']);
  assert.deepEqual(named(HEADER, italy, ['Italy', '44', '0.01', '2026-04-01']), ['destination-clash 1']);
  assert.deepEqual(named(HEADER, ['Italy', '20 7946 0', '0.01', '2026-04-01']), ['code-ambiguous 2']);
  assert.deepEqual(named(['Dear partner'], ['please find our rates']), ['no-header']);
});

test('whatever stands in a sheet, reading it ends with rates and named faults', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '39',
      '44 7700, 7701-7709',
      '0.01',
      '1,234',
      '2026-04-01',
      '31/12/2026',
      'Italy',
      'Blocked',
      '60/60',
      '-',
      '—',
      '1E+99',
      '++',
      '44-',
      '\u0000',
      '€',
      'Rate',
      'Code',
      'sep=;',
      '=1+1',
      '9'.repeat(400),
    ),
    anyText({ maxLength: 12 }),
    fc.stringMatching(/^[-+0-9.,/ ]{0,20}$/),
  );
  const header = fc.shuffledSubarray(
    [
      'Destination',
      'Code',
      'Rate',
      'Effective',
      'End Date',
      'Increment',
      'Initial',
      'Country Code',
      'Area Code',
      'Change',
      'Currency',
      'Peak',
      'Time of Day',
      'Connect Fee',
      'Comment',
    ],
    { minLength: 2 },
  );
  const kind = fc.constantFrom('text' as const, 'number' as const, 'date' as const, 'error' as const);
  fc.assert(
    fc.property(header, fc.array(fc.array(fc.tuple(cell, kind), { maxLength: 16 }), { maxLength: 8 }), (titles, body) => {
      const findings = new Findings();
      const rows = [
        { row: 1, cells: titles },
        ...body.map((cells, index) => ({ row: index + 2, cells: cells.map(([text]) => text), kinds: cells.map(([, each]) => each) })),
      ];
      const found = findHeader({ name: 's', rows }, new Map(), findings);
      if (found === undefined) return;
      const context: SheetContext = {
        zone: 'UTC',
        currency: 'USD',
        service: 'voice',
        per: 60,
        bands: ['peak'],
        deckDestinations: undefined,
        countryCodeOf,
        defaults: {},
        given: {},
      };
      const result = readSheet({ name: 's', rows }, found, context, findings);
      checkSheet(result.rates, 's', countryCodeOf, findings);
      for (const { code, fromMicros, toMicros, terms } of result.rates) {
        assert.match(code ?? '', /^\d{1,15}$/);
        assert.ok(fromMicros < toMicros);
        assert.ok(terms === undefined || (terms.price.units >= 0n && terms.price.scale <= 12));
      }
    }),
    { seed: 39, numRuns: 3000 },
  );
});

test('a column that is not read and looks like increments, prices or dates is a warning, until it is mapped or ignored', () => {
  const rows = [
    [...HEADER, 'Passo', 'Besonderes', 'Costo X', 'Dal giorno', 'ASR', 'Quality'],
    ['Italy', '39', '0.01', '2026-11-01', '60/60', '30', '0,0215', '01.11.2026', '45', 'A'],
    ['UK', '44', '0.01', '2026-11-01', '1/1', '60', '0,1', '01.12.2026', '51', 'B'],
  ];
  const warned = (mapping: ColumnMapping): readonly string[] => {
    const findings = new Findings();
    const sheet = { name: 'sheet.csv', rows: rows.map((cells, index) => ({ row: index + 1, cells })) };
    const header = findHeader(sheet, mapping, findings);
    assert.ok(header !== undefined);
    const context = { zone: 'UTC', currency: 'USD', service: 'voice', per: 60, bands: [], deckDestinations: undefined, countryCodeOf };
    readSheet(sheet, header, { ...context, defaults: {}, given: {} }, findings);
    return findings.warnings.flatMap(({ code, examples }) => examples.map(({ message }) => `${code}: ${message.split(':')[0]}`));
  };
  assert.deepEqual(warned(new Map()), [
    'rate-sheet.column-unread: column E "Passo" is not read, and its values look like increments (60/60, 1/1)',
    'rate-sheet.column-unread: column F "Besonderes" is not read, and its values look like increments (30, 60)',
    'rate-sheet.column-unread: column G "Costo X" is not read, and its values look like prices (0,0215, 0,1)',
    'rate-sheet.column-unread: column H "Dal giorno" is not read, and its values look like dates (01.11.2026, 01.12.2026)',
  ]);
  const ignore = { field: 'ignore', strength: 9 } as const;
  const mapped = new Map<string, FieldOfColumn>([...['Besonderes', 'G', 'dal giorno', 'Not there'].map((key) => [key, ignore] as const)]);
  assert.deepEqual(warned(new Map([...mapped, ['Passo', { field: 'increments', strength: 9 }]])), []);
});
