import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHexText } from './hex-text.ts';

const forms: readonly (readonly [string, string, readonly string[] | undefined])[] = [
  ['one run of digits', '0100001480000118', ['0100001480000118']],
  ['digits apart', '01 00 00 14, 0x80 0x00:01:18', ['0100001480000118']],
  ['lines of eight digits', '01000014\n80000118\n', ['0100001480000118']],
  ['remarks', '# a watchdog\n01000014 # header\n', ['01000014']],
  [
    'tshark -x with a heading, two blocks',
    'Frame (20 bytes):\n0000  01 00 00 14 80 00 01 18 00 00 00 00 00 00 00 01   ................\n0010  ab cd ef 01                                       abcd\n\n0000  01 00                                             ..\n',
    ['01000014800001180000000000000001abcdef01', '0100'],
  ],
  [
    'hexdump -C',
    '00000000  01 00 00 14 80 00 01 18  00 00 00 00 00 00 00 01  |ab cd ef 01 23 4|\n00000010  00 01                                             |..|\n00000012\n',
    ['010000148000011800000000000000010001'],
  ],
  [
    'xxd',
    '00000000: 0100 0014 8000 0118 0000 0000 0000 0001  abcd  ab........\n00000010: 0001                                     ..\n',
    ['010000148000011800000000000000010001'],
  ],
  ['a text', 'hello', undefined],
  ['half an octet', '010', undefined],
  ['nothing', ' \n', undefined],
];
for (const [what, text, blocks] of forms) {
  test(`${what}: ${blocks === undefined ? 'refused' : 'read'}`, () => {
    assert.deepEqual(
      readHexText(text)?.map((block) => Buffer.from(block).toString('hex')),
      blocks,
    );
  });
}
