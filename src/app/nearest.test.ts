import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './nearest.ts';

test('a misspelt word finds the one that was meant, and a strange one finds none', () => {
  const words = ['statement', 'settings', 'apply', 'export'];
  assert.equal(nearest('statment', words), 'statement');
  assert.equal(nearest('Setings', words), 'settings');
  assert.equal(nearest('aply', words), 'apply');
  assert.equal(nearest('zebra', words), undefined);
  assert.equal(nearest('', words), undefined);
});
