import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTemplate } from './rate-template.ts';

test('a template is read as it was saved', () => {
  const read = readTemplate('acme', { id: 'acme', sheet: 'A-Z', separator: ';', decimal: 'comma', mode: 'full', noticeDays: '7' });
  assert.ok(read.ok, read.ok ? '' : JSON.stringify(read.refusals));
  assert.deepEqual([read.value.sheet, read.value.separator, read.value.decimal, read.value.mode], ['A-Z', ';', 'comma', 'full']);
});

test('each value of a template that cannot be used is refused with its key', () => {
  for (const [key, value] of [
    ['colums', []],
    ['sheet', 1],
    ['separator', ';;'],
    ['dateFormat', 'DD'],
    ['decimal', 'dot'],
    ['zone', 'Nowhere/Land'],
    ['increments', '60/x'],
    ['mode', 'all'],
    ['noticeDays', '-1'],
    ['maxChangeFactor', 'x'],
  ] as const) {
    const read = readTemplate('acme', { id: 'acme', [key]: value });
    assert.deepEqual(read.ok ? [] : read.refusals.map(({ code, at }) => [code, at?.field]), [['rate-sheet.template-wrong', key]], key);
  }
});
