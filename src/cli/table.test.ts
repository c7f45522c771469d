import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayWidth, formatPairs, formatTable } from './table.ts';

const columns = [{ title: 'Destination' }, { title: 'Calls', align: 'right' }, { title: 'Amount', align: 'right' }] as const;

test('names stand left, figures right, and a rule separates header and totals', () => {
  const text = formatTable(columns, [
    ['Germany Mobile', '12', '1,234.50'],
    ['UK', '1,000', '0.10'],
    'rule',
    ['Total', '1,012', '1,234.60'],
  ]);
  assert.equal(
    text,
    [
      'Destination     Calls    Amount',
      '───────────────────────────────',
      'Germany Mobile     12  1,234.50',
      'UK              1,000      0.10',
      '───────────────────────────────',
      'Total           1,012  1,234.60',
    ].join('\n'),
  );
});

test('a table too wide for the terminal cuts names and never figures', () => {
  const text = formatTable(columns, [['A destination whose name goes on for '.repeat(6), '123,456,789', '9,876,543,210.123456789']]);
  for (const line of text.split('\n')) assert.ok(displayWidth(line) <= 100, line);
  assert.match(text, /…\s+123,456,789 {2}9,876,543,210\.123456789$/);
});

test('control characters and direction overrides in cells cannot reach the terminal', () => {
  const text = formatTable(columns, [['\u001b[2J\u0007evil\n\u202eeman', '1', '2']]);
  assert.equal(text.split('\n').length, 3);
  for (const sign of ['\u001b', '\u0007', '\u202e']) assert.ok(!text.includes(sign));
});

test('wide and combined characters keep the columns in line', () => {
  const lines = formatTable(columns, [
    ['日本', '1', '2'],
    ['Côte d’Ivoire', '3', '4'],
    ['Co\u0302te', '5', '6'],
  ]).split('\n');
  assert.equal(new Set(lines.slice(2).map(displayWidth)).size, 1);
});

test('paths lose their beginning, and what must stay whole does', () => {
  const path = 'traffic/new-york/Master-20261002-1.csv';
  const [, , row = ''] = formatTable(
    [
      { title: 'file', cut: 'start' },
      { title: 'start', cut: 'never' },
    ],
    [[path, '2026-10-02T04:00:56Z']],
    { width: 46 },
  ).split('\n');
  assert.match(row, /^….*Master-20261002-1\.csv {2}2026-10-02T04:00:56Z$/);
  assert.equal(displayWidth(row), 46);
});

test('a table without rows is its header', () => {
  assert.equal(formatTable(columns, []).split('\n').length, 2);
});

test('pairs align their values', () => {
  assert.equal(
    formatPairs(
      [
        ['receivable', '10.00'],
        ['net', '5.00'],
      ],
      { align: 'right', indent: ' ' },
    ),
    ' receivable  10.00\n net          5.00',
  );
});
