/**
 * Requests and answers by the schemas of 3GPP (TS 32.291 as OpenAPI), which may not be part of this project: NCHF_SCHEMAS names
 * a folder that has them.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { nfProfile, parseServed } from '#gateways/nchf/nf-profile.ts';
import type { SpendingLimitService } from '#operations/charging/spending-ports.ts';
import { plainAccount } from '../support/plain-charging.ts';
import { chargingData, ROOT, request, withNode, withNotifications } from './node-under-test.ts';

/** One of the files has a remark right behind a text, which is no YAML. */
const textOf = (path: string): string => readFileSync(path, 'utf8').replaceAll(/'#[ \t]*$/gm, "'");

const folder = process.env.NCHF_SCHEMAS;

let loaded: Ajv | undefined;

/** All of the folder, read once. */
function schemasOf(of: string): Ajv {
  if (loaded !== undefined) return loaded;
  loaded = new Ajv({ strict: false, validateFormats: false });
  for (const name of readdirSync(of)) if (name.endsWith('.yaml')) loaded.addSchema(parse(textOf(join(of, name))), name);
  return loaded;
}

test('answers and problems are right by the schemas of 3GPP, and so are the requests of these tests', (context) => {
  if (folder === undefined) return context.skip('NCHF_SCHEMAS names no folder with the OpenAPI files of 3GPP');
  const ajv = schemasOf(folder);
  const assertIs = (schema: string, value: unknown, service = 'TS32291_Nchf_ConvergedCharging.yaml'): void => {
    const file = schema === 'ProblemDetails' ? 'TS29571_CommonData.yaml' : service;
    const check = ajv.compile({ $ref: `${file}#/components/schemas/${schema}` });
    assert.ok(check(value), `${JSON.stringify(check.errors)} in ${JSON.stringify(value)}`);
  };
  assert.throws(() => assertIs('ChargingDataResponse', { invocationSequenceNumber: 'a' }), 'the schemas do refuse');
  return withNode({}, async (under) => {
    under.answer = ({ session, number }) => ({
      ...{ session, number, result: 'granted' },
      items: [
        {
          ...{
            ratingGroup: '1',
            result: 'granted',
            granted: { bytes: 5n, seconds: 60n, events: 1n },
            validitySeconds: 10,
            holdingSeconds: 20,
          },
          ...{
            tariffChangeMicros: 1_795_312_000_000_000,
            threshold: { bytes: 5n, seconds: 1n },
            finalUnit: { action: 'redirect', to: '192.0.2.1' },
          },
        },
        { ratingGroup: '2', result: 'credit-limit-reached', finalUnit: { action: 'restrict', filter: 'portal' } },
      ],
    });
    const asked = chargingData({
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: {}, usedUnitContainer: [{ localSequenceNumber: 1, time: 5 }] }],
    });
    assertIs('ChargingDataRequest', asked);
    assertIs('ChargingDataResponse', (await under.post(ROOT, asked)).body);
    assertIs('ProblemDetails', (await under.post(ROOT, {})).body);

    const offline = 'TS32291_Nchf_OfflineOnlyCharging.yaml';
    const { chargingId, ...told } = asked;
    const session = { pDUSessionChargingInformation: { chargingId, pduSessionInformation: { pduSessionID: 1, dnnId: 'internet' } } };
    assertIs('ChargingDataRequest', { ...told, ...session }, offline);
    const root = '/nchf-offlineonlycharging/v1/offlinechargingdata';
    assertIs('ChargingDataResponse', (await under.post(root, { ...told, ...session })).body, offline);
    under.answer = ({ session: id, number }) => ({
      ...{ session: id, number, result: 'granted' },
      items: [
        { ratingGroup: '1', result: 'granted' },
        { ratingGroup: '2', result: 'rating-failed', detail: 'no price' },
      ],
    });
    const unpriced = (await under.post(root, { ...told, ...session })).body;
    assert.equal(Object.hasOwn(unpriced ?? {}, 'invocationResult'), true);
    assertIs('ChargingDataResponse', unpriced, offline);
  });
});

