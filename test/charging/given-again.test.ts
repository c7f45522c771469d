/** What was said once is said again: refusals too. And what is given back is no more than was taken. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { DebitReference } from '#core/charging/request.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import { catalogOf } from './plan-words.ts';
import { dataRequest, enterAccount, sharedDatabase, withEngine } from './with-engine.ts';

const database = sharedDatabase();

const topUp = async (engine: ChargingEngine, account: string, nanos: bigint): Promise<void> => {
  valueOrThrow(await engine.apply(account, { kind: 'top-up', key: `${account} ${nanos}`, nanos, currency: 'EUR' }));
};

test('a refused request is refused again with the first answer, after a top-up and a restart too; a new one is decided anew', async () => {
  const catalog = catalogOf('0.01/MB', '');
  await enterAccount(database(), catalog, '491', 0n);
  const initial = dataRequest('491', 'r1', 'initial', { requested: { bytes: 1_000_000n } });
  const event = dataRequest('491', 'r2', 'event-debit', { requested: { bytes: 1_000_000n } });
  const first: ChargingAnswer[] = [];
  await withEngine(database(), catalog, async (engine) => {
    for (const request of [initial, event]) first.push(await engine.handle(request));
    assert.deepEqual(
      first.map(({ result }) => result),
      ['credit-limit-reached', 'credit-limit-reached'],
    );
    await topUp(engine, '491', 5_000_000_000n);
    assert.deepEqual([await engine.handle(initial), await engine.handle(event)], first);
  });
  await withEngine(database(), catalog, async (engine) => {
    assert.deepEqual([await engine.handle(initial), await engine.handle(event)], first);
    assert.equal((await engine.handle({ ...initial, session: 'r3' })).result, 'granted');
    assert.equal((await engine.handle({ ...initial, session: 'r4', operation: 'update' })).result, 'unknown-session');
    assert.equal((await engine.handle({ ...initial, session: 'r4' })).result, 'granted', 'that nobody knew it is not kept');
    const check = dataRequest('491', 'r5', 'balance-check', { requested: { bytes: 900_000_000n } });
    const [before] = (await engine.handle(check)).items;
    await topUp(engine, '491', 50_000_000_000n);
    const [afterwards] = (await engine.handle(check)).items;
    assert.deepEqual([before?.result, afterwards?.result], ['credit-limit-reached', 'granted'], 'questions are asked anew');
  });
});

const balances = async (account: string): Promise<readonly string[]> => {
  const { rows } = await database().pool.query<{ value: string; definition: string }>(
    'select definition, value from charging_balance where account_id = $1 order by bucket',
    [account],
  );
  return rows.map(({ definition, value }) => `${definition} ${value}`);
};

function referenceOf({ items }: ChargingAnswer): DebitReference {
  const reference = items[0]?.reference;
  assert.ok(reference !== undefined, 'a debit has a reference');
  return reference;
}

test('a refund that names its debit goes to the buckets that paid, in parts, and never beyond it, whoever asks twice', async () => {
  const catalog = catalogOf('0.10/MB', 'allowance gift = 3 MB; credit 10.00');
  await enterAccount(database(), catalog, '492', 1_000_000_000n);
  await withEngine(database(), catalog, async (engine) => {
    valueOrThrow(await engine.apply('492', { kind: 'give-allowance', key: 'gift', allowance: 'gift' }));
    const debit = await engine.handle(dataRequest('492', 'd1', 'event-debit', { requested: { bytes: 10_000_000n } }));
    assert.equal(debit.result, 'granted');
    assert.deepEqual(await balances('492'), ['main 300000000', 'gift 0'], '3 MB of the gift, 7 MB of money');
    const refundOf = referenceOf(debit);
    const refund = (session: string, bytes?: bigint) =>
      engine.handle(dataRequest('492', session, 'event-refund', { refundOf, ...(bytes === undefined ? {} : { requested: { bytes } }) }));

    const half = await refund('f1', 5_000_000n);
    assert.equal(half.result, 'granted');
    assert.deepEqual(await balances('492'), ['main 650000000', 'gift 1500000'], 'half of each');
    assert.deepEqual(await refund('f1', 5_000_000n), half, 'the same refund again is the same');
    const [one, two] = await Promise.all([refund('f2', 4_000_000n), refund('f3', 4_000_000n)]);
    assert.deepEqual([one.result, two.result].sort(), ['granted', 'service-denied'], 'two at once do not both have it');
    const wrong = [one, two].find(({ result }) => result !== 'granted');
    assert.match(wrong?.items[0]?.detail ?? '', /1000000 of 10000000 units are left/);
    assert.deepEqual((await refund('f4')).items[0]?.granted, { bytes: 1_000_000n }, 'without an amount, the rest');
    assert.deepEqual(await balances('492'), ['main 1000000000', 'gift 3000000'], 'to the last unit, and no more');
    assert.equal((await refund('f5')).result, 'service-denied');

    const elsewhere = { ...refundOf, session: 'none' };
    const none = await engine.handle(dataRequest('492', 'f6', 'event-refund', { refundOf: elsewhere }));
    assert.match(none.items[0]?.detail ?? '', /nothing was debited under this reference/);
    await enterAccount(database(), catalog, '493', 0n);
    assert.equal(
      (await engine.handle(dataRequest('493', 'f7', 'event-refund', { refundOf }))).result,
      'service-denied',
      'of another account',
    );
  });
  await withEngine(database(), catalog, async (engine) => {
    const again = await engine.handle(dataRequest('492', 'd2', 'event-debit', { requested: { bytes: 1_000_000n } }));
    const refundOf = referenceOf(again);
    assert.equal((await engine.handle(dataRequest('492', 'f8', 'event-refund', { refundOf }))).result, 'granted');
    assert.equal((await engine.handle(dataRequest('492', 'f9', 'event-refund', { refundOf }))).result, 'service-denied');
  });
  await withEngine(database(), catalog, async (engine) => {
    assert.deepEqual(await balances('492'), ['main 1000000000', 'gift 3000000']);
    const { rows } = await database().pool.query(`select note from charging_journal where cause = 'refund' and account_id = '492' limit 1`);
    assert.match(String(rows[0]?.note), /^of d1, request 0, item 0$/);
    assert.equal(engine.counts.faults, 0);
  });
});

test('a refund is in the unit of its debit and gives money only where money was taken, also when the bucket has ended', async () => {
  const catalog = catalogOf('0.01/MB & 0.06/min 1/1', 'allowance mb = 100 MB for 1 day; gives mb');
  const later = (): number => Date.now() * 1_000 + 2 * 86_400_000_000;
  await enterAccount(database(), catalog, '494', 10_000_000_000n);
  let free: ChargingAnswer | undefined;
  await withEngine(database(), catalog, async (engine) => {
    free = await engine.handle(dataRequest('494', 'g1', 'event-debit', { requested: { bytes: 100_000_000n } }));
    const money = await engine.handle(
      dataRequest('494', 'g2', 'event-debit', { requested: { money: { nanos: 5_000_000_000n, currency: 'EUR' } } }),
    );
    const paid = await engine.handle(dataRequest('494', 'g3', 'event-debit', { requested: { bytes: 100_000_000n } }));
    const asked = [
      { refundOf: referenceOf(money), requested: { bytes: 5_000_000n } },
      { refundOf: referenceOf(paid), requested: { money: { nanos: 50_000_000n, currency: 'EUR' } } },
      { refundOf: { ...referenceOf(paid), atMicros: referenceOf(paid).atMicros - 1 } },
      { refundOf: referenceOf(paid) },
      { refundOf: referenceOf(money) },
    ];
    const results: unknown[] = [];
    for (const [index, item] of asked.entries()) {
      const { items } = await engine.handle(dataRequest('494', `h${index}`, 'event-refund', item));
      results.push([items[0]?.result, items[0]?.granted]);
    }
    assert.deepEqual(results, [
      ['units-not-fitting', undefined],
      ['units-not-fitting', undefined],
      ['service-denied', undefined],
      ['granted', { bytes: 100_000_000n }],
      ['granted', { money: { nanos: 5_000_000_000n, currency: 'EUR' } }],
    ]);
  });
  assert.ok(free !== undefined);
  const refundOf = referenceOf(free);
  await withEngine(
    database(),
    catalog,
    async (engine) => {
      const voice = { service: 'voice', facts: { called: '4930' } } as const;
      const asVoice = await engine.handle(dataRequest('494', 'g4', 'event-refund', { refundOf }, voice));
      assert.equal(asVoice.cost?.nanos, 0n);
      assert.deepEqual(await balances('494'), ['main 10000000000', 'mb 200000000'], 'what the allowance paid goes to the next one');
    },
    { clock: later },
  );
});

test('of a debit that a pool paid only the member who used it gets it back; and no balance rises beyond what it may hold', async () => {
  const catalog = catalogOf('0.01/MB', '');
  await enterAccount(database(), catalog, 'pool5', 10_000_000_000n);
  await enterAccount(database(), catalog, '495', 0n, { pool: 'pool5' });
  await enterAccount(database(), catalog, '496', 0n, { pool: 'pool5' });
  await withEngine(database(), catalog, async (engine) => {
    const refundOf = referenceOf(await engine.handle(dataRequest('495', 'p1', 'event-debit', { requested: { bytes: 500_000_000n } })));
    const results: string[] = [];
    for (const [index, member] of ['496', '495', '496', '495'].entries())
      results.push((await engine.handle(dataRequest(member, `q${index}`, 'event-refund', { refundOf }))).result);
    assert.deepEqual(results, ['service-denied', 'granted', 'service-denied', 'service-denied']);
    assert.deepEqual(await balances('pool5'), ['main 10000000000']);
    const much = { requested: { money: { nanos: 3_900_000_000_000_000_000n, currency: 'EUR' } } };
    assert.equal((await engine.handle(dataRequest('495', 'm1', 'event-refund', much))).result, 'granted');
    assert.equal((await engine.handle(dataRequest('495', 'm2', 'event-refund', much))).result, 'service-denied');
    assert.deepEqual(await balances('495'), ['main 3900000000000000000']);
  });
});
