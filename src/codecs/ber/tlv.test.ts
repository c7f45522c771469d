import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_NESTING, Tlv, type TlvFault, tagText } from './tlv.ts';

const bytes = (hex: string): string => Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1');

for (const [what, hex, tag, from, to, next] of [
  ['a short length', '82 03 010203', '[2]', 2, 5, 5],
  ['no content', '05 00', '[UNIVERSAL 5]', 2, 2, 2],
  ['a length of one octet', 'bf4f 81 02 0102', '[79]', 4, 6, 6],
  ['a length of four octets', '30 84 00000001 ff', '[UNIVERSAL 16]', 6, 7, 7],
  ['leading zeros in a length', '30 86 000000000001 ff', '[UNIVERSAL 16]', 8, 9, 9],
  ['a tag of three octets', '9f c8 01 01 00', '[9217]', 4, 5, 5],
  ['an application tag', '7f 8148 00', '[APPLICATION 200]', 4, 4, 4],
  ['a private tag', 'c1 01 00', '[PRIVATE 1]', 2, 3, 3],
  ['an indefinite length', '30 80 0101ff 0000', '[UNIVERSAL 16]', 2, 5, 7],
  ['indefinite lengths inside another', '30 80 a0 80 0101ff 0000 a1 02 0000 0000', '[UNIVERSAL 16]', 2, 13, 15],
] as const) {
  test(`read: ${what}`, () => {
    const text = bytes(hex);
    const tlv = new Tlv();
    assert.ok(tlv.read(text, 0, text.length), tlv.fault);
    assert.deepEqual([tagText(tlv.tag), tlv.from, tlv.to, tlv.next], [tag, from, to, next]);
  });
}

for (const [what, hex, fault] of [
  ['nothing', '', 'cut'],
  ['a tag alone', '82', 'cut'],
  ['a tag that does not end', 'bf ff', 'cut'],
  ['a tag of four octets', 'bf ff ff ff 01 00', 'tag'],
  ['a length that is cut', '82 82 01', 'cut'],
  ['a length beyond the end', '82 05 01020304', 'cut'],
  ['a length beyond any memory', '82 84 ffffffff 00', 'cut'],
  ['a length above 2^32', '82 85 0100000000 00', 'length'],
  ['the length octet that is reserved', '82 ff 00', 'length'],
  ['an indefinite length of a primitive', '82 80 00 0000', 'length'],
  ['an indefinite length without an end', '30 80 0101ff', 'cut'],
  ['indefinite lengths too deep', '30 80'.repeat(MOST_NESTING + 2), 'nesting'],
] as const satisfies readonly (readonly [string, string, TlvFault])[]) {
  test(`not read: ${what}`, () => {
    const text = bytes(hex);
    const tlv = new Tlv();
    assert.equal(tlv.read(text, 0, text.length), false);
    assert.equal(tlv.fault, fault);
  });
}
