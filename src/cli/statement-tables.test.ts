import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewStatement } from '#core/settlement/statement-view.ts';
import { sampleStatement } from '../../test/support/statement-samples.ts';
import { printStatement } from './statement-tables.ts';
import { displayWidth } from './table.ts';

function printed(options: Parameters<typeof sampleStatement>[0]): string {
  const statement = sampleStatement(options);
  return printStatement({ statement, view: viewStatement(statement), files: [], lettersNotPrinted: [] });
}

test('a statement fits 100 columns, also with long names and large figures', () => {
  for (const options of [
    { lines: 40, messages: true, volumeTiers: true },
    { lines: 3, destinationName: 'a destination whose name goes on '.repeat(9) },
    { lines: 0 },
  ]) {
    for (const line of printed(options).split('\n')) assert.ok(displayWidth(line) <= 100, line);
  }
});

test('it says who pays whom, in the decimals of the currency', () => {
  assert.match(
    printed({ lines: 4, roles: ['outgoing'], currency: 'JPY', decimals: 2 }),
    /^Carillon Telecom GmbH pays Borealis Networks AB +[\d,]+ JPY$/m,
  );
  assert.match(
    printed({ lines: 4, roles: ['incoming'], currency: 'KWD', decimals: 5 }),
    /^Borealis Networks AB pays Carillon Telecom GmbH +[\d,]+\.\d{3} KWD$/m,
  );
  assert.match(printed({ lines: 0 }), /^Nothing is to be paid$/m);
});

test('control characters in a partner’s name do not reach the terminal', () => {
  assert.ok(!printed({ lines: 1, partyName: 'x\u001b[2Jy' }).includes('\u001b'));
});

test('points of prices stand under each other, and what lines share is said once and not of adjustments', () => {
  const statement = sampleStatement({ lines: 15, volumeTiers: true, roles: ['incoming'] });
  const fee = 'setup fee 0.0100';
  const view = (terms: (line: (typeof statement.lines)[number]) => readonly string[]) =>
    viewStatement({
      ...statement,
      lines: statement.lines.map((line) => ({
        ...line,
        ...(line.rate === undefined ? {} : { rate: { ...line.rate, terms: terms(line) } }),
      })),
    }).directions[0]?.tables[0];
  assert.deepEqual(view(() => [fee])?.shared, [`Every line but adjustments: ${fee}.`]);
  const some = view(({ number }) => (number === 3 || number === 5 ? [fee] : []));
  assert.deepEqual(some?.shared, [`Lines 3, 5: ${fee}.`]);
  assert.ok(some?.rows.every(({ terms, adjustment }) => adjustment || terms.length === 0));
  const ragged = {
    ...statement,
    lines: statement.lines.map((line) =>
      line.number === 1 ? { ...line, rate: { price: '0.1 / 0.05', increments: '1/1', terms: [] } } : line,
    ),
  };
  assert.equal(viewStatement(ragged).directions[0]?.tables[0]?.rows[0]?.rate, '0.1000 / 0.0500');
});
