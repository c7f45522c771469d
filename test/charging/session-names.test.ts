/** A session's name belongs to its account, for its requests only; and an account has a bounded number of sessions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAccount } from '#core/charging/change.ts';
import { usualDecisionLimits } from '#core/charging/decide.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { chargingDeskOn } from '#storage/charging/desk.ts';
import { catalogOf } from './plan-words.ts';
import { dataRequest, enterAccount, sharedDatabase, withEngine } from './with-engine.ts';

const database = sharedDatabase();
const catalog = catalogOf('0.01/MB', '');
const euros = (count: bigint): bigint => count * 1_000_000_000n;

test('another account cannot open, debit, use or end a session under a running session’s name; who has it goes on', async () => {
  await enterAccount(database(), catalog, '491', euros(10n));
  await enterAccount(database(), catalog, '492', euros(10n));
  const ask = { requested: { bytes: 1_000_000n } };
  await withEngine(database(), catalog, (engine) =>
    engine.handle(dataRequest('491', 'pgw;1;1', 'initial', ask)).then(({ result }) => assert.equal(result, 'granted')),
  );
  await withEngine(database(), catalog, async (engine) => {
    const result = async (...given: Parameters<typeof dataRequest>) => (await engine.handle(dataRequest(...given))).result;
    assert.equal(await result('491', 'pgw;1;1', 'update', { used: [{ bytes: 1_000_000n }], ...ask }, { number: 1 }), 'granted');
    // 492 is not in memory yet.
    assert.equal(await result('492', 'pgw;1;1', 'terminate', { used: [{ bytes: 1_000_000n }] }, { number: 2 }), 'unknown-session');
    assert.equal(await result('492', 'pgw;1;1', 'initial', ask), 'service-denied');
    assert.equal(await result('492', 'pgw;1;1', 'event-debit', ask, { number: 5 }), 'service-denied');
    assert.equal(await result('492', 'pgw;1;1', 'balance-check', ask, { number: 5 }), 'service-denied');
    const event = dataRequest('491', 'pgw;1;1', 'event-debit', ask, { number: 5 });
    assert.deepEqual([(await engine.handle(event)).result, (await engine.handle(event)).result], ['service-denied', 'service-denied']);
    const outer = [{ kind: 'nai', value: 'anonymous@example.org' }] as const;
    assert.equal(await result('', 'pgw;1;1', 'update', ask, { number: 2, identities: outer }), 'granted', 'nobody’s name proves nothing');
    assert.equal(await result('', 'pgw;1;1', 'terminate', { used: [{ bytes: 1_000_000n }] }, { number: 3, identities: [] }), 'granted');
  });
  const values = await Promise.all(['491', '492'].map(async (id) => (await chargingDeskOn(database()).find(id))?.buckets[0]?.value));
  assert.deepEqual(values, [euros(10n) - 20_000_000n, euros(10n)]);
});

test('a session that is not in memory keeps its name, too; others of the same commit are answered as ever', async () => {
  for (const number of ['494', '495', '496']) await enterAccount(database(), catalog, number, euros(10n));
  const ask = { requested: { bytes: 1_000_000n } };
  await withEngine(database(), catalog, async (engine) => {
    assert.equal((await engine.handle(dataRequest('494', 'pgw;2;1', 'initial', ask))).result, 'granted');
  });
  await withEngine(database(), catalog, async (engine) => {
    // Into memory: then nothing is looked for.
    for (const number of ['495', '496']) await engine.handle(dataRequest(number, `q-${number}`, 'balance-check', ask));
    const all = await Promise.all([
      engine.handle(dataRequest('495', 'pgw;2;1', 'initial', ask)),
      engine.handle(dataRequest('496', 'pgw;2;2', 'initial', ask)),
      engine.handle(dataRequest('496', 'pgw;2;1', 'event-debit', ask)),
      engine.handle(dataRequest('495', 'pgw;2;3', 'event-debit', ask)),
    ]);
    assert.deepEqual(
      all.map(({ result }) => result),
      ['service-denied', 'granted', 'service-denied', 'granted'],
    );
    assert.equal(all[0]?.detail, 'a session of another account has this name');
    assert.equal((await engine.handle(dataRequest('495', 'pgw;2;1', 'update', ask, { number: 1 }))).result, 'unknown-session');
    assert.equal((await engine.handle(dataRequest('494', 'pgw;2;1', 'terminate', { used: [] }, { number: 1 }))).result, 'granted');
    assert.equal((await engine.handle(dataRequest('495', 'pgw;2;1', 'initial', ask, { number: 2 }))).result, 'granted', 'it is free now');
    assert.equal(engine.counts.faults, 0);
  });
  const values = await Promise.all(['494', '495', '496'].map(async (id) => (await chargingDeskOn(database()).find(id))?.buckets[0]?.value));
  assert.deepEqual(values, [euros(10n), euros(10n) - 10_000_000n, euros(10n)]);
});

test('of identities of two accounts the first is charged, whichever account is in memory', async () => {
  for (const number of ['497', '498']) await enterAccount(database(), catalog, number, euros(10n));
  const both = { identities: ['497', '498'].map((value) => ({ kind: 'msisdn', value }) as const) };
  const ask = { requested: { bytes: 1_000_000n } };
  for (const [index, present] of [[], ['498'], ['497'], ['498', '497']].entries())
    await withEngine(database(), catalog, async (engine) => {
      for (const number of present) await engine.handle(dataRequest(number, `in-${index}-${number}`, 'balance-check', ask));
      const session = `both;${index}`;
      assert.equal((await engine.handle(dataRequest('', `${session};e`, 'event-debit', ask, both))).result, 'granted');
      assert.equal((await engine.handle(dataRequest('', session, 'initial', ask, both))).result, 'granted');
      const used = { used: [{ bytes: 1_000_000n }] };
      assert.equal((await engine.handle(dataRequest('', session, 'terminate', used, { ...both, number: 1 }))).result, 'granted');
    });
  const values = await Promise.all(['497', '498'].map(async (id) => (await chargingDeskOn(database()).find(id))?.buckets[0]?.value));
  assert.deepEqual(values, [euros(10n) - 80_000_000n, euros(10n)]);
});

test('an event of a pool’s own account is charged once, also when it is repeated where a member brought the pool into memory', async () => {
  await enterAccount(database(), catalog, '4970', euros(10n));
  await enterAccount(database(), catalog, '4971', 0n, { pool: '4970' });
  const event = dataRequest('4970', 'pool;e;1', 'event-debit', { requested: { bytes: 1_000_000n } });
  let first: unknown;
  await withEngine(database(), catalog, async (engine) => {
    first = await engine.handle(event);
  });
  await withEngine(database(), catalog, async (engine) => {
    await engine.handle(dataRequest('4971', 'pool;q;1', 'balance-check', { requested: { bytes: 1n } }));
    assert.deepEqual(await engine.handle(event), first);
  });
  assert.equal((await chargingDeskOn(database()).find('4970'))?.buckets[0]?.value, euros(10n) - 10_000_000n);
});

test('an account opens no more sessions than its most', () => {
  const rules = chargingRules(catalog);
  const now = Date.now() * 1_000;
  const opening = { id: '493', currency: 'EUR', plan: 'plan', identities: [{ kind: 'msisdn', value: '493' }] } as const;
  let [account] = valueOrThrow(openAccount(catalog, opening, now)).accounts;
  assert.ok(account !== undefined);
  const topUp = { kind: 'top-up', key: 'first', nanos: euros(100n), currency: 'EUR' } as const;
  [account] = valueOrThrow(rules.change({ account, pools: [] }, topUp, now)).accounts;
  assert.ok(account !== undefined);
  const initial = (session: string) => dataRequest('493', session, 'initial', { requested: { bytes: 1n } });
  const first = rules.decide({ account, pools: [] }, initial('0'), now).accounts[0];
  const [session] = first?.sessions ?? [];
  assert.ok(first !== undefined && session !== undefined);
  const full = {
    ...first,
    sessions: Array.from({ length: usualDecisionLimits.mostSessions - 1 }, (_, index) => ({ ...session, id: String(index) })),
  };
  assert.equal(rules.decide({ account: full, pools: [] }, initial('last'), now).answer.result, 'granted');
  const beyond = { ...full, sessions: [...full.sessions, { ...session, id: 'last' }] };
  const refused = rules.decide({ account: beyond, pools: [] }, initial('more'), now);
  assert.deepEqual([refused.answer.result, refused.accounts.length], ['service-denied', 0]);
  assert.equal(refused.answer.detail, 'account 493 has 1000 running sessions, the most are 1000 (charging.mostSessions)');
  const more = chargingRules(catalog, { mostSessions: 1_001 }).decide({ account: beyond, pools: [] }, initial('more'), now);
  assert.equal(more.answer.result, 'granted', 'as many as the setting says');
  assert.equal(
    rules.decide({ account: beyond, pools: [] }, { ...initial('last'), operation: 'update', number: 1 }, now).answer.result,
    'granted',
  );
});
