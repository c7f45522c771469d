/** Advice of charge over Ro: what an AS asks with AoC-Request-Type, and AoC-Information as the rules of charging come to it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import type { AvpValues } from '#codecs/diameter/build.ts';
import { readMessage } from '#codecs/diameter/build.ts';
import { checkMessage } from '#codecs/diameter/check.ts';
import { catalogOf } from '../../charging/plan-words.ts';
import { World } from '../../charging/world.ts';
import { withFolder } from '../../support/cli.ts';
import { ccr, dictionary, message, withNode } from './node-under-test.ts';
import { malformed } from './wire.ts';

const call = (values: AvpValues): AvpValues =>
  ccr({
    ...{ 'Service-Context-Id': '32260@3gpp.org', 'Event-Timestamp': 1_791_999_000 }, // 2026-10-14T17:30:00Z
    'Subscription-Id': [{ 'Subscription-Id-Type': 0, 'Subscription-Id-Data': '4930' }],
    'Service-Information': { 'IMS-Information': { 'Node-Functionality': 6, 'Called-Party-Address': 'tel:+4989' } },
    ...values,
  });
const initial = { 'Requested-Service-Unit': { 'CC-Time': 60 } };
const update = { 'CC-Request-Type': 2, 'CC-Request-Number': 1, 'Used-Service-Unit': [{ 'CC-Time': 90 }], ...initial };
const end = { 'CC-Request-Type': 3, 'CC-Request-Number': 2, 'Used-Service-Unit': [{ 'CC-Time': 30 }] };

/** Answers of a node that charges by the rules, and their octets. */
async function answersTo(requests: readonly AvpValues[]): Promise<{ values: AvpValues[]; wire: Buffer[] }> {
  const prices = 'bands peak 08:00-18:00, off otherwise; (peak): 0.1234567/min 1/1; (off): 0.06/min 1/1; split; setup fee 0.10';
  const world = new World(catalogOf(prices, 'allowance min = 100 s'));
  world.open('min; 5.00');
  world.now = world.timeOf('17:30');
  const values: AvpValues[] = [];
  const wire: Buffer[] = [];
  await withNode({ now: () => world.now }, async (under) => {
    under.answer = (request) => world.send(request);
    const peer = await under.client();
    for (const request of requests) {
      const octets = await peer.connection.ask((hopByHop) => message('CCR', call(request), hopByHop));
      assert.ok(octets !== undefined);
      assert.deepEqual(checkMessage(dictionary, octets), []);
      wire.push(Buffer.from(octets));
      values.push(readMessage(dictionary, octets)?.values ?? {});
    }
  });
  return { values, wire };
}

const adviceIn = (answer: AvpValues) => (answer['Service-Information'] as AvpValues | undefined)?.['AoC-Information'];

const advices = async (requests: readonly AvpValues[]) => {
  const { values } = await answersTo(requests);
  return values.map(adviceIn);
};

const time = (digits: bigint, exponent: number, lasts?: number): AvpValues => ({
  ...{ 'CC-Unit-Type': 0, 'Charge-Reason-Code': 1, 'Unit-Value': { 'Value-Digits': 60n, Exponent: 0 } },
  'Unit-Cost': { 'Value-Digits': digits, Exponent: exponent },
  ...(lasts === undefined ? {} : { 'Unit-Quota-Threshold': lasts }),
});
const fee = { 'CC-Unit-Type': 1, 'Charge-Reason-Code': 3, 'Unit-Cost': { 'Value-Digits': 1n, Exponent: -1 } };
const costs = (accumulated: [bigint, number], incremental: [bigint, number]): AvpValues => ({
  'Accumulated-Cost': { 'Value-Digits': accumulated[0], Exponent: accumulated[1] },
  'Incremental-Cost': [{ 'Value-Digits': incremental[0], Exponent: incremental[1] }],
  'Currency-Code': 978,
});

