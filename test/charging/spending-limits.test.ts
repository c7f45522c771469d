/** Policy counters over Sy and over Nchf, on a real engine and store: what is subscribed, what is told, and what survives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AvpValues } from '#codecs/diameter/build.ts';
import { readMessage } from '#codecs/diameter/build.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { ChargingEngine } from '#engine/engine.ts';
import type { DiameterClient } from '#gateways/diameter/client.ts';
import { SpendingLimits } from '#operations/charging/spending-limits.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { subscriptionBooksOn } from '#storage/charging/subscriptions.ts';
import { ask, dictionary, message, until, withNode as withDiameter } from '../diameter/peers/node-under-test.ts';
import { type Answered, request as askNchf, withNode as withNchf, withNotifications } from '../nchf/node-under-test.ts';
import { catalogOf } from './plan-words.ts';
import { enterAccount, sharedDatabase } from './with-engine.ts';

const SY = 16_777_302;
const LIMITS = '/nchf-spendinglimitcontrol/v1/subscriptions';

const database = sharedDatabase();

const fair =
  'control fair: bytes a month, status throttled at 10 MB, status exhausted at 20 MB; control spend: 1.00 a month, status warned at 50 %';

interface Charging {
  readonly engine: ChargingEngine;
  readonly limits: SpendingLimits;
  now: number;
  catalog: CompiledCatalog;
  use(number: string, bytes: bigint): Promise<void>;
}

/** An engine with spending limits, as `serve` has them. */
async function withCharging(work: (charging: Charging) => Promise<void>, plan = fair): Promise<void> {
  const state: Pick<Charging, 'now' | 'catalog'> = { now: Date.parse('2026-10-14T12:00:00Z') * 1_000, catalog: catalogOf('0.01/MB', plan) };
  const engine = new ChargingEngine({
    store: openChargingStore(database()),
    rules: chargingRules(state.catalog),
    name: 'test',
    clock: () => state.now,
  });
  const limits = new SpendingLimits({
    books: subscriptionBooksOn(database()),
    catalog: () => state.catalog,
    clock: () => state.now,
    failed: (error) => assert.fail(String(error)),
  });
  await engine.start();
  engine.on((event) => {
    if (event.kind === 'counter-status' || event.kind === 'account-closed') limits.changed(event.account);
  });
  let events = 0;
  try {
    await work(
      Object.assign(state, {
        engine,
        limits,
        async use(number: string, bytes: bigint) {
          events += 1;
          const session = `use;${number};${state.now};${events}`;
          const common = { session, number: 0, identities: [{ kind: 'msisdn', value: number }], service: 'data', facts: {} } as const;
          const item = { ratingGroup: '1', requested: { bytes }, used: [] };
          const answer = await engine.handle({ ...common, operation: 'event-debit', eventMicros: state.now, items: [item] });
          assert.equal(answer.result, 'granted', String(answer.detail));
        },
      }),
    );
  } finally {
    limits.close();
    await engine.stop();
  }
}

const enter = (number: string, catalog: CompiledCatalog, now: number): Promise<void> =>
  enterAccount(database(), catalog, number, 100_000_000_000n, { now, identities: [{ kind: 'imsi', value: `26201${number.slice(-10)}` }] });

const slr = (session: string, values: AvpValues = {}): AvpValues => ({
  'Session-Id': session,
  'Auth-Application-Id': SY,
  'Origin-Host': 'pcrf1.example.org',
  'Origin-Realm': 'example.org',
  'Destination-Realm': 'example.net',
  'SL-Request-Type': 0,
  ...values,
});
const subscriber = (number: string): AvpValues => ({
  'Subscription-Id': [{ 'Subscription-Id-Type': 0, 'Subscription-Id-Data': number }],
});
const str = (session: string): AvpValues => {
  const { 'SL-Request-Type': _, ...others } = slr(session);
  return { ...others, 'Termination-Cause': 1 };
};

