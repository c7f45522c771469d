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
