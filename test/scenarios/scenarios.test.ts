import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { allocate } from '#core/money/allocate.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { runRow } from './run-row.ts';
import { readTables } from './tables.ts';

for (const page of ['examples.md', 'cases.md']) {
  const rows = readTables(readFileSync(new URL(page, import.meta.url), 'utf8'));
  describe(`the engine and the oracle both give the figures of ${page}`, () => {
    for (const row of rows) test(`${row.heading}: ${row.name} (line ${row.line})`, () => runRow(row));
  });
}

test('every example of the design that pricing decides is in the tables', () => {
  const names = readTables(readFileSync(new URL('examples.md', import.meta.url), 'utf8')).map(({ name }) => name);
  const voice = Array.from({ length: 17 }, (_, index) => `V${index + 1}`);
  for (const name of [...voice, 'M1', 'D1', 'D2', 'C1', 'P1', 'P2', 'R1', 'R2']) assert.ok(names.includes(name), name);
});

test('R3: 100.00 over three equal lines is 33.34, 33.33, 33.33', () => {
  assert.deepEqual(allocate(10_000n, [1n, 1n, 1n]), [3_334n, 3_333n, 3_333n]);
});

test('R4: JPY has no decimals, KWD three, EUR two', () => {
  assert.deepEqual(['JPY', 'KWD', 'EUR'].map(minorUnits), [0, 3, 2]);
});