/** `fair throttled, then usual at 2026-11-01T00:00:00.000Z`. */
function shown(values: AvpValues | undefined): readonly string[] {
  const reports = (values?.['Policy-Counter-Status-Report'] ?? []) as readonly AvpValues[]; // groups, by the dictionary
  return reports.map((report) => {
    const [pending] = (report['Pending-Policy-Counter-Information'] ?? []) as readonly AvpValues[];
    const then =
      pending === undefined
        ? ''
        : `, then ${pending['Policy-Counter-Status']} at ${new Date(Number(pending['Pending-Policy-Counter-Change-Time']) * 1_000).toISOString()}`;
    return `${report['Policy-Counter-Identifier']} ${report['Policy-Counter-Status']}${then}`;
  });
}

/** A PCRF: what it was told, and what it answers. */
interface Pcrf {
  readonly told: AvpValues[];
  result: number;
  client: DiameterClient;
}

async function withPcrf(charging: Charging, work: (pcrf: Pcrf) => Promise<void>): Promise<void> {
  await withDiameter({ spendingLimits: charging.limits }, async (under) => {
    charging.limits.notifyBy(under.node.spendingNotifier);
    const told: AvpValues[] = [];
    const identity = { host: 'pcrf1.example.org', realm: 'example.org', others: [], product: 'test', originState: 1, applications: [SY] };
    const client = await under.client({
      identity,
      asked: (header, octets) => {
        const values = readMessage(dictionary, octets)?.values ?? {};
        told.push(values);
        const origin = { 'Origin-Host': identity.host, 'Origin-Realm': identity.realm };
        return answerTo(header.hopByHop, { 'Session-Id': values['Session-Id'] ?? '', 'Result-Code': pcrf.result, ...origin });
      },
    });
    const pcrf: Pcrf = { told, result: 2001, client };
    await work(pcrf);
  });
}

const answerTo = (hopByHop: number, values: AvpValues): Uint8Array => message('SNA', values, hopByHop, SY);
const NEXT_PERIOD = '2026-11-01T00:00:00.000Z';

test('a PCRF hears the status of all counters, changes as they happen with what is pending, and nothing after it has ended it', () =>
  withCharging(async (charging) => {
    await enter('4917010', charging.catalog, charging.now);
    await withPcrf(charging, async (pcrf) => {
      const session = 'pcrf1.example.org;1;1';
      const first = await ask(pcrf.client, 'SLR', slr(session, subscriber('+4917010')));
      assert.equal(first?.values['Result-Code'], 2001);
      assert.deepEqual(shown(first?.values), ['fair usual', 'spend usual']);

      await charging.use('4917010', 10_000_000n);
      await until(() => pcrf.told.length === 1);
      assert.deepEqual(shown(pcrf.told[0]), [`fair throttled, then usual at ${NEXT_PERIOD}`], 'only what has changed');
      assert.equal(pcrf.told[0]?.['Destination-Host'], 'pcrf1.example.org');

      const only = await ask(pcrf.client, 'SLR', slr(session, { 'SL-Request-Type': 1, 'Policy-Counter-Identifier': ['spend'] }));
      assert.deepEqual(shown(only?.values), ['spend usual']);
      await charging.use('4917010', 10_000_000n);
      await charging.use('4917010', 30_000_000n);
      await until(() => pcrf.told.length === 2);
      assert.deepEqual(shown(pcrf.told[1]), [`spend warned, then usual at ${NEXT_PERIOD}`], 'fair is not subscribed to any more');

      assert.equal((await ask(pcrf.client, 'STR', str(session), SY))?.values['Result-Code'], 2001);
      assert.equal((await ask(pcrf.client, 'STR', str(session), SY))?.values['Result-Code'], 5002);
      const later = await ask(pcrf.client, 'SLR', slr(session, { 'SL-Request-Type': 1 }));
      assert.equal(later?.values['Result-Code'], 5002);
    });
  }));

