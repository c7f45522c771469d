import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { withInstallation } from '#app/installation.ts';
import type { Database } from '#storage/database.ts';
import { type Broker, startBroker, whyNoBroker } from '../collecting/kafka-broker.ts';
import { withFolder } from '../support/cli.ts';
import { giveDatabase } from '../support/made-database.ts';
import { expect } from './auditor.ts';
import { deliver, inboxOf, type Place, run, someKill } from './deliver.ts';
import { Random } from './random.ts';
import { configuration, makeWorld, PARTITIONS, TANDEM_HEADER, type Topic, type World } from './world.ts';

/** Every seed that ever failed stays here. */
const SEEDS = [1];
/** A round that finds nothing more to do comes soon after the last fault. */
const MOST_ROUNDS = 12;

function seeds(): readonly number[] {
  const wanted = /^(\d+)-(\d+)$/.exec(process.env.SIMULATION_SEEDS ?? '');
  if (wanted === null) return SEEDS;
  const [first, last] = [Number(wanted[1]), Number(wanted[2])];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Kafka takes its time to start: only for seeds that are asked for, where a broker can be had. */
let broker: Broker | undefined;
let withoutBroker: string | undefined = 'no seeds were asked for';
before(async () => {
  if (process.env.SIMULATION_SEEDS === undefined) return;
  withoutBroker = await whyNoBroker();
  if (withoutBroker === undefined) broker = await startBroker(mkdtempSync(join(tmpdir(), 'carillon-simulation-kafka-')));
});
after(async () => {
  await broker?.stop();
});

for (const seed of seeds())
  test(`days of traffic with late, repeated, cut and damaged files and processes killed end in the books of an undisturbed world (seed ${seed})`, async (context) => {
    if (process.platform !== 'linux') return context.skip('the processes to kill are found in /proc, which only Linux has');
    context.diagnostic(withoutBroker === undefined ? 'with a topic of Kafka' : `without Kafka: ${withoutBroker}`);
    await withFolder((folder) => simulate({ folder, data: join(folder, 'data') }, seed));
  });

async function simulate(place: Place, seed: number): Promise<void> {
  const world = makeWorld(seed, broker !== undefined, process.env.SIMULATION_SEEDS === undefined);
  const topic = broker === undefined ? undefined : { address: broker.address, name: `simulation-${seed}` };
  if (topic !== undefined) await broker?.createTopic(topic.name, PARTITIONS);
  const random = new Random(seed * 7919 + 1);
  const steps: string[] = [`seed ${seed}: ${world.calls.length} calls in ${world.deliveries.length} files`];
  const doing = async (args: readonly string[], faults: boolean): Promise<boolean> => {
    const kill = faults && random.chance(0.6) ? someKill(random) : undefined;
    const { status, output } = await run(place, args, kill);
    steps.push(
      `${args.join(' ')} ${kill === undefined ? '' : `with ${kill.victim} killed after ${kill.afterMs} ms`} → ${status}\n${output}`,
    );
    return status === 0;
  };
  try {
    await giveDatabase(place.data);
    writeConfiguration(place, topic, false, false);
    assert.ok(await doing(['apply', 'config'], false));
    for (let step = 0; step < world.steps; step++) {
      for (const delivery of world.deliveries) if (delivery.step === step) deliver(place, delivery);
      await produce(topic, world, step);
      await doing(['collect', 'run', '--once', '--json'], true);
      if (step !== world.steps - 2) continue;
      writeConfiguration(place, topic, true, false);
      while (!(await doing(['apply', 'config'], true)));
      await doing(['usage', 'retry'], true);
    }
    await settle(place, doing);
    await mend(place, topic, world, doing);
    await settle(place, doing);
    await opened(place, () => audit(place, world));
  } catch (error) {
    throw new Error(`${steps.join('\n')}\n`, { cause: error });
  } finally {
    await run(place, ['database', 'stop', '--force']);
  }
}

async function produce(topic: Topic | undefined, { messages }: World, step: number): Promise<void> {
  if (topic === undefined) return;
  const now = messages.filter((message) => message.step === step);
  for (const [partition, some] of Map.groupBy(now, (message) => message.partition))
    await broker?.produce(
      topic.name,
      partition,
      some.map(({ value }) => value),
    );
}

function writeConfiguration(place: Place, topic: Topic | undefined, late: boolean, dearer: boolean): void {
  for (const [name, text] of Object.entries(configuration((source) => inboxOf(place, source), late, dearer, topic))) {
    const file = join(place.folder, 'config', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Undisturbed rounds until nothing is left to do: files that failed are tried again when their time has come. The server stays up for all of them. */
function settle(place: Place, doing: Doing): Promise<void> {
  return opened(place, async ({ pool }) => {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await doing(['collect', 'run', '--once', '--json'], false);
      const { rows } = await pool.query<{ name: string }>(
        `update collected_file set next_attempt_at = null, changed_at = '-infinity' where state in ('growing', 'failing') returning name`,
      );
      if (rows.length === 0) break;
      assert.ok(round < MOST_ROUNDS - 1, `files are left that cannot be collected: ${rows.map(({ name }) => name).join(', ')}`);
    }
    assert.ok(await doing(['usage', 'retry'], false));
    assert.ok(
      await doing(['usage', 'audit', '--from', '2026-10-01', '--to', '2026-10-31', '--archive'], false),
      'the audit finds differences',
    );
    assert.ok(await doing(['check'], false));
  });
}

type Doing = (args: readonly string[], faults: boolean) => Promise<boolean>;

/**
 * What people put right afterwards, with processes killed under it: files rolled back that come again, records that were
 * charged corrected, and prices that were known too late. Each is given again until it ends.
 */
async function mend(place: Place, topic: Topic | undefined, world: World, doing: Doing): Promise<void> {
  for (const [index, { source, name, content }] of world.rolledBack.entries()) {
    const number = await fileNumber(place, source, content);
    // One that was committed when it was killed is refused the second time.
    if (!(await doing(['usage', 'rollback', String(number), '--why', 'simulated'], true)))
      await doing(['usage', 'rollback', String(number), '--why', 'simulated'], false);
    assert.equal(await fileState(place, number), 'rolled-back');
    deliver(place, { source, name: `back_${index}_${name.replace(/\.gz$/, '')}`, content, packed: false, step: world.steps });
    await doing(['collect', 'run', '--once', '--json'], true);
  }
  await settle(place, doing);
  await doing(['usage', 'retry', '--duplicates'], false);
  writeConfiguration(place, topic, true, true);
  while (!(await doing(['apply', 'config'], true)));
  const rerate = ['usage', 'rerate', '--from', '2026-10-01', '--to', '2026-10-31', '--book', '--why', 'simulated'];
  await doing(rerate, true);
  for (const { source, key, seconds } of world.corrections) {
    const [record] = await query<{ id: bigint }>(
      place,
      `select e.event_id as id from usage_rated e join usage_source s using (source_id) join usage_file f using (file_id)
        where s.name = '${source}' and source_key = '${key}' and f.state <> 'rolled-back'
          and not exists (select from usage_taken_back t where t.event_id = e.event_id)`,
    );
    assert.ok(record !== undefined, `${key} is not charged`);
    const correct = ['usage', 'correct', String(record.id), '--set', `seconds=${seconds}`, '--why', 'simulated'];
    if (!(await doing(correct, true))) await doing(correct, false);
  }
  assert.ok(await doing(rerate, false));
}

async function fileNumber(place: Place, source: string, content: string): Promise<number> {
  const [file] = await query<{ id: number }>(
    place,
    `select file_id as id from usage_file join usage_source s using (source_id) where s.name = '${source}' and encode(sha256, 'hex') = '${digest(content)}' and state = 'loaded'`,
  );
  assert.ok(file !== undefined, 'a file that is to be rolled back is not loaded');
  return file.id;
}

async function fileState(place: Place, number: number): Promise<string | undefined> {
  return (await query<{ state: string }>(place, `select state from usage_file where file_id = ${number}`))[0]?.state;
}

async function query<T>(place: Place, sql: string): Promise<readonly T[]> {
  return opened(place, async ({ pool }) => {
    const { rows } = await pool.query(sql);
    return rows as T[]; // as the query says
  });
}

/** With the database: its server is started when it does not run, and the commands that come meanwhile use it. */
function opened<T>({ data }: Place, work: (database: Database) => Promise<T>): Promise<T> {
  return withInstallation({ settings: { data, log: { level: 'silent' } } }, ({ database }) => work(database));
}

/** Every call once, on both sides to the last digit; every line of every file delivered accounted for. */
async function audit(place: Place, world: World): Promise<void> {
  const expected = expect(world);
  const rated = await query<{ name: string; incoming: bigint | null; outgoing: bigint | null }>(
    place,
    `select s.name || ' ' || case s.name when 'meter' then split_part(e.source_key, '.', 1) else e.source_key end as name,
        coalesce(in_amount_nanos, 0) + coalesce((select sum(amount_nanos) from usage_adjustment a where (a.event_id, a.leg) = (e.event_id, 'in')), 0)::bigint as incoming,
        coalesce(out_amount_nanos, 0) + coalesce((select sum(amount_nanos) from usage_adjustment a where (a.event_id, a.leg) = (e.event_id, 'out')), 0)::bigint as outgoing
       from usage_rated e join usage_source s using (source_id) join usage_file f using (file_id)
      where f.state <> 'rolled-back' and not exists (select from usage_taken_back t where t.event_id = e.event_id)`,
  );
  assert.equal(new Set(rated.map(({ name }) => name)).size, rated.length, 'a call is in the books twice');
  const charged = (incoming: bigint | null | undefined, outgoing: bigint | null | undefined): string =>
    `${incoming ?? 0n} ${outgoing ?? 0n}`;
  const found = rated.map(({ name, incoming, outgoing }): [string, string] => [name, charged(incoming, outgoing)]);
  const wanted = [...expected.rated].map(([name, { incoming, outgoing }]): [string, string] => [name, charged(incoming, outgoing)]);
  assert.deepEqual(new Map(found.sort(byName)), new Map(wanted.sort(byName)));
  const held = await query<{ name: string; reason: string }>(
    place,
    `select s.name || ' ' || h.source_key as name, reason from usage_held h join usage_source s using (source_id)`,
  );
  assert.deepEqual(new Map(held.map(({ name, reason }) => [name, reason] as const).sort(byName)), new Map([...expected.held].sort(byName)));

  // Those that were rolled back, too: they keep what they were read as.
  const files = await query<{ source: string; sha: string; read: bigint; sum: bigint }>(
    place,
    `select s.name as source, encode(sha256, 'hex') as sha, read, rated + held + duplicate + rejected as sum from usage_file join usage_source s using (source_id)`,
  );
  const delivered = new Map(world.deliveries.map(({ source, content }) => [`${source} ${digest(content)}`, recordsOf(source, content)]));
  // Every message is in exactly one file.
  const streamed = files.filter(({ source }) => source === 'stream').reduce((sum, { read }) => sum + Number(read), 0);
  assert.equal(streamed, world.messages.length, 'messages');
  for (const { source, sha, read, sum } of files) {
    if (source !== 'stream') assert.equal(Number(read), delivered.get(`${source} ${sha}`), `records of file ${sha}`);
    assert.equal(sum, read);
  }
  // A cut file may have been replaced before anybody looked; what stood there last was loaded.
  const last = new Map(
    world.deliveries.toSorted((a, b) => a.step - b.step).map((delivery) => [`${delivery.source} ${delivery.name}`, delivery]),
  );
  const loaded = new Set(files.map(({ source, sha }) => `${source} ${sha}`));
  for (const [name, { source, content }] of last) assert.ok(loaded.has(`${source} ${digest(content)}`), `${name} was not loaded`);
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

function digest(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

function recordsOf(source: string, content: string): number {
  const body = source === 'tandem' ? content.slice(TANDEM_HEADER.length) : content;
  return body.split('\n').filter((line) => line !== '').length;
}
