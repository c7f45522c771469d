import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CsvReader, formatCsvRow, parseCsv, readCsv } from './csv.ts';

const fieldsOf = (text: string, options = {}) => [...parseCsv(text, options)].map((row) => row.fields);

test('rows end in LF, CRLF or CR, and the last needs no end', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    assert.deepEqual(
      [...parseCsv(`a,b${end}c,d${end}${end}e`)],
      [
        { line: 1, fields: ['a', 'b'] },
        { line: 2, fields: ['c', 'd'] },
        { line: 4, fields: ['e'] },
      ],
    );
  }
});

test('a quoted field keeps separators, doubled quotes and line breaks, and lines are counted through it', () => {
  const rows = [...parseCsv('"a,1","say ""hi""","two\r\nlines"\nnext,,""\n')];
  assert.deepEqual(rows, [
    { line: 1, fields: ['a,1', 'say "hi"', 'two\r\nlines'] },
    { line: 3, fields: ['next', '', ''] },
  ]);
});

test('the byte order mark is not part of the first field', () => {
  assert.deepEqual(fieldsOf('\uFEFFcode,price\n1,2'), [
    ['code', 'price'],
    ['1', '2'],
  ]);
});

test('a quote inside an unquoted field is a character, and text after a closing quote belongs to the field', () => {
  assert.deepEqual(fieldsOf('5" pipe,"a"b\n'), [['5" pipe', 'ab']]);
});

test('any separator can be used, and quoting can be switched off', () => {
  assert.deepEqual(fieldsOf('a;"b;c"', { separator: ';' }), [['a', 'b;c']]);
  assert.deepEqual(fieldsOf('"a\t"b', { separator: '\t', quote: '' }), [['"a', '"b']]);
});

test('a quote that is never closed is a fault with its line, not a field that swallows the file', () => {
  const { rows, fault } = readCsv('a,b\n1,"open\n2,3\n');
  assert.deepEqual(rows, [{ line: 1, fields: ['a', 'b'] }]);
  assert.equal(fault?.reason, 'unterminated-quote');
  assert.equal(fault?.line, 2);
  assert.equal(fault?.column, 2);
});

test('an endless field or row is refused as soon as it passes the limit', () => {
  assert.equal(readCsv('x'.repeat(101), { longestField: 100 }).fault?.reason, 'field-too-long');
  assert.equal(readCsv(`"${'x'.repeat(101)}"`, { longestField: 100 }).fault?.reason, 'field-too-long');
  assert.equal(readCsv(','.repeat(20), { mostFields: 10 }).fault?.reason, 'too-many-fields');
  const reader = new CsvReader({ longestField: 100 });
  let pieces = 0;
  let fault: string | undefined;
  while (fault === undefined && pieces < 10_000) {
    pieces += 1;
    for (const row of reader.push('x'.repeat(50))) fault = row.fault?.reason;
  }
  assert.equal(fault, 'field-too-long');
  assert.equal(pieces, 3);
});

test('text in pieces of any length gives the rows of the whole text', () => {
  const text = '\uFEFFa,"b ""q""\r\nc",d\r\n\r\n1,,"x"\r"",2\n"a"b,c';
  const whole = [...parseCsv(text)];
  for (let size = 1; size < text.length; size += 1) {
    const reader = new CsvReader();
    const rows = [];
    for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size)));
    rows.push(...reader.end());
    assert.deepEqual(rows, whole, `pieces of ${size}`);
  }
});

test('what formatCsvRow writes, parseCsv reads back', () => {
  const fields = ['plain', '', 'a,b', 'say "hi"', ' spaced ', 'two\nlines', '\r', '\uFEFFmark'];
  assert.deepEqual(fieldsOf(formatCsvRow(fields)), [fields]);
  assert.equal(formatCsvRow(['a;b', 'c'], ';'), '"a;b";c');
});
