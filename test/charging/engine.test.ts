import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingEvent } from '#core/charging/decision.ts';
import { ChargingEngine, type EngineOptions } from '#engine/engine.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { chargingDeskOn } from '#storage/charging/desk.ts';
import { selectHistory } from '#storage/charging/journal.ts';
import { insertAccounts } from '#storage/charging/new-accounts.ts';
import { askAll } from '#storage/charging/pipeline.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';
import { PRICE_NANOS, plainAccount, plainRequest, plainRules, SESSION_MICROS } from '../support/plain-charging.ts';

/** One database for all: each test has accounts of its own. */
let database: TestDatabase;
let finish: () => void = () => undefined;
let ended: Promise<void> = Promise.resolve();
before(async () => {
  await new Promise<void>((ready, failed) => {
    ended = withTestDatabase((opened) => {
      database = opened;
      ready();
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    ended.catch(failed);
  });
});
after(async () => {
  finish();
  await ended;
});

async function enter(...accounts: Parameters<typeof plainAccount>[]): Promise<void> {
  await database.transaction((client) =>
    insertAccounts(
      client,
      accounts.map((each) => plainAccount(...each)),
    ),
  );
}

async function started(options: Partial<EngineOptions> = {}): Promise<ChargingEngine> {
  const engine = new ChargingEngine({
    store: openChargingStore(database),
    rules: plainRules,
    name: 'test',
    clock: () => Date.now() * 1000,
    ...options,
  });
  await engine.start();
  return engine;
}

async function withEngine(work: (engine: ChargingEngine) => Promise<void>, options: Partial<EngineOptions> = {}): Promise<void> {
  const engine = await started(options);
  try {
    await work(engine);
  } finally {
    await engine.stop();
  }
}

async function balance(account: string): Promise<readonly [value: string, reserved: string]> {
  const bucket = (await chargingDeskOn(database).find(account))?.buckets[0];
  assert.ok(bucket !== undefined);
  return [String(bucket.value), String(bucket.reserved)];
}

const granted = (answer: ChargingAnswer): bigint | undefined => answer.items[0]?.granted?.bytes;

test('a session reserves, debits what was used and leaves a record and its entries in the journal', async () => {
  await enter(['491', 100_000n]);
  await withEngine(async (engine) => {
    const first = await engine.handle(plainRequest('491', 'a1', 0, 'initial'));
    assert.equal(first.result, 'granted');
    assert.equal(granted(first), 1000n);
    assert.deepEqual(await balance('491'), ['100000', '10000']);
    await engine.handle(plainRequest('491', 'a1', 1, 'update', 900n));
    assert.deepEqual(await balance('491'), ['91000', '10000']);
    const last = await engine.handle(plainRequest('491', 'a1', 2, 'terminate', 400n));
    assert.equal(last.result, 'granted');
    assert.deepEqual(await balance('491'), ['87000', '0']);
  });
  const history = await selectHistory(database, '491', 10);
  assert.deepEqual(
    history.map(({ before, after, of, number }) => [before, after, of, number]),
    [
      [91_000n, 87_000n, 'a1', 2],
      [100_000n, 91_000n, 'a1', 1],
    ],
  );
  const { rows } = await database.pool.query<{ charged: string }>(
    `select record -> 'chargedNanos' ->> '#' as charged from charging_usage where account_id = '491'`,
  );
  assert.deepEqual(rows, [{ charged: '13000' }]);
});

test('a name that the store cannot hold is nobody’s, and others do not wait for it', async () => {
  await enter(['fitting', 100_000n]);
  await withEngine(async (engine) => {
    const begun = performance.now();
    const answers = await Promise.all([
      engine.handle(plainRequest('49\x0010', 'unfit', 0, 'initial')),
      engine.handle(plainRequest('fitting', 'fit', 0, 'initial')),
      engine.handle(plainRequest('fitting', 'un\0fit', 1, 'update', 1n)),
    ]);
    assert.deepEqual(
      answers.map(({ result }) => result),
      ['user-unknown', 'granted', 'unknown-session'],
    );
    assert.ok(performance.now() - begun < 1_500, 'not until it is too late');
    assert.equal((await engine.handle(plainRequest('fitting', 'fit', 1, 'terminate', 0n))).result, 'granted');
  });
});

test('requests of very many accounts at once are answered with far fewer commits, each with its own answer', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `many${index}`);
  await enter(...names.map((name, index): [string, bigint] => [name, BigInt(index) * PRICE_NANOS]));
  await withEngine(async (engine) => {
    const answers = await Promise.all(names.map((name) => engine.handle(plainRequest(name, `s-${name}`, 0, 'initial'))));
    for (const [index, answer] of answers.entries()) {
      assert.equal(answer.session, `s-many${index}`);
      assert.equal(answer.result, index === 0 ? 'credit-limit-reached' : 'granted');
      if (index > 0) assert.equal(granted(answer), BigInt(Math.min(index, 1000)));
    }
    const commits = engine.counts.commitMs.counts.reduce((sum, each) => sum + each, 0);
    assert.ok(commits < 30, `${commits} commits`);
  });
});

