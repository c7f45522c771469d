import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hanging } from './wrap.ts';

test('a long line goes on under its text, and keeps all its words', () => {
  assert.equal(hanging('  rate  one two three four', 16), '  rate  one two\n        three\n        four');
  assert.equal(hanging('short', 16), 'short');
});

test('a word that is too long is left whole, and nothing is lost', () => {
  const long = `rate  ${'x'.repeat(40)} end`;
  assert.equal(hanging(long, 16).replaceAll(/\s+/g, ' '), long.replaceAll(/\s+/g, ' '));
});
