import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EscapeStyle } from '#core/usage/source.ts';
import { EscapedRow } from './escaped-row.ts';

function columns(text: string, separator: string, quote: string, style: EscapeStyle): readonly string[] | 'unreadable' {
  const row = new EscapedRow(separator, quote, style);
  return row.scan(text) ? Array.from({ length: row.count }, (_, index) => row.column(index)) : 'unreadable';
}

for (const [name, text, separator, quote, style, expected] of [
  ['separators of several characters', 'a||b|c||', '||', '', 'doubled', ['a', 'b|c', '']],
  ['quotes around them', '"a||""b"||c', '||', '"', 'doubled', ['a||"b', 'c']],
  ['separators behind a backslash', 'Acme\\, Inc,b\\\\,c', ',', '', 'backslash', ['Acme, Inc', 'b\\', 'c']],
  ['quotes behind a backslash', '"a\\"b,\\\\","c"', ',', '"', 'backslash', ['a"b,\\', 'c']],
  ['quotes that are not escaped', '"say "hello" now",b,""', ',', '"', 'lenient', ['say "hello" now', 'b', '']],
  ['a quote inside a column without quotes', 'a"b,c', ',', '"', 'lenient', ['a"b', 'c']],
  ['a quote that does not end', '"a,b', ',', '"', 'lenient', 'unreadable'],
  ['a quote that does not end, with a backslash', '"a\\",b', ',', '"', 'backslash', 'unreadable'],
  ['text behind a quote', '"a"x,b', ',', '"', 'backslash', 'unreadable'],
  ['a carriage return outside of quotes', 'a\rb,c', ',', '"', 'lenient', 'unreadable'],
  ['nothing at all', '', ';', '"', 'lenient', ['']],
] as const) {
  test(name, () => assert.deepEqual(columns(text, separator, quote, style), expected));
}

test('a megabyte of separators or backslashes takes no time to speak of', () => {
  for (const text of [','.repeat(1 << 20), '\\'.repeat(1 << 20), '\\,'.repeat(1 << 19), `"${'"'.repeat(1 << 20)}`]) {
    const started = performance.now();
    for (const style of ['doubled', 'backslash', 'lenient'] as const) columns(text, ',', '"', style);
    assert.ok(performance.now() - started < 2000, text.slice(0, 4));
  }
});
