/** The disk has no room for what is fetched: it is said by name, nothing half-written stays, and with room every record is in the books once. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { withFolder } from '../support/cli.ts';
import { withSmallDisk } from '../support/small-disk.ts';
import { assertBooksAgree, fileOf, line, operator, type TestHome, withHome } from '../usage/home.ts';
import { startBroker, whyNoBroker } from './kafka-broker.ts';
import { round } from './round.ts';
import { ACCOUNT, startS3Server } from './s3-server.ts';
import { startSftpServer } from './sftp-server.ts';

const CALLS = 1200;
const calls = Array.from({ length: CALLS }, (_, call) => line({ id: `${call}` }));
const old = Date.now() / 1000 - 100;

function declared(collect: string): Readonly<Record<string, string>> {
  const text = `    format: delimited\n    collect: ${collect}\n`;
  return { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => text) };
}

/** Nothing is in the books, and the alarm names the disk; then there is room, and everything is there once. */
async function holdsUntilThereIsRoom(context: TestContext, home: TestHome, folder: string): Promise<void> {
  const { pool } = home.database;
  await withSmallDisk(context, join(home.dataFolder, folder), '64k', async (disk) => {
    const seen = await round(home);
    assert.deepEqual([seen.files, seen.alarms.map((alarm) => alarm.split(' ')[0])], [[], ['failing']]);
    const { rows } = await pool.query<{ detail: string }>('select detail from collecting_alarm where cleared_at is null');
    assert.match(rows[0]?.detail ?? '', /no room|no space.*\[data-folder\.full\]/);
    assert.deepEqual(filesBelow(join(home.dataFolder, folder)), []);
    assert.equal((await pool.query('select from usage_rated')).rows.length, 0);
    disk.change('size=4m');
    // The time until the next attempt is over.
    await pool.query('update collected_file set next_attempt_at = null');
    assert.equal((await round(home)).files.length, 1);
    assert.equal((await pool.query('select from usage_rated')).rows.length, CALLS);
    assert.equal((await pool.query('select from usage_duplicate')).rows.length, 0);
    assert.equal((await pool.query('select from collecting_alarm where cleared_at is null')).rows.length, 0);
    await assertBooksAgree(home);
  });
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}

for (const [what, folder] of [
  ['to fetch a file', 'spool/fetched'],
  ['for the archive', 'archive'],
] as const) {
  test(`SFTP: no room ${what}`, (context) =>
    withFolder(async (remote) => {
      process.env.TEST_SFTP = 'secret';
      mkdirSync(join(remote, 'cdr'));
      writeFileSync(join(remote, 'cdr/a.csv'), fileOf(unpackable()));
      utimesSync(join(remote, 'cdr/a.csv'), old, old);
      const server = await startSftpServer(remote);
      try {
        const collect = `{from: sftp, host: 127.0.0.1, port: ${server.port}, user: billing, path: /cdr, hostKey: "${server.hostKey}", password: env:TEST_SFTP, after: delete, stableSeconds: 0}`;
        await withHome((home) => holdsUntilThereIsRoom(context, home, folder), declared(collect));
        assert.deepEqual(readdirSync(join(remote, 'cdr')), []);
      } finally {
        await server.close();
      }
    }));

  test(`S3: no room ${what}`, async (context) => {
    process.env.TEST_S3_ACCESS = ACCOUNT.accessKey;
    process.env.TEST_S3_SECRET = ACCOUNT.secretKey;
    const server = await startS3Server();
    try {
      server.put('in/a.csv', fileOf(unpackable()));
      const collect = `{from: s3, endpoint: "${server.endpoint}", region: eu-central-1, bucket: cdr, prefix: in/, accessKey: env:TEST_S3_ACCESS, secretKey: env:TEST_S3_SECRET, after: delete}`;
      await withHome((home) => holdsUntilThereIsRoom(context, home, folder), declared(collect));
      assert.deepEqual([...server.objects.keys()], []);
    } finally {
      await server.close();
    }
  });
}

test('Kafka: no room to write what was read', async (context) => {
  const missing = await whyNoBroker();
  if (missing !== undefined) return context.skip(missing);
  const broker = await startBroker(mkdtempSync(join(tmpdir(), 'carillon-kafka-')));
  try {
    await broker.createTopic('cdr', 1);
    await broker.produce('cdr', 0, calls);
    const collect = `{from: kafka, brokers: ["${broker.address}"], topic: cdr}\n    columns: [id, start, end, seconds, result, a, b, in, out]`;
    const files = declared(collect);
    const text = files['operator.yaml']?.replace('    header: true\n', '') ?? '';
    await withHome((home) => holdsUntilThereIsRoom(context, home, 'spool/topics/switch'), { ...files, 'operator.yaml': text });
  } finally {
    await broker.stop();
  }
});

/** Calls with keys in which nothing repeats, so that the packed file is larger than the small disk too. */
function unpackable(): readonly string[] {
  const noise = (call: number): string => createHash('sha512').update(`${call}`).digest('base64url');
  return calls.map((_, call) => line({ id: `${noise(call)}${noise(-call - 1)}` }));
}
