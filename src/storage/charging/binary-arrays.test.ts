import assert from 'node:assert/strict';
import { test } from 'node:test';
import { int2Column, int4Column, int8Column, itself, textArray, textColumn } from './binary-arrays.ts';

const wide = 'Ἄ'.repeat(400_000);

test('columns have a head, and each value with its length', () => {
  const head = '0000000100000000000000150000000200000001';
  assert.equal(int2Column([1, -2], itself).toString('hex'), `${head}00000002000100000002fffe`);
  const [first, second] = ['00000008000000000000000f', '00000008ffffffffffffffff'];
  assert.equal(int8Column([15n, -1], itself).toString('hex'), `${head.replace('15', '14')}${first}${second}`);
  assert.equal(textArray(['a', 'é']).toString('hex'), `${head.replace('15', '19')}0000000161${'00000002c3a9'}`);
});

test('texts of any length follow short ones, and what is none has no length', () => {
  const column = textColumn(['a', undefined, wide, 'b'], (text) => text ?? null);
  assert.equal(column.readInt32BE(4), 1, 'there is none in it');
  assert.equal(column.readInt32BE(25), -1);
  assert.equal(column.readInt32BE(29), 3 * wide.length);
  assert.equal(column.toString('utf8', 33, column.length - 5), wide);
  assert.equal(textArray(['b']).toString('utf8', 24), 'b');
});

test('numbers that a column does not hold are refused', () => {
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
  assert.equal(int8Column([least, most], itself).readBigInt64BE(24), least);
  for (const each of [least - 1n, most + 1n]) assert.throws(() => int8Column([each], itself), RangeError);
  assert.throws(() => int4Column([2_147_483_648], itself), RangeError);
  assert.throws(() => int2Column([-32_769], itself), RangeError);
});
