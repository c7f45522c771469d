import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { s3Place } from '#gateways/s3/s3-place.ts';
import { openSpool } from '#storage/collecting/spool.ts';
import { withFolder } from '../support/cli.ts';
import { assertBooksAgree, fileOf, line, operator, withHome } from '../usage/home.ts';
import { round } from './round.ts';
import { ACCOUNT, type S3Server, startS3Server } from './s3-server.ts';

async function withServer(work: (server: S3Server) => Promise<void>): Promise<void> {
  const server = await startS3Server();
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

async function withPlace(
  work: (server: S3Server, place: ReturnType<typeof s3Place>, spool: string) => Promise<void>,
  secretKey = ACCOUNT.secretKey,
) {
  await withServer((server) =>
    withFolder(async (folder) => {
      const from = { ...ACCOUNT, endpoint: server.endpoint, secretKey, prefix: 'switch/x y+(1)/' };
      const place = s3Place(from, await openSpool(folder), { connectMs: 2000, answerMs: 2000 });
      await work(server, place, join(folder, 'spool/fetched'));
    }),
  );
}

const refusedAs = (code: string, message: RegExp) => (error: unknown) =>
  error instanceof RefusedError && error.refusals[0]?.code === code && message.test(error.refusals[0].message);

test('objects of a bucket are in the books once, and moved by copy and delete', async () => {
  process.env.TEST_S3_ACCESS = ACCOUNT.accessKey;
  process.env.TEST_S3_SECRET = ACCOUNT.secretKey;
  await withServer(async (server) => {
    const collect = `    format: delimited\n    collect: {from: s3, endpoint: "${server.endpoint}", region: eu-central-1, bucket: cdr, prefix: in/, accessKey: env:TEST_S3_ACCESS, secretKey: env:TEST_S3_SECRET, after: move}\n`;
    const files = { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => collect) };
    await withHome(async (home) => {
      server.put('in/a.csv', fileOf([line({ id: '1' }), line({ id: '2' })]));
      server.put('elsewhere/b.csv', fileOf([line({ id: '9' })]));
      assert.deepEqual(await round(home), { files: ['a.csv loaded 2'], alarms: [] });
      assert.deepEqual([...server.objects.keys()].sort(), ['elsewhere/b.csv', 'in/loaded/a.csv']);
      server.put('in/a.csv', fileOf([line({ id: '2' }), line({ id: '3' })]));
      assert.deepEqual(await round(home), { files: ['a.csv loaded 1'], alarms: ['changed a.csv'] });
      await assertBooksAgree(home);
    }, files);
  });
});

test('a list of more than 1000 objects is read to its end, with names of every kind', async () => {
  await withPlace(async (server, place) => {
    for (let index = 0; index < 2500; index += 1) server.put(`switch/x y+(1)/f${index}.csv`, 'x');
    const odd = "ä&<>' +%2F*.csv";
    server.put(`switch/x y+(1)/${odd}`, 'odd');
    const listed = await place.list();
    assert.equal(listed.length, 2501);
    const file = listed.find(({ name }) => name === odd);
    assert.ok(file);
    assert.equal(await place.withFile(file, async (path) => readFileSync(path, 'utf8')), 'odd');
    await place.move(file, 'loaded');
    assert.equal(server.objects.has(`switch/x y+(1)/loaded/${odd}`), true);
    assert.equal(server.objects.has(`switch/x y+(1)/${odd}`), false);
    await place.move(file, 'loaded');
  });
});

test('a wrong secret is said as the server says it, at once', async () => {
  await withPlace(async (server, place) => {
    await assert.rejects(place.list(), refusedAs('collect.place-unreachable', /403 SignatureDoesNotMatch: The signature is wrong/));
    assert.equal(server.requests.length, 1);
  }, 'wrong');
});

test('a server that is busy is asked again, and not for ever', async () => {
  await withPlace(async (server, place) => {
    server.busyFor = 2;
    assert.deepEqual(await place.list(), []);
    assert.equal(server.requests.length, 3);
    server.busyFor = 100;
    await assert.rejects(place.list(), refusedAs('collect.place-unreachable', /503 SlowDown/));
  });
});

test('a body that is cut, and an object replaced after it was listed, are not taken', async () => {
  await withPlace(async (server, place, spool) => {
    server.put('switch/x y+(1)/a.csv', Buffer.alloc(1_000_000, 'x'));
    const [file] = await place.list();
    assert.ok(file);
    server.cutAfterBytes = 500_000;
    const taken = async (): Promise<void> => assert.fail('it was taken');
    await assert.rejects(place.withFile(file, taken), refusedAs('collect.place-unreachable', /not sent to its end/));
    server.cutAfterBytes = Infinity;
    server.put('switch/x y+(1)/a.csv', 'other');
    await assert.rejects(place.withFile(file, taken), refusedAs('collect.file-changed', /replaced/));
    server.objects.clear();
    await assert.rejects(place.withFile(file, taken), refusedAs('collect.file-changed', /gone/));
    assert.deepEqual(readdirSync(spool), []);
  });
});