test('a repetition gets the first answer and nothing is debited twice: at once, after a restart, and when the session is over', async () => {
  await enter(['492', 100_000n]);
  const update = plainRequest('492', 'r1', 1, 'update', 500n);
  const end = plainRequest('492', 'r1', 2, 'terminate', 100n);
  const sms = plainRequest('492', 'sms', 0, 'event-debit', 7n);
  let first: readonly ChargingAnswer[] = [];
  await withEngine(async (engine) => {
    await engine.handle(plainRequest('492', 'r1', 0, 'initial'));
    const [one, two] = await Promise.all([engine.handle(update), engine.handle(update)]);
    assert.deepEqual(one, two);
    const sent = await engine.handle(sms);
    assert.deepEqual(await engine.handle(sms), sent);
    first = [one, sent];
  });
  assert.deepEqual(await balance('492'), ['94930', '10000']);
  await withEngine(async (engine) => {
    assert.deepEqual(await engine.handle(update), first[0]);
    assert.deepEqual(await engine.handle(sms), first[1]);
    const [over, again] = await Promise.all([engine.handle(end), engine.handle(end)]);
    assert.deepEqual(over, again);
    assert.equal((await engine.handle(update)).result, 'out-of-order');
    first = [over];
  });
  await withEngine(async (engine) => {
    // The subscriber is named no more: the session finds its account.
    assert.deepEqual(await engine.handle({ ...end, identities: [] }), first[0]);
  });
  assert.deepEqual(await balance('492'), ['93930', '0']);
});

test('requests of one account are decided in the order of their coming, though its account must be read first', async () => {
  await enter(['493', 1_000_000n]);
  await withEngine(async (engine) => {
    const answers = await Promise.all([
      engine.handle(plainRequest('493', 'o1', 0, 'initial')),
      engine.handle(plainRequest('493', 'o1', 1, 'update', 10n)),
      engine.handle({ ...plainRequest('493', 'o1', 2, 'update', 10n), identities: [] }),
      engine.handle(plainRequest('493', 'o1', 3, 'terminate', 10n)),
    ]);
    assert.deepEqual(
      answers.map(({ result }) => result),
      ['granted', 'granted', 'granted', 'granted'],
    );
  });
  assert.deepEqual(await balance('493'), ['999700', '0']);
});

test('members of a pool draw from it together and never more than there is', async () => {
  await enter(['pool1', 10_000n], ['m1', 0n, 'pool1'], ['m2', 0n, 'pool1'], ['m3', 0n, 'pool1']);
  await withEngine(async (engine) => {
    const answers = await Promise.all(
      ['m1', 'm2', 'm3'].map((name) => engine.handle(plainRequest(name, `p-${name}`, 0, 'initial', 0n, 400n))),
    );
    assert.deepEqual(answers.map(granted), [400n, 400n, 200n]);
    assert.deepEqual(await balance('pool1'), ['10000', '10000']);
    await Promise.all(['m1', 'm2', 'm3'].map((name) => engine.handle(plainRequest(name, `p-${name}`, 1, 'terminate', 150n))));
  });
  assert.deepEqual(await balance('pool1'), ['5500', '0']);
});

