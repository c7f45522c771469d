import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectingSources } from '#app/collecting/sources.ts';
import { receiveUploads } from '#app/collecting/uploads.ts';
import { withSmallDisk } from '../support/small-disk.ts';
import { assertBooksAgree, fileOf, line, operator, type TestHome, withHome } from '../usage/home.ts';
import { freePort } from './free-port.ts';
import { round } from './round.ts';

const collect = `    format: delimited\n    ignore: ['^#']\n    collect: {from: http, token: env:TEST_UPLOAD, match: '.*\\.csv'}\n`;
const files = { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => collect) };

interface Desk {
  readonly port: number;
  put(
    name: string,
    body: string,
    token?: string,
    source?: string,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  get(name: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
}

async function withDesk(work: (home: TestHome, desk: Desk) => Promise<void>, megabytes = 1): Promise<void> {
  process.env.TEST_UPLOAD = 'a long token';
  await withHome(async (home) => {
    const sources = await collectingSources(home.database, []);
    const port = await freePort();
    const settings = { listen: `127.0.0.1:${port}`, certificate: '', key: '', maximumUploadMegabytes: megabytes };
    const server = await receiveUploads(home, settings, () => sources);
    const ask = async (path: string, init: RequestInit, token = 'a long token') => {
      const answer = await fetch(`http://127.0.0.1:${port}/usage/${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }; // the server answers with objects
    };
    try {
      await work(home, {
        port,
        put: (name, body, token, source = 'switch') => ask(`${source}/${name}`, { method: 'PUT', body }, token),
        get: (name) => ask(`switch/${name}`, {}),
      });
    } finally {
      await server?.close();
    }
  }, files);
}

const inbox = (home: TestHome): string => join(home.dataFolder, 'spool/uploads/switch');

test('an upload is answered when it is on the disk, loaded once, and told about', async () => {
  await withDesk(async (home, desk) => {
    const content = fileOf([line({ id: '1' }), '# to be passed over', line({ id: '2' })]);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const first = await desk.put('a.csv', content);
    assert.deepEqual(first, { status: 201, body: { name: 'a.csv', sha256, bytes: content.length, state: 'waiting' } });
    assert.deepEqual(readdirSync(inbox(home)), [`${sha256}-a.csv`]);
    assert.equal((await desk.put('a.csv', content)).status, 200);
    const other = await desk.put('a.csv', fileOf([line({ id: '3' })]));
    assert.deepEqual([other.status, other.body.code], [409, 'collect.upload-conflict']);
    assert.deepEqual((await desk.get('a.csv')).body, { name: 'a.csv', sha256, state: 'waiting' });
    assert.deepEqual((await round(home)).files, ['a.csv loaded 2']);
    assert.deepEqual(readdirSync(inbox(home)), []);
    const told = await desk.get('a.csv');
    assert.equal(told.body.state, 'loaded');
    assert.deepEqual(told.body.counts, { read: 2, rated: 2, held: 0, duplicate: 0, rejected: 0 });
    assert.deepEqual(told.body.passedOver, { '': 1 });
    const again = await desk.put('a.csv', content);
    assert.deepEqual([again.status, again.body.state], [200, 'loaded']);
    assert.deepEqual(await round(home), { files: [], alarms: [] });
    await assertBooksAgree(home);
  });
});

test('a refused upload is set aside, told about, and looked at again when it is sent again', async () => {
  await withDesk(async (home, desk) => {
    await desk.put('c.csv', 'no header at all\n');
    assert.deepEqual(await round(home), { files: ['c.csv refused 0'], alarms: ['refused c.csv'] });
    assert.deepEqual(readdirSync(inbox(home)), ['refused']);
    assert.deepEqual(await round(home), { files: [], alarms: [] });
    assert.equal((await desk.get('c.csv')).body.state, 'refused');
    assert.equal((await desk.put('c.csv', 'no header at all\n')).status, 201);
    assert.deepEqual((await round(home)).files, ['c.csv refused 0']);
  });
});

test('who has no token, an odd name, too much or another method is refused by name', async () => {
  await withDesk(async (home, desk) => {
    const refused = async (name: string, body = 'x', token?: string, source?: string): Promise<string> => {
      const answer = await desk.put(name, body, token, source);
      return `${answer.status} ${String(answer.body.code)}`;
    };
    assert.equal(await refused('a.csv', 'x', 'wrong'), '401 collect.upload-unauthorized');
    assert.equal(await refused('a.csv', 'x', undefined, 'nobody'), '401 collect.upload-unauthorized');
    for (const name of [
      '..%2f..%2fetc%2fpasswd.csv',
      '%2e%2e',
      '.hidden.csv',
      'a%00.csv',
      '%ff.csv',
      'a/b.csv',
      `${'a'.repeat(200)}.csv`,
      'a.txt',
      'a.csv.tmp',
    ])
      assert.equal(await refused(name), '422 collect.upload-path', name);
    assert.equal(await refused('big.csv', 'x'.repeat(1_000_001)), '413 collect.upload-too-large');
    assert.equal((await desk.get('none.csv')).status, 404);
    assert.deepEqual(await round(home), { files: [], alarms: [] });
  });
});

test('an upload that breaks off leaves nothing behind', async () => {
  await withDesk(async (home, desk) => {
    await desk.put('a.csv', 'x'); // makes the folder
    const socket = connect(desk.port, '127.0.0.1');
    socket.write(
      'PUT /usage/switch/cut.csv HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a long token\r\nContent-Length: 1000\r\n\r\nid;start',
    );
    const receiving = (): number => readdirSync(inbox(home)).filter((name) => name.startsWith('.receiving-')).length;
    for (let wait = 0; receiving() === 0 && wait < 3_000; wait += 1) await sleep(20);
    assert.equal(receiving(), 1);
    socket.destroy();
    for (let wait = 0; receiving() > 0 && wait < 3_000; wait += 1) await sleep(20);
    assert.equal(receiving(), 0);
    assert.equal((await desk.get('cut.csv')).status, 404);
  });
});

test('an upload for which the disk has no room is refused by name, leaves nothing behind, and is taken when there is room', (context) =>
  withDesk((home, desk) =>
    withSmallDisk(context, inbox(home), '64k', async (disk) => {
      const content = fileOf(Array.from({ length: 1200 }, (_, call) => line({ id: `${call}` })));
      const { status, body } = await desk.put('a.csv', content);
      assert.equal(status, 507);
      assert.equal(body.code, 'data-folder.full');
      assert.deepEqual(readdirSync(inbox(home)), []);
      assert.equal((await desk.put('b.csv', fileOf([line({ id: '0' })]))).status, 201);
      disk.change('size=1m');
      assert.equal((await desk.put('a.csv', content)).status, 201);
      assert.deepEqual((await round(home)).alarms, []);
      const { rows } = await home.database.pool.query('select from usage_rated');
      assert.equal(rows.length, 1200);
      await assertBooksAgree(home);
    }),
  ));

test('of many contents with one name sent at once, one is taken', async () => {
  await withDesk(async (home, desk) => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => desk.put('a.csv', fileOf([line({ id: String(index) })]))));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409, 409, 409]);
    assert.equal(readdirSync(inbox(home)).length, 1);
  });
});
