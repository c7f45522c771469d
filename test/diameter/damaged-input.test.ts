import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { readHexText } from '#codecs/diameter/hex-text.ts';
import { messagesOfBlocks, messagesOfCapture } from '#codecs/diameter/input.ts';
import { MessageStream } from '#codecs/diameter/stream.ts';
import { golden, octets } from './fixtures.ts';

const runs = Number(process.env.DIAMETER_FUZZ_RUNS ?? 300);
const seed = Number(process.env.DIAMETER_FUZZ_SEED ?? 1);
const captures = ['tcp.pcap', 'sctp.pcap', 'sctp.pcapng'].map(
  (file) => new Uint8Array(readFileSync(new URL(`../golden/diameter/${file}`, import.meta.url))),
);
const changes = fc.array(fc.tuple(fc.nat(6000), fc.oneof(fc.constantFrom(0, 1, 0x0f, 0x7f, 0x80, 0xff), fc.nat(255))), { maxLength: 20 });

function changed(bytes: Uint8Array, list: readonly (readonly [number, number])[]): Uint8Array {
  const copy = bytes.slice();
  for (const [at, value] of list) copy[at % copy.length] = value;
  return copy;
}

test('a damaged capture gives no more octets than it has, and never a throw', () => {
  const property = fc.property(fc.constantFrom(...captures), changes, (capture, list) => {
    let found = 0;
    for (const one of messagesOfCapture(changed(capture, list)) ?? []) if (one.kind === 'message') found += one.message.bytes.length;
    assert.ok(found <= capture.length);
  });
  fc.assert(property, { numRuns: runs, seed });
});

test('a damaged stream in any pieces gives whole messages or a fault, and keeps no more than came', () => {
  const whole = Uint8Array.from(golden.flatMap(({ hex }) => [...octets(hex)]));
  const property = fc.property(changes, fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }), (list, sizes) => {
    const bytes = changed(whole, list);
    const stream = new MessageStream();
    let given = 0;
    let at = 0;
    for (let piece = 0; at < bytes.length; piece += 1) {
      const size = sizes[piece % sizes.length] ?? 1;
      for (const message of stream.push(bytes.slice(at, at + size))) given += message.length;
      at += size;
    }
    assert.ok(given + stream.waiting <= bytes.length);
    if (stream.fault === undefined) assert.equal(given + stream.waiting, bytes.length);
  });
  fc.assert(property, { numRuns: runs, seed });
});

test('any text is hexadecimal or refused, and its octets give at least one message', () => {
  const letters = fc.string({ unit: fc.constantFrom('0', '1', 'a', 'F', ' ', '\n', ':', '#', '|', 'x', 'z', '  '), maxLength: 120 });
  const property = fc.property(letters, (text) => {
    const blocks = readHexText(text);
    if (blocks !== undefined) assert.ok(messagesOfBlocks(blocks).length > 0);
  });
  fc.assert(property, { numRuns: runs, seed });
});
