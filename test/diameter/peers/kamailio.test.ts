/**
 * Kamailio (an implementation that nobody here wrote) as the S-CSCF of an IMS: its module ims_charging asks us before a call is put through, while it lasts and at its
 * end, and ends it when the money is gone. The real engine decides; tshark reads what we sent. Needs the Debian packages kamailio, kamailio-ims-modules and tshark.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChargingRequest } from '#core/charging/request.ts';
import { catalogOf } from '../../charging/plan-words.ts';
import { enterAccount, withEngine } from '../../charging/with-engine.ts';
import { withFolder } from '../../support/cli.ts';
import { type TestDatabase, withTestDatabase } from '../../support/database.ts';
import { portsInARow } from '../../support/ports.ts';
import { until, withNode } from './node-under-test.ts';
import { sipEnds } from './sip-ends.ts';
import { malformed, tapped } from './wire.ts';

/** Debian's places of modules, by processor. */
const MODULES = ['x86_64', 'aarch64'].map((processor) => `/usr/lib/${processor}-linux-gnu/kamailio/modules`);
const modules = MODULES.find((folder) => existsSync(join(folder, 'ims_charging.so')));
const missing = [
  ...(spawnSync('kamailio', ['-v']).status === 0 ? [] : ['kamailio']),
  ...(modules === undefined ? ['its module ims_charging'] : []),
  ...(spawnSync('tshark', ['--version']).status === 0 ? [] : ['tshark']),
];
const configuration = readFileSync(new URL('kamailio.cfg', import.meta.url), 'utf8');
/** Kamailio finds its peers by name: ours must be one that every machine resolves. */
const OUR_HOST = 'localhost';
const identity = { host: OUR_HOST, realm: 'example.net', others: [], product: 'Carillon', originState: 7 };

const catalog = catalogOf('0.60/min 1/1', '');
const CENT_OF_A_SECOND = 10_000_000n;
const CALLED = '4930123456';
const [RICH, SHORT, POOR, NOBODY] = ['491701000001', '491701000002', '491701000003', '491701000009'];

