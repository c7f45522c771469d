/** A real Kafka broker, a single node of KRaft, on this machine: its jars come from Maven Central once and stay in .build. */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Admin, Producer, stringSerializers } from '@platformatic/kafka';
import { projectRoot } from '../support/project-files.ts';
import { freePort } from './free-port.ts';

const VERSION = '3.9.1';
const folder = join(projectRoot, '.build', `kafka-${VERSION}`);
const DOWNLOAD_LIMIT_MS = 180_000;
const START_LIMIT_MS = 60_000;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>kafka</artifactId><version>1</version><dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${VERSION}</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
</dependencies></project>`;

/** Why no broker can be had here; undefined when the jars are there, and Java. */
export async function whyNoBroker(): Promise<string | undefined> {
  if (spawnSync('java', ['-version']).status !== 0) return 'java is not installed';
  if (existsSync(join(folder, 'libs'))) return undefined;
  if (spawnSync('mvn', ['-v']).status !== 0) return 'mvn is not installed, which would fetch the broker';
  // Several test files may be the first: each fetches into a folder of its own, and the first that is done gives the folder its name.
  const fetched = join(folder, `fetched-${process.pid}`);
  mkdirSync(fetched, { recursive: true });
  writeFileSync(join(fetched, 'pom.xml'), POM);
  const libs = join(fetched, 'libs');
  try {
    const args = ['-q', '-B', '-f', join(fetched, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${libs}`];
    await promisify(execFile)('mvn', args, { timeout: DOWNLOAD_LIMIT_MS });
    if (!existsSync(join(folder, 'libs'))) renameSync(libs, join(folder, 'libs'));
    return undefined;
  } catch (error) {
    // Another may have been first in between.
    if (existsSync(join(folder, 'libs'))) return undefined;
    return `the broker could not be fetched: ${error instanceof Error ? error.message.slice(0, 200) : error}`;
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
}

export interface Broker {
  readonly address: string;
  /** Where it answers otherwise, of the listeners asked for. */
  readonly addresses: Readonly<Record<string, string>>;
  createTopic(topic: string, partitions: number): Promise<void>;
  produce(topic: string, partition: number, values: readonly string[]): Promise<void>;
  /** `<partition>:<offset>` of what the group was told. */
  told(group: string, topic: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** One more address of the broker, with its own way of being reached. */
export interface Listener {
  readonly name: string;
  readonly protocol: 'SSL' | 'SASL_SSL' | 'SASL_PLAINTEXT';
  /** What it tells clients to come to; the name by default. */
  readonly advertised?: '127.0.0.1';
  /** Of `listener.name.<name>.`; a value is one line. */
  readonly properties: Readonly<Record<string, string>>;
}

/** `logins` can log in by SCRAM: arguments of `--add-scram`. */
export async function startBroker(data: string, more: readonly Listener[] = [], logins: readonly string[] = []): Promise<Broker> {
  const [port, controller] = [await freePort(), await freePort()];
  const ports = new Map<string, number>();
  for (const { name } of more) ports.set(name, await freePort());
  const others = [...ports].map(([name, at]) => `,${name}://127.0.0.1:${at}`).join('');
  const advertised = more.map(({ name, advertised: host = 'localhost' }) => `,${name}://${host}:${ports.get(name)}`);
  const protocols = more.map(({ name, protocol }) => `,${name}:${protocol}`).join('');
  const own = more.flatMap(({ name, properties: each }) =>
    Object.entries(each).map(([key, value]) => `listener.name.${name.toLowerCase()}.${key}=${value}\n`),
  );
  mkdirSync(data, { recursive: true });
  const properties = join(data, 'server.properties');
  writeFileSync(
    properties,
    `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}${others}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}${advertised.join('')}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT${protocols}
${own.join('')}log.dirs=${join(data, 'log')}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
`,
  );
  // A broker lives for seconds: without the optimising compiler it takes two thirds of the processor time (7.2 s to 4.7).
  const brief = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const java = (...args: string[]): string[] => [...brief, '-cp', `${join(folder, 'libs')}/*`, ...args];
  const scram = logins.flatMap((login) => ['--add-scram', login]);
  const format = spawnSync('java', java('kafka.tools.StorageTool', 'format', '-t', 'Y2FyaWxsb24tdGVzdC0xMg', '-c', properties, ...scram), {
    encoding: 'utf8',
  });
  if (format.status !== 0) throw new Error(`the broker's folder was not made: ${format.stderr}`);
  const child = spawn('java', java('kafka.Kafka', properties), { stdio: ['ignore', 'ignore', 'ignore'] });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const address = `127.0.0.1:${port}`;
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [address], retries: 0 });
  await untilReady(child, admin);
  const producer = new Producer({ clientId: 'test', bootstrapBrokers: [address], serializers: stringSerializers });
  return {
    address,
    addresses: Object.fromEntries([...ports].map(([name, at]) => [name, `localhost:${at}`])),
    async createTopic(topic, partitions) {
      await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
      await sleep(500);
    },
    async produce(topic, partition, values) {
      await producer.send({ messages: values.map((value) => ({ topic, partition, value })) });
    },
    async told(group, topic) {
      const groups = await admin.listConsumerGroupOffsets({ groups: [group] });
      const ours = groups.flatMap(({ topics }) => topics).filter(({ name }) => name === topic);
      return ours.flatMap(({ partitions }) =>
        partitions.map(({ partitionIndex, committedOffset }) => `${partitionIndex}:${committedOffset}`),
      );
    },
    async stop() {
      await producer.close(true);
      await admin.close();
      child.kill('SIGKILL');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, admin: Admin): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await admin.metadata({});
      return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        child.kill('SIGKILL');
        throw error;
      }
      await sleep(300);
    }
  }
}
