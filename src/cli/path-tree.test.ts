import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathTree } from './path-tree.ts';

const values = [
  { path: 'record.recordType', text: '85' },
  { path: 'record.place.mcc', text: '262' },
  { path: 'record.place.mnc', text: '01' },
  { path: 'record.[253]', text: '0a\u001b' },
  { path: 'other', text: 'x'.repeat(50) },
];

test('names that paths have in common are written once', () => {
  assert.equal(
    pathTree(values, 20, 40, '  '),
    [
      '  record',
      '    recordType  85',
      '    place',
      '      mcc  262',
      '      mnc  01',
      '    [253]  0a\\x1b',
      `  other  ${'x'.repeat(30)}…`,
    ].join('\n'),
  );
});

test('what does not fit is counted', () => {
  assert.equal(pathTree(values, 4, 40, ''), ['record', '  recordType  85', '  place', '    mcc  262', 'and 3 more values'].join('\n'));
  assert.equal(pathTree([], 4, 40, ''), '');
});