test('what cannot be subscribed to has the result of the standard', () =>
  withCharging(async (charging) => {
    await enter('4917011', charging.catalog, charging.now);
    await withPcrf(charging, async ({ client }) => {
      const session = 'pcrf1.example.org;2;1';
      const unknown = await ask(client, 'SLR', slr(session, subscriber('4900')));
      assert.equal(unknown?.values['Result-Code'], 5030);
      const counters = { 'Policy-Counter-Identifier': ['fair', 'other'] };
      const wrong = await ask(client, 'SLR', slr(session, { ...subscriber('4917011'), ...counters }));
      assert.equal(wrong?.values['Result-Code'], undefined);
      assert.deepEqual(wrong?.values['Experimental-Result'], { 'Vendor-Id': 10_415, 'Experimental-Result-Code': 5570 });
      assert.deepEqual(wrong?.values['Failed-AVP'], [{ 'Policy-Counter-Identifier': ['other'] }]);
      assert.equal((await ask(client, 'SLR', slr(session)))?.values['Result-Code'], 5005, 'nobody is named');
      charging.catalog = catalogOf('0.01/MB', 'control blunt: bytes a month, notify sms at 10 MB');
      const none = await ask(client, 'SLR', slr(session, subscriber('4917011')));
      assert.deepEqual(none?.values['Experimental-Result'], { 'Vendor-Id': 10_415, 'Experimental-Result-Code': 4241 });
    });
  }));

test('subscriptions outlive the process and the PCRF’s absence: what changed meanwhile is told once', async () => {
  const session = 'pcrf1.example.org;3;1';
  await withCharging(async (charging) => {
    await enter('4917012', charging.catalog, charging.now);
    await withPcrf(charging, async ({ client }) => {
      assert.deepEqual(shown((await ask(client, 'SLR', slr(session, subscriber('4917012'))))?.values), ['fair usual', 'spend usual']);
    });
    await charging.use('4917012', 15_000_000n);
  });
  await withCharging(async (charging) => {
    await withPcrf(charging, async (pcrf) => {
      await charging.limits.reconcile(charging.engine.shards);
      await until(() => pcrf.told.length === 1);
      assert.deepEqual(shown(pcrf.told[0]), [`fair throttled, then usual at ${NEXT_PERIOD}`]);
      await charging.limits.reconcile(charging.engine.shards);
      charging.now = Date.parse('2026-11-02T00:00:00Z') * 1_000;
      await charging.limits.reconcile(charging.engine.shards);
      assert.equal(pcrf.told.length, 1, 'neither is it told twice, nor what it knew would come');
      await charging.use('4917012', 20_000_000n);
      await until(() => pcrf.told.length === 2);
      assert.deepEqual(shown(pcrf.told[1]), ['fair exhausted, then usual at 2026-12-01T00:00:00.000Z']);
      pcrf.result = 5002;
      await charging.use('4917012', 30_000_000n);
      await until(() => pcrf.told.length === 3);
      await gone(session);
    });
  });
});

test('limits that a customer sets are heard of, and a closed account ends its subscriptions', () =>
  withCharging(async (charging) => {
    await enter('4917013', charging.catalog, charging.now);
    await withPcrf(charging, async (pcrf) => {
      const session = 'pcrf1.example.org;4;1';
      await ask(pcrf.client, 'SLR', slr(session, subscriber('4917013')));
      await charging.use('4917013', 5_000_000n);
      valueOrThrow(await charging.engine.apply('4917013', { kind: 'set-control', key: 'low', control: 'spend', limit: 60_000_000n }));
      await until(() => pcrf.told.length === 1);
      assert.deepEqual(shown(pcrf.told[0]), [`spend warned, then usual at ${NEXT_PERIOD}`]);
      valueOrThrow(await charging.engine.apply('4917013', { kind: 'set-status', key: 'end', status: 'closed' }));
      await until(() => pcrf.told.length === 2);
      assert.equal(pcrf.told[1]?.['SN-Request-Type'], 2);
      await gone(session);
    });
  }));

