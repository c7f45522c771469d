import assert from 'node:assert/strict';
import { test } from 'node:test';
import { converted, pointed } from './text-conversions.ts';

for (const [conversion, text, expected] of [
  ['trim-zeros', '0007', '7'],
  ['trim-zeros', '000', '0'],
  ['lower', 'ABC', 'abc'],
  ['upper', 'abc', 'ABC'],
  ['digits', '+49 (30) 12', '493012'],
  ['hex', '1f', '31'],
  ['hex', '0xFFFFFFFFFFFFFFFF', '18446744073709551615'],
  ['hex', 'no', 'no'],
  ['ip-decimal', '3232240316', '192.168.18.188'],
  ['ip-decimal', '-1062726980', '192.168.18.188'],
  ['ip-decimal', '99999999999', '99999999999'],
  // The example of Cisco's guide to call detail records.
  ['ip-decimal-reversed', '-1139627840', '192.168.18.188'],
  ['ip-hex', 'C0A812BC', '192.168.18.188'],
  ['ip-hex', '20010db8000000000000000000000001', '2001:db8:0:0:0:0:0:1'],
  ['ip-hex', 'C0A8', 'C0A8'],
  ['url', '%2B49%20x', '+49 x'],
  ['url', '%zz', '%zz'],
  ['gigawords', '2 5', '8589934597'],
  ['gigawords', ' 5', '5'],
  ['gigawords', 'x 5', 'x 5'],
] as const) {
  test(`${conversion} of ${JSON.stringify(text)} is ${JSON.stringify(expected)}`, () =>
    assert.equal(converted(text, conversion), expected));
}

test('decimals that are not written get their point, and nothing else does', () => {
  assert.deepEqual(
    [pointed('0001234', 1), pointed('5', 3), pointed('12', 0), pointed('1.5', 2), pointed('-5', 1)],
    ['000123.4', '0.005', '12', '1.5', '-5'],
  );
});
