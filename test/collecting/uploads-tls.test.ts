/** Uploads over TLS, as senders see them: with our own certificate, and with wrong ones. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import pino from 'pino';
import { collectingSources } from '#app/collecting/sources.ts';
import { receiveUploads } from '#app/collecting/uploads.ts';
import { RefusedError } from '#core/refusals.ts';
import { type Certificates, type KeyPair, makeCertificates, whyNoCertificates } from '../support/certificates.ts';
import { assertBooksAgree, fileOf, line, operator, type TestHome, withHome } from '../usage/home.ts';
import { freePort } from './free-port.ts';
import { round } from './round.ts';

const TOKEN = 'a long token';
const collect = `    format: delimited\n    collect: {from: http, token: env:TEST_UPLOAD_TLS}\n`;
const files = { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => collect) };

/** The desk with a certificate; `lines` is what it logs. Skipped, with the reason, where no certificates can be made. */
async function withDesk(
  context: TestContext,
  pairOf: (certificates: Certificates) => KeyPair,
  work: (home: TestHome, desk: { port: number; authority: Buffer; lines: string[] }) => Promise<void>,
): Promise<void> {
  const missing = whyNoCertificates();
  if (missing !== undefined) return context.skip(missing);
  process.env.TEST_UPLOAD_TLS = TOKEN;
  await withHome(async (home) => {
    const certificates = makeCertificates(join(home.folder, 'certificates'));
    const sources = await collectingSources(home.database, []);
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (text: string) => void lines.push(text) });
    const { certificate, key } = pairOf(certificates);
    const settings = { listen: `127.0.0.1:${await freePort()}`, certificate, key, maximumUploadMegabytes: 1 };
    const server = await receiveUploads({ ...home, log }, settings, () => sources);
    assert.ok(server);
    try {
      await work(home, { port: server.port, authority: readFileSync(certificates.authority), lines });
    } finally {
      await server.close();
    }
  }, files);
}

/** The status of the answer, or why there was none. */
function put(port: number, authority: Buffer | undefined, body: string, send = request): Promise<number | string> {
  return new Promise((resolve) => {
    const options = { host: 'localhost', port, path: '/usage/switch/a.csv', method: 'PUT', headers: { authorization: `Bearer ${TOKEN}` } };
    const outgoing = send({ ...options, ...(authority === undefined ? {} : { ca: authority }) }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    outgoing.end(body);
  });
}

test('a file sent over TLS is in the books once', (context) =>
  withDesk(
    context,
    ({ good }) => good,
    async (home, { port, authority, lines }) => {
      assert.equal(await put(port, authority, fileOf([line({ id: '1' })])), 201);
      assert.deepEqual(await round(home), { files: ['a.csv loaded 1'], alarms: [] });
      await assertBooksAgree(home);
      assert.deepEqual(lines, []);
    },
  ));

test('who does not trust our certificate sends nothing, and who speaks no TLS is hung up on', (context) =>
  withDesk(
    context,
    ({ good }) => good,
    async (home, { port, authority }) => {
      assert.equal(await put(port, undefined, 'x'), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
      assert.match(String(await put(port, undefined, 'x', requestPlain)), /ECONNRESET|socket hang up|HPE_INVALID_CONSTANT/);
      assert.equal(await put(port, authority, fileOf([line({ id: '1' })])), 201);
      assert.deepEqual((await round(home)).files, ['a.csv loaded 1']);
      assert.deepEqual(readdirSync(join(home.dataFolder, 'spool/uploads/switch')), []);
    },
  ));

test('a certificate that has expired, or belongs to another host, keeps senders away; the first is said in the log', async (context) => {
  await withDesk(
    context,
    ({ expired }) => expired,
    async (_, { port, authority, lines }) => {
      assert.equal(await put(port, authority, 'x'), 'CERT_HAS_EXPIRED');
      assert.match(lines.join(''), /"until":"2020-02-01T00:00:00.000Z".*"msg":"the certificate for uploads has expired"/);
    },
  );
  await withDesk(
    context,
    ({ elsewhere }) => elsewhere,
    async (_, { port, authority }) => assert.equal(await put(port, authority, 'x'), 'ERR_TLS_CERT_ALTNAME_INVALID'),
  );
});

test('a key of another certificate, and files that are no certificate, are refused before anybody is listened to', async (context) => {
  const pairs: readonly ((certificates: Certificates) => KeyPair)[] = [
    ({ good, expired }) => ({ certificate: good.certificate, key: expired.key }),
    ({ good }) => ({ certificate: good.key, key: good.certificate }),
    ({ good }) => ({ certificate: `${good.certificate}.none`, key: good.key }),
  ];
  for (const pairOf of pairs)
    await withDesk(context, pairOf, async () => assert.fail('it listens')).catch((error: unknown) => {
      assert.ok(error instanceof RefusedError, String(error));
      assert.equal(error.refusals[0]?.code, 'collect.cannot-listen');
    });
});
