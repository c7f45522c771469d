import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectEncoding, EncodingDetector } from './text-encoding.ts';

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const rows = 'Destination,Code,Rate\nRéunion,262,0.05\nCôte d’Ivoire,225,0.21\n';

test('a byte order mark decides', () => {
  assert.deepEqual(detectEncoding(Buffer.from(`\uFEFF${rows}`)), { encoding: 'utf-8', markBytes: 3 });
  assert.deepEqual(detectEncoding(Buffer.from(`\uFEFF${rows}`, 'utf16le')), { encoding: 'utf-16le', markBytes: 2 });
  assert.deepEqual(detectEncoding(utf16be(`\uFEFF${rows}`)), { encoding: 'utf-16be', markBytes: 2 });
});

test('without a mark the bytes show it', () => {
  assert.equal(detectEncoding(Buffer.from(rows)).encoding, 'utf-8');
  assert.equal(detectEncoding(Buffer.from(rows, 'utf16le')).encoding, 'utf-16le');
  assert.equal(detectEncoding(utf16be(rows)).encoding, 'utf-16be');
  assert.equal(detectEncoding(Buffer.from('Réunion,262', 'latin1')).encoding, 'windows-1252');
  assert.equal(detectEncoding(Buffer.from('plain')).encoding, 'utf-8');
  assert.equal(detectEncoding(Buffer.alloc(0)).encoding, 'utf-8');
});

test('one Latin-1 letter at the end of a long file is seen', () => {
  const detector = new EncodingDetector();
  for (let piece = 0; piece < 100; piece += 1) detector.push(Buffer.from('Germany,49,0.01\n'.repeat(1000)));
  detector.push(Buffer.from('R\u00e9union', 'latin1'));
  assert.equal(detector.found().encoding, 'windows-1252');
});

test('characters cut between pieces are still UTF-8', () => {
  const bytes = Buffer.from('€ ü 😀 é');
  for (let size = 1; size < 5; size += 1) {
    const detector = new EncodingDetector();
    for (let at = 0; at < bytes.length; at += size) detector.push(bytes.subarray(at, at + size));
    assert.equal(detector.found().encoding, 'utf-8', `pieces of ${size}`);
  }
});

test('overlong forms, surrogates and cut characters are not UTF-8', () => {
  for (const bytes of [[0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]]) {
    assert.equal(detectEncoding(Uint8Array.from(bytes)).encoding, 'windows-1252', bytes.join(' '));
  }
});

test('what is no text is called binary', () => {
  assert.equal(detectEncoding(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])).encoding, 'binary');
  assert.equal(detectEncoding(Uint8Array.from([1, 2, 3, 4, 5])).encoding, 'binary');
});
