import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSeries, patternFault, scopeOf, seriesFor, writeNumber } from './number-series.ts';

const document = { issueDay: '2026-11-03', account: 'northwind-usd' };

test('a pattern says how numbers are written, and what they have in common', () => {
  const rows: [string, string, string][] = [
    ['INV-{year}-{number:6}', 'INV-2026-000042', 'INV-2026-{number}'],
    ['{number}', '42', '{number}'],
    ['{account}/{year}{month}/{number:3}', 'northwind-usd/202611/042', 'northwind-usd/202611/{number}'],
    ['FA {number:1}', 'FA 42', 'FA {number}'],
  ];
  for (const [pattern, number, scope] of rows) {
    const series = { id: 's', kinds: ['invoice'] as const, pattern };
    assert.equal(patternFault(pattern), undefined, pattern);
    assert.equal(writeNumber(series, document, 42n), number);
    assert.equal(scopeOf(series, document), scope);
  }
});

test('what cannot number documents is no pattern', () => {
  const rows = [
    'INV',
    '{number}{number}',
    '{day}{number}',
    '{number:0}',
    '{number:13}',
    '{number:6}<b>',
    '{month}-{number}',
    '{year:4}-{number}',
    `${'x'.repeat(41)}{number}`,
  ];
  for (const pattern of rows) assert.notEqual(patternFault(pattern), undefined, pattern);
});

test('every kind has a series without configuration, and a configured one goes first', () => {
  for (const series of defaultSeries) assert.equal(patternFault(series.pattern), undefined, series.id);
  assert.equal(seriesFor('self-billing', []).id, 'self-billing');
  const mine = { id: 'all', kinds: ['invoice', 'credit-note'] as const, pattern: '{number}' };
  assert.equal(seriesFor('credit-note', [mine]).id, 'all');
});
