/** Bodies that are damaged in any way are read or refused, and never throw. `NCHF_FUZZ_RUNS=10000000 NCHF_FUZZ_SEED=2 npm test -- nchf/fuzz` for more. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonFault, parseStrictJson } from '#codecs/json/strict-json.ts';
import { readChargingData, type Step } from '#gateways/nchf/read-request.ts';
import { seeded } from '../support/seeded.ts';
import { chargingData } from './node-under-test.ts';

const runs = Number(process.env.NCHF_FUZZ_RUNS ?? 4_000);
const seed = Number(process.env.NCHF_FUZZ_SEED ?? 1);
const steps: readonly Step[] = ['create', 'update', 'release'];

const bodies = [
  chargingData({
    oneTimeEvent: true,
    oneTimeEventType: 'PEC',
    notifyUri: 'http://192.0.2.1/n',
    multipleUnitUsage: [
      {
        ratingGroup: 1,
        requestedUnit: { totalVolume: 18_446_744 },
        usedUnitContainer: [
          { localSequenceNumber: 1, time: 5, triggers: [{ triggerType: 'TARIFF_TIME_CHANGE', triggerCategory: 'IMMEDIATE_REPORT' }] },
        ],
      },
    ],
  }),
  chargingData({
    pDUSessionChargingInformation: {
      userInformation: { servedGPSI: 'msisdn-491701234567', roamerInOut: 'OUT_BOUND' },
      userLocationinfo: { nrLocation: { ncgi: { plmnId: { mcc: '262', mnc: '01' }, nrCellId: '000000010' } } },
      pduSessionInformation: { pduSessionID: 1, dnnId: 'internet', networkSlicingInfo: { sNSSAI: { sst: 1, sd: 'abcdef' } } },
    },
  }),
  chargingData({
    sMSChargingInformation: { originatorInfo: { originatorGPSI: 'msisdn-49170' }, recipientInfo: [{ recipientGPSI: 'msisdn-49171' }] },
  }),
  chargingData({ iMSChargingInformation: { calledPartyAddress: 'tel:+4930123', timeStamps: '2026-11-22T10:00:00Z' } }),
].map((body) => JSON.stringify(body));
const pieces = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\\u',
  'null',
  'true',
  '-',
  '1e999',
  '18446744073709551616',
  '\u0000',
  'é',
  '{"a":',
  '[[[[',
];

test('damaged JSON is read as JSON.parse reads it or is a fault, and what was read is a request or a problem', () => {
  const random = seeded(seed);
  const below = (most: number): number => Math.floor(random() * most);
  let read = 0;
  for (let run = 0; run < runs; run += 1) {
    const text = damaged(bodies[below(bodies.length)] ?? '', below);
    try {
      parseStrictJson(text);
      JSON.parse(text); // what is taken here is JSON
      read += 1;
    } catch (error) {
      assert.ok(error instanceof JsonFault, `seed ${seed}, run ${run}: ${String(error)} for ${text}`);
    }
    const given = readChargingData(text, steps[below(3)] ?? 'create', { home: ['26201'], areBilled: below(2) === 0 }, below(2) === 0);
    assert.ok('request' in given || given.status === 400, text);
  }
  assert.ok(read > runs / 50 && read < runs, `${read} of ${runs} were JSON`);
});

/** A few changes: characters, pieces, numbers, parts taken out or said twice. */
function damaged(text: string, below: (most: number) => number): string {
  let changed = text;
  for (let changes = below(4); changes >= 0; changes -= 1) {
    const [at, length] = [below(changed.length + 1), below(12)];
    const piece = pieces[below(pieces.length)] ?? '';
    const kind = below(5);
    if (kind === 0) changed = changed.slice(0, at) + String.fromCharCode(below(0x180)) + changed.slice(at + 1);
    else if (kind === 1) changed = changed.slice(0, at) + piece + changed.slice(at);
    else if (kind === 2) changed = changed.slice(0, at) + changed.slice(at + length);
    else if (kind === 3) changed = changed.slice(0, at) + changed.slice(at, at + length) + changed.slice(at);
    else changed = changed.replace(/\d+/, () => String(below(2) === 0 ? below(1_000_000_000) * below(1_000_000_000) : -below(9)));
  }
  return changed;
}
