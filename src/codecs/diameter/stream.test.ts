import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageStream } from './stream.ts';

function message(bytes: number, fill: number): Uint8Array {
  const whole = new Uint8Array(bytes).fill(fill);
  whole.set([1, (bytes >> 16) & 255, (bytes >> 8) & 255, bytes & 255]);
  return whole;
}

const messages = [message(20, 1), message(1000, 2), message(24, 3), message(20, 4), message(256, 5)];
const whole = Uint8Array.from(messages.flatMap((one) => [...one]));

for (const size of [1, 2, 3, 7, 19, 20, 21, 64, 999, 1320, 5000]) {
  test(`pieces of ${size} octets give the same messages`, () => {
    const stream = new MessageStream();
    const found: Uint8Array[] = [];
    for (let at = 0; at < whole.length; at += size) for (const one of stream.push(whole.slice(at, at + size))) found.push(one);
    assert.deepEqual(found, messages);
    assert.equal(stream.waiting, 0);
    assert.equal(stream.fault, undefined);
  });
}

test('a message that stays whole in its piece is not copied', () => {
  const [first] = [...new MessageStream().push(whole)];
  assert.equal(first?.buffer, whole.buffer);
});

for (const [what, header, error] of [
  ['a version that is not 1', [2, 0, 0, 20], 'DIAMETER_UNSUPPORTED_VERSION'],
  ['a length of zero', [1, 0, 0, 0], 'DIAMETER_INVALID_MESSAGE_LENGTH'],
  ['a length of 16', [1, 0, 0, 16], 'DIAMETER_INVALID_MESSAGE_LENGTH'],
  ['a length of 22', [1, 0, 0, 22], 'DIAMETER_INVALID_MESSAGE_LENGTH'],
  ['a length of 2^24 - 4', [1, 255, 255, 252], 'DIAMETER_INVALID_MESSAGE_LENGTH'],
] as const) {
  test(`${what} ends the stream with a fault`, () => {
    const stream = new MessageStream();
    const bytes = new Uint8Array(40);
    bytes.set(header);
    assert.deepEqual([...stream.push(bytes)], []);
    assert.equal(stream.fault?.error, error);
    assert.deepEqual([...stream.push(whole)], []);
  });
}

test('what a header promises is not set aside before it comes', () => {
  const stream = new MessageStream(16_000_000);
  assert.deepEqual([...stream.push(Uint8Array.from([1, 0xf0, 0, 0, ...new Array(30).fill(0)]))], []);
  assert.equal(stream.waiting, 34);
});
