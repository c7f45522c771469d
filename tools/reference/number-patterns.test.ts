import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decidedPrefixes } from './number-patterns.ts';

test('prefixes end where only the count of digits is left open', () => {
  assert.deepEqual(
    decidedPrefixes([['mobile', '1[5-7]\\d{3}|2(?:0|3[12]?)\\d{2,4}|44']]).map(({ prefix }) => prefix),
    ['15', '16', '17', '20', '23', '44'],
  );
});

test('the first type asked wins, and those that fit as well are named', () => {
  const found = decidedPrefixes([
    ['premium', '90\\d{4}'],
    ['fixed', '[2-9]\\d{5}'],
    ['mobile', '[89]\\d{5}'],
  ]);
  const shown = found.map(({ prefix, type, also }) => `${prefix} ${[type, ...also].join('+')}`);
  assert.equal(shown.includes('90 premium+fixed+mobile'), true);
  assert.equal(shown.includes('91 fixed+mobile'), true);
  assert.equal(shown.includes('2 fixed'), true);
});

test('among patterns of one length each number gets the type that the patterns themselves give it', () => {
  const patterns = [
    ['a', '12(?:3\\d|4[5-9])\\d'],
    ['b', '1[2-4]\\d{3}'],
  ] as const;
  const prefixes = new Map(decidedPrefixes(patterns).map(({ prefix, type }) => [prefix, type]));
  for (let number = 10_000; number < 100_000; number++) {
    const digits = `${number}`;
    const expected = patterns.find(([, pattern]) => new RegExp(`^(?:${pattern})$`).test(digits))?.[0];
    if (expected === undefined) continue;
    const found = [5, 4, 3, 2, 1].map((length) => prefixes.get(digits.slice(0, length))).find((type) => type !== undefined);
    assert.equal(found, expected, digits);
  }
});

test('a pattern that is not understood is a fault', () => {
  for (const pattern of ['1.2', '(1)', '1*', '(?:1', '[^1]'])
    assert.throws(() => decidedPrefixes([['x', pattern]]), /not understood|no \)/, pattern);
});
