import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { sftpPlace } from '#gateways/sftp/sftp-place.ts';
import { openSpool } from '#storage/collecting/spool.ts';
import { withFolder } from '../support/cli.ts';
import { assertBooksAgree, fileOf, line, operator, withHome } from '../usage/home.ts';
import { round } from './round.ts';
import { type SftpServer, startSftpServer } from './sftp-server.ts';

const old = Date.now() / 1000 - 100;

function drop(folder: string, name: string, ids: readonly string[]): void {
  writeFileSync(join(folder, name), fileOf(ids.map((id) => line({ id }))));
  utimesSync(join(folder, name), old, old);
}

async function withServer(work: (server: SftpServer, folder: string, home: string) => Promise<void>): Promise<void> {
  await withFolder(async (home) => {
    const folder = join(home, 'remote');
    mkdirSync(join(folder, 'cdr'), { recursive: true });
    const server = await startSftpServer(folder);
    try {
      await work(server, join(folder, 'cdr'), home);
    } finally {
      await server.close();
    }
  });
}

function declared(server: SftpServer, hostKey = server.hostKey): Readonly<Record<string, string>> {
  const collect = `    format: delimited\n    collect: {from: sftp, host: 127.0.0.1, port: ${server.port}, user: billing, path: /cdr, hostKey: "${hostKey}", password: env:TEST_SFTP, after: move, stableSeconds: 0}\n`;
  return { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => collect) };
}

test('files of an SFTP server are in the books once and moved away there', async () => {
  process.env.TEST_SFTP = 'secret';
  await withServer(async (server, folder) => {
    await withHome(async (home) => {
      drop(folder, 'a.csv', ['1', '2']);
      assert.deepEqual(await round(home), { files: ['a.csv loaded 2'], alarms: [] });
      assert.deepEqual(readdirSync(folder), ['loaded']);
      drop(folder, 'b.csv', ['2', '3']);
      assert.deepEqual((await round(home)).files, ['b.csv loaded 1']);
      assert.deepEqual(readdirSync(join(folder, 'loaded')), ['a.csv', 'b.csv']);
      assert.deepEqual(readdirSync(join(home.dataFolder, 'spool', 'fetched')), []);
      await assertBooksAgree(home);
    }, declared(server));
  });
});

test('another host key than the declared one is refused before the password is sent', async () => {
  await withServer(async (server, folder) => {
    drop(folder, 'a.csv', ['1']);
    await withHome(
      async (home) => {
        const seen = await round(home);
        assert.deepEqual(seen.files, []);
        const { rows } = await home.database.pool.query<{ detail: string }>('select detail from collecting_alarm');
        assert.match(rows[0]?.detail ?? '', /has the host key SHA256:\S+ .*\[collect\.host-key-differs\]/);
        assert.equal(server.logins, 0);
      },
      declared(server, `SHA256:${'A'.repeat(43)}`),
    );
  });
});

async function place(server: SftpServer, home: string, answerMs = 1500, password = 'secret') {
  const spool = await openSpool(join(home, 'data'));
  const account = { host: '127.0.0.1', port: server.port, user: 'billing', path: '/cdr', hostKey: server.hostKey };
  return sftpPlace({ ...account, password, privateKey: undefined, passphrase: undefined }, spool, { connectMs: 2000, answerMs });
}

const refusedAs = (code: string, message: RegExp) => (error: unknown) =>
  error instanceof RefusedError && error.refusals[0]?.code === code && message.test(error.refusals[0].message);

test('a server that hangs, and one that stops in the middle of a file, are left in time; the next look begins anew', async () => {
  await withServer(async (server, folder, home) => {
    writeFileSync(join(folder, 'big.csv'), Buffer.alloc(8_000_000, 'x'));
    const sftp = await place(server, home);
    const [file] = await sftp.list();
    assert.ok(file);
    server.faults.stallAfterBytes = 1_000_000;
    await assert.rejects(
      sftp.withFile(file, async () => undefined),
      refusedAs('collect.place-unreachable', /nothing of the file arrived for 1.5 s/),
    );
    server.faults.hangs = true;
    await assert.rejects(sftp.list(), refusedAs('collect.place-unreachable', /did not answer/));
    server.faults.hangs = false;
    server.faults.stallAfterBytes = Infinity;
    assert.equal((await sftp.list()).length, 1);
    assert.deepEqual(readdirSync(join(home, 'data/spool/fetched')), []);
    await sftp.close();
  });
});

test('a connection cut in the middle of a file leaves nothing behind', async () => {
  await withServer(async (server, folder, home) => {
    writeFileSync(join(folder, 'big.csv'), Buffer.alloc(8_000_000, 'x'));
    const sftp = await place(server, home, 5000);
    const [file] = await sftp.list();
    assert.ok(file);
    server.faults.cutAfterBytes = 1_000_000;
    await assert.rejects(
      sftp.withFile(file, async () => undefined),
      refusedAs('collect.place-unreachable', /./),
    );
    assert.deepEqual(readdirSync(join(home, 'data/spool/fetched')), []);
    await sftp.close();
  });
});

test('a file that grows while it is fetched is not taken', async () => {
  await withServer(async (server, folder, home) => {
    drop(folder, 'a.csv', ['1']);
    const sftp = await place(server, home, 5000);
    const [file] = await sftp.list();
    assert.ok(file);
    server.faults.onOpen = (name) => appendFileSync(join(folder, '..', name), 'more');
    await assert.rejects(
      sftp.withFile(file, async () => assert.fail('it was taken')),
      refusedAs('collect.file-changed', /changed while it was fetched/),
    );
    await sftp.close();
  });
});

test('a wrong password is said, and deleting what is gone already changes nothing', async () => {
  await withServer(async (server, folder, home) => {
    await assert.rejects((await place(server, home, 5000, 'wrong')).list(), refusedAs('collect.place-unreachable', /authentication/i));
    drop(folder, 'a.csv', ['1']);
    const sftp = await place(server, home, 5000);
    const [file] = await sftp.list();
    assert.ok(file);
    await sftp.delete(file);
    await sftp.delete(file);
    assert.equal(existsSync(join(folder, 'a.csv')), false);
    await sftp.close();
  });
});
