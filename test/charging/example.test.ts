import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asksForRoaming } from '#app/charging/roaming.ts';
import { readConfiguration } from '#app/configuration.ts';
import { compileCatalog } from '#core/catalog/compile-catalog.ts';
import { openAccount } from '#core/charging/change.ts';
import type { AccountState, Outcome } from '#core/charging/decision.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { valueOrThrow } from '#core/refusals.ts';

const folder = fileURLToPath(new URL('../../examples/prepaid-mobile/', import.meta.url));
const now = Date.parse('2026-10-14T10:00:00Z') * 1000;

test('the plan of the example takes its fee, gives what it includes, and charges what it does not', () => {
  const setup = valueOrThrow(readConfiguration(folder));
  const catalog = valueOrThrow(compileCatalog(setup, setup.book));
  assert.ok(asksForRoaming(catalog));
  assert.ok(!asksForRoaming({ ...catalog, plans: new Map(), allowances: new Map() }));
  const rules = chargingRules(catalog);
  const opened = valueOrThrow(openAccount(catalog, { id: 'anna', currency: 'EUR', plan: 'mira', identities: [] }, now));
  let state: AccountState = { account: accountOf(opened), pools: [] };
  assert.deepEqual(balances(state), ['main 0'], 'nothing is given before the fee is paid');
  const toppedUp = valueOrThrow(rules.change(state, { kind: 'top-up', key: '1', nanos: 20_000_000_000n, currency: 'EUR' }, now));
  state = { ...state, account: accountOf(toppedUp) };
  const told = toppedUp.events.flatMap((event) => (event.kind === 'topped-up' ? [[event.nanos, event.left]] : []));
  assert.deepEqual(told, [[20_000_000_000n, 12_010_000_000n]], 'what is left after the fee that it paid');
  assert.deepEqual(balances(state), ['data-3gb-home 3000000000', 'minutes 12000', 'main 12010000000']);

  const call: ChargingRequest = {
    session: 'call',
    number: 0,
    operation: 'initial',
    identities: [],
    service: 'voice',
    eventMicros: now,
    facts: { called: '43123' },
    items: [{ requested: 'any', used: [] }],
  };
  const begun = rules.decide(state, call, now);
  assert.deepEqual(begun.answer.items[0]?.granted, { seconds: 300n });
  assert.deepEqual(begun.answer.items[0]?.threshold, { seconds: 30n });
  state = { ...state, account: accountOf(begun) };
  // Austria is in no allowance: 61 s at 60/1 and 0.19 a minute are 0.19317, at four decimals 0.1932.
  const ended = rules.decide(
    state,
    { ...call, operation: 'terminate', number: 1, items: [{ used: [{ seconds: 61n }] }] },
    now + 61_000_000,
  );
  assert.equal(ended.answer.cost?.nanos, 193_200_000n);
  state = { ...state, account: accountOf(ended) };
  assert.deepEqual(balances(state), ['data-3gb-home 3000000000', 'minutes 12000', 'main 11816800000']);
});

function accountOf({ accounts }: Outcome): AccountState['account'] {
  assert.ok(accounts[0] !== undefined);
  return accounts[0];
}

function balances({ account }: AccountState): readonly string[] {
  return account.buckets.map(({ definition, value }) => `${definition} ${value}`);
}

test('an account whose plan is gone is looked at again in an hour, not at once, and denied meanwhile', () => {
  const setup = valueOrThrow(readConfiguration(folder));
  const catalog = valueOrThrow(compileCatalog(setup, setup.book));
  const account = accountOf(valueOrThrow(openAccount(catalog, { id: 'anna', currency: 'EUR', plan: 'mira', identities: [] }, now)));
  const rules = chargingRules({ ...catalog, plans: new Map() });
  const swept = accountOf(rules.sweep({ account: { ...account, dueMicros: 0 }, pools: [] }, now));
  assert.equal(swept.dueMicros, now + 3_600_000_000);
  const facts = { called: '49' };
  const request: ChargingRequest = {
    ...{ session: 's', number: 0, operation: 'initial', identities: [], service: 'voice' },
    eventMicros: now,
    facts,
    items: [],
  };
  assert.equal(rules.decide({ account: swept, pools: [] }, request, now).answer.result, 'service-denied');
});
