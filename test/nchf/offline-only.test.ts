/** Nchf_OfflineOnlyCharging: use is recorded as it is told, without quota. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingAccount } from '#core/charging/account.ts';
import { openAccount } from '#core/charging/change.ts';
import type { UsageRecord } from '#core/charging/decision.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { catalogOf } from '../charging/plan-words.ts';
import { chargingData, withNode } from './node-under-test.ts';

const OFFLINE = '/nchf-offlineonlycharging/v1/offlinechargingdata';
const HOUR = 3_600_000_000;

/** As an SMF tells it: what stands in a request for quota is passed over. */
const offlineData = (number: number, bytes?: number): Readonly<Record<string, unknown>> => ({
  ...chargingData({ invocationSequenceNumber: number }),
  pDUSessionChargingInformation: { chargingId: 4711, pduSessionInformation: { pduSessionID: 1, dnnId: 'internet' } },
  multipleUnitUsage: [
    {
      ratingGroup: 1,
      requestedUnit: { totalVolume: 5_000_000 },
      ...(bytes === undefined ? {} : { usedUnitContainer: [{ localSequenceNumber: number, totalVolume: bytes }] }),
    },
  ],
});

test('use is told for hours, is priced, and becomes a record; no quota is given or held', () => {
  const catalog = catalogOf('0.01/MB', 'credit 100.00');
  const rules = chargingRules(catalog);
  let now = Date.parse('2026-11-22T09:00:00Z') * 1_000;
  const identities = [{ kind: 'imsi', value: '262011234567890' }] as const;
  let [account] = valueOrThrow(openAccount(catalog, { id: 'a', currency: 'EUR', plan: 'plan', identities }, now))
    .accounts as ChargingAccount[];
  const records: UsageRecord[] = [];
  const sweep = (): void => {
    assert.ok(account !== undefined);
    account = rules.sweep({ account, pools: [] }, now).accounts[0] ?? account;
  };
  return withNode({ now: () => now }, async (under) => {
    under.answer = (request) => {
      assert.equal(request.offline, true);
      const state =
        account?.identities[0]?.value === request.identities[0]?.value && account !== undefined ? { account, pools: [] } : undefined;
      const decision = rules.decide(state, request, now);
      account = decision.accounts[0] ?? account;
      records.push(...decision.records);
      return decision.answer;
    };
    const created = await under.post(OFFLINE, offlineData(0));
    assert.equal(created.status, 201, created.text);
    assert.deepEqual(created.body, { invocationTimeStamp: '2026-11-22T09:00:00.000Z', invocationSequenceNumber: 0 });
    assert.equal((await under.post(OFFLINE, offlineData(0))).headers.location, created.headers.location, 'the same again');
    const path = String(created.headers.location).slice(under.origin.length);
    now += 20 * HOUR;
    sweep();
    const updated = await under.post(`${path}/update`, offlineData(1, 10_000_000));
    assert.equal(updated.status, 200, updated.text);
    assert.equal(account?.buckets[0]?.value, -100_000_000n, 'it is on credit');
    assert.equal(account?.buckets[0]?.reserved, 0n);
    now += 20 * HOUR;
    sweep();
    assert.equal((await under.post(`${path}/release`, offlineData(2, 5_000_000))).status, 204);
    assert.equal(records.length, 1);
    assert.equal(records[0]?.chargedNanos, 150_000_000n);
    assert.equal((await under.post(`${path}/update`, offlineData(3, 1))).status, 404);
    const elsewhere = await under.post(OFFLINE, { ...offlineData(0), subscriberIdentifier: 'imsi-26299' });
    assert.deepEqual([elsewhere.status, elsewhere.body?.cause], [404, 'USER_UNKNOWN']);
    assert.equal((await under.post(OFFLINE, { ...offlineData(0), invocationTimeStamp: 'now' })).body?.cause, 'MANDATORY_IE_INCORRECT');
  });
});
