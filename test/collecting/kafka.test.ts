import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { kafkaTopic } from '#gateways/kafka/topic.ts';
import { assertBooksAgree, line, operator, type TestHome, withHome } from '../usage/home.ts';
import { type Broker, startBroker, whyNoBroker } from './kafka-broker.ts';
import { round } from './round.ts';

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
function withTopic(name: string, work: (home: TestHome, broker: Broker, topic: string) => Promise<void>, batchMessages = 3): void {
  test(name, async (context: TestContext) => {
    if (broker === undefined) return context.skip(missing ?? 'no broker');
    const running = broker;
    const topic = `cdr-${name.length}-${Date.now()}`;
    await running.createTopic(topic, 2);
    const collect = `    format: delimited\n    columns: [id, start, end, seconds, result, a, b, in, out]\n    collect: {from: kafka, brokers: ["${running.address}"], topic: ${topic}, batchMessages: ${batchMessages}}\n`;
    const text = operator['operator.yaml']
      .replace('    format: delimited\n', () => collect)
      .replace('    header: true\n', '    header: false\n');
    await withHome((home) => work(home, running, topic), { ...operator, 'operator.yaml': text });
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

withTopic('messages of a topic become files of the books, and their offsets move with them', async (home, running, topic) => {
  await running.produce(topic, 0, lines('1', '2', '3', '4', '5'));
  await running.produce(topic, 1, lines('6'));
  assert.deepEqual((await round(home)).files, [`${topic}/0/0-2 loaded 3`, `${topic}/0/3-4 loaded 2`, `${topic}/1/0-0 loaded 1`]);
  assert.deepEqual(await positions(home), ['0:5', '1:1']);
  assert.deepEqual(await round(home), { files: [], alarms: [] });
  await running.produce(topic, 0, lines('7', '1'));
  assert.deepEqual((await round(home)).files, [`${topic}/0/5-6 loaded 1`]);
  assert.deepEqual(await positions(home), ['0:7', '1:1']);
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

withTopic('after a rebalance in the middle of a batch each message is in the books once', async (home, running, topic) => {
  await running.produce(topic, 0, lines('1', '2', '3', '4'));
  await running.produce(topic, 1, lines('5', '6', '7', '8'));
  // Another member of the group comes and goes while rounds run; each round joins the group anew.
  const account = { brokers: [running.address], topic, tls: false, user: undefined, password: undefined, mechanism: 'PLAIN' as const };
  const other = kafkaTopic({ ...account, group: 'carillon-switch' });
  assert.deepEqual(await other.partitions(), [0, 1]);
  const [first, second] = await Promise.all([round(home), round(home)]);
  await other.close();
  const third = await round(home);
  const files = [first, second, third].flatMap((seen) => seen.files).filter((file) => file.includes('loaded'));
  assert.equal(await rated(home), 8, files.join('; '));
  assert.deepEqual(await positions(home), ['0:4', '1:4']);
  const { rows } = await home.database.pool.query('select from usage_duplicate');
  assert.equal(rows.length, 0);
  await assertBooksAgree(home);
});

test('a broker that is away is an alarm, said once', async () => {
  const collect = `    format: delimited\n    columns: [id, start, end, seconds, result, a, b, in, out]\n    collect: {from: kafka, brokers: ["127.0.0.1:1"], topic: cdr}\n`;
  const text = operator['operator.yaml'].replace('    format: delimited\n', () => collect).replace('    header: true\n', '');
  await withHome(
    async (home) => {
      assert.deepEqual((await round(home)).alarms, ['failing ']);
      assert.deepEqual((await round(home)).alarms, []);
      const { rows } = await home.database.pool.query<{ detail: string }>('select detail from collecting_alarm');
      assert.match(rows[0]?.detail ?? '', /cdr at 127\.0\.0\.1:1, the group: .*\[collect\.place-unreachable\]/);
    },
    { ...operator, 'operator.yaml': text },
  );
});
