import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingAccount, ChargingSession } from '#core/charging/account.ts';
import { seeded } from '../../test/support/seeded.ts';
import { AccountCache, bytesOf, type Held } from './account-cache.ts';
import { DEFAULT_LIMITS } from './limits.ts';

const nobody: ChargingAccount = {
  ...{ id: '', version: 1, currency: 'EUR', status: 'active', plan: 'plan', identities: [], buckets: [], counters: [], sessions: [] },
  ...{ pools: [], controls: [], addOns: [], renewals: [], debtNanos: 0n, nextBucket: 1, dueMicros: 0 },
};

/** Texts are JSON here. */
const texts = {
  textOf: ({ debtNanos: _, ...account }: ChargingAccount): string => JSON.stringify(account),
  accountOf: (_: string, text: string | { octets: Buffer; from: number; to: number }): ChargingAccount => ({
    ...(JSON.parse(typeof text === 'string' ? text : text.octets.toString('latin1', text.from, text.to)) as ChargingAccount),
    debtNanos: 0n,
  }),
};

function add(cache: AccountCache, id: string, sessions: readonly ChargingSession[] = []): Held {
  const account = { ...nobody, id, identities: [{ kind: 'imsi' as const, value: id }], sessions };
  return cache.add({ account, text: texts.textOf(account), shard: 1, version: 1, rowVersion: 1, lastEntry: 0 });
}

const session = {
  ...{ id: 'pgw;1', service: 'data', identity: undefined, facts: {}, startedMicros: 0, expiresMicros: 1, lastNumber: 1, items: [] },
  ...{ lastAnswer: { session: 'pgw;1', number: 1, result: 'granted', items: [] }, closedNanos: 0, records: 0 },
} as unknown as ChargingSession; // JSON has no bigints, and nobody looks at this one

test('a session whose name another account took is found again when neither came about', () => {
  const cache = new AccountCache(texts, DEFAULT_LIMITS);
  const one = add(cache, 'one', [session]);
  const other = add(cache, 'other');
  cache.change(one, { ...one.account, sessions: [] });
  cache.closeSession(session.id);
  cache.change(other, { ...other.account, sessions: [session] });
  cache.openSession(session.id, other);
  for (const held of [one, other]) cache.restore(held);
  assert.equal(cache.ofSession(session.id)?.id, 'one');
  cache.drop(other);
  assert.equal(cache.ofSession(session.id)?.id, 'one');
  assert.equal(cache.sessions, 1);
});

test('whatever comes, is asked for and goes, there is room in the end, and nobody leaves who was asked for since or is not durable', () => {
  const random = seeded(3);
  const next = (below: number): number => Math.floor(random() * below);
  const size = bytesOf({ ...nobody, identities: [{ kind: 'imsi', value: '1' }] });
  for (const most of [0, 1, 5, 200]) {
    const cache = new AccountCache(texts, { ...DEFAULT_LIMITS, memoryBytes: most * size });
    const logged = new Set<Held>();
    const there = new Map<string, Held>();
    for (let step = 0; step < 20_000; step += 1) {
      const id = `${next(500)}`;
      const act = next(10);
      const held = there.get(id);
      if (act < 4) there.set(id, add(cache, id));
      else if (act === 4 && held !== undefined) {
        cache.drop(held);
        there.delete(id);
        logged.delete(held);
      } else if (act === 5 && held !== undefined && logged.size < 3) {
        held.loggedLast = 1;
        logged.add(held);
      } else if (act === 6) {
        for (const each of logged) each.loggedLast = 0;
        logged.clear();
      } else {
        const asked = cache.get(id);
        assert.equal(asked, held);
        cache.makeRoom();
        if (asked !== undefined) assert.equal(asked.isGone, false);
        for (const each of logged) assert.equal(each.isGone, false);
        for (const [name, each] of there) if (each.isGone) there.delete(name);
      }
      assert.equal(cache.size, there.size);
      assert.equal(cache.bytes, there.size * size);
    }
    for (const [at, held] of [...cache.all()].entries()) assert.equal(held.seat, at);
    for (const each of logged) each.loggedLast = 0;
    for (let call = 0; call < 40; call += 1) cache.makeRoom();
    assert.ok(cache.size <= most);
    for (const held of cache.all()) assert.equal(cache.idOfIdentity(`imsi:${held.id}`), held.id);
  }
});