test('an AS that asks for advice of charge is told costs and tariff, exactly, from the first answer to the last', async () => {
  const full = { 'AoC-Request-Type': 1 };
  const later = { ...update, ...full, 'Used-Service-Unit': [{ 'CC-Time': 160 }] };
  const peak = { 'Currency-Code': 978, 'Rate-Element': [time(0n, 0, 100), fee, time(1_234_567n, -7)] };
  const [first, second, again, last] = await advices([{ ...initial, ...full }, later, later, { ...end, ...full }]);
  assert.deepEqual(first, {
    'AoC-Cost-Information': costs([0n, 0], [0n, 0]),
    'Tariff-Information': {
      'Current-Tariff': peak,
      'Tariff-Time-Change': 1_792_000_800,
      'Next-Tariff': { 'Currency-Code': 978, 'Rate-Element': [time(0n, 0, 100), time(6n, -2)] },
    },
  });
  assert.deepEqual(second, {
    'AoC-Cost-Information': costs([2_234_567n, -7], [2_234_567n, -7]),
    'Tariff-Information': {
      'Current-Tariff': { 'Currency-Code': 978, 'Rate-Element': [time(1_234_567n, -7)] },
      'Tariff-Time-Change': 1_792_000_800,
      'Next-Tariff': { 'Currency-Code': 978, 'Rate-Element': [time(6n, -2)] },
    },
  });
  assert.deepEqual(again, second, 'a repetition');
  assert.deepEqual(last, { 'AoC-Cost-Information': costs([28_518_505n, -8], [6_172_835n, -8]) });
});

test('what is not asked for is not told: costs alone, a tariff alone, nothing', async () => {
  const keys = (advice: unknown): readonly string[] => Object.keys((advice ?? {}) as object);
  const units = { 'AoC-Information': { 'AoC-Subscription-Information': { 'AoC-Format': 1 } } };
  const [cost, tariff, none] = await advices([
    { ...initial, 'AoC-Request-Type': 2 },
    { ...update, 'AoC-Request-Type': 3 },
    { ...end, 'AoC-Request-Type': 3 },
  ]);
  assert.deepEqual([keys(cost), keys(tariff), none], [['AoC-Cost-Information'], ['Tariff-Information'], undefined]);
  const [never, unasked, inUnits] = await advices([
    initial,
    { ...update, 'AoC-Request-Type': 0 },
    { ...end, 'AoC-Request-Type': 1, 'Service-Information': units },
  ]);
  assert.deepEqual([never, unasked, inUnits], [undefined, undefined, undefined]);
});

test('a price that is asked for is no charge, and a type of advice that there is not is refused with the AVP', async () => {
  const price = { ...initial, 'CC-Request-Type': 4, 'Requested-Action': 3, 'AoC-Request-Type': 2, 'Session-Id': 'as1;1;1' };
  const asked = { 'Requested-Service-Unit': { 'CC-Time': 130 } };
  const { values } = await answersTo([
    { ...price, ...asked },
    { ...initial, 'AoC-Request-Type': 4 },
  ]);
  const [enquired, refused] = values;
  assert.deepEqual(adviceIn(enquired ?? {}), {
    'AoC-Cost-Information': { 'Accumulated-Cost': { 'Value-Digits': 16_172_835n, Exponent: -8 }, 'Currency-Code': 978 },
  });
  assert.equal(refused?.['Result-Code'], 5004);
  assert.deepEqual(refused?.['Failed-AVP'], [{ 'AoC-Request-Type': [4] }]);
});

test('tshark finds nothing malformed in AoC-Information', async (context) => {
  if (spawnSync('tshark', ['--version']).status !== 0) {
    context.skip('not installed: tshark');
    return;
  }
  const { wire } = await answersTo([
    { ...initial, 'AoC-Request-Type': 1 },
    { ...end, 'AoC-Request-Type': 1 },
  ]);
  await withFolder(async (folder) =>
    assert.deepEqual(malformed(folder, Buffer.concat(wire), 2054, { dissector: 'diameter', field: 'diameter.avp.code' }), []),
  );
});
