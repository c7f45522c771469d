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
      assert.equal(toExactJson(value), plainly(value) ?? 'null'); // what is nothing by itself is written as in a list
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

test('data of any length and letter is written', () => {
  const value = {
    texts: ['é'.repeat(100_000), 'x'.repeat(200_000), '"\\\n\u2028'],
    numbers: [0, -0, -7, 0.5, 1e300, 99_999_999, 100_000_000, 2 ** 53 - 1, -(2 ** 53), Number.NaN],
  };
  assert.equal(toExactJson(value), plainly(value));
  assert.equal(toExactJson([10n ** 40n, -(2n ** 53n), 123_456_789_012n]), plainly([10n ** 40n, -(2n ** 53n), 123_456_789_012n]));
});
