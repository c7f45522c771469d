import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaTopic } from '#gateways/kafka/topic.ts';
import { seeded } from '../support/seeded.ts';
import { assertBooksAgree, line, operator, type TestHome, withHome } from '../usage/home.ts';
import { ended, startCollecting } from './collector-process.ts';
import { type Broker, startBroker, whyNoBroker } from './kafka-broker.ts';
import { round } from './round.ts';

const SEED = 20_261_122;
/** The names of locks in the database: of whoever writes usage (usage-writer.ts), and of partitions (partition-turns.ts). */
const WRITER_LOCK = 732_110_943;
const PARTITION_LOCKS = 732_110_944;
const CALLS = 60;
const START_LIMIT_MS = 30_000;
/** A second on a quiet machine. A group of Kafka would only notice the death after its session has run out. */
const RECOVERY_LIMIT_MS = 10_000;

let broker: Broker | undefined;
let missing: string | undefined;

before(async () => {
  missing = await whyNoBroker();
  if (missing === undefined) broker = await startBroker(mkdtempSync(join(tmpdir(), 'carillon-kafka-')));
});
after(async () => {
  await broker?.stop();
});

/** A test of its own topic; skipped, with the reason, where no broker can be had. */
function withTopic(
  name: string,
  work: (home: TestHome, broker: Broker, topic: string, context: TestContext) => Promise<void>,
  batchMessages = 3,
): void {
  test(name, async (context: TestContext) => {
    if (broker === undefined) return context.skip(missing ?? 'no broker');
    const running = broker;
    const topic = `cdr-${name.length}-${Date.now()}`;
    await running.createTopic(topic, 2);
    const collect = `    format: delimited\n    columns: [id, start, end, seconds, result, a, b, in, out]\n    collect: {from: kafka, brokers: ["${running.address}"], topic: ${topic}, batchMessages: ${batchMessages}, everySeconds: 1}\n`;
    const text = operator['operator.yaml']
      .replace('    format: delimited\n', () => collect)
      .replace('    header: true\n', '    header: false\n');
    await withHome((home) => work(home, running, topic, context), { ...operator, 'operator.yaml': text });
  });
}

const lines = (...ids: readonly string[]): readonly string[] => ids.map((id) => line({ id }));

async function positions(home: TestHome): Promise<readonly string[]> {
  const { rows } = await home.database.pool.query<{ at: string }>(
    "select partition || ':' || next_offset as at from kafka_position order by partition",
  );
  return rows.map(({ at }) => at);
}

async function rated(home: TestHome): Promise<number> {
  const { rows } = await home.database.pool.query('select from usage_rated');
  return rows.length;
}

const many = (prefix: string, calls: number): readonly string[] =>
  lines(...Array.from({ length: calls }, (_, call) => `${prefix}-${call}`));

/** What to look at when something is missing. */
async function stateOf(home: TestHome, timeline: readonly string[]): Promise<string> {
  const { pool } = home.database;
  const [stretches, alarms, events] = await Promise.all([
    pool.query<object>('select partition, first_offset, next_offset from kafka_stretch'),
    pool.query<object>('select kind, subject, detail from collecting_alarm where cleared_at is null'),
    pool.query<object>("select state, query, wait_event from pg_stat_activity where datname = current_database() and state <> 'idle'"),
  ]);
  const seen = { at: await positions(home), begun: stretches.rows, alarms: alarms.rows, activity: events.rows, timeline };
  return JSON.stringify(seen, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 1);
}