test('Kamailio puts calls through, cuts and refuses them by what the engine has of the caller', (context) => {
  if (missing.length > 0) return context.skip(`not installed: ${missing.join(', ')}`);
  return withTestDatabase((database) =>
    withFolder(async (folder) => {
      await enterAccount(database, catalog, RICH, 100n * CENT_OF_A_SECOND);
      await enterAccount(database, catalog, SHORT, 3n * CENT_OF_A_SECOND);
      await enterAccount(database, catalog, POOR, 0n);
      const wire: Buffer[] = [];
      await withEngine(database, catalog, (engine) =>
        withNode({ identity }, async (under) => {
          under.answer = (request) => engine.handle(request);
          const tap = await tapped(under.port, wire);
          const [sipPort = 0, cdpPort = 0] = await portsInARow(2);
          const said: string[] = [];
          const kamailio = start(folder, { sipPort, cdpPort, ourPort: tap.port }, said);
          const ends = await sipEnds(sipPort);
          try {
            await until(() => under.node.connections.some(({ peer }) => peer?.host === 'scscf.ims.example.net'), 15_000).catch(() =>
              assert.fail(`Kamailio does not connect: ${said.join('').slice(-4_000)}`),
            );
            const of = (number: string): ChargingRequest[] =>
              under.requests.filter(({ identities }) => identities.some(({ value }) => value === number));
            const operations = (number: string) => of(number).map(({ operation }) => operation);
            const told = (): string =>
              `${JSON.stringify(under.events.filter(({ kind }) => kind === 'faulty-request'))} ${said.join('').slice(-4_000)}`;

            const within = <T>(awaited: Promise<T>): Promise<T> => {
              const late = new Promise<never>((_, reject) => {
                setTimeout(() => reject(new Error(`nothing comes: ${told()}`)), 20_000).unref();
              });
              return Promise.race([awaited, late]);
            };

            // We know it a moment before it knows us; a call that it cannot ask about then is not answered.
            const soon = (): Promise<string> => Promise.race([ends.call(NOBODY, CALLED).answered, sleep(1_000, '')]);
            const firstAnswer = async (): Promise<string> => {
              for (let tries = 0; tries < 15; tries += 1) {
                const answer = await soon();
                if (answer !== '') return answer;
              }
              return '';
            };
            assert.equal(await within(firstAnswer()), '402 Payment required (5030)', told());
            assert.equal(await within(ends.call(POOR, CALLED).answered), '402 Payment required (4012)', told());

            const call = ends.call(RICH, CALLED);
            assert.equal(await within(call.answered), '200 OK', told());
            await until(() => operations(RICH).length >= 2, 15_000);
            await within(call.hangUp());
            await until(() => operations(RICH).at(-1) === 'terminate', 15_000);
            assert.deepEqual([...new Set(operations(RICH))], ['initial', 'update', 'terminate'], told());
            assert.ok(of(RICH).every(({ service, facts }) => service === 'voice' && facts.called === CALLED));

            const cut = ends.call(SHORT, CALLED);
            assert.equal(await within(cut.answered), '200 OK', told());
            await within(cut.ended); // by Kamailio, when three seconds are over
            await until(() => operations(SHORT).at(-1) === 'terminate', 15_000);

            for (const [number, nanos] of [
              [RICH, 100n * CENT_OF_A_SECOND],
              [SHORT, 3n * CENT_OF_A_SECOND],
            ] as const) {
              const seconds = of(number).reduce((sum, { items }) => sum + (items[0]?.used[0]?.seconds ?? 0n), 0n);
              assert.ok(seconds > 0n && seconds <= 30n, `${seconds} s of ${number}`);
              const left = nanos - seconds * CENT_OF_A_SECOND;
              // Its last request was seen when it came, which is before it is charged.
              let balance = await balanceOf(database, number);
              for (let tries = 0; balance !== (left > 0n ? left : 0n) && tries < 200; tries += 1) {
                await sleep(25);
                balance = await balanceOf(database, number);
              }
              assert.equal(balance, left > 0n ? left : 0n);
            }
          } finally {
            await ends.close();
            await ended(kamailio);
            tap.close();
          }
        }),
      );
      assert.deepEqual(malformed(folder, Buffer.concat(wire), 272), []);
    }),
  );
});

function start(
  folder: string,
  { sipPort, cdpPort, ourPort }: Record<'sipPort' | 'cdpPort' | 'ourPort', number>,
  said: string[],
): ChildProcess {
  writeFileSync(
    join(folder, 'diameter.xml'),
    `<?xml version="1.0" encoding="UTF-8"?>
<DiameterPeer FQDN="scscf.ims.example.net" Realm="ims.example.net" Vendor_Id="10415" Product_Name="CDiameterPeer" AcceptUnknownPeers="0" DropUnknownOnDisconnect="1"
  Tc="1" Workers="2" QueueLength="32" TransactionTimeout="5" SessionsHashSize="128" DefaultAuthSessionTimeout="3600" MaxAuthSessionTimeout="3600">
  <Peer FQDN="${OUR_HOST}" Realm="example.net" port="${ourPort}"/>
  <Acceptor port="${cdpPort}" bind="127.0.0.1"/>
  <Auth id="4" vendor="10415"/>
  <Auth id="4" vendor="0"/>
  <SupportedVendor vendor="10415"/>
  <DefaultRoute FQDN="${OUR_HOST}" metric="10"/>
</DiameterPeer>
`,
  );
  const values: Record<string, string> = { SIP_PORT: String(sipPort), FOLDER: folder, OUR_HOST, MODULES: modules ?? '' };
  const file = join(folder, 'kamailio.cfg');
  writeFileSync(
    file,
    configuration.replace(/@(\w+)@/g, (_, name: string) => values[name] ?? ''),
  );
  const child = spawn('kamailio', ['-DD', '-E', '-f', file, '-w', folder, '-Y', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => said.push(text.toString()));
  return child;
}

async function balanceOf(database: TestDatabase, account: string): Promise<bigint> {
  await database.pool.query('call charging_settle()');
  const { rows } = await database.pool.query<{ value: string }>(
    `select value from charging_balance where account_id = $1 and definition = 'main'`,
    [account],
  );
  return BigInt(rows[0]?.value ?? -1);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(late);
}