async function gone(session: string): Promise<void> {
  const books = subscriptionBooksOn(database());
  for (let tries = 0; (await books.get(session, 0)) !== undefined; tries += 1) {
    assert.ok(tries < 6_000, 'the subscription stays');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a PCF subscribes, changes, is told, and ends it; what it gets wrong is a problem with the cause of the standard', () =>
  withCharging(async (charging) => {
    await enter('4917020', charging.catalog, charging.now);
    await withNotifications(204, (uri, received) =>
      withNchf({ spendingLimits: charging.limits, now: () => charging.now }, async ({ server, consumer, origin }) => {
        charging.limits.notifyBy(server.spendingNotifier);
        const notifUri = `${new URL(uri).origin}/pcf`;
        const send = (method: string, path: string, body?: object): Promise<Answered> =>
          askNchf(consumer, method, path, body === undefined ? '' : JSON.stringify(body));
        const supi = 'imsi-262014917020';
        const created = await send('POST', LIMITS, { supi, notifUri, notifId: 'n1', expiry: '2026-10-14T13:00:00Z' });
        assert.equal(created.status, 201, created.text);
        const path = String(created.headers.location).slice(origin.length);
        assert.match(path, new RegExp(`^${LIMITS}/nchf-[\\w-]+$`));
        assert.deepEqual(created.body, {
          ...{ supi, notifId: 'n1', expiry: '2026-10-14T13:00:00.000Z' },
          statusInfos: {
            fair: { policyCounterId: 'fair', currentStatus: 'usual' },
            spend: { policyCounterId: 'spend', currentStatus: 'usual' },
          },
        });
        const changed = await send('PUT', path, { supi, policyCounterIds: ['fair'], expiry: '2026-10-14T14:00:00Z' });
        assert.equal(changed.status, 200, changed.text);
        assert.deepEqual(Object.keys(changed.body?.statusInfos ?? {}), ['fair']);

        await charging.use('4917020', 60_000_000n);
        const notified = await arrived(received, 1);
        const fairNow = { policyCounterId: 'fair', currentStatus: 'exhausted' };
        const pending = [{ policyCounterStatus: 'usual', activationTime: NEXT_PERIOD }];
        assert.deepEqual(notified.statusInfos, { fair: { ...fairNow, penPolCounterStatuses: pending } });
        assert.equal(notified.notifId, 'n1');

        const cases: readonly [string, string, object, number, RegExp][] = [
          ['POST', LIMITS, { supi: 'imsi-99999', notifUri }, 400, /"cause":"USER_UNKNOWN"/],
          ['POST', LIMITS, { supi, notifUri, policyCounterIds: ['x'] }, 400, /"cause":"UNKNOWN_POLICY_COUNTERS".*"param":"x"/],
          ['POST', LIMITS, { supi }, 400, /"cause":"MANDATORY_IE_MISSING".*\/notifUri/],
          ['POST', LIMITS, { notifUri }, 400, /"cause":"MANDATORY_IE_MISSING".*supi or gpsi is needed/],
          ['POST', LIMITS, { supi, notifUri: 'ftp://x' }, 400, /an address of http/],
          ['POST', LIMITS, { supi, notifUri, expiry: '2026-10-14T11:00:00Z' }, 400, /it is over already/],
          ['PUT', `${LIMITS}/nchf-none`, { supi }, 404, /"cause":"SUBSCRIPTION_NOT_FOUND"/],
          ['PATCH', path, {}, 405, /only PUT and DELETE/],
        ];
        for (const [method, where, body, status, expected] of cases) {
          const answer = await send(method, where, body);
          assert.equal(answer.status, status, answer.text);
          assert.match(answer.text, expected);
        }
        assert.equal((await send('DELETE', path)).status, 204);
        assert.equal((await send('DELETE', path)).status, 404);

        const again = await send('POST', LIMITS, { supi, notifUri, expiry: '2026-10-14T13:00:00Z' });
        const second = String(again.headers.location).slice(origin.length);
        const third = await send('POST', LIMITS, { gpsi: 'msisdn-4917020', notifUri: `${notifUri}/3` });
        assert.equal(third.status, 201, third.text);
        charging.now += 3_600_000_000;
        assert.equal((await send('PUT', second, { supi })).status, 404, 'it is over');
        valueOrThrow(await charging.engine.apply('4917020', { kind: 'set-status', key: 'end-4917020', status: 'closed' }));
        assert.deepEqual(await arrived(received, 2), { supi: 'imsi-262014917020', termCause: 'REMOVED_SUBSCRIBER' });
        assert.equal(received.length, 2, 'none for what was over');
      }),
    );
  }));

/** The body of the notification with this number. */
async function arrived(received: readonly string[], count: number): Promise<Readonly<Record<string, unknown>>> {
  await until(() => received.length >= count);
  return JSON.parse(received[count - 1] ?? '') as Readonly<Record<string, unknown>>; // ours, an object
}
