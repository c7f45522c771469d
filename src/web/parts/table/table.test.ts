import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Column, commonCurrency, filtered, sorted, totalsOf } from './columns.ts';
import { csvOf, sheetOf } from './export.ts';

interface Row {
  readonly name: string;
  readonly amount: string;
  readonly currency: string;
}

const columns: readonly Column<Row>[] = [
  { id: 'name', header: 'Name', value: ({ name }) => name, filter: true },
  { id: 'amount', header: 'Amount', value: ({ amount }) => amount, kind: 'amount', currency: ({ currency }) => currency, total: true },
];
const rows: readonly Row[] = [
  { name: 'b2', amount: '10', currency: 'EUR' },
  { name: 'b10', amount: '9.50', currency: 'EUR' },
  { name: 'a', amount: '-3', currency: 'USD' },
];
const [, amount] = columns;
assert.ok(amount);

test('rows are in the order of what figures are worth and of numbers in names, and can be turned', () => {
  const names = (order: string): readonly string[] => sorted(rows, columns, order).map(({ name }) => name);
  assert.deepEqual(names('amount'), ['a', 'b10', 'b2']);
  assert.deepEqual(names('-amount'), ['b2', 'b10', 'a']);
  assert.deepEqual(names('name'), ['a', 'b2', 'b10']);
  assert.deepEqual(names('no-such-column'), ['b2', 'b10', 'a']);
});

test('filters are whole values, what is found may be a part', () => {
  assert.deepEqual(filtered(rows, columns, { name: 'b' }, ''), []);
  assert.equal(filtered(rows, columns, {}, 'B').length, 2);
  assert.equal(filtered(rows, columns, { name: 'b2', nothing: 'x' }, '10').length, 1);
});

test('amounts of different currencies are summed each for itself, and a common one is known', () => {
  assert.deepEqual(totalsOf(rows, amount), [
    { currency: 'EUR', value: '19.5' },
    { currency: 'USD', value: '-3' },
  ]);
  assert.deepEqual(totalsOf(rows, { ...amount, total: ({ name }) => name }), [], 'an invoice and a credit note are no sum');
  assert.deepEqual(totalsOf(rows.slice(0, 1), { ...amount, total: ({ name }) => name }), [{ currency: 'EUR', value: '10' }]);
  assert.deepEqual(totalsOf(rows, { ...amount, total: false }), []);
  assert.equal(commonCurrency(rows, amount), undefined);
  assert.equal(commonCurrency(rows.slice(0, 2), amount), 'EUR');
});

test('exported text cannot run as a formula, and figures stay figures', () => {
  const hostile: readonly Row[] = [{ name: '=HYPERLINK("http://evil.test")', amount: '-5.05', currency: '@SUM(A1)' }];
  const [, line = ''] = csvOf(columns, hostile).split('\r\n');
  assert.equal(line, `"'=HYPERLINK(""http://evil.test"")",-5.05,'@SUM(A1)`);
  assert.deepEqual(sheetOf(columns, hostile)[1], [
    { type: 'text', value: '=HYPERLINK("http://evil.test")' },
    { type: 'number', value: -5.05, format: '#,##0.00' },
    { type: 'text', value: '@SUM(A1)' },
  ]);
  const long = sheetOf(columns, [{ name: 'x', amount: '1234567890123456.789', currency: 'EUR' }]);
  assert.deepEqual(long[1]?.[1], { type: 'text', value: '1234567890123456.789' });
});
