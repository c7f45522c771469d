import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImportReport, RateChange } from '#app/rates.ts';
import { decimal } from '#core/money/decimal.ts';
import { refuse } from '#core/refusals.ts';
import { importText } from './rates-text.ts';
import { displayWidth } from './table.ts';

const FROM = Date.UTC(2026, 10, 1) * 1000;

function change(kind: RateChange['kind'], oldPrice: string | undefined, newPrice: string | undefined, percent?: number): RateChange {
  return {
    kind,
    code: '447700900123',
    destination: 'United Kingdom Mobile, all operators and all their numbers in one long name',
    band: 'off-peak',
    oldPrice: oldPrice === undefined ? undefined : decimal(oldPrice),
    newPrice: newPrice === undefined ? undefined : decimal(newPrice),
    hundredthsOfPercent: percent,
    fromMicros: FROM,
    toMicros: Number.POSITIVE_INFINITY,
    what: kind === 'changed' ? ['increments 60/60 to 1/1'] : [],
    sheetRate: undefined,
  };
}

const report: ImportReport = {
  outcome: 'warnings',
  target: {
    agreement: {
      id: 'northwind',
      versionId: 1,
      name: 'Northwind',
      account: 'nw',
      zone: 'UTC',
      currency: 'USD',
      validFrom: '2026-01-01',
      rounding: { decimals: 6, mode: 'half-up' },
      seconds: 'as-given',
      bands: 'start',
      settlementPeriod: 'month',
      services: [],
    },
    service: { service: 'voice', role: 'outgoing', tariff: 'nw' },
    tariff: {
      id: 'nw',
      name: 'Northwind',
      service: 'voice',
      currency: 'USD',
      per: 60,
      withoutCaller: 'ignore',
      charged: 'submitted',
      messageUnit: 'part',
      volume: { count: 'both', roundUpToBytes: 1, per: 'session' },
      ratesBy: 'sheets',
    },
    bands: ['peak', 'off-peak'],
  },
  mode: 'amendment',
  zone: 'UTC',
  source: { fileName: 'rates.csv', sha256: '00', format: 'CSV, utf-8, separator ","' },
  header: {
    rowsBefore: 1,
    row: 1,
    columns: [{ index: 0, field: 'code', header: 'Code' }],
    unread: ['Quality'],
    cells: ['Code', 'Quality'],
    ignored: [],
    absent: [],
  },
  rowsRead: 5,
  passedOver: [7],
  skipped: [],
  counts: { new: 1, increase: 2, decrease: 1, changed: 1, unchanged: 0, closed: 1 },
  increments: [
    { increments: '60/60', count: 12 },
    { increments: '1/1', count: 3 },
  ],
  changes: [
    change('increase', '0.0100', '0.123456789012', 113_456),
    change('increase', '0.0100', '0.0125', 2500),
    change('decrease', '0.0125', '0.0100', -2000),
    change('changed', '0.01', '0.01', 0),
    change('new', undefined, '0.05'),
    change('closed', '0.01', undefined),
  ],
  faults: [],
  faultCount: 0,
  warnings: [
    {
      code: 'rate-sheet.price-factor',
      count: 7,
      examples: [refuse('rate-sheet.price-factor', 'too much', { file: 'rates.csv', line: 3 })],
    },
  ],
  open: ['rate-sheet.price-factor'],
  template: { columns: new Map() },
  templateSaved: false,
};

test('the difference can be read at 100 columns: kinds, both prices, the move and its percent', () => {
  const text = importText(report, 10);
  for (const line of text.split('\n')) if (!line.startsWith('Nothing')) assert.ok(displayWidth(line) <= 100, line);
  assert.match(text, /0\.0100 +0\.123456789012 +\+1134\.56/);
  const usual = importText({ ...report, changes: report.changes.slice(1) }, 10);
  for (const line of usual.split('\n')) if (!line.startsWith('Nothing')) assert.ok(displayWidth(line) <= 100, line);
  assert.match(usual, /increase {2}447700900123 .* 0\.0100 +0\.0125 +\+0\.0025 +\+25\.00 {2}2026-11-01/);
  assert.match(usual, /decrease .* -0\.0025 +-20\.00/);
  assert.match(text, /--accept price-factor/);
  assert.match(text, /… and 6 more/);
});

test('the heading says which increments how many rates have, and the hint names all warnings, also those accepted already', () => {
  const text = importText({ ...report, warnings: [...report.warnings, { code: 'rate-sheet.formula', count: 1, examples: [] }] }, 10);
  assert.match(text, /^increments {2}60\/60 in 12 rates, 1\/1 in 3$/m);
  assert.match(text, /give --accept price-factor,formula \[rate-sheet/);
});

test('what has changed of a rate whose price stays is not cut', () => {
  assert.match(
    importText(report, 10),
    /changed {2}447700900123 {2}United[^\n]*… +off-peak +0\.01 {2}increments 60\/60 to 1\/1 {2}2026-11-01/,
  );
});

test('only so many changes of a kind are shown, and the others counted', () => {
  assert.match(importText(report, 1), /… 1 more increase/);
});

test('one fault in every row does not hide the others', () => {
  const faults = [
    ...Array.from({ length: 30 }, (_, row) => refuse('rate-sheet.price', 'not a price', { file: 'f', line: row + 1 })),
    refuse('rate-sheet.date', 'not a date', { file: 'f', line: 31 }),
  ];
  const text = importText({ ...report, outcome: 'faults', faults, faultCount: 31 }, 10);
  assert.match(text, /31 faults:/);
  assert.match(text, /… and 20 more \[rate-sheet\.price\]/);
  assert.match(text, /f:31: not a date \[rate-sheet\.date\]/);
});
