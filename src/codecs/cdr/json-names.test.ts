import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesOf, nameTwice } from './json-names.ts';

const names = namesOf([['id'], ['dur', 's'], ['legs', 'a'], ['legs', '1', 'b']]);

test('a name on a path that stands twice in its object is found, however it is written', () => {
  for (const [text, name] of [
    ['{"id":1,"id":1}', 'id'],
    ['{"id":1, "x":{"id":2},\n"\\u0069d" : 3}', 'id'],
    ['{"dur":{"s":1,"t":[{"s":2}],"s":3}}', 's'],
    ['{"dur":{"s":1},"dur":1}', 'dur'],
    ['{"legs":[{"a":"},{\\"","a":2}]}', 'a'],
    ['{"legs":[{},{"b":1,"b":2}]}', 'b'],
  ] as const)
    assert.equal(nameTwice(text, names), name, text);
});

test('names that no path looks at, or that stand in several objects, are nobody’s concern', () => {
  for (const text of [
    '{"x":1,"x":2,"id":1,"dur":{"id":1,"id":2}}',
    '{"id":"id","dur":{"s":"\\\\","t":"\\"s\\":"},"legs":[{"a":1},{"a":1,"a":2,"b":1},{"b":1,"b":2}]}',
    '{"legs":[["a","a"],"b",{"b":1}]}',
    '[{"id":1},{"id":2}]',
    '{}',
    '[]',
  ])
    assert.equal(nameTwice(text, names), undefined, text);
});

test('a text of any depth is read without a stack', () => {
  const deep = `{"id":${'['.repeat(100_000)}{"id":1,"id":2}${']'.repeat(100_000)},"id":2}`;
  assert.equal(nameTwice(deep, names), 'id');
});