test('a session without a sign of life is closed with what it used, also when its account left memory and when nobody served it', async () => {
  await enter(['494', 100_000n], ['495', 100_000n]);
  let now = Date.now() * 1000;
  const clock = (): number => now;
  await withEngine(
    async (engine) => {
      const events: ChargingEvent[] = [];
      engine.on((event) => events.push(event));
      await engine.handle(plainRequest('494', 'x1', 0, 'initial'));
      await engine.handle(plainRequest('494', 'x1', 1, 'update', 300n));
      await engine.handle(plainRequest('495', 'x2', 0, 'initial'));
      now += SESSION_MICROS / 2;
      await engine.handle(plainRequest('495', 'x2', 1, 'update', 200n));
      now += SESSION_MICROS / 2 + 1_000_000;
      await until(() => events.some((event) => 'account' in event && event.account === '494'));
      const ofAccount = events.filter((event) => event.kind === 'session-closed' && event.account === '494');
      assert.deepEqual(ofAccount, [{ kind: 'session-closed', account: '494', session: 'x1' }]);
    },
    { clock },
  );
  assert.deepEqual(await balance('494'), ['97000', '0']);
  assert.deepEqual(await balance('495'), ['98000', '10000']);
  now += SESSION_MICROS;
  await withEngine(() => until(async () => (await balance('495'))[1] === '0'), { clock });
  const { rows } = await database.pool.query(
    `select split_part(record_id, '@', 1) as id from charging_usage where account_id in ('494', '495') order by 1`,
  );
  assert.deepEqual(rows, [{ id: 'x1|1' }, { id: 'x2|1' }]);
});

test('memory stays within its bound: accounts leave and come again as they were', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `small${index}`);
  await enter(...names.map((name): [string, bigint] => [name, 100_000n]));
  await withEngine(
    async (engine) => {
      for (const name of names) await engine.handle(plainRequest(name, `b-${name}`, 0, 'initial'));
      await until(() => engine.state.bytes <= 100_000);
      for (const name of names) assert.equal((await engine.handle(plainRequest(name, `b-${name}`, 1, 'terminate', 5n))).result, 'granted');
    },
    { limits: { memoryBytes: 100_000 } },
  );
  for (const name of [names[0] ?? '', names[99] ?? '']) assert.deepEqual(await balance(name), ['99950', '0']);
});

test('however little memory there is, nobody is taken for unknown or parted from a pool while something is looked up', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `crowd${index}`);
  await enter(['crowdpool', 1_000_000n], ...names.map((name): [string, bigint, string] => [name, 0n, 'crowdpool']));
  const notes: string[] = [];
  await withEngine(
    async (engine) => {
      const ask = async (name: string, number: number, operation: 'initial' | 'update' | 'terminate'): Promise<void> => {
        const answer = await engine.handle(plainRequest(name, `w-${name}`, number, operation, number === 0 ? 0n : 1n));
        assert.equal(answer.result, 'granted', `${name} ${number}`);
      };
      const topUp = async (name: string, round: number): Promise<void> => {
        const done = await engine.apply(name, { key: `w-${name}-${round}`, kind: 'top-up', nanos: 1n, currency: 'EUR' });
        assert.ok(done.ok, JSON.stringify(done));
      };
      await Promise.all(names.map((name) => ask(name, 0, 'initial')));
      for (let round = 1; round <= 5; round += 1) {
        await until(() => engine.state.bytes <= 5_000);
        await Promise.all(names.map((name) => topUp(name, round)));
        await until(() => engine.state.bytes <= 5_000);
        await Promise.all(names.flatMap((name) => [ask(name, round, 'update'), topUp(name, round + 10)]));
      }
      await Promise.all(names.map((name) => ask(name, 6, 'terminate')));
    },
    { limits: { memoryBytes: 5_000 }, note: (text, error) => notes.push(`${text} ${error instanceof Error ? error.message : ''}`) },
  );
  assert.deepEqual(
    notes.filter((note) => /failed|could not/.test(note)),
    [],
  );
});