/** Two partitions, with so many messages each. */
async function assertEachOnce(home: TestHome, topic: string, calls: number, timeline: readonly string[] = []): Promise<void> {
  const { pool } = home.database;
  assert.equal(await rated(home), 2 * calls, await stateOf(home, timeline));
  assert.deepEqual(await positions(home), [`0:${calls}`, `1:${calls}`]);
  assert.equal((await pool.query('select from usage_duplicate')).rows.length, 0);
  assert.equal(await begun(home), 0);
  // Files of the books follow one another without a gap.
  const { rows } = await pool.query<{ name: string }>('select name from usage_file order by file_id');
  for (const partition of [0, 1]) {
    const bounds = rows.map(({ name }) => /\/(\d+)\/(\d+)-(\d+)$/.exec(name)).filter((parts) => parts?.[1] === String(partition));
    const gaps = bounds.filter((parts, index) => Number(parts?.[2]) !== (index === 0 ? 0 : Number(bounds[index - 1]?.[3]) + 1));
    assert.deepEqual(gaps, [], topic);
  }
  await assertBooksAgree(home);
}

/** Stretches that were begun and are not in the books. */
async function begun(home: TestHome): Promise<number> {
  const { rows } = await home.database.pool.query('select from kafka_stretch');
  return rows.length;
}

withTopic('messages of a topic become files of the books, and their offsets move with them', async (home, running, topic) => {
  await running.produce(topic, 0, lines('1', '2', '3', '4', '5'));
  await running.produce(topic, 1, lines('6'));
  assert.deepEqual((await round(home)).files, [`${topic}/0/0-2 loaded 3`, `${topic}/0/3-4 loaded 2`, `${topic}/1/0-0 loaded 1`]);
  assert.deepEqual(await positions(home), ['0:5', '1:1']);
  assert.deepEqual(await round(home), { files: [], alarms: [] });
  await running.produce(topic, 0, lines('7', '1'));
  assert.deepEqual((await round(home)).files, [`${topic}/0/5-6 loaded 1`]);
  assert.deepEqual(await positions(home), ['0:7', '1:1']);
  assert.deepEqual([...(await running.told('carillon-switch', topic))].sort(), ['0:7', '1:1']);
  assert.deepEqual(readdirSync(join(home.dataFolder, 'spool/topics/switch')), []);
  await assertBooksAgree(home);
});

withTopic('a load that dies before its last transaction is finished with the very same messages', async (home, running, topic) => {
  await running.produce(topic, 0, lines('1', '2', '3'));
  // The transaction that would move the position cannot: the process dies there as far as the books can tell.
  await home.database.pool.query(
    'create function fail() returns trigger language plpgsql as $$ begin raise exception using errcode = $q$57P01$q$, message = $q$killed$q$; end $$',
  );
  await home.database.pool.query('create trigger fail before update on kafka_position for each row execute function fail()');
  await assert.rejects(round(home));
  assert.equal(await rated(home), 0);
  await home.database.pool.query('drop trigger fail on kafka_position');
  await running.produce(topic, 0, lines('4', '5'));
  assert.deepEqual((await round(home)).files, [`${topic}/0/0-2 loaded 3`, `${topic}/0/3-4 loaded 2`]);
  assert.equal(await rated(home), 5);
  await assertBooksAgree(home);
});

withTopic(
  'a partition handed over in the middle of a batch, with two at it at once, is in the books once',
  async (home, running, topic) => {
    const { pool } = home.database;
    for (const partition of [0, 1]) await running.produce(topic, partition, many(`${partition}`, CALLS));
    // Whoever loads waits here, in the middle of its batch.
    const writer = await pool.connect();
    await writer.query('select pg_advisory_lock($1)', [WRITER_LOCK]);
    const until = async (there: () => Promise<boolean>): Promise<void> => {
      for (const from = Date.now(); !(await there()); await sleep(10))
        if (Date.now() - from > START_LIMIT_MS) assert.fail(await stateOf(home, []));
    };
    // Other tests have locks of these names in other databases of the same server.
    const locks =
      "from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())";
    const rounds = [round(home)];
    try {
      await until(async () => (await begun(home)) === 1);
      // It loses the partition without noticing, as it would with a group of Kafka; another one gets it and finds the stretch.
      const taken = await pool.query(`select pg_terminate_backend(pid) ${locks} and classid = $1`, [PARTITION_LOCKS]);
      assert.equal(taken.rows.length, 1);
      rounds.push(round(home));
      await until(async () => (await pool.query(`select ${locks} and not granted`)).rows.length === 2);
      assert.equal(await rated(home), 0);
    } finally {
      writer.release(true);
      await Promise.allSettled(rounds);
    }
    const seen = await Promise.all(rounds);
    assert.deepEqual(
      seen.flatMap(({ alarms }) => alarms),
      [],
    );
    await round(home);
    await assertEachOnce(home, topic, CALLS);
  },
);

