/** What is too much says how much there is, in every protocol. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted } from '#api/charging/show.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import { openAccount } from '#core/charging/change.ts';
import type { ChargingRequest, Units } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import { problemOf } from '#gateways/nchf/write-answer.ts';
import { ask, ccr, withNode } from '../diameter/peers/node-under-test.ts';
import { catalogOf } from './plan-words.ts';

const now = Date.UTC(2026, 9, 14, 12) * 1_000;
const catalog = catalogOf(
  '0.10/part & 0.06/min 1/1; setup fee 0.10',
  'allowance sms = 2 messages; control cap: 0.30 a day when service voice',
);
const rules = chargingRules(catalog, { mostSessions: 10_000 });
const identities = [{ kind: 'msisdn', value: '491' }] as const;

/** Of an account with two messages and so much money. */
function answered(service: 'sms' | 'voice', operation: ChargingRequest['operation'], requested: Units, money: bigint): ChargingAnswer {
  let [account] = valueOrThrow(openAccount(catalog, { id: '491', currency: 'EUR', plan: 'plan', identities }, now)).accounts;
  for (const command of [
    { kind: 'top-up', key: '1', nanos: money, currency: 'EUR' },
    { kind: 'give-allowance', key: '2', allowance: 'sms' },
  ] as const) {
    assert.ok(account !== undefined);
    [account] = valueOrThrow(rules.change({ account, pools: [] }, command, now)).accounts;
  }
  assert.ok(account !== undefined);
  const facts = { called: '4930' };
  const items = [{ requested, used: [] }];
  return rules.decide(
    { account, pools: [] },
    { session: 's', number: 0, operation, identities, service, eventMicros: now, facts, items },
    now,
  ).answer;
}

const cents = (count: bigint): bigint => count * 10_000_000n;
const detailOf = ({ items }: ChargingAnswer): string | undefined => items[0]?.detail;
const refusalOf = (answer: ChargingAnswer): readonly unknown[] => {
  try {
    accepted(answer);
  } catch (error) {
    if (error instanceof RefusedError) return error.refusals.map(({ code, message }) => [code, message]);
  }
  return [];
};

test('what cannot be paid says how much of it could be, and what is there', () => {
  const many = 'of 9 messages can be paid: 0.15 EUR and 2 messages are free for it';
  assert.equal(detailOf(answered('sms', 'event-debit', { events: 9n }, cents(15n))), `3 ${many}`);
  assert.equal(detailOf(answered('sms', 'balance-check', { events: 9n }, cents(15n))), `3 ${many}`);
  const call = answered('voice', 'initial', { seconds: 60n }, cents(9n));
  assert.deepEqual([call.result, detailOf(call)], ['credit-limit-reached', '0.09 EUR pay for nothing of it']);
  assert.equal(
    detailOf(answered('voice', 'event-debit', { seconds: 999n }, cents(500n))),
    'control cap (cap) stops it until 2026-10-15T00:00:00Z',
  );
  const beyond = answered('sms', 'event-debit', { events: 1n << 40n }, cents(15n));
  assert.deepEqual([beyond.result, detailOf(beyond)], ['units-not-fitting', 'at most 1000000000 events are counted at once']);
});

test('it is in the answers of HTTP, Nchf and Diameter, whose results are those of the standards', async () => {
  const answer = answered('sms', 'event-debit', { events: 9n }, cents(15n));
  const said = detailOf(answer) ?? '';
  assert.match(said, /^3 of 9 messages/);
  assert.deepEqual(refusalOf(answer), [['charging.credit-exhausted', said]]);
  const [[code] = []] = refusalOf(answered('voice', 'event-debit', { seconds: 999n }, cents(500n))) as [[string]];
  assert.equal(code, 'charging.limit-reached', 'a control of spending has a refusal of its own');
  const problem = problemOf(answer);
  assert.deepEqual([problem?.status, problem?.cause, problem?.detail], [403, 'QUOTA_LIMIT_REACHED', said]);
  await withNode({}, async (under) => {
    const peer = await under.client({});
    under.answer = ({ session, number }) => ({ ...answer, session, number });
    const given = await ask(peer, 'CCR', ccr({ 'CC-Request-Type': 4, 'Requested-Action': 0 }));
    assert.deepEqual([given?.values['Result-Code'], String(given?.values['Error-Message'])], [4012, said]);
  });
});

test('of an account with thousands of sessions only the one that asks is looked at', () => {
  const [opened] = valueOrThrow(openAccount(catalog, { id: '491', currency: 'EUR', plan: 'plan', identities }, now)).accounts;
  assert.ok(opened !== undefined);
  const request = { session: 's', number: 0, operation: 'initial', identities, service: 'voice', offline: true } as const;
  const asked: ChargingRequest = { ...request, eventMicros: now, facts: { called: '4930' }, items: [{ used: [] }] };
  const [one] = rules.decide({ account: opened, pools: [] }, asked, now).accounts;
  const [own] = one?.sessions ?? [];
  assert.ok(one !== undefined && own !== undefined);
  let looks = 0;
  const other = new Proxy(own, {
    get(of, name) {
      looks += 1;
      return name === 'id' ? 'another' : Reflect.get(of, name);
    },
  });
  const sessions = [...Array(3_000).fill(other), own, ...Array(1_999).fill(other)];
  const account = { ...one, sessions };
  const next = { ...asked, operation: 'update', number: 1, items: [{ used: [{ seconds: 60n }] }] } as const;
  // Two before it have left since its place was noted.
  const decision = rules.decide({ account, pools: [], sessionPlace: 3_002 }, next, now + 1_000_000);
  assert.deepEqual([decision.answer.result, decision.accounts[0]?.sessions[3_000]?.lastNumber, looks], ['granted', 1, 2]);
  assert.equal(rules.decide({ account, pools: [], sessionPlace: -1 }, next, now).answer.result, 'unknown-session');
  assert.equal(looks, 2);
  assert.equal(rules.decide({ account, pools: [] }, next, now).answer.result, 'granted', 'who does not know the place looks for it');
});
