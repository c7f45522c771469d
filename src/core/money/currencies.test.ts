import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { currenciesModule } from '../../../tools/reference/currencies.ts';
import { currencies, minorUnits, readCurrency } from './currencies.ts';

test('R4: each currency has the decimals ISO 4217 gives it', () => {
  const expected = { JPY: 0, KRW: 0, CLP: 0, EUR: 2, USD: 2, GBP: 2, KWD: 3, BHD: 3, TND: 3, CLF: 4 };
  for (const [code, decimals] of Object.entries(expected)) assert.equal(minorUnits(code), decimals, code);
});

test('a withdrawn currency is known, with the month of its withdrawal', () => {
  for (const [code, month] of [
    ['DEM', '2002-03'],
    ['HRK', '2023-01'],
    ['BGN', '2026-01'],
    ['ANG', '2025-03'],
  ] as const) {
    const reading = readCurrency(code);
    assert.equal(reading.kind, 'withdrawn', code);
    assert.equal(reading.kind === 'withdrawn' && reading.currency.withdrawn, month);
    assert.equal(minorUnits(code), undefined);
  }
});

test('a currency withdrawn in one country only is current', () => {
  for (const code of ['EUR', 'MWK', 'SDG', 'IDR', 'RON']) assert.equal(readCurrency(code).kind, 'current', code);
});

test('gold, drawing rights and testing codes are no money', () => {
  for (const code of ['XAU', 'XDR', 'XTS', 'XXX']) assert.equal(readCurrency(code).kind, 'not-money', code);
});

test('what is not a code is unknown: small letters, numbers, names of object properties', () => {
  for (const code of ['eur', '978', '', 'EURO', 'constructor', '__proto__', 'E\u0000R'])
    assert.equal(readCurrency(code).kind, 'unknown', code);
});

test('codes are unique, and so are the numbers of current currencies', () => {
  const current = currencies.filter((currency) => currency.withdrawn === undefined);
  assert.equal(new Set(currencies.map(({ code }) => code)).size, currencies.length);
  assert.equal(new Set(current.map(({ numeric }) => numeric)).size, current.length);
  assert.equal(currencies.find(({ code }) => code === 'CHF')?.numeric, '756');
});

test('the module equals the data file it is generated from', () => {
  const csv = readFileSync(new URL('../../../data/currencies.csv', import.meta.url), 'utf8');
  const module = readFileSync(new URL('./iso-4217.ts', import.meta.url), 'utf8');
  assert.ok(module === currenciesModule(csv), 'run tools/reference/generate.ts: iso-4217.ts and data/currencies.csv differ');
});