test('a command is done once for its key, whoever gives it and however often, and running sessions are told to ask again', async () => {
  await enter(['496', 100n]);
  const topUp = { key: 'k1', kind: 'top-up', nanos: 5_000n, currency: 'EUR' } as const;
  await withEngine(async (engine) => {
    const events: ChargingEvent[] = [];
    engine.on((event) => events.push(event));
    await engine.handle(plainRequest('496', 'c1', 0, 'initial'));
    const both = await Promise.all([engine.apply('496', topUp), engine.apply('496', topUp)]);
    assert.deepEqual(both, [
      { ok: true, value: 'done' },
      { ok: true, value: 'done' },
    ]);
    assert.deepEqual(events, [{ kind: 'reauthorise', account: '496', sessions: ['c1'] }]);
    const others = await Promise.all([
      engine.apply('nobody', topUp),
      engine.apply('496', { ...topUp, nanos: 6_000n }),
      // While the first of its key is under way, too.
      engine.apply('496', { ...topUp, key: 'k9' }).then(() => engine.apply('496', { ...topUp, key: 'k9', nanos: 2n })),
      engine.apply('496', { ...topUp, key: 'k9', nanos: 1n }),
    ]);
    for (const other of others) assert.ok(!other.ok && other.refusals[0]?.code === 'charging.key-used', 'the key is another command’s');
    const unknown = await engine.apply('nobody', { ...topUp, key: 'k2' });
    assert.ok(!unknown.ok && unknown.refusals[0]?.code === 'engine.account-unknown');
  });
  await withEngine(async (engine) => {
    assert.deepEqual(await engine.apply('496', topUp), { ok: true, value: 'done' });
    const added = await engine.apply('496', { key: 'k3', kind: 'add-identity', identity: { kind: 'imsi', value: '26201' } });
    assert.ok(added.ok);
    const request = { ...plainRequest('x', 'c2', 0, 'balance-check'), identities: [{ kind: 'imsi', value: '26201' } as const] };
    assert.equal(granted(await engine.handle(request)), 10_100n);
    const taken = await engine.apply('491', { key: 'k4', kind: 'add-identity', identity: { kind: 'imsi', value: '26201' } });
    assert.ok(!taken.ok && taken.refusals[0]?.code === 'engine.identity-taken');
  });
  assert.deepEqual(await balance('496'), ['10100', '100']);
});

test('more than the limits name is answered too-busy at once, new sessions before running ones', async () => {
  await enter(['497', 1_000_000_000n]);
  await withEngine(
    async (engine) => {
      await engine.handle(plainRequest('497', 'l0', 0, 'initial'));
      const running = Array.from({ length: 40 }, (_, index) => engine.handle(plainRequest('497', 'l0', index + 1, 'update')));
      const fresh = Array.from({ length: 10 }, (_, index) => engine.handle(plainRequest('497', `l${index + 1}`, 0, 'initial')));
      const more = Array.from({ length: 20 }, (_, index) => engine.handle(plainRequest('497', 'l0', index + 41, 'update')));
      const results = async (answers: readonly Promise<ChargingAnswer>[]): Promise<readonly number[]> => {
        const all = await Promise.all(answers);
        return [all.filter(({ result }) => result === 'granted').length, all.filter(({ result }) => result === 'too-busy').length];
      };
      assert.deepEqual(await results(running), [40, 0]);
      assert.deepEqual(await results(fresh), [0, 10]);
      assert.deepEqual(await results(more), [10, 10]);
      assert.equal(engine.counts.shed.get('most-waiting'), 20);
    },
    { limits: { mostWaiting: 50, mostInBatch: 16 } },
  );
});

test('the commit of a deposed engine fails as a whole; it forgets what it knew, begins anew and decides again', async () => {
  await enter(['498', 100_000n]);
  await withEngine(async (engine) => {
    await engine.handle(plainRequest('498', 'd1', 0, 'initial'));
    // As another engine does it whose neighbour did not renew; it has served the account meanwhile.
    await database.pool.query('update charging_engine set deposed_at = clock_timestamp() where deposed_at is null');
    await database.pool.query('update charging_shard set engine_id = null, epoch = epoch + 1');
    const other = await started();
    assert.equal((await other.handle(plainRequest('498', 'd1', 1, 'update', 100n))).result, 'granted');
    // Both numbers in one batch: the one that is answered already, and the next.
    const [again, next] = await Promise.all([
      engine.handle(plainRequest('498', 'd1', 1, 'update', 100n)),
      engine.handle(plainRequest('498', 'd2', 0, 'initial')),
    ]);
    assert.deepEqual([again.result, next.result], ['too-busy', 'too-busy'], 'the accounts are with the other');
    assert.equal(engine.counts.commitsFailed, 1);
    await other.stop();
    await until(() => engine.state.shards > 0);
    assert.equal((await engine.handle(plainRequest('498', 'd1', 2, 'terminate', 50n))).result, 'granted');
  });
  assert.deepEqual(await balance('498'), ['98500', '0']);
  const history = await selectHistory(database, '498', 10);
  assert.deepEqual(
    history.map(({ of, number }) => `${of} ${number}`),
    ['d1 2', 'd1 1'],
  );
});

/** Every commit is logged, and rows are written when somebody wants them. Nobody is deposed because the machine is slow. */
const LOGGING = { mostRowsAtOnce: 0, logSeconds: 3_600, leaseMs: 60_000 };

async function count(what: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: bigint }>(`select count(*) as n from ${what}`);
  return Number(rows[0]?.n);
}

