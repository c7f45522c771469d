import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareFigures, decimalsOf, formatFigure, shorten, sumFigures } from './figures.ts';

test('figures are grouped as a language does, with a minus sign, and lose no digit', () => {
  assert.equal(formatFigure('-1234567.5', { language: 'en', decimals: 2 }), '\u22121,234,567.50');
  assert.equal(formatFigure('1234567.123456789', { language: 'de', decimals: 2 }), '1.234.567,123456789');
  assert.equal(formatFigure('999999999999999999.999999999', { language: 'en' }), '999,999,999,999,999,999.999999999');
  assert.equal(formatFigure('12', { language: 'ar' }), '12');
  assert.equal(formatFigure('<b>12</b>', { language: 'en' }), '<b>12</b>');
});

test('shorter figures leave room for the decimals that others have, so that points stand below each other', () => {
  assert.equal(formatFigure('1.5', { language: 'en', decimals: 2, room: 4 }), '1.50\u2007\u2007');
  assert.equal(formatFigure('7', { language: 'en', room: 2 }), '7\u2008\u2007\u2007');
  assert.equal(decimalsOf('1.2300'), 2);
});

test('sums and order are exact where floating point is not', () => {
  assert.equal(sumFigures(['0.1', '0.2', '-0.3']), '0.0');
  assert.equal(sumFigures(['999999999999999999.999999999', '0.000000001']), '1000000000000000000.000000000');
  assert.equal(sumFigures(['-5', '2.25']), '-2.75');
  assert.equal(sumFigures([]), '0');
  assert.ok(compareFigures('9007199254740993', '9007199254740992') > 0);
  assert.ok(compareFigures('-1', '0.5') < 0);
  assert.equal(compareFigures('1.50', '1.5'), 0);
});

test('a tile cuts a figure and never rounds it up', () => {
  assert.equal(shorten('1999999.99', 'en'), '1.9\u00a0M');
  assert.equal(shorten('-12345', 'en'), '\u221212.3\u00a0k');
  assert.equal(shorten('1234.567', 'en', 2), '1,234.56');
  assert.equal(shorten('950', 'en'), '950');
});
