import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { packStates, unpackStates } from './packed-states.ts';

test('states come back as they were, in their order, whatever their letters and however many', () => {
  const all = ['{"plan":"a"}', '{"plan":"ä€😀"}', '{}', JSON.stringify({ text: 'line\nline' })];
  assert.deepEqual(unpackStates(packStates(all)), all);
  const many = Array.from({ length: 512 }, (_, index) => JSON.stringify({ index, text: '€'.repeat(index) }));
  assert.deepEqual(unpackStates(packStates(many)), many);
  assert.deepEqual(unpackStates(packStates(all)), all, 'nothing of a longer one before it is left');
});

test('states of accounts that are alike take less than a quarter of their bytes', () => {
  const state = (index: number): string =>
    JSON.stringify({
      plan: 'mobile',
      identities: [{ kind: 'msisdn', value: String(490_000_000_000 + index) }],
      buckets: [[1, 'main', 'money', index]],
    });
  const states = Array.from({ length: 256 }, (_, index) => state(index * 7_919));
  assert.ok(packStates(states).length < states.join('\n').length / 4, 'compressed');
  assert.deepEqual(unpackStates(packStates(states.slice(0, 3))), states.slice(0, 3), 'not compressed');
});

test('a log of a release before is read, which had a line of JSON for each', () => {
  const all = ['{"plan":"a"}', '{"plan":"ä€😀"}'];
  assert.deepEqual(unpackStates(zstdCompressSync(Buffer.from(all.map((each) => `${each}\n`).join('')))), all);
});
