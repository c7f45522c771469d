import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inUnit, unitShown } from './units.ts';

test('bytes are shown as megabytes to the last byte, other units as they are', () => {
  assert.deepEqual(
    ['2000000000', '1', '-20480000', '0', '1048576'].map((bytes) => inUnit(bytes, 'bytes')),
    ['2000', '0.000001', '-20.48', '0', '1.048576'],
  );
  assert.deepEqual([inUnit('90', 'seconds'), unitShown('bytes'), unitShown('seconds')], ['90', 'MB', 'seconds']);
});
