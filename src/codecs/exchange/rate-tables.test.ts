import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDecimal } from '#core/money/decimal.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { EcbXml, readRateRows } from './rate-tables.ts';

const rows = (...lines: readonly string[]) => lines.map((line, index) => ({ line: index + 1, fields: line.split(',') }));
const read = (...lines: readonly string[]): readonly string[] =>
  valueOrThrow(readRateRows(rows(...lines), 'ecb')).map((each) => `${each.day} ${each.of} ${each.in} ${formatDecimal(each.rate)}`);

test('the ECB’s table of all days: one euro in each currency, without those withdrawn and those that have no rate', () => {
  assert.deepEqual(read('Date,USD,JPY,BGN,CYP,', '2026-10-30,1.0850,164.20,1.9558,N/A,', '2026-10-29,1.0832,N/A,1.9558,N/A,'), [
    '2026-10-30 EUR USD 1.0850',
    '2026-10-30 EUR JPY 164.20',
    '2026-10-29 EUR USD 1.0832',
  ]);
});

test('the ECB’s table of one day writes the day in words', () => {
  assert.deepEqual(read('Date, USD, ', '2 November 2026, 1.0850, '), ['2026-11-02 EUR USD 1.0850']);
});

test('a plain table has its columns in any order', () => {
  assert.deepEqual(read('rate,in,of,day', '0.9217,EUR,USD,2026-10-30', ',,,'), ['2026-10-30 USD EUR 0.9217']);
});

test('the ECB’s XML has the day around the rates', () => {
  const table = new EcbXml('ecb');
  table.open('Cube', {});
  table.open('Cube', { time: '2026-10-30' });
  table.open('Cube', { currency: 'USD', rate: '1.0850' });
  table.open('Cube', { currency: 'HRK', rate: '7.53' });
  assert.deepEqual(
    valueOrThrow(table.result()).map(({ day, in: into }) => [day, into]),
    [['2026-10-30', 'USD']],
  );
  assert.ok(!new EcbXml('ecb').result().ok);
});

const faults: readonly (readonly [line: string, field: string])[] = [
  ['2026-02-30,EUR,USD,1.1', 'day'],
  ['2026-10-30,EUR,XXX,1.1', 'currency'],
  ['2026-10-30,EUR,DEM,1.95583', 'currency'],
  ['2026-10-30,EUR,EUR,1', 'currency'],
  ['2026-10-30,EUR,USD,0', 'rate'],
  ['2026-10-30,EUR,USD,-1', 'rate'],
  ['2026-10-30,EUR,USD,1e3', 'rate'],
];

for (const [line, field] of faults) {
  test(`${line} is refused with its line and field`, () => {
    const result = readRateRows(rows('day,of,in,rate', '2026-10-30,EUR,GBP,0.84', line), 'x');
    assert.ok(!result.ok);
    assert.deepEqual([result.refusals.length, result.refusals[0]?.at?.line, result.refusals[0]?.at?.field], [1, 3, field]);
  });
}

test('a table of neither form is refused', () => {
  const result = readRateRows(rows('a,b', '1,2'), 'x');
  assert.ok(!result.ok && result.refusals[0]?.code === 'exchange.file-wrong');
});
