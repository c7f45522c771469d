import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestion } from './suggestion.ts';

test('a misspelt word finds the one that was meant, and a strange one finds none', () => {
  const words = ['statement', 'settings', 'apply', 'export'];
  assert.equal(suggestion('statment', words), ' (did you mean "statement"?)');
  assert.equal(suggestion('Setings', words), ' (did you mean "settings"?)');
  assert.equal(suggestion('aply', words), ' (did you mean "apply"?)');
  assert.equal(suggestion('zebra', words), '');
  assert.equal(suggestion('', words), '');
});
