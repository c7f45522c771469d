import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSpreadsheetRow } from './spreadsheet.ts';

test('text that a spreadsheet would run as a formula becomes text', () => {
  for (const text of ['=cmd|"/C calc"!A0', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\uff1d1', '\uff20SUM(A1)']) {
    const row = formatSpreadsheetRow([text]);
    assert.match(row.replace(/^"/, ''), /^'/, row);
    assert.doesNotMatch(row, /[\r\n]/);
  }
});

test('what would begin a cell behind another separator is text, too', () => {
  assert.equal(formatSpreadsheetRow(['France;=1+1', 'a\t@SUM(A1)', 'a; b;c']), "France;'=1+1,a\t'@SUM(A1),a; b;c");
});

test('figures stay exact numbers, negative ones too', () => {
  assert.equal(
    formatSpreadsheetRow([{ figure: '-5.050000000' }, { figure: '12345678901234567890.5' }, 'Côte d’Ivoire']),
    '-5.050000000,12345678901234567890.5,Côte d’Ivoire',
  );
});

test('what only claims to be a figure is treated as text', () => {
  assert.equal(formatSpreadsheetRow([{ figure: '-2+3' }, { figure: '=1' }]), "'-2+3,'=1");
});

test('separators and quotes are quoted', () => {
  assert.equal(formatSpreadsheetRow(['a,b', 'say "x"']), '"a,b","say ""x"""');
});
