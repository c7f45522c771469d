/** Floods of HTTP/2 frames: the connection that sends them ends or is held still, memory stays, and others are answered. */
import assert from 'node:assert/strict';
import { connect as connectTcp, type Socket } from 'node:net';
import { test } from 'node:test';
import { chargingData, type NodeUnderTest, ROOT, withNode } from './node-under-test.ts';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const [HEADERS, RST_STREAM, SETTINGS, PING, CONTINUATION] = [1, 3, 4, 6, 9];
const END_HEADERS = 4;
/** What a node of ours may have in memory for a peer that floods. */
const MOST_GROWTH = 150_000_000;

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** HPACK literals without indexing and without Huffman. */
function headers(pairs: readonly (readonly [string, string])[]): Buffer {
  const text = (value: string): Buffer => {
    assert.ok(value.length < 127);
    return Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
  };
  return Buffer.concat(pairs.flatMap(([name, value]) => [Buffer.from([0]), text(name), text(value)]));
}

const request = headers([
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', ROOT],
  [':authority', 'chf'],
  ['content-type', 'application/json'],
]);

/** Floods until the connection ends, or so many octets were taken, while others are answered. What became of it. */
async function flood(under: NodeUnderTest, next: (round: number) => Buffer, reads = true): Promise<'closed' | 'held'> {
  const socket: Socket = connectTcp(Number(new URL(under.origin).port), '127.0.0.1');
  let isClosed = false;
  socket.on('error', () => undefined);
  socket.once('close', () => {
    isClosed = true;
  });
  if (reads) socket.resume();
  else socket.pause();
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, Buffer.alloc(0))]));
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 400 && !isClosed; round += 1) {
    const isTaken = socket.write(next(round));
    if (isTaken) continue;
    const drained = await Promise.race([
      new Promise<boolean>((resolve) => socket.once('drain', () => resolve(true))),
      new Promise<boolean>((resolve) => socket.once('close', () => resolve(true))),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 500)),
    ]);
    if (!drained) break; // nothing more is read from it
  }
  const answer = await under.post(ROOT, chargingData());
  assert.equal(answer.status, 201, 'another consumer is answered');
  assert.ok(process.memoryUsage().rss - before < MOST_GROWTH, 'memory stays');
  socket.destroy();
  return isClosed ? 'closed' : 'held';
}

const many = (count: number, each: (index: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, index) => each(index)));

test('streams that are opened and reset at once (CVE-2023-44487) end their connection', () =>
  withNode({}, async (under) => {
    const reset = (stream: number): Buffer =>
      Buffer.concat([frame(HEADERS, END_HEADERS, stream, request), frame(RST_STREAM, 0, stream, Buffer.from([0, 0, 0, 8]))]);
    assert.equal(await flood(under, (round) => many(500, (index) => reset(2 * (round * 500 + index) + 1))), 'closed');
    assert.ok(under.requests.length <= 2, 'none of them was asked of charging');
  }));

test('pings and settings without end, also of a peer that never reads, cost neither memory nor others', () =>
  withNode({}, async (under) => {
    const ping = many(2_000, () => frame(PING, 0, 0, Buffer.alloc(8)));
    await flood(under, () => ping);
    assert.equal(await flood(under, () => ping, false), 'closed', 'answers that nobody reads');
    const settings = many(2_000, () => frame(SETTINGS, 0, 0, Buffer.from([0, 3, 0, 0, 0, 100])));
    await flood(under, () => settings);
    assert.equal(await flood(under, () => settings, false), 'closed');
  }));

test('headers without end, as one block or in continuations, end their connection', () =>
  withNode({}, async (under) => {
    const field = headers([['x-bomb', 'x'.repeat(100)]]);
    const block = many(140, () => field);
    const open = Buffer.concat([frame(HEADERS, 0, 1, request)]);
    const continued = (round: number): Buffer =>
      Buffer.concat([...(round === 0 ? [open] : []), many(20, () => frame(CONTINUATION, 0, 1, block))]);
    assert.equal(await flood(under, continued), 'closed');
    const empty = (round: number): Buffer =>
      Buffer.concat([...(round === 0 ? [open] : []), many(2_000, () => frame(CONTINUATION, 0, 1, Buffer.alloc(0)))]);
    assert.equal(await flood(under, empty), 'closed');
    // One field that is indexed and then named over and over: octets on the wire are few, those of the list are many.
    const indexed = Buffer.concat([Buffer.from([0x40, 6]), Buffer.from('x-bomb'), Buffer.from([100]), Buffer.alloc(100, 0x78)]);
    const bomb = Buffer.concat([request, indexed, Buffer.alloc(16_000 - request.length - indexed.length, 0x80 | 62)]);
    await flood(under, (round) => many(4, (index) => frame(HEADERS, END_HEADERS, 2 * (4 * round + index) + 1, bomb)));
    assert.ok(
      under.requests.every(({ session }) => session.startsWith('nchf-')),
      'only ours were asked',
    );
  }));
