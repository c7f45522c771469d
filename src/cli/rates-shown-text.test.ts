import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShownRates } from '#app/rates-shown.ts';
import { decimal } from '#core/money/decimal.ts';
import { historyText, importsText, ratesText } from './rates-shown-text.ts';
import { displayWidth } from './table.ts';

const record = {
  importId: 12,
  agreement: 'northwind-wholesale-2026',
  tariff: 't',
  fileName: 'northwind.csv',
  sha256: '00',
  mode: 'amendment' as const,
  summary: { new: 1200, increase: 3, closed: 0 },
  knownFromMicros: Date.UTC(2026, 10, 1, 8, 30) * 1000,
};

test('the list of imports cuts neither times nor files: names that leave no room stand below', () => {
  const short = importsText([record]);
  assert.match(short, /import +known from \(UTC\) +agreement +file +mode +new +up\n/);
  assert.match(short, /12 +2026-11-01 08:30:00 +northwind-wholesale-2026 +northwind\.csv +amendment +1200 +3\n/);
  const fileName = `A-Z Wholesale Termination Rates of Northwind, effective ${'2026-11-01 '.repeat(3)}.xlsx`;
  const long = importsText([
    record,
    { ...record, importId: 11, fileName, summary: { new: 1, increase: 1, decrease: 1, changed: 1, closed: 1 } },
  ]);
  assert.ok(long.includes(`import 11  ${fileName}\n`));
  assert.ok(long.includes('import 12  northwind.csv\n'));
  for (const line of long.split('\n')) assert.ok(line.includes('.xlsx') || displayWidth(line) <= 100, line);
  assert.match(long, /2026-11-01 08:30:00/);
});

const target: ShownRates['target'] = {
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
    codeDeck: 'own',
    ratesBy: 'sheets',
  },
  bands: ['peak', 'off-peak'],
};
const rate = {
  id: 1,
  match: { destination: 'Austria' },
  terms: { price: decimal('0.0210'), firstSeconds: 60, nextSeconds: 60 },
  validFromMicros: Date.UTC(2026, 10, 1) * 1000,
  validToMicros: Number.POSITIVE_INFINITY,
};
const deck = { deck: 'own', found: { code: '43', destination: 'Austria' }, destinations: ['Austria'], longer: 0 };

test('a rate by destination shows its deck, and a code asked for is named by it', () => {
  const shown = { target, atMicros: Date.UTC(2026, 10, 2) * 1000, rates: [rate], total: 1, deck };
  assert.match(ratesText(shown, '43'), /: 1 rate\nCode 43 is Austria in code deck own\n\n/);
  assert.match(ratesText(shown, '43'), /^deck own {2}Austria +0\.0210 {2}60\/60/m);
  assert.match(ratesText(shown, '431'), /\nCode 431 \(by 43\) is Austria in code deck own\n/);
  const many = { ...shown, deck: { ...deck, destinations: ['Austria', 'Austria Mobile'], longer: 1 } };
  assert.match(ratesText(many, '43'), /own; 1 code that begins with it, of 1 other destination\n/);
  const none = { ...shown, rates: [], total: 0, deck: { deck: 'own', found: undefined, destinations: [], longer: 0 } };
  assert.match(ratesText(none, '7'), /: 0 rates\nCode 7 is of no destination in code deck own\n/);
  assert.match(ratesText({ ...shown, deck: undefined }, undefined), /: 1 rate\n\n/);
  const interstate = { ...rate, match: { ...rate.match, jurisdiction: 'interstate' as const, origin: '!eea' } };
  assert.match(ratesText({ ...shown, rates: [rate, interstate], total: 2 }, '43'), /Austria +interstate, origin !eea {2}0\.0210/);
});

test('the history says in which zones its times are', () => {
  const known = { rate, knownFromMicros: Date.UTC(2026, 9, 20) * 1000, knownToMicros: Number.POSITIVE_INFINITY, importId: 3 };
  const text = historyText({ target, code: '43', deck, rates: [known] });
  assert.match(text, /^Tariff nw, USD\. Known: UTC; from and to: UTC\.\nCode 43 is Austria in code deck own\n\n/);
  assert.match(text, /^2026-10-20 00:00:00 {2}now +3 {2}deck own/m);
  for (const line of text.split('\n')) assert.ok(displayWidth(line) <= 100, line);
  assert.match(historyText({ target, code: '7', deck: undefined, rates: [] }), /never had a rate for code 7\.\n$/);
});
