import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsOf, patternCost } from './pattern.ts';

for (const pattern of [
  '^[^/]+/(.+?)(?:-[0-9a-f]+)?(?:;[12])?$',
  '^(?:.*-)?(\\d{9,10})\\.\\d+$',
  '(?:sips?|tel):([^@;>]+)',
  '^sofia/gateway/([^/]+)/',
  '^TG-(.*)$',
  '^((?:\\d{1,3}\\.){3}\\d{1,3})$',
  '^(a|b)c[)(*+]{2}\\(x\\)$',
  'File administratively closed',
]) {
  test(`is trusted: ${pattern}`, () => assert.equal(typeof patternCost(pattern), 'object', String(patternCost(pattern))));
}

for (const pattern of [
  '^(a+)+$',
  '^(a|a)*$',
  '^(a?){40}$',
  '^(\\w+\\s?)*$',
  '^(.*)*$',
  '(x+x+)+y',
  '^([a-z]+)*\\1$',
  '^(a)\\1$',
  '.*.*.*.*.*',
  '^.*,.*,.*,.*,.*,.*$',
  '^(?:a{1,50}){1,50}$',
  '(',
  '[',
  `^${'a'.repeat(600)}$`,
]) {
  test(`is refused: ${pattern.slice(0, 40)}`, () => assert.equal(typeof patternCost(pattern), 'string'));
}

test('what is trusted with so many characters takes no time on the worst of them', () => {
  for (const pattern of [
    '^(.*)x(.*)y$',
    '(a*)b',
    '^[^/]+/(.+?)(?:-[0-9a-f]+)?(?:;[12])?$',
    '^.*,.*,.*,.*,.*!$',
    '^(?:.*-)?(\\d{9,10})\\.\\d+$',
  ]) {
    const cost = patternCost(pattern);
    assert.ok(typeof cost === 'object');
    const regexp = new RegExp(pattern);
    for (const unit of ['a', '/-', ',', 'x', '-1', '0']) {
      const text = unit.repeat(Math.floor(cost.mostCharacters / unit.length));
      const started = performance.now();
      regexp.exec(text);
      assert.ok(performance.now() - started < 1000, `${pattern} on ${text.length} characters`);
    }
  }
});

test('groups are counted', () => {
  assert.deepEqual([groupsOf('a'), groupsOf('(a)(?:b)'), groupsOf('(?<n>a)|(b)')], [0, 1, 2]);
});
