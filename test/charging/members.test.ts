/** Members of a pool are told to ask again, also those whose accounts are not in memory. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingEvent } from '#core/charging/decision.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { until } from '../diameter/peers/node-under-test.ts';
import { catalogOf } from './plan-words.ts';
import { dataRequest, enterAccount, sharedDatabase, withEngine } from './with-engine.ts';

const database = sharedDatabase();

test('sessions of all members ask again when the pool changes, whoever has them in memory, and nobody who has left', async () => {
  const catalog = catalogOf('0.01/MB', '');
  await enterAccount(database(), catalog, 'pool', 10_000_000_000n);
  for (const name of ['m1', 'm2', 'm3']) await enterAccount(database(), catalog, name, 0n, { pool: 'pool' });
  await enterAccount(database(), catalog, 'other', 1_000_000_000n);
  await withEngine(database(), catalog, async (engine) => {
    for (const name of ['m1', 'm2', 'm3']) {
      const answer = await engine.handle(dataRequest(name, `s-${name}`, 'initial', { requested: { bytes: 1_000_000n } }));
      assert.equal(answer.result, 'granted');
    }
    assert.equal((await engine.handle(dataRequest('m2', 's-m2', 'terminate', {}, { number: 1 }))).result, 'granted');
    valueOrThrow(await engine.apply('m3', { kind: 'leave-pool', key: 'leave', pool: 'pool' }));
    const joined = await engine.apply('other', { kind: 'join-pool', key: 'join', membership: { pool: 'pool', caps: [] } });
    assert.ok(joined.ok);
    await engine.handle(dataRequest('other', 's-other', 'initial', { requested: { bytes: 1_000_000n } }));
  });
  await withEngine(database(), catalog, async (engine) => {
    const told: ChargingEvent[] = [];
    engine.on((event) => {
      if (event.kind === 'reauthorise') told.push(event);
    });
    valueOrThrow(await engine.apply('pool', { kind: 'top-up', key: 'more', nanos: 1_000_000_000n, currency: 'EUR' }));
    assert.ok(engine.state.accounts <= 1, 'members are not in memory');
    await until(() => told.length >= 2);
    assert.deepEqual(told, [
      { kind: 'reauthorise', account: 'm1', sessions: ['s-m1'] },
      { kind: 'reauthorise', account: 'other', sessions: ['s-other'] },
    ]);
  });
});
