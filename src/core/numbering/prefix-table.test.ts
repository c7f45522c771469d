import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_PREFIX_DIGITS, MAX_PREFIX_VALUE, PrefixTable } from './prefix-table.ts';

/** The plain, slow model: every prefix of the number, looked for one by one. */
function slowLongest(entries: ReadonlyMap<string, number>, digits: string): number {
  let found = -1;
  for (let length = 0; length <= digits.length; length++) found = entries.get(digits.slice(0, length)) ?? found;
  return found;
}

test('the longest code wins', () => {
  const table = PrefixTable.build([
    ['4479', 3],
    ['44', 0],
    ['447', 2],
  ]);
  assert.equal(table.longest('447911123456'), 3);
  assert.equal(table.longest('447811123456'), 2);
  assert.equal(table.longest('44'), 0);
  assert.equal(table.longest('4'), -1);
  assert.equal(table.longest(''), -1);
  assert.equal(table.longest('33123'), -1);
});

test('the empty code matches every number, also an empty one', () => {
  const table = PrefixTable.build([
    ['', 7],
    ['1', 8],
  ]);
  assert.equal(table.longest(''), 7);
  assert.equal(table.longest('anonymous'), 7);
  assert.equal(table.longest('12'), 8);
});

test('an empty table matches nothing', () => {
  const table = PrefixTable.build([]);
  assert.equal(table.longest('123'), -1);
});

test('reading stops at the first character that is not a digit', () => {
  const table = PrefixTable.build([
    ['44', 1],
    ['4412', 2],
  ]);
  for (const digits of ['44a12', '44/12', '44:12', '44\u066112', '44 12']) assert.equal(table.longest(digits), 1, digits);
});

function holdsAgainstModel(code: fc.Arbitrary<string>, number: fc.Arbitrary<string>, maxCodes: number, numRuns: number): void {
  fc.assert(
    fc.property(fc.uniqueArray(code, { maxLength: maxCodes }), fc.array(number), (codes, numbers) => {
      const entries = new Map(codes.map((text, index) => [text, index]));
      const table = PrefixTable.build(entries);
      for (const digits of [...numbers, ...codes, ...codes.map((text) => `${text}1`), ...codes.map((text) => text.slice(0, -1))]) {
        assert.equal(table.longest(digits), slowLongest(entries, digits.split('x')[0] ?? ''), digits);
      }
    }),
    { seed: 20_261_001, numRuns },
  );
}

test('lookups equal those of a plain model, in whatever order the codes come', () => {
  const code = fc.string({ unit: fc.constantFrom('0', '1', '2', '9'), maxLength: 7 });
  holdsAgainstModel(code, fc.string({ unit: fc.constantFrom('0', '1', '2', '9', 'x'), maxLength: 10 }), 60, 500);
});

test('lookups equal those of the model among many codes, dense and long ones', () => {
  const dense = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 4 });
  const long = fc.string({ unit: fc.constantFrom('0', '7'), maxLength: MAX_PREFIX_DIGITS });
  holdsAgainstModel(fc.oneof({ weight: 9, arbitrary: dense }, long), fc.oneof(dense, long), 3_000, 40);
});

test('a clone, as a worker thread receives it, shares the memory and answers the same', () => {
  const table = PrefixTable.build([
    ['49', 1],
    ['4915', 2],
  ]);
  const clone = structuredClone(table);
  assert.equal(clone.nodes.buffer instanceof SharedArrayBuffer, true);
  assert.equal(new PrefixTable(clone).longest('491512345'), 2);
});

test('the longest codes and the largest values are kept', () => {
  const long = '9'.repeat(MAX_PREFIX_DIGITS);
  const entries = new Map(
    Array.from({ length: MAX_PREFIX_DIGITS + 1 }, (_, length) => [long.slice(0, length), MAX_PREFIX_VALUE - length] as const),
  );
  const table = PrefixTable.build(entries);
  for (const [code, value] of entries) assert.equal(table.longest(`${code}1`), value);
  assert.equal(table.longest(`${long}999`), entries.get(long));
});

test('codes and values that cannot be stored are refused', () => {
  assert.throws(() => PrefixTable.build([['44 7', 1]]), /digits only/);
  assert.throws(() => PrefixTable.build([['9'.repeat(33), 1]]), /more than 32 digits/);
  assert.throws(() => PrefixTable.build([['44', -1]]), /out of range/);
  assert.throws(() => PrefixTable.build([['44', 1.5]]), /out of range/);
  assert.throws(
    () =>
      PrefixTable.build([
        ['44', 1],
        ['44', 2],
      ]),
    /twice/,
  );
});