test('what only the log has is seen by other processes and found by the engine that comes after, which writes the rows and empties the log', async () => {
  await enter(['4911', 100_000n], ['4912', 100_000n], ['lpool', 50_000n], ['4913', 0n, 'lpool']);
  const gone = await started({ limits: LOGGING });
  try {
    await isTakenOver(gone);
  } finally {
    await gone.stop();
  }
  assert.deepEqual(await balance('4911'), ['96000', '0']);
  assert.deepEqual(await balance('4912'), ['99930', '0']);
  assert.deepEqual(await balance('lpool'), ['49500', '0']);
  assert.equal(await count('charging_log'), 0);
});

async function isTakenOver(gone: ChargingEngine): Promise<void> {
  const update = plainRequest('4911', 'g1', 1, 'update', 300n);
  const first = await gone.handle(plainRequest('4911', 'g1', 0, 'initial'));
  assert.equal(first.result, 'granted');
  const answered = await gone.handle(update);
  assert.equal((await gone.handle(plainRequest('4913', 'g2', 0, 'initial', 0n, 100n))).result, 'granted');
  const taken = await gone.handle(plainRequest('4912', 'g3', 0, 'event-debit', 7n));
  assert.equal(gone.counts.rows, 0);
  assert.equal(await count(`charging_account where account_id in ('4911', '4912', 'lpool') and version > 0`), 0, 'no row was written');
  assert.deepEqual(await balance('4911'), ['97000', '10000']);
  assert.deepEqual(await balance('lpool'), ['50000', '1000']);
  const shown = await chargingDeskOn(database).find('msisdn:4911');
  assert.equal(shown?.sessions[0]?.lastNumber, 1);
  assert.deepEqual(
    (await selectHistory(database, '4911', 10)).map(({ of, number }) => `${of} ${number}`),
    ['g1 1'],
  );

  await database.pool.query('select charging_depose(engine_id) from charging_engine where deposed_at is null');
  await withEngine(
    async (engine) => {
      assert.deepEqual(await engine.handle(update), answered, 'a repetition gets the first answer');
      assert.deepEqual(await engine.handle(plainRequest('4912', 'g3', 0, 'event-debit', 7n)), taken);
      assert.equal((await engine.handle(plainRequest('4911', 'g1', 2, 'terminate', 100n))).result, 'granted');
      assert.equal((await engine.handle({ ...plainRequest('4913', 'g2', 1, 'terminate', 50n), identities: [] })).result, 'granted');
      await until(async () => (await count('charging_adopted')) === 0 && (await count('charging_log')) === 0);
      // The one that is gone does not know it yet.
      assert.equal((await gone.handle(plainRequest('4911', 'g4', 0, 'initial'))).result, 'too-busy');
    },
    { limits: { leaseMs: 60_000 } },
  );
}

