/** A commit that must write a row which is being written already: what it says is what it has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { chargingRules } from '#core/charging/rules.ts';
import { AccountCache } from '#engine/account-cache.ts';
import type { ChargingEngine } from '#engine/engine.ts';
import { Keeper } from '#engine/keeper.ts';
import { DEFAULT_LIMITS } from '#engine/limits.ts';
import type { ChargingStore } from '#engine/ports.ts';
import { RecentSessions } from '#engine/recent-sessions.ts';
import { accountsNow } from '#storage/charging/accounts-now.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { catalogOf } from './plan-words.ts';
import { dataRequest, enterAccount, sharedDatabase, startEngine } from './with-engine.ts';

const database = sharedDatabase();

test('what is answered while a row is being written is durable with its balance, whatever is decided in between', async () => {
  const catalog = catalogOf('0.10/MB', '');
  const numbers = Array.from({ length: 12 }, (_, index) => `49${index + 10}`);
  for (const number of numbers) await enterAccount(database(), catalog, number, 100_000_000_000n);
  const real = openChargingStore(database());
  let gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;
  let rowsUnderWay = 0;
  const writeRows = real.writeRows.bind(real);
  const commit = real.commit.bind(real);
  /** So many commits go through before the rest has to wait. */
  let mayCommit = Number.POSITIVE_INFINITY;
  const rest = gateOf();
  const store = Object.assign(real, {
    async commit(...writes: Parameters<ChargingStore['commit']>) {
      mayCommit -= 1;
      if (mayCommit < 0) await rest.opened;
      return commit(...writes);
    },
    async writeRows(...rows: Parameters<ChargingStore['writeRows']>) {
      rowsUnderWay += 1;
      await gate?.opened;
      return writeRows(...rows);
    },
  });
  const engine = await startEngine(database(), catalog, { store, limits: { logSeconds: 1 } });
  const debit = (number: string, event: string) =>
    engine.handle(dataRequest(number, event, 'event-debit', { requested: { bytes: 10_000_000n } }));
  try {
    // More than eight at once: they go to the log, and their rows are due after a second.
    await Promise.all(numbers.map((number, index) => debit(number, `first-${index}`)));
    gate = gateOf();
    for (let tries = 0; rowsUnderWay === 0; tries += 1) {
      assert.ok(tries < 3_000, 'no row is written');
      await sleep(20);
    }
    const first = debit('4910', 'A');
    await sleep(50);
    const second = debit('4910', 'B');
    const others = ['4911', '4912'].map((number) => debit(number, `other-${number}`));
    await sleep(20);
    mayCommit = 1;
    gate.open();
    gate = undefined;
    assert.equal((await first).result, 'granted');
    const [now] = await accountsNow(database().pool, ['4910']);
    const { rows } = await database().pool.query<{ entry_id: bigint; previous_id: bigint; after: bigint }>(
      `select entry_id, previous_id, after from charging_journal where account_id = '4910' order by entry_id`,
    );
    assert.equal(now?.buckets[0]?.value, rows.at(-1)?.after, 'the balance is that of the newest entry');
    assert.deepEqual(
      rows.slice(1).map(({ previous_id: before }) => before),
      rows.slice(0, -1).map(({ entry_id: id }) => id),
      'entries are a chain',
    );
    rest.open();
    assert.ok((await Promise.all([second, ...others])).every(({ result }) => result === 'granted'));
    assert.equal((await accountsNow(database().pool, ['4910']))[0]?.buckets[0]?.value, 97_000_000_000n);
  } finally {
    rest.open();
    await engine.stop();
  }
});