withTopic(
  `collectors killed with -9 at seeded instants (${SEED}), and one told to go, leave every message in the books once`,
  async (home, running, topic, context) => {
    const next = seeded(SEED);
    const environment = { DATABASE_URL: home.database.url, CARILLON_DATA: home.dataFolder, CARILLON_LOG_LEVEL: 'error' };
    const children: ChildProcess[] = [];
    const timeline: string[] = [];
    const from = Date.now();
    const note = (what: string): number => timeline.push(`${((Date.now() - from) / 1000).toFixed(1)} s ${what}`);
    const booked = async (atLeast: number, limitMs: number): Promise<void> => {
      for (const asked = Date.now(); (await rated(home)) < atLeast; await sleep(20))
        if (Date.now() - asked > limitMs) assert.fail(`${await rated(home)} booked of ${atLeast}: ${await stateOf(home, timeline)}`);
      note(`${await rated(home)} booked`);
    };
    const signals = ['SIGKILL', 'SIGTERM', 'SIGKILL', 'SIGKILL'] as const;
    try {
      for (const [phase, signal] of signals.entries()) {
        while (children.length < 2) children.push(startCollecting(environment));
        for (const partition of [0, 1]) await running.produce(topic, partition, many(`${phase}-${partition}`, CALLS));
        await booked(phase * 2 * CALLS + 1, START_LIMIT_MS);
        await sleep(next() * 150);
        const [victim] = children.splice(Math.floor(next() * 2), 1);
        assert.ok(victim);
        const over = ended(victim);
        victim.kill(signal);
        await over;
        note(`${signal} at ${await rated(home)} booked and ${await begun(home)} begun`);
        // The other one alone, and without anybody's help.
        await booked((phase + 1) * 2 * CALLS, RECOVERY_LIMIT_MS);
      }
    } finally {
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? ended(child)));
    }
    context.diagnostic(timeline.join('; '));
    await assertEachOnce(home, topic, signals.length * CALLS, timeline);
  },
  10,
);

test('a topic that is not there is an alarm', async (context) => {
  if (broker === undefined) return context.skip(missing ?? 'no broker');
  const topic = kafkaTopic({
    brokers: [broker.address],
    topic: 'none',
    tls: false,
    authority: undefined,
    user: undefined,
    password: undefined,
    mechanism: 'PLAIN',
    group: 'none',
  });
  try {
    await assert.rejects(topic.partitions(), /none at .*, its partitions: .*(?:Unknown topic none|no such topic)/);
  } finally {
    await topic.close();
  }
});

test('a broker that is away is an alarm, said once', async () => {
  const collect = `    format: delimited\n    columns: [id, start, end, seconds, result, a, b, in, out]\n    collect: {from: kafka, brokers: ["127.0.0.1:1"], topic: cdr}\n`;
  const text = operator['operator.yaml'].replace('    format: delimited\n', () => collect).replace('    header: true\n', '');
  await withHome(
    async (home) => {
      assert.deepEqual((await round(home)).alarms, ['failing ']);
      assert.deepEqual((await round(home)).alarms, []);
      const { rows } = await home.database.pool.query<{ detail: string }>('select detail from collecting_alarm');
      assert.match(rows[0]?.detail ?? '', /cdr at 127\.0\.0\.1:1, its partitions: .*\[collect\.place-unreachable\]/);
    },
    { ...operator, 'operator.yaml': text },
  );
});