test('an engine that stops leaves rows as new as its log; one that loses its connection goes on with what was durable', async () => {
  await enter(['4914', 100_000n], ['4915', 100_000n]);
  await withEngine(
    async (engine) => {
      await engine.handle(plainRequest('4914', 'k1', 0, 'initial'));
      const answered = await engine.handle(plainRequest('4914', 'k1', 1, 'update', 200n));
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where query like '%charging_commit%' and datname = current_database() and pid <> pg_backend_pid()`,
      );
      const sms = await engine.handle(plainRequest('4915', 'k2', 0, 'event-debit', 5n));
      assert.equal(sms.result, 'granted');
      assert.deepEqual(await engine.handle(plainRequest('4914', 'k1', 1, 'update', 200n)), answered);
      assert.deepEqual(await engine.handle(plainRequest('4915', 'k2', 0, 'event-debit', 5n)), sms);
      assert.equal((await engine.handle(plainRequest('4914', 'k1', 2, 'update', 100n))).result, 'granted');
      assert.ok((await count('charging_log')) > 0);
    },
    { limits: LOGGING },
  );
  const { rows } = await database.pool.query(
    `select state -> 'buckets' -> 0 ->> 3 as value from charging_account where account_id in ('4914', '4915') order by account_id`,
  );
  assert.deepEqual(rows, [{ value: '97000' }, { value: '99950' }]);
});

test('SQL sees what was committed when it has asked for rows, which are written while requests go on', async () => {
  await enter(['4916', 100_000n], ['4917', 100_000n]);
  await withEngine(
    async (engine) => {
      const values = async (): Promise<readonly unknown[]> =>
        (await database.pool.query(`select value from charging_balance where account_id in ('4916', '4917') order by account_id`)).rows;
      const used = ['4916', '4917'].map((account) => engine.handle(plainRequest(account, `sql-${account}`, 0, 'event-debit', 10n)));
      await Promise.all(used);
      assert.deepEqual(await values(), [{ value: '100000' }, { value: '100000' }]);
      const settled = database.pool.query('call charging_settle()');
      const more = await engine.handle(plainRequest('4916', 'sql-more', 0, 'event-debit', 10n));
      assert.equal(more.result, 'granted');
      await settled;
      const [first, second] = await values();
      assert.deepEqual(second, { value: '99900' });
      assert.match(JSON.stringify(first), /99[89]00/, 'with or without what was committed meanwhile');
      await engine.handle(plainRequest('4917', 'sql-later', 0, 'event-debit', 10n));
      assert.deepEqual(await balance('4917'), ['99800', '0'], 'others see it without asking');
    },
    { limits: LOGGING },
  );
});

test('one request that cannot be written is answered so, and those beside it as ever', async () => {
  await enter(['499', 100_000n], ['4910', 9_223_372_036_854_775_807n]);
  await withEngine(async (engine) => {
    const tooMuch = engine.apply('4910', { key: 'k5', kind: 'top-up', nanos: 1n, currency: 'EUR' });
    const others = ['w1', 'w2', 'w3'].map((session) => engine.handle(plainRequest('499', session, 0, 'initial', 0n, 10n)));
    const refused = await tooMuch;
    assert.ok(!refused.ok && refused.refusals[0]?.code === 'engine.fault');
    for (const answer of await Promise.all(others)) assert.equal(answer.result, 'granted');
  });
  assert.deepEqual(await balance('4910'), ['9223372036854775807', '0']);
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries += 1) {
    assert.ok(tries < 6_000, 'it does not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a session or debit of HTTP is answered with its first answer for a day, however long it is out of memory', async () => {
  await enter(['kept', 100_000n]);
  const debit = { ...plainRequest('kept', 'http:e:1', 0, 'event-debit', 7n), fingerprint: 'one' };
  const other = plainRequest('kept', 'peer-event', 0, 'event-debit', 7n);
  let now = Date.now() * 1000;
  const clock = (): number => now;
  const short = { clock, limits: { keepAnswersSeconds: 1 } };
  let first: ChargingAnswer | undefined;
  await withEngine(async (engine) => {
    const changed: string[] = [];
    const end = engine.onChange((accounts) => changed.push(...accounts));
    first = await engine.handle(debit);
    assert.deepEqual(changed, ['kept']);
    end();
    await engine.handle(other);
    const before = await balance('kept');
    now += 10_000_000; // both have left memory
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.deepEqual(await Promise.all([engine.handle(debit), engine.handle(debit)]), [first, first]);
    assert.deepEqual(await balance('kept'), before);
    await openChargingStore(database).forgetClosed(now);
    const { rows } = await database.pool.query(`select session_id from charging_session where account_id = 'kept'`);
    assert.deepEqual(rows, [{ session_id: 'http:e:1' }]);
  }, short);
  await withEngine(async (engine) => assert.deepEqual(await engine.handle(debit), first), short);
  await openChargingStore(database).forgetClosed(now + 86_400_000_001);
  const { rowCount } = await database.pool.query(`select from charging_session where account_id = 'kept'`);
  assert.equal(rowCount, 0);
});

test('statements in one go are one commit: where one fails nothing of them is written, and the connection goes on', async () => {
  const client = await database.pool.connect();
  const enters = {
    name: 'test_enters',
    text: 'insert into charging_usage (record_id, account_id, record) values ($1, $2, $3) returning record_id',
  };
  const fails = { name: 'test_fails', text: 'select 1 / $1::integer' };
  const record = { statement: enters, values: ['in-one-go', 'nobody', '{}'] };
  try {
    for (const tries of [1, 2])
      await assert.rejects(askAll(client, [record, { statement: fails, values: [0] }], 5_000), /division by zero/, String(tries));
    assert.equal(await count("charging_usage where record_id = 'in-one-go'"), 0);
    assert.deepEqual(await askAll(client, [{ statement: fails, values: [1] }, record], 5_000), [[['1']], [['in-one-go']]]);
    assert.equal(await count("charging_usage where record_id = 'in-one-go'"), 1);
  } finally {
    await client.query("delete from charging_usage where record_id = 'in-one-go'");
    client.release();
  }
});