test('the log stays until its rows are written, though memory is forgotten while the lease is being renewed', async () => {
  const store = openChargingStore(database());
  const [renew, trimLog] = [store.renew.bind(store), store.trimLog.bind(store)];
  const gate = gateOf();
  const trimmed: number[] = [];
  const limits = { ...DEFAULT_LIMITS, leaseMs: 60_000 };
  const keeper = new Keeper({
    ...{ store, limits, cache: new AccountCache(store, limits), recent: new RecentSessions(1_000_000), name: 'test', address: undefined },
    ...{ clock: () => Date.now() * 1_000, note: () => undefined, gained: () => undefined },
  });
  await keeper.enter();
  const first = keeper.engineId;
  Object.assign(store, {
    async renew(...given: Parameters<ChargingStore['renew']>) {
      const shards = await renew(...given);
      await gate.opened;
      return shards;
    },
    async trimLog(engineId: number, from: number, before: number) {
      trimmed.push(engineId);
      return trimLog(engineId, from, before);
    },
  });
  keeper.renewSoon();
  const ticking = keeper.tick();
  await sleep(20);
  keeper.forgetAll(); // nobody knows what became of a commit: rows that are behind are known to the log alone
  assert.ok(!keeper.isLive);
  gate.open();
  await ticking;
  assert.ok(!trimmed.includes(first), `the log of engine ${first} was trimmed`);
  assert.notEqual(keeper.engineId, first, 'it begins anew before it serves');
  await keeper.leave(1_000);
  await store.close();
});

test('a lease is renewed while the store is silent about what can wait', async () => {
  const store = openChargingStore(database());
  const limits = { ...DEFAULT_LIMITS, leaseMs: 300 };
  const keeper = new Keeper({
    ...{ store, limits, cache: new AccountCache(store, limits), recent: new RecentSessions(1_000_000), name: 'test', address: undefined },
    ...{ clock: () => Date.now() * 1_000, note: () => undefined, gained: () => undefined },
  });
  await keeper.enter();
  const forgetClosed = store.forgetClosed.bind(store);
  const gate = gateOf();
  store.forgetClosed = async (before) => {
    await gate.opened;
    return forgetClosed(before);
  };
  const silent = keeper.tick();
  await sleep(200);
  keeper.renewSoon();
  await keeper.tick();
  await sleep(200);
  assert.ok(keeper.isLive, 'it lives by the second renewal, the first has run out');
  gate.open();
  await silent;
  await keeper.leave(1_000);
  await store.close();
});

function gateOf() {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  return { opened, open };
}

test('a request of one session neither reads nor writes the hundreds of others of its account, in memory, row or log; the engine after it has them all', async () => {
  const catalog = catalogOf('0.10/MB', '');
  const network = '20801';
  await enterAccount(database(), catalog, network, 300_000_000_000n);
  const rules = chargingRules(catalog);
  const real = openChargingStore(database());
  const [accountOf, commit] = [real.accountOf.bind(real), real.commit.bind(real)];
  let unpacked = 0;
  let rows = 0;
  const store = Object.assign(real, {
    accountOf(...of: Parameters<ChargingStore['accountOf']>) {
      unpacked += 1;
      return accountOf(...of);
    },
    commit(...writes: Parameters<ChargingStore['commit']>) {
      rows += writes[0].rows.length;
      return commit(...writes);
    },
  });
  const engine = await startEngine(database(), catalog, { store, rules });
  const names = Array.from({ length: 200 }, (_, index) => `roamer-${index}`);
  const used = { used: [{ bytes: 10_000_000n }] };
  const ask = (of: ChargingEngine, name: string, operation: 'initial' | 'update' | 'terminate', number: number) =>
    of.handle(dataRequest(network, name, operation, operation === 'initial' ? {} : used, { number, offline: true }));
  await Promise.all(names.map((name) => ask(engine, name, 'initial', 0)));
  [unpacked, rows] = [0, 0];
  for (const name of names.slice(0, 20)) assert.equal((await ask(engine, name, 'update', 1)).result, 'granted');
  assert.deepEqual({ unpacked, rows }, { unpacked: 0, rows: 0 });
  assert.equal((await ask(engine, 'roamer-0', 'terminate', 2)).result, 'granted');
  assert.deepEqual(await ask(engine, 'roamer-7', 'update', 1), await ask(engine, 'roamer-7', 'update', 1), 'a repetition');
  assert.equal((await ask(engine, 'nobody', 'update', 1)).result, 'unknown-session');
  await engine.stop();
  const next = await startEngine(database(), catalog, { rules });
  try {
    for (const name of names.slice(1)) assert.equal((await ask(next, name, 'terminate', 9)).result, 'granted', name);
    await database().pool.query('call charging_settle()');
    const { rows: balances } = await database().pool.query(`select value, reserved from charging_balance where account_id = $1`, [network]);
    // 20 updates and 200 ends of 10 MB at 0.10.
    assert.deepEqual(balances, [{ value: '80000000000', reserved: '0' }]);
  } finally {
    await next.stop();
  }
});

