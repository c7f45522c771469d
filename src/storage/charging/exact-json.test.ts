import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromExactJson, toExactJson } from './exact-json.ts';

/** The plain version: each value looked at on its way. */
const plainly = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? { '#': String(each) } : each));

const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true, withObjectString: true });

test('what is written is as JSON has it, with bigints by their digits, and comes back as it was', () => {
  fc.assert(
    fc.property(anything, (value) => {
      assert.equal(toExactJson(value), plainly(value));
    }),
    { seed: 1 },
  );
  // An object that has nothing but the mark would be taken for a bigint: data of ours has none.
  const unmarked = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"#"'));
  const data = unmarked.map((value) => ({ value, amounts: [0n, -1n, 9_223_372_036_854_775_807n], left: undefined }));
  fc.assert(
    fc.property(data, ({ value, amounts, left }) => {
      const written = toExactJson({ value, amounts, left });
      const [read, wanted] = [fromExactJson<object>(written), fromExactJson<object>(plainly({ value, amounts }))];
      assert.deepEqual(read, wanted);
      assert.deepEqual((read as { amounts: unknown }).amounts, amounts);
    }),
    { seed: 1 },
  );
});

test('a name that objects have from elsewhere is written as any other', () => {
  const value = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as unknown;
  assert.equal(toExactJson(value), '{"__proto__":{"a":1},"constructor":2}');
});
