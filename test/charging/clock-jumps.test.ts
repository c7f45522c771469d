/** A clock that jumps: forward over days that nobody made ready, and back. Nothing is lost, twice, or out of order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { insertAccounts } from '#storage/charging/new-accounts.ts';
import { until } from '../diameter/peers/node-under-test.ts';
import { plainAccount, plainRequest, plainRules, SESSION_MICROS } from '../support/plain-charging.ts';
import { catalogOf } from './plan-words.ts';
import { dataRequest, enterAccount, sharedDatabase, withEngine } from './with-engine.ts';

const database = sharedDatabase();
const DAY = 86_400_000_000;

test('requests are answered across jumps of the clock, sessions that are long silent close once, and the journal stays in order', async () => {
  const catalog = catalogOf('0.01/MB', '');
  const start = Date.now() * 1_000;
  let now = start;
  await enterAccount(database(), catalog, '495', 10_000_000_000n, { now });
  await withEngine(
    database(),
    catalog,
    async (engine) => {
      const ask = async (session: string, operation: 'initial' | 'update' | 'terminate', number: number, used: bigint): Promise<string> => {
        const units = operation === 'terminate' ? {} : { requested: { bytes: 1_000_000n } };
        const reported = used === 0n ? [] : [{ bytes: used }];
        const item = { ...units, used: reported };
        const answer = await engine.handle(dataRequest('495', session, operation, item, { number, eventMicros: now }));
        return answer.result;
      };
      assert.equal(await ask('a', 'initial', 0, 0n), 'granted');
      now += 40 * DAY; // its session is silent for 40 days
      assert.equal(await ask('b', 'initial', 0, 0n), 'granted', 'in days that nobody made ready');
      assert.equal(await ask('b', 'update', 1, 1_000_000n), 'granted');
      now = start + DAY / 24;
      assert.equal(await ask('b', 'update', 2, 1_000_000n), 'granted', 'and back to the first day');
      assert.equal(await ask('b', 'terminate', 3, 1_000_000n), 'granted');
      assert.equal(await ask('a', 'update', 1, 0n), 'unknown-session', 'it was closed');
      assert.equal(engine.counts.faults, 0);
    },
    { clock: () => now },
  );
  const { rows } = await database().pool.query(
    `select before - after as taken, entry_id > previous_id as later from charging_journal where account_id = '495' and cause = 'use' order by entry_id`,
  );
  assert.deepEqual(
    rows,
    Array.from({ length: 3 }, () => ({ taken: 10_000_000n, later: true })),
  );
});

test('more accounts than are looked for at once are swept within seconds, though their rows are written a minute later', async () => {
  const names = Array.from({ length: 1_100 }, (_, index) => `due-${index}`);
  await database().transaction((client) =>
    insertAccounts(
      client,
      names.map((name) => plainAccount(name, 1_000_000n)),
    ),
  );
  let now = Date.now() * 1_000;
  const store = openChargingStore(database());
  const options = { store, rules: plainRules, clock: () => now, limits: { mostRowsAtOnce: 0 } };
  const catalog = catalogOf('0.01/MB', '');
  await withEngine(
    database(),
    catalog,
    async (engine) => {
      const opened = await Promise.all(names.map((name) => engine.handle(plainRequest(name, `s-${name}`, 0, 'initial'))));
      assert.ok(opened.every(({ result }) => result === 'granted'));
    },
    options,
  );
  now += 2 * SESSION_MICROS;
  await withEngine(
    database(),
    catalog,
    async (engine) => {
      await until(() => engine.counts.swept >= names.length, 10_000);
      await until(() => engine.state.sessions === 0);
    },
    { ...options, store: openChargingStore(database()) },
  );
  const { rows } = await database().pool.query(`select 1 from charging_session where session_id like 's-due-%' and closed_micros is null`);
  assert.equal(rows.length, 0);
});
