/** An engine ends within seconds and leaves nothing behind that runs, whatever the store does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChargingStore, StoreError } from '#engine/ports.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { catalogOf } from './plan-words.ts';
import { dataRequest, enterAccount, sharedDatabase, startEngine } from './with-engine.ts';

const database = sharedDatabase();
const catalog = catalogOf('0.01/MB', '');

/** Answers of these never come, or come as faults; the others are the store's. */
type Fault = 'none' | 'unreachable' | 'silent';

interface Watched {
  readonly store: ChargingStore;
  fault: Fault;
  /** Is waited for before a call of this name is done. */
  readonly gates: Map<string, Promise<void>>;
  /** Is waited for before what it answers is told. */
  readonly answers: Map<string, Promise<void>>;
  readonly underWay: Set<string>;
  /** What was asked after the engine had said that it ended. */
  readonly late: string[];
  isEnded: boolean;
}

function watched(on: Database = database()): Watched {
  const real = openChargingStore(on);
  const watch: Watched = {
    store: real,
    fault: 'none',
    gates: new Map(),
    answers: new Map(),
    underWay: new Set(),
    late: [],
    isEnded: false,
  };
  const methods = [
    'beginAnew',
    'owners',
    'renew',
    'release',
    'find',
    'commit',
    'writeRows',
    'due',
    'waitingCommands',
    'trimLog',
    'forgetLogs',
    'adopted',
  ] as const;
  for (const name of methods) {
    const method = real[name].bind(real) as (...given: unknown[]) => Promise<unknown>;
    const asked = async (...given: unknown[]): Promise<unknown> => {
      if (watch.isEnded) watch.late.push(name);
      watch.underWay.add(name);
      try {
        await watch.gates.get(name);
        if (watch.fault === 'silent') await new Promise(() => undefined);
        if (watch.fault === 'unreachable') throw new StoreError('unreachable', new Error('for this test'));
        const answer = await method(...given);
        await watch.answers.get(name);
        return answer;
      } finally {
        watch.underWay.delete(name);
      }
    };
    Object.assign(real, { [name]: asked });
  }
  return watch;
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    assert.ok(tries < 1_000, 'it does not come to that');
    await sleep(10);
  }
}

/** Many accounts in the log, whose rows are not written by themselves for a minute. */
async function busy(
  watch: Watched,
  first: number,
  note: (text: string) => void = () => undefined,
): Promise<Awaited<ReturnType<typeof startEngine>>> {
  const numbers = Array.from({ length: 12 }, (_, index) => String(first + index));
  for (const number of numbers) await enterAccount(database(), catalog, number, 1_000_000_000n);
  const engine = await startEngine(database(), catalog, { store: watch.store, note, limits: { leaseMs: 500, endWithinMs: 500 } });
  const asked = numbers.map((number) =>
    engine.handle(dataRequest(number, `e-${number}`, 'event-debit', { requested: { bytes: 1_000_000n } })),
  );
  assert.deepEqual(new Set((await Promise.all(asked)).map(({ result }) => result)), new Set(['granted']));
  return engine;
}

for (const [first, name, held] of [
  [100, 'trimLog', 'gates'],
  [400, 'adopted', 'answers'],
] as const)
  test(`what keeps house (${name}) and is under way when it ends asks nothing more, and does not wait for a store that is closed`, async () => {
    const own = openDatabase(database().url);
    const watch = watched(own);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    watch[held].set(name, gate);
    const engine = await busy(watch, first);
    await until(() => watch.underWay.has(name));
    await engine.stop();
    watch.isEnded = true;
    await own.close();
    open();
    await sleep(300);
    assert.deepEqual(watch.late, []);
    const { rows } = await database().pool.query(`select 1 from charging_engine where deposed_at is null`);
    assert.deepEqual(rows, []);
  });

test('a store that is closed answers that it cannot be reached, and its database closes at once', async () => {
  const store = openChargingStore(database());
  await store.prepareJournal(Date.now() * 1_000);
  await store.close();
  await assert.rejects(store.trimLog(1, 1, 1), { name: 'Error', fault: 'unreachable' });
  await assert.rejects(store.renew(1, 64), { name: 'Error', fault: 'unreachable' });
});

test('a store that does not answer is told of once, and that it answers again', async () => {
  const watch = watched();
  const notes: string[] = [];
  const engine = await busy(watch, 500, (text) => notes.push(text));
  const told = (start: string): number => notes.filter((text) => text.startsWith(start)).length;
  watch.fault = 'unreachable';
  await until(() => told('the store does not answer') > 0);
  await sleep(300);
  assert.equal(told('the store answers again'), 0);
  watch.fault = 'none';
  await until(() => told('the store answers again') > 0);
  assert.deepEqual([told('the store does not answer'), told('the store answers again')], [1, 1]);
  await engine.stop();
});

for (const fault of ['unreachable', 'silent'] as const)
  test(`it ends within seconds when the store is ${fault}, and leaves to the log what it could not write`, async () => {
    const watch = watched();
    const first = fault === 'silent' ? 200 : 300;
    const engine = await busy(watch, first);
    watch.fault = fault;
    await sleep(300); // its lease is renewed in the meantime, or is not
    const startMs = performance.now();
    await engine.stop();
    const took = performance.now() - startMs;
    watch.isEnded = true;
    assert.ok(took < 10_000, `${took} ms`);
    await sleep(200);
    assert.deepEqual(watch.late, []);
    const next = await startEngine(database(), catalog, { limits: { leaseMs: 500 } });
    try {
      await until(() => next.shards.length === 64);
      const again = await next.handle(dataRequest(String(first), `e-${first}-2`, 'event-debit', { requested: { bytes: 1_000_000n } }));
      assert.equal(again.result, 'granted');
      await database().pool.query('call charging_settle()');
      const { rows } = await database().pool.query('select value from charging_balance where account_id = $1', [String(first)]);
      assert.deepEqual(rows, [{ value: '980000000' }]);
    } finally {
      await next.stop();
    }
  });
