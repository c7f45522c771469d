/** Two engines on one database that divide the accounts: whichever is asked answers for all of them. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { valueOrThrow } from '#core/refusals.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import { LinkClient } from '#gateways/engines/link-client.ts';
import { type LinkServer, listenForEngines } from '#gateways/engines/link-server.ts';
import { until } from '../diameter/peers/node-under-test.ts';
import { catalogOf } from './plan-words.ts';
import { dataRequest, enterAccount, sharedDatabase, startEngine } from './with-engine.ts';

const database = sharedDatabase();
const catalog = catalogOf('0.01/MB', '');
const SECRET = 'a secret of these tests';

interface Linked {
  readonly engine: ChargingEngine;
  readonly server: LinkServer;
  readonly client: LinkClient;
  readonly told: string[];
}

async function linked(secret = SECRET, leaseMs = 300): Promise<Linked> {
  const told: string[] = [];
  let engine: ChargingEngine | undefined;
  const server = await listenForEngines('127.0.0.1', 0, SECRET, {
    handle: async (request) => engine?.handleHere(request),
    apply: async (account, command) => engine?.applyHere(account, command),
    async tell(kind, session) {
      told.push(`${kind} ${session}`);
      return 2001;
    },
  });
  const client = new LinkClient(secret, 1_000);
  engine = await startEngine(database(), catalog, {
    limits: { leaseMs, balance: true },
    others: { engines: client, address: `127.0.0.1:${server.port}` },
  });
  return { engine, server, client, told };
}

async function unlink({ engine, server, client }: Linked): Promise<void> {
  await engine.stop();
  client.close();
  await server.close();
}

const names = Array.from({ length: 24 }, (_, index) => `49${1_000 + index}`);

test('requests and commands for accounts of the other are answered by it, once, and when it goes the accounts come here', async () => {
  for (const name of names) await enterAccount(database(), catalog, name, 1_000_000_000n);
  const one = await linked();
  const two = await linked();
  try {
    await until(() => one.engine.shards.length === 32 && two.engine.shards.length === 32);
    await until(() => one.engine.otherAddresses.length === 1);
    const initial = (name: string) => dataRequest(name, `s-${name}`, 'initial', { requested: { bytes: 10_000_000n } });
    const first = await Promise.all(names.map((name) => one.engine.handle(initial(name))));
    assert.deepEqual(new Set(first.map(({ result }) => result)), new Set(['granted']));
    const { forwarded } = one.engine.counts;
    assert.ok(forwarded > 0 && forwarded < names.length, `${forwarded} of ${names.length} were the other's`);
    assert.deepEqual(await Promise.all(names.map((name) => two.engine.handle(initial(name)))), first, 'asked of the other, the same');
    for (const name of names)
      valueOrThrow(await two.engine.apply(name, { kind: 'top-up', key: `top-up ${name}`, nanos: 1_000_000_000n, currency: 'EUR' }));
    assert.equal(await one.client.tell(one.engine.otherAddresses[0] ?? '', 'abort', 's-1'), 2001);
    assert.deepEqual(two.told, ['abort s-1']);

    await unlink(two);
    await until(() => one.engine.shards.length === 64);
    const used = await Promise.all(
      names.map((name) =>
        one.engine.handle(dataRequest(name, `s-${name}`, 'terminate', { used: [{ bytes: 10_000_000n }] }, { number: 1 })),
      ),
    );
    assert.deepEqual(new Set(used.map(({ result }) => result)), new Set(['granted']));
    await database().pool.query('call charging_settle()');
    const { rows } = await database().pool.query(`select distinct value from charging_balance where definition = 'main'`);
    assert.deepEqual(rows, [{ value: '1900000000' }], 'each was topped up once and charged once');
  } finally {
    await unlink(one);
  }
});

test('who has another secret, or says anything else, is not answered', async () => {
  // Long enough that neither loses its accounts to the other while the machine has other things to do.
  const leaseMs = 2_000;
  const one = await linked(SECRET, leaseMs);
  const two = await linked('another secret entirely', leaseMs);
  try {
    await until(() => two.engine.shards.length === 32 && two.engine.otherAddresses.length === 1);
    const results = await Promise.all(
      names.map((name) => two.engine.handle(dataRequest(name, `t-${name}`, 'balance-check', { requested: { bytes: 1n } }))),
    );
    assert.deepEqual(new Set(results.map(({ result }) => result)), new Set(['granted', 'too-busy']), 'only its own');
    const raw = connect(one.server.port, '127.0.0.1');
    const closed = new Promise((resolve) => raw.once('close', resolve));
    raw.on('error', () => undefined).resume();
    raw.write(Buffer.alloc(2_000, 0xff));
    await closed;
    // Of its own accounts: for the others it would wait for the other engine.
    const own = await Promise.all(names.map((name) => one.engine.handleHere(dataRequest(name, `u-${name}`, 'balance-check', {}))));
    const given = own.flatMap((answer) => answer?.result ?? []);
    assert.deepEqual([...new Set(given)], ['granted'], 'others are undisturbed');
  } finally {
    await unlink(two);
    await unlink(one);
  }
});
