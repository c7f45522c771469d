import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import test from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import type { BaseMessages } from './base-messages.ts';
import { type ConnectionOwner, DiameterConnection } from './connection.ts';
import { type ConnectionSettings, defaultLimits } from './settings.ts';

const [CAPABILITIES, CREDIT_CONTROL] = [257, 272];

/** A request without any AVP. */
function request(command: number, application: number): Buffer {
  const message = Buffer.alloc(20);
  message.writeUInt32BE(0x0100_0014, 0);
  message.writeUInt32BE(0x8000_0000 + command, 4);
  message.writeUInt32BE(application, 8);
  return message;
}

/** What a socket has that a stream lacks. */
class Wire extends Duplex {
  readonly remoteAddress = '192.0.2.1';
  readonly remotePort = 40_000;
  readonly localAddress = '192.0.2.2';
  setNoDelay(): void {}
  override _read(): void {}
  override _write(_octets: unknown, _encoding: unknown, done: () => void): void {
    done();
  }
}

function opened(limits: Partial<ConnectionSettings['limits']> = {}) {
  const wire = new Wire();
  const taken: string[] = [];
  const owner: ConnectionOwner = {
    capabilities: (connection) => {
      connection.open(
        { host: 'pgw', realm: 'example.net', product: '', originState: undefined, applications: [4], grouped: [] },
        undefined,
      );
    },
    request: () => void taken.push('request'),
    strayAnswer: () => void taken.push('stray'),
    failed: (_connection, error) => assert.fail(String(error)),
    closed: (_connection, reason) => void taken.push(reason),
  };
  const settings = { limits: { ...defaultLimits, ...limits } } as ConnectionSettings;
  // A stream with what of a socket a connection asks for.
  const socket = wire as unknown as Socket;
  const connection = new DiameterConnection(socket, false, settings, {} as BaseMessages, owner);
  wire.emit('data', request(CAPABILITIES, 0));
  return { wire, taken, connection };
}

const many = (count: number): Buffer => Buffer.concat(Array.from({ length: count }, () => request(CREDIT_CONTROL, 4)));

for (const [name, going, reason] of [
  ['closed', (wire: Wire) => wire.emit('close'), 'the peer closed the connection'],
  ['was lost', (wire: Wire) => wire.emit('error', new Error('read ECONNRESET')), 'read ECONNRESET'],
] as const)
  test(`what a peer sent before it ${name} is charged, however little of it had had its turn`, () => {
    const { wire, taken } = opened();
    wire.emit('data', many(500));
    assert.deepEqual(taken, [], 'not at once');
    going(wire);
    assert.deepEqual(taken, [...new Array<string>(500).fill('request'), reason]);
  });

test('nothing is begun beyond what may wait for its answer, whatever was read already; it goes on with the answers', async () => {
  const { wire, taken, connection } = opened({ mostOutstanding: 4 });
  wire.emit('data', many(10));
  for (let turn = 0; turn < 20; turn += 1) await soon();
  assert.equal(taken.length, 4);
  assert.ok(wire.isPaused());
  connection.answer(new Uint8Array(0));
  connection.answer(new Uint8Array(0));
  for (let turn = 0; turn < 20; turn += 1) await soon();
  assert.equal(taken.length, 4, 'until half of them are answered');
  connection.answer(new Uint8Array(0));
  for (let turn = 0; turn < 20; turn += 1) await soon();
  assert.equal(taken.length, 7);
  connection.end('over');
});

test('a peer that sends faster than it is dealt with is read no further, and again when that is done', async () => {
  const { wire, taken, connection } = opened({ mostOutstanding: 100_000 });
  wire.emit('data', many(4_000));
  wire.emit('data', many(4_000));
  assert.ok(wire.isPaused());
  while (taken.length < 8_000) await soon();
  await soon();
  assert.ok(!wire.isPaused());
  connection.end('over');
});
