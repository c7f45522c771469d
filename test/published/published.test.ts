import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { runRow } from '../scenarios/run-row.ts';
import { readTables } from '../scenarios/tables.ts';

const page = readFileSync(new URL('examples.md', import.meta.url), 'utf8');
const rows = readTables(page);

describe('worked examples that others published come out as published', () => {
  for (const row of rows) test(`${row.heading}: ${row.name} (line ${row.line})`, () => runRow(row));
});

test('every table of published examples stands under the address of its source', () => {
  for (const section of page.split('\n## ').slice(1)) assert.match(section, /https?:\/\//, section.slice(0, section.indexOf('\n')));
});
