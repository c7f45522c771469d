import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupThousands } from './grouping.ts';

test('thousands are separated by commas and decimals are left alone', () => {
  const rows: [string, string][] = [
    ['0', '0'],
    ['999', '999'],
    ['1000', '1,000'],
    ['-1234567.0001234', '-1,234,567.0001234'],
    ['100000', '100,000'],
    ['+12345', '+12,345'],
  ];
  for (const [plain, grouped] of rows) assert.equal(groupThousands(plain), grouped);
});

test('what is not a plain decimal is not touched', () => {
  for (const text of ['', 'n/a', '1e9', '2026-10-01', '1,000', '10 MB']) assert.equal(groupThousands(text), text);
});