/** An engine that has logged an account of whose row somebody else knows an older state only; and the same as the engine found it, in the log of one before it. */
async function loggedBy(number: string) {
  await enterAccount(database(), catalogOf('0.10/MB', ''), number, 1_000_000_000n);
  const { pool } = database();
  const store = openChargingStore(database());
  const engineId = await store.enter('test', 60_000, undefined);
  const owned = await store.renew(engineId, 32_767);
  const [found] = (await store.find({ accounts: [number], identities: [], sessions: [] })).accounts;
  assert.ok(found !== undefined);
  const { text, shard, version, lastEntry } = found;
  const shards = new Map([[shard, owned.get(shard) ?? 0n]]);
  const nothing = {
    rows: [],
    entries: [],
    opened: [],
    closed: [],
    usage: [],
    commands: [],
    notices: [],
    identitiesRemoved: [],
    identitiesAdded: [],
  };
  const adopt = 'insert into charging_adopted (account_id, engine_id, sequence, place, version) values ($1, 0, 1, 1, $2)';
  await pool.query(adopt, [number, version]);
  await store.commit({ ...nothing, engineId, shards, sequence: 1, logged: [{ id: number, text, version: version + 1, lastEntry }] });
  return { store, engineId, shards, found };
}

/** When so many are kept waiting by others. */
async function waitingFor(count: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const { rows } = await database().pool.query<{ count: bigint }>(
      `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (Number(rows[0]?.count) === count) return;
    assert.ok(tries < 3_000, `${count} are to wait, ${rows[0]?.count} do`);
    await sleep(10);
  }
}

test('what only the log of an engine has stays known while that engine looks what it need not know any more', async () => {
  const { store, engineId, shards, found } = await loggedBy('4970');
  const deposing = await database().pool.connect();
  try {
    await deposing.query('begin');
    await deposing.query('select charging_depose($1)', [engineId]);
    // Its row was as new as that of the log before it when this began: that one need not be known.
    const looked = store.adopted([...shards.keys()], 500);
    await waitingFor(1);
    await deposing.query('commit');
    await looked;
    const { accounts } = await store.find({ accounts: ['4970'], identities: [], sessions: [] });
    assert.equal(accounts[0]?.version, found.version + 1);
  } finally {
    deposing.release();
    await store.close();
  }
});

test('who ends an engine and who writes rows that it found in a log do not wait for each other', async () => {
  const { store, engineId, shards, found } = await loggedBy('4971');
  const { text, shard, version, lastEntry } = found;
  const row = { id: '4971', text, version: version + 1, lastEntry, dueMicros: 0, shard, epoch: shards.get(shard) ?? 0n, before: version };
  const gate = await database().pool.connect();
  try {
    await gate.query('begin');
    await gate.query('select pg_advisory_xact_lock(732110945, $1)', [engineId]);
    const deposed = database().pool.query('select charging_depose($1)', [engineId]);
    await waitingFor(1);
    const written = store.writeRows({ engineId, shards, rows: [{ ...row, isAdopted: true }] });
    const refused = assert.rejects(written, { fault: 'deposed' });
    await waitingFor(2);
    await gate.query('commit');
    await deposed;
    await refused;
  } finally {
    gate.release();
    await store.close();
  }
});
