/** Private keys as ssh-keygen and openssl write them, with and without a passphrase, against a server that checks the signature. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { sftpPlace } from '#gateways/sftp/sftp-place.ts';
import { openSpool } from '#storage/collecting/spool.ts';
import { withFolder } from '../support/cli.ts';
import { assertBooksAgree, fileOf, line, operator, withHome } from '../usage/home.ts';
import { round } from './round.ts';
import { type SftpServer, startSftpServer } from './sftp-server.ts';

const PASSPHRASE = 'correct horse';

/** Options of ssh-keygen. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  'OpenSSH, Ed25519': ['-t', 'ed25519'],
  'OpenSSH, RSA': ['-t', 'rsa', '-b', '2048'],
  'PEM, RSA': ['-t', 'rsa', '-b', '2048', '-m', 'PEM'],
  'PEM, ECDSA': ['-t', 'ecdsa', '-m', 'PEM'],
  'PKCS #8, RSA': ['-t', 'rsa', '-b', '2048', '-m', 'PKCS8'],
  'PKCS #8, ECDSA': ['-t', 'ecdsa', '-m', 'PKCS8'],
};

/** The private key at the path, the public one beside it as `.pub`. False, with the test skipped, where there is no ssh-keygen. */
function makeKey(context: TestContext, form: string, path: string, passphrase: string): boolean {
  const { status, stderr, error } = spawnSync('ssh-keygen', ['-q', ...(FORMS[form] ?? []), '-N', passphrase, '-f', path], {
    encoding: 'utf8',
  });
  if (error === undefined) assert.equal(status, 0, stderr);
  else context.skip('ssh-keygen is not installed');
  return error === undefined;
}

async function withServer(authorized: string, work: (server: SftpServer, remote: string, folder: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const remote = join(folder, 'remote');
    mkdirSync(join(remote, 'cdr'), { recursive: true });
    writeFileSync(join(remote, 'cdr/a.csv'), fileOf([line({ id: '1' }), line({ id: '2' })]));
    utimesSync(join(remote, 'cdr/a.csv'), 1_790_000_000, 1_790_000_000);
    const server = await startSftpServer(remote, 'secret', authorized);
    try {
      await work(server, remote, folder);
    } finally {
      await server.close();
    }
  });
}

async function names(server: SftpServer, folder: string, privateKey: string | undefined, passphrase?: string, password?: string) {
  const account = { host: '127.0.0.1', port: server.port, user: 'billing', path: '/cdr', hostKey: server.hostKey };
  const spool = await openSpool(join(folder, 'data'));
  const place = sftpPlace({ ...account, password, privateKey, passphrase }, spool, { connectMs: 2000, answerMs: 2000 });
  try {
    return (await place.list()).map(({ name }) => name);
  } finally {
    await place.close();
  }
}

const refusedAs = (code: string, message: RegExp) => (error: unknown) =>
  error instanceof RefusedError && error.refusals[0]?.code === code && message.test(error.refusals[0].message);

for (const form of Object.keys(FORMS))
  test(`a private key is shown to the server: ${form}, plain and encrypted`, (context) =>
    withFolder(async (keys) => {
      for (const passphrase of ['', PASSPHRASE]) {
        const path = join(keys, `key-${passphrase.length}`);
        if (!makeKey(context, form, path, passphrase)) return;
        const text = readFileSync(path, 'utf8');
        await withServer(readFileSync(`${path}.pub`, 'utf8'), async (server, _, folder) => {
          assert.deepEqual(await names(server, folder, text, passphrase === '' ? undefined : passphrase), ['a.csv']);
          assert.equal(server.logins, 1);
          // Written on another system, or pasted with a line too many.
          assert.deepEqual(await names(server, folder, `\n${text.replaceAll('\n', '\r\n')}\r\n`, passphrase || undefined), ['a.csv']);
          if (passphrase === '') return;
          await assert.rejects(
            names(server, folder, text),
            refusedAs('collect.key-unreadable', /it is encrypted: declare its passphrase$/),
          );
          await assert.rejects(names(server, folder, text, 'wrong'), refusedAs('collect.key-unreadable', /the passphrase is wrong/));
        });
      }
    }));

test('a key that the server does not know is said, and the password beside it is tried', (context) =>
  withFolder(async (keys) => {
    const [ours, theirs] = [join(keys, 'ours'), join(keys, 'theirs')];
    for (const path of [ours, theirs]) if (!makeKey(context, 'OpenSSH, Ed25519', path, '')) return;
    await withServer(readFileSync(`${theirs}.pub`, 'utf8'), async (server, _, folder) => {
      const text = readFileSync(ours, 'utf8');
      const said = /does not let billing in with this private key/;
      await assert.rejects(names(server, folder, text), refusedAs('collect.place-unreachable', said));
      assert.deepEqual(await names(server, folder, text, undefined, 'secret'), ['a.csv']);
      await assert.rejects(
        names(server, folder, text, undefined, 'wrong'),
        refusedAs('collect.place-unreachable', /with this password or this private key/),
      );
      assert.equal(server.logins, 1);
    });
  }));

test('what is no private key is said before the server is asked, and never shown', (context) =>
  withFolder(async (keys) => {
    const path = join(keys, 'key');
    if (!makeKey(context, 'OpenSSH, Ed25519', path, '')) return;
    await withServer(readFileSync(`${path}.pub`, 'utf8'), async (server, _, folder) => {
      const text = readFileSync(path, 'utf8');
      const wrong: readonly (readonly [string, RegExp])[] = [
        [readFileSync(`${path}.pub`, 'utf8'), /it is a public key/],
        ['hunter2', /none of the known forms; ssh-keygen -p/],
        [text.slice(0, text.length / 2), /none of the known forms/],
        [text.replace(/[A-Za-z](.{40})\n/, '!$1\n').replace(/\n.{20}/, '\n'), /cannot be read: /],
        [
          generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
          /ed25519 in PKCS #8 is not read; ssh-keygen -p/,
        ],
        ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n', /it is damaged$/],
      ];
      for (const [content, message] of wrong)
        await assert.rejects(names(server, folder, content), (error) => {
          assert.ok(error instanceof RefusedError);
          assert.equal(error.refusals[0]?.code, 'collect.key-unreadable');
          assert.match(error.refusals[0].message, message);
          assert.doesNotMatch(error.refusals[0].message, /hunter2|AAAA/);
          return true;
        });
      assert.equal(server.logins, 0);
    });
  }));

test('files fetched with an encrypted key that the configuration names are in the books once', (context) =>
  withFolder(async (keys) => {
    const path = join(keys, 'key');
    if (!makeKey(context, 'OpenSSH, Ed25519', path, PASSPHRASE)) return;
    process.env.TEST_PASSPHRASE = PASSPHRASE;
    await withServer(readFileSync(`${path}.pub`, 'utf8'), async (server) => {
      const collect = `    format: delimited\n    collect: {from: sftp, host: 127.0.0.1, port: ${server.port}, user: billing, path: /cdr, hostKey: "${server.hostKey}", privateKey: "file:${path}", passphrase: env:TEST_PASSPHRASE, after: delete}\n`;
      const files = { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => collect) };
      await withHome(async (home) => {
        assert.deepEqual(await round(home), { files: ['a.csv loaded 2'], alarms: [] });
        assert.deepEqual(await round(home), { files: [], alarms: [] });
        await assertBooksAgree(home);
      }, files);
    });
  }));
