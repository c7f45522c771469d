import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../test/support/seeded.ts';
import { KnownTexts, readUtf8 } from './octet-texts.ts';

test('octets of any length and any kind are the text that a decoder of UTF-8 makes of them, or none', () => {
  const random = seeded(5);
  const known = new KnownTexts();
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let run = 0; run < 4_000; run += 1) {
    const length = Math.floor(random() * (run % 40 === 0 ? 200 : 40));
    const kinds = 1 + Math.floor(random() * 3);
    const text = Array.from({ length }, () => {
      const kind = Math.floor(random() * kinds);
      return kind === 0 ? String.fromCharCode(0x20 + Math.floor(random() * 95)) : kind === 1 ? 'é' : '\u{1f600}';
    }).join('');
    const octets = Buffer.from(`##${text}##`);
    if (random() < 0.3 && length > 0) octets[2 + Math.floor(random() * (octets.length - 4))] = Math.floor(random() * 256);
    const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
    const expected = decoded(decoder, octets.subarray(2, octets.length - 2));
    assert.equal(readUtf8(view, 2, octets.length - 2), expected);
    assert.equal(known.read(view, 2, octets.length - 2), expected);
    assert.equal(known.read(view, 2, octets.length - 2), expected, 'known by now');
  }
});

test('a text that is known is not taken for another of its place', () => {
  const known = new KnownTexts();
  const names = Array.from({ length: 5_000 }, (_, index) => `apn${index}`);
  for (const name of [...names, ...names.toReversed()]) {
    const octets = Buffer.from(name);
    assert.equal(known.read(new DataView(octets.buffer, octets.byteOffset, octets.length), 0, octets.length), name);
  }
});

test('as many places are made as fit into the memory that is given', () => {
  const view = new DataView(new ArrayBuffer(4));
  for (const bytes of [0, 1, 200, 4_096]) {
    const known = KnownTexts.within(bytes);
    for (let value = 1; value < 200; value += 1) {
      view.setUint32(0, 0x41_42_43_00 + (value % 0x80 || 0x41));
      assert.equal(known.read(view, 0, 4), readUtf8(view, 0, 4), `${bytes} bytes`);
    }
  }
});

/** No text of ours holds NUL. */
function decoded(decoder: TextDecoder, octets: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(octets);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