const limits: SpendingLimitService = {
  async subscribe({ identities: _, ...wanted }) {
    const pending = [{ status: 'normal', atMicros: 1_795_312_000_000_000 }];
    const counters = [
      { counter: 'fair', status: 'throttled', pending },
      { counter: 'spend', status: 'normal', pending: [] },
    ];
    return { kind: 'counters', counters, subscription: { ...wanted, account: 'a', reported: counters } };
  },
  modify: async () => ({ kind: 'unknown-counters', unknown: ['x'] }),
  unsubscribe: async () => true,
};

test('spending limits are right by the schemas of 3GPP: context, status, notification, termination, problem', (context) => {
  if (folder === undefined) return context.skip('NCHF_SCHEMAS names no folder with the OpenAPI files of 3GPP');
  const ajv = schemasOf(folder);
  const assertIs = (schema: string, value: unknown, file = 'TS29594_Nchf_SpendingLimitControl.yaml'): void => {
    const check = ajv.compile({ $ref: `${file}#/components/schemas/${schema}` });
    assert.ok(check(value), `${JSON.stringify(check.errors)} in ${JSON.stringify(value)}`);
  };
  assert.throws(() => assertIs('SpendingLimitStatus', { statusInfos: {} }), 'the schemas do refuse');
  return withNotifications(204, (uri, received) =>
    withNode({ spendingLimits: limits }, async ({ server, consumer, post }) => {
      const words = { supi: 'imsi-262011234567890', notifUri: uri.replace(/\?.*/, ''), notifId: 'n1', expiry: '2030-01-01T00:00:00Z' };
      const wanted = { ...words, policyCounterIds: ['fair', 'spend'] };
      assertIs('SpendingLimitContext', wanted);
      const path = '/nchf-spendinglimitcontrol/v1/subscriptions';
      assertIs('SpendingLimitStatus', (await post(path, wanted)).body);
      const wrong = await request(consumer, 'PUT', `${path}/nchf-1`, JSON.stringify(wanted));
      assertIs('ProblemDetails', wrong.body, 'TS29571_CommonData.yaml');
      const answer = await limits.subscribe({
        ...{ id: 'nchf-1', kind: 'nchf', counters: [], identities: [], expiresMicros: undefined },
        peer: { supi: words.supi, notifUri: words.notifUri, notifId: words.notifId },
      });
      assert.equal(answer.kind, 'counters');
      if (answer.kind !== 'counters') return;
      assert.equal(await server.spendingNotifier.changed(answer.subscription, answer.counters), 'told');
      assertIs('SpendingLimitStatus', JSON.parse(received[0] ?? ''));
      assert.equal(await server.spendingNotifier.ended(answer.subscription, plainAccount('491', 0n)), 'told');
      assertIs('SubscriptionTerminationInfo', JSON.parse(received[1] ?? ''));
    }),
  );
});

test('what an NRF is told of us is right by the schemas of 3GPP: by name and by address, with ranges and without', (context) => {
  if (folder === undefined) return context.skip('NCHF_SCHEMAS names no folder with the OpenAPI files of 3GPP');
  const check = schemasOf(folder).compile({ $ref: 'TS29510_Nnrf_NFManagement.yaml#/components/schemas/NFProfile' });
  const instanceId = '7a1b2c3d-0000-5000-8000-000000000001';
  const serves = parseServed('supi=262010000000000-262019999999999, gpsi=491700000000-491799999999, plmn=20801') ?? [];
  for (const host of ['192.0.2.7', '2001:db8::7', 'chf.example.net'])
    for (const ranges of [[], serves]) {
      const profile = nfProfile({ instanceId, host, port: 8080, scheme: 'https', networks: ['26201'], serves: ranges });
      assert.ok(check(JSON.parse(JSON.stringify(profile))), JSON.stringify(check.errors));
    }
  assert.ok(!check({ nfType: 'CHF' }), 'the schema does refuse');
});
