import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fewestCodes, longestMatch } from './fewest-codes.ts';

test('a longer code that says what its parent says is dropped, and ten siblings become their parent', () => {
  const codes = new Map([
    ['44', 'GB'],
    ['4420', 'GB'],
    ['447', 'GB Mobile'],
    ['44781', 'GG'],
    ...Array.from({ length: 10 }, (_, digit) => [`4479${digit}`, 'EE'] as const),
  ]);
  assert.deepEqual(
    [...fewestCodes(codes)],
    [
      ['44', 'GB'],
      ['447', 'GB Mobile'],
      ['44781', 'GG'],
      ['4479', 'EE'],
    ],
  );
});

test('no number changes its longest match', () => {
  const code = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 3 });
  const entries = fc.array(fc.tuple(code, fc.constantFrom('a', 'b')), { maxLength: 400 });
  fc.assert(
    fc.property(entries, (list) => {
      const codes = new Map(list);
      const fewest = fewestCodes(codes);
      assert.ok(fewest.size <= codes.size);
      for (let number = 0; number < 10_000; number++) {
        const digits = number.toString().padStart(4, '0');
        assert.equal(longestMatch(fewest, digits), longestMatch(codes, digits), digits);
      }
    }),
    { seed: 44, numRuns: 30 },
  );
});
