import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { expandCodeRange } from './code-range.ts';
import { PrefixTable } from './prefix-table.ts';

const ranges: readonly [from: string, to: string, codes: string][] = [
  ['7701', '7709', '7701 7702 7703 7704 7705 7706 7707 7708 7709'],
  ['7700', '7709', '770'],
  ['440', '4429', '440 441 442'],
  ['440', '4425', '440 441 4420 4421 4422 4423 4424 4425'],
  ['44', '44', '44'],
  ['0', '9', '0 1 2 3 4 5 6 7 8 9'],
  ['00', '99', '0 1 2 3 4 5 6 7 8 9'],
  ['1998', '2001', '1998 1999 2000 2001'],
  ['44', '4499', '44'],
];

for (const [from, to, codes] of ranges) {
  test(`the range ${from}-${to} is ${codes}`, () => assert.equal(expandCodeRange(from, to)?.join(' '), codes));
}

test('what is not a range is undefined: letters, empty ends, an end before its beginning or written short, 33 digits', () => {
  for (const [from, to] of [
    ['44a', '449'],
    ['', '9'],
    ['1', ''],
    ['7709', '7701'],
    ['7701', '9'],
    ['7701', '09'],
    ['-1', '5'],
    ['1.5', '2.5'],
    ['1', '9'.repeat(33)],
    ['1', '٩'],
  ] as const) {
    assert.equal(expandCodeRange(from, to), undefined, `${from}-${to}`);
  }
});

test('the widest range of all stays a short list', () => {
  assert.equal(expandCodeRange('1', '8'.repeat(32))?.length, 7 + 31 * 8 + 1);
});

test('the codes of a range match exactly the numbers in it, and are the fewest that do', () => {
  const bound = fc.integer({ min: 0, max: 9999 }).map((value) => value.toString().padStart(4, '0'));
  fc.assert(
    fc.property(bound, bound, (a, b) => {
      const [from, to] = a <= b ? [a, b] : [b, a];
      const codes = expandCodeRange(from, to) ?? [];
      const table = PrefixTable.build(codes.map((code, index) => [code, index]));
      for (let number = 0; number < 10_000; number++) {
        const digits = number.toString().padStart(4, '0');
        assert.equal(table.longest(digits) >= 0, digits >= from && digits <= to, digits);
      }
      // Fewest: no ten siblings that their parent could stand for.
      const siblings = new Map<string, number>();
      for (const code of codes) siblings.set(code.slice(0, -1), (siblings.get(code.slice(0, -1)) ?? 0) + 1);
      for (const [parent, count] of siblings) assert.ok(parent === '' || count < 10, parent);
    }),
    { seed: 7701, numRuns: 40 },
  );
});
