import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toldLine, toldOf } from './audit-told.ts';

test('a change is told by its fields: what each was and is; what stayed is only counted', () => {
  const told = toldOf({
    asked: '{"parameters":{"account":"dana"},"body":{"limit":"20.00","why":"asked for it"}}',
    before: '{"account":"dana","limit":"10.00","plan":"go","rights":["a","b"]}',
    after: '{"account":"dana","limit":"20.00","plan":"go","rights":["a"]}',
  });
  assert.deepEqual(told, {
    fields: [
      { name: 'limit', before: '10.00', asked: '20.00', after: '20.00' },
      { name: 'rights', before: 'a, b', after: 'a' },
      { name: 'why', asked: 'asked for it' },
    ],
    unchanged: 2,
  });
  assert.equal(toldLine(told), 'limit: 10.00 → 20.00 · rights: a, b → a · why: asked for it');
});

test('where nothing is read after it, what was asked is what it is; what is gone is told whole', () => {
  assert.deepEqual(toldOf({ asked: '{"body":{"name":"B"}}', before: '{"name":"A","role":"support"}' }), {
    fields: [{ name: 'name', before: 'A', asked: 'B' }],
    unchanged: 1,
  });
  assert.deepEqual(toldOf({ before: '{"name":"A","end":null}' }).fields, [
    { name: 'name', before: 'A' },
    { name: 'end', before: '–' },
  ]);
});

test('options of a command, lists of things, and a text that is no JSON are told as well', () => {
  assert.equal(
    toldLine(toldOf({ asked: '{"account":"dana","identity":[{"kind":"msisdn","value":"1212"}],"map":[]}' })),
    'account: dana · identity.1.kind: msisdn · identity.1.value: 1212 · map: –',
  );
  assert.deepEqual(toldOf({ asked: 'as it is' }).fields, [{ name: '', asked: 'as it is' }]);
  assert.deepEqual(toldOf({}), { fields: [], unchanged: 0 });
});
