import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateOfSerial, isDateFormat, numberText } from './cell-values.ts';

test('a stored number is the decimal that its author typed', () => {
  for (const [stored, shown] of [
    ['0.0137', '0.0137'],
    ['1.3700000000000002E-2', '0.0137'],
    ['0.30000000000000004', '0.3'],
    ['447700', '447700'],
    ['5.41144E+11', '541144000000'],
    ['1e-9', '0.000000001'],
    ['0.1000', '0.1'],
    ['-0.5', '-0.5'],
    ['0', '0'],
    ['0.00', '0'],
    ['9.9999999999999999', '10'],
    ['123456789012345678', '123456789012346000'],
    ['1.25E2', '125'],
    ['.5', '0.5'],
  ] as const) {
    assert.equal(numberText(stored), shown, stored);
  }
  for (const none of ['', '.', 'abc', '1,5', '1e99999', 'NaN']) assert.equal(numberText(none), undefined, none);
});

test('serial numbers are dates in the 1900 and the 1904 system', () => {
  assert.equal(dateOfSerial('46327', false), '2026-11-01');
  assert.equal(dateOfSerial('44865', true), '2026-11-01');
  assert.equal(dateOfSerial('46327.5', false), '2026-11-01T12:00:00');
  assert.equal(dateOfSerial('46327.999999999', false), '2026-11-02');
  assert.equal(dateOfSerial('1', false), '1900-01-01');
  assert.equal(dateOfSerial('59', false), '1900-02-28');
  assert.equal(dateOfSerial('60', false), undefined);
  assert.equal(dateOfSerial('61', false), '1900-03-01');
  assert.equal(dateOfSerial('0', true), '1904-01-01');
  assert.equal(dateOfSerial('-1', false), undefined);
  assert.equal(dateOfSerial('99999999', false), undefined);
});

test('number formats that show dates are told from those that show money', () => {
  for (const code of ['dd/mm/yyyy', 'yyyy\\-mm\\-dd', '[$-409]d\\-mmm\\-yy;@', 'mmm-yy', '[h]:mm:ss', 'h:mm AM/PM'])
    assert.ok(isDateFormat(164, code), code);
  for (const code of [
    '0.0000',
    '#,##0.00 "USD"',
    '[$€-407] 0.0000',
    'General',
    '@',
    '0.00E+00',
    '"dated "0',
    '[Red]0.00',
    '_-* #,##0.00_-',
  ])
    assert.ok(!isDateFormat(164, code), code);
  assert.ok(isDateFormat(14, undefined));
  assert.ok(!isDateFormat(2, undefined));
});
