/** Reports that are lost, repeated and late: what is debited is the highest total that came, once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingRequest } from '#core/charging/request.ts';
import { catalogOf } from '../charging/plan-words.ts';
import { World } from '../charging/world.ts';
import { seededBits } from '../support/seeded.ts';

const runs = Number(process.env.RADIUS_TOTALS_RUNS ?? 100);
const PRICE_NANOS = 1_000n;
const DEPOSIT = 1_000_000_000_000n;

test(`${runs} sessions over a bad network cost the highest total that was reported`, () => {
  const catalog = catalogOf('1.00/MB', 'grants 4 kB; allowance kb = 9 kB; gives kb');
  for (let seed = 1; seed <= runs; seed += 1) {
    const bits = seededBits(seed);
    const world = new World(catalog);
    world.open('1000.00');
    const send = (session: string, request: Partial<ChargingRequest>): string =>
      world.send({
        ...{ session, number: -1, operation: 'update', identities: [], service: 'data', eventMicros: world.now, facts: {}, items: [] },
        ...{ totals: bits() % 2 === 0 ? 'known' : 'opens' },
        ...request,
      }).result;
    const sessions = ['A', 'B', 'C'].map((name) => ({
      name,
      up: 0n,
      down: 0n,
      last: [0n, 0n] as [bigint, bigint],
      late: [] as [bigint, bigint][],
    }));
    for (const { name } of sessions)
      assert.equal(send(name, { operation: 'initial', number: 0, items: [{ requested: 'any', used: [] }] }), 'granted');
    for (let step = 0; step < 60; step += 1) {
      const session = sessions[bits() % sessions.length];
      if (session === undefined) continue;
      session.up += BigInt(bits() % 500);
      session.down += BigInt(bits() % 2_000);
      world.now += 1_000_000;
      const fate = bits() % 5;
      if (fate === 0) continue; // lost
      if (fate === 1) session.late.push([session.up, session.down]);
      const totals = fate === 2 && session.late.length > 0 ? session.late.shift() : [session.up, session.down];
      for (let times = fate === 3 ? 2 : 1; times > 0 && fate !== 1; times -= 1) {
        const [up = 0n, down = 0n] = totals ?? [];
        send(session.name, { items: [{ requested: 'any', used: [], usedInAll: { bytesUp: up, bytesDown: down } }] });
        // A count that went back reports nothing, whichever of the two it is.
        if (up >= session.last[0] && down >= session.last[1]) session.last = [up, down];
      }
    }
    // The Stop of the last is lost: what it reported is what it cost, when it has been silent for too long.
    let used = 0n;
    for (const { name, up, down, last } of sessions) {
      const isLost = name === 'C';
      if (!isLost) send(name, { operation: 'terminate', items: [{ used: [], usedInAll: { bytesUp: up, bytesDown: down } }] });
      used += isLost ? last[0] + last[1] : up + down;
    }
    world.now += 2 * 3_600_000_000;
    world.step('sweep');
    const left = world.account('a').buckets.reduce((sum, { unit, value }) => sum + (unit === 'money' ? value : 0n), 0n);
    const free = world.account('a').buckets.reduce((sum, { unit, value }) => sum + (unit === 'bytes' ? value : 0n), 0n);
    assert.equal(DEPOSIT - left, (used - (9_000n - free)) * PRICE_NANOS, `seed ${seed}`);
    assert.ok(
      world.account('a').buckets.every(({ reserved }) => reserved === 0n),
      `seed ${seed}: nothing is set aside for ever`,
    );
    assert.deepEqual(world.account('a').sessions, []);
  }
});
