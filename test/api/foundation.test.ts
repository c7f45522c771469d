/** The foundation: who may ask, what is checked, what is done once, what bad input comes to. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import Type from 'typebox';
import type { StreamEvent } from '#api/event-stream.ts';
import { eventsOperation, type Operation, operation } from '#api/operation.ts';
import { Money, Name, Page, pageQuery } from '#api/schemas.ts';
import { type Api, buildApi } from '#api/server.ts';
import { sentUsageDesk } from '#app/api/sent-usage.ts';
import { ServiceCounts } from '#app/telemetry/counts.ts';
import { PROMETHEUS_TYPE, prometheusText } from '#app/telemetry/prometheus.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { createKey } from '#operations/access/keys.ts';
import type { KeyBooks } from '#operations/access/ports.ts';
import { isWaitedFor } from '#operations/access/ports.ts';
import { keyBooksOn } from '#storage/access/keys.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import { repetitionBooksOn } from '#storage/repetitions/answers.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';

let done = 0;
let gate: Promise<void> = Promise.resolve();
/** Lists that have come to it. */
let atGate = 0;
let send: (event: StreamEvent) => boolean = () => false;
let stopped = 0;

const Thing = Type.Object(
  { name: Name, price: Money, count: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })) },
  { additionalProperties: false },
);
const sentFolder = mkdtempSync(join(tmpdir(), 'carillon-sent-'));
after(() => rmSync(sentFolder, { recursive: true, force: true }));
const common = { tag: 'Charging', summary: 'A thing' } as const;
const operations: readonly Operation[] = [
  operation({
    ...common,
    ...{ id: 'makeThing', method: 'POST', path: '/v1/things', permission: 'charging:manage', repetition: 'key', status: 201 },
    audit: { subject: 'thing', made: ({ key }: { key: string }) => key },
    body: Thing,
    answer: Type.Object({ done: Type.Integer(), key: Type.String() }),
    handle: async ({ body, key }) => {
      await gate;
      if (body.name === 'refused') throw new RefusedError(refuse('charging.plan-unknown', 'no', { field: 'plan', value: 'x' }));
      if (body.name === 'broken') throw new Error('a secret of ours');
      done += 1;
      return { body: { done, key }, location: `/v1/things/${body.name}` };
    },
  }),
  operation({
    ...common,
    ...{ id: 'getThing', method: 'GET', path: '/v1/things/{thing}', permission: 'charging:read' },
    parameters: Type.Object({ thing: Name }),
    query: Type.Object(
      { many: Type.Optional(Type.Integer({ maximum: 9 })), flag: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    answer: Type.Object({ thing: Type.String(), many: Type.Optional(Type.Integer()), flag: Type.Optional(Type.Boolean()) }),
    handle: async ({ parameters, query }) => ({ body: { ...parameters, ...query }, version: 'v1' }),
  }),
  operation({
    ...common,
    ...{ id: 'listThings', method: 'GET', path: '/v1/things', permission: 'charging:read' },
    query: Type.Object(pageQuery, { additionalProperties: false }),
    answer: Page(Type.Object({ name: Name })),
    handle: async ({ query: { cursor } }) => {
      if (cursor === 'busy') throw new Error('timeout exceeded when trying to connect');
      if (cursor === 'long') throw Object.assign(new Error('ended'), { code: isWaitedFor() ? '57014' : 'nobody waits' });
      if (cursor !== undefined) {
        atGate += 1;
        await gate;
      }
      return { body: { items: [{ name: 'one' }], next: cursor === undefined ? 'more' : null } };
    },
  }),
  operation({
    ...common,
    ...{ id: 'sendThings', method: 'POST', path: '/v1/many-things', permission: 'charging:manage', repetition: 'key', status: 202 },
    audit: { subject: 'thing' },
    takesStream: sentUsageDesk(sentFolder, 1),
    answer: Type.Object({ kept: Type.String(), bytes: Type.Integer() }),
    handle: async ({ sent }) => ({ body: { kept: (await sent?.keep('things')) ?? '', bytes: sent?.bytes ?? 0 } }),
  }),
  eventsOperation({
    ...common,
    ...{ id: 'watchThing', method: 'GET', path: '/v1/things/{thing}/events', permission: 'charging:read' },
    parameters: Type.Object({ thing: Name }),
    answer: Type.Object({}),
    handle: async ({ lastEventId }) => ({
      start: (given) => {
        send = given;
        given({ id: lastEventId ?? 'none', event: 'began', data: { a: 1 } });
        return () => {
          stopped += 1;
        };
      },
    }),
  }),
];

let database: TestDatabase;
let books: KeyBooks;
let api: Api;
let port = 0;
let key = '';
const logged: string[] = [];
const counts = new ServiceCounts();
let finish: () => void = () => undefined;
let ended: Promise<void> = Promise.resolve();
before(async () => {
  await new Promise<void>((ready, failed) => {
    ended = withTestDatabase(async (opened) => {
      database = opened;
      books = keyBooksOn(database);
      key = await newKey(['charging:manage', 'charging:read']);
      api = await buildApi({
        ...{
          operations,
          keys: books,
          repetitions: repetitionBooksOn(database),
          audit: auditBooksOn(database),
          version: '1',
          checkAnswers: true,
          answered: (...what) => counts.answered(...what),
          metrics: { type: PROMETHEUS_TYPE, text: () => prometheusText(counts.families) },
        },
        log: {
          info: (fields, text) => logged.push(JSON.stringify([fields, text])),
          error: (fields, text) => logged.push(JSON.stringify([fields, text])),
        },
        limits: {
          requestMs: 700,
          mostOfConnection: 20,
          mostStreamsOfClient: 2,
          keyKnownMs: 200,
          streams: { heartbeatMs: 100, mostBufferedBytes: 100_000, mostStreams: 3 },
        },
      });
      port = await api.listen('127.0.0.1', 0);
      ready();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      await api.close();
    });
    ended.catch(failed);
  });
});
after(async () => {
  finish();
  await ended;
});

test('counters are at /metrics for keys that may see charging, and count requests by the address as it is declared', async () => {
  await ask('/v1/things/some-thing-of-a-name');
  const metrics = await ask('/metrics');
  assert.deepEqual([metrics.status, metrics.headers['content-type']], [200, PROMETHEUS_TYPE]);
  assert.match(metrics.body, /^carillon_api_requests_total\{method="GET",address="\/v1\/things\/:thing",status="\d+"\} \d+$/m);
  assert.match(metrics.body, /^carillon_api_latency_seconds_count \d+$/m);
  assert.doesNotMatch(metrics.body, /some-thing-of-a-name/);
  assert.equal((await ask('/metrics', { headers: { authorization: '' } })).status, 401);
  const other = await ask('/metrics', { headers: { authorization: `Bearer ${await newKey(['usage:read'])}` } });
  assert.deepEqual([other.status, other.body.code], [403, 'api.permission-missing']);
});

const day = 86_400_000_000;
async function newKey(permissions: readonly string[], expiresMicros?: number, name = 'test'): Promise<string> {
  const words = { name, permissions, createdBy: 'test', expiresMicros };
  return valueOrThrow(await createKey(books, words, expiresMicros === undefined ? 0 : expiresMicros - day)).key;
}

interface Given {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

async function ask(path: string, { method = 'GET', headers = {}, body }: Given = {}) {
  const answer = await api.server.inject({
    ...{ method, url: path },
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  const isJson = /[/+]json/.test(String(answer.headers['content-type']));
  return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.body };
}

const thing = (name = 'a', more: object = {}): string => JSON.stringify({ name, price: { amount: '1.50', currency: 'EUR' }, ...more });
const make = (idempotencyKey: string, body: string | Buffer) =>
  ask('/v1/things', { method: 'POST', headers: { 'idempotency-key': idempotencyKey }, body });

test('only a key that is known, in force and for it opens an operation; what is shown to others says nothing', async () => {
  const get = (authorization: string) => ask('/v1/things/a', { headers: { authorization } });
  assert.equal((await get('')).body.code, 'api.key-missing');
  const other = await newKey(['ledger:read']);
  const expired = await newKey(['charging:read'], 1_000_000);
  for (const wrong of ['x', `${key}x`, key.slice(0, -1), expired, key.replace(/_\w{4}/, '_0000')]) {
    const { status, body, headers } = await get(`Bearer ${wrong}`);
    assert.deepEqual([status, body.code, headers['www-authenticate']], [401, 'api.key-wrong', 'Bearer'], wrong);
    assert.doesNotMatch(JSON.stringify(body), /carillon_/);
  }
  assert.deepEqual((await get(`Bearer ${other}`)).body.code, 'api.permission-missing');
  assert.equal((await get(`bearer  ${key}`)).status, 200);
  const known = await books.all();
  assert.ok(known.some(({ lastUsedMicros }) => lastUsedMicros !== undefined));
  const { rows } = await database.pool.query('select k::text as text from api_key k');
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(key.slice('carillon_0123456789abcdef_'.length)));
});

test('changes of clients whose names have colons are not taken for one another’s', async () => {
  const keyOf = async (name: string, idempotencyKey: string): Promise<string> => {
    const authorization = `Bearer ${await newKey(['charging:manage'], undefined, name)}`;
    const { status, body } = await ask('/v1/things', {
      method: 'POST',
      headers: { authorization, 'idempotency-key': idempotencyKey },
      body: thing('colon'),
    });
    assert.equal(status, 201);
    done -= 1;
    return body.key;
  };
  assert.notEqual(await keyOf('a', 'b:c'), await keyOf('a:b', 'c'));
});

test('an operation without a permission, or a change without a way to repeat it or without its entry in the audit trail, cannot be registered', async () => {
  const [first, second] = operations;
  assert.ok(first !== undefined && second !== undefined);
  const options = {
    keys: books,
    repetitions: repetitionBooksOn(database),
    audit: auditBooksOn(database),
    version: '1',
    log: { info: () => undefined, error: () => undefined },
  };
  const { permission: _none, ...without } = second;
  await assert.rejects(buildApi({ ...options, operations: [without as Operation] }), /getThing declares no permission/);
  await assert.rejects(
    buildApi({ ...options, operations: [{ ...second, permission: 'things:see' as 'charging:read' }] }),
    /declares no permission/,
  );
  const { repetition: _key, ...unrepeated } = first;
  await assert.rejects(buildApi({ ...options, operations: [unrepeated as Operation] }), /makeThing: what changes something/);
  const { audit: _told, ...untold } = first;
  await assert.rejects(
    buildApi({ ...options, operations: [untold as Operation] }),
    /makeThing: what changes something says what the audit trail/,
  );
  await assert.rejects(buildApi({ ...options, operations: [second, second] }), /two operations/);
});

test('fields that are wrong, unknown or missing are named, all of them; the rest of bad input has its code', async () => {
  const wrong = await make('w', thing('', { price: { amount: 1.5, currency: 'EUR' }, count: -1, other: true }));
  assert.equal(wrong.status, 400);
  assert.deepEqual(wrong.body.refusals.map(({ field }: { field: string }) => field).sort(), [
    'body/count',
    'body/name',
    'body/other',
    'body/price/amount',
  ]);
  assert.match(String(wrong.headers['content-type']), /application\/problem\+json/);
  assert.deepEqual([wrong.body.type, wrong.body.status], ['urn:carillon:refusal:api.field-wrong', 400]);
  const codes: readonly (readonly [string | Buffer, string])[] = [
    ['{"name":"a","name":"b"}', 'api.body-malformed'],
    ['{', 'api.body-malformed'],
    ['', 'api.body-malformed'],
    [Buffer.from([0x22, 0xff, 0x22]), 'api.body-malformed'],
    ['['.repeat(100_000), 'api.body-malformed'],
    [`"${'x'.repeat(1_100_000)}"`, 'api.body-too-large'],
    [thing('a\u0000'), 'api.field-wrong'],
    [thing('\ud800'), 'api.field-wrong'],
    [thing('a', { count: 1e300 }), 'api.field-wrong'],
    [thing('a').replace('}}', '},"count":99999999999999999999}'), 'api.field-wrong'],
    ['null', 'api.field-wrong'],
    ['[]', 'api.field-wrong'],
    [thing('a', { __proto__x: 1 }).replace('__proto__x', '__proto__'), 'api.field-wrong'],
    [thing('a', { price: { amount: '1e5', currency: 'EUR' } }), 'api.field-wrong'],
  ];
  for (const [body, code] of codes) assert.equal((await make('w', body)).body.code, code, String(body).slice(0, 60));
  const plain = (await ask('/v1/things', { method: 'POST', headers: { 'content-type': 'text/plain', 'idempotency-key': 'a' }, body: 'x' }))
    .body;
  assert.deepEqual([plain.code, plain.detail], ['api.body-type', 'the body must be application/json or application/x-ndjson']);
  const packed = { 'content-encoding': 'gzip', 'content-type': 'application/json', 'idempotency-key': 'a' };
  const unread = (await ask('/v1/things', { method: 'POST', headers: packed, body: gzipSync(thing()) })).body;
  assert.deepEqual([unread.code, unread.refusals[0].field], ['api.body-type', 'Content-Encoding']);
  assert.equal((await ask('/v1/things', { method: 'POST', body: thing() })).body.code, 'api.idempotency-key-missing');
  const paths: readonly (readonly [string, string])[] = [
    ['/v1/things/a?many=x', 'api.field-wrong'],
    ['/v1/things/a?many=10', 'api.field-wrong'],
    ['/v1/things/a?other=1', 'api.field-wrong'],
    ['/v1/things/a?many=1&many=2', 'api.field-wrong'],
    ['/v1/things/%00', 'api.field-wrong'],
    ['/v1/things/%zz', 'api.address-malformed'],
    [`/v1/things/${'x'.repeat(700)}`, 'api.address-malformed'],
    ['/v1/other', 'api.resource-unknown'],
    ['/v1/things/../../etc/passwd', 'api.resource-unknown'],
  ];
  for (const [path, code] of paths) assert.equal((await ask(path)).body.code, code, path);
  // As many that are unknown as there may be: nothing that is wrong comes to whom it is for.
  for (const unknown of [7, 8, 9, 1_000]) {
    const others = Array.from({ length: unknown }, (_, at) => `x${at}`);
    const fields = Object.fromEntries(others.map((name) => [name, 1]));
    for (const { status, body } of [
      await make('w', JSON.stringify({ ...fields, name: { a: 1 } })),
      await make('w', thing('a', fields)),
      await make('w', thing('a', { price: { amount: '1.00', currency: 'EUR', ...fields } })),
      await ask(`/v1/things/a?${others.map((name) => `${name}=1`).join('&')}&many=1000`),
    ]) {
      assert.deepEqual([status, body.code], [400, 'api.field-wrong'], String(unknown));
      assert.ok(
        body.refusals.length <= 20 && body.refusals.every(({ field }: { field: string }) => /^(body|query)\/(price\/)?\w+$/.test(field)),
      );
    }
  }
  const method = await ask('/v1/things/a', { method: 'DELETE' });
  assert.deepEqual([method.status, method.body.code, method.headers.allow], [405, 'api.method-wrong', 'GET']);
  assert.equal((await ask('/v1/things', { method: 'QUERY' as 'GET' })).body.code, 'api.body-type', 'a method with a body by its nature'); // one that clients may send all the same
  const { status, body, headers } = await ask('/v1/things/a%2Fb?many=3&flag=true', { headers: { 'x-request-id': 'mine-1234' } });
  assert.deepEqual(
    [status, body, headers.etag, headers['x-request-id']],
    [200, { thing: 'a/b', many: 3, flag: true }, '"v1"', 'mine-1234'],
  );
  assert.equal((await ask('/v1/things/a', { headers: { 'if-none-match': 'W/"v0", "v1"' } })).status, 304);
});

test('a change is done once for its key: repeated, at the same time, with another content, refused and failed', async () => {
  done = 0;
  const first = await make('k1', thing());
  assert.deepEqual([first.status, first.body.done, first.headers.location], [201, 1, '/v1/things/a']);
  const again = await make('k1', thing('a').replace('{', '{ '));
  assert.deepEqual(
    [again.status, again.body, again.headers.location, again.headers['idempotent-replayed']],
    [201, first.body, '/v1/things/a', 'true'],
  );
  assert.equal((await make('k1', thing('b'))).body.code, 'api.idempotency-key-reused');
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  const both = [make('k2', thing()), make('k2', thing())];
  const busy = await Promise.race(both);
  assert.deepEqual([busy.status, busy.body.code, busy.headers['retry-after']], [409, 'api.idempotency-key-busy', '1']);
  open();
  assert.deepEqual((await Promise.all(both)).map(({ status }) => status).sort(), [201, 409]);
  assert.equal(done, 2);
  const refused = await make('k3', thing('refused'));
  assert.deepEqual([refused.status, refused.body.code, refused.body.refusals[0].value], [404, 'charging.plan-unknown', 'x']);
  const broken = await make('k3', thing('broken'));
  assert.deepEqual([broken.status, broken.body.code], [500, 'api.fault']);
  assert.doesNotMatch(JSON.stringify(broken.body), /secret/);
  assert.equal((await make('k3', thing())).body.done, 3);
  // Another client's keys are its own; and a process that died in the middle leaves the key to who repeats.
  key = await newKey(['charging:manage', 'charging:read'], undefined, 'another');
  assert.equal((await make('k1', thing('b'))).body.done, 4);
  await database.pool.query(
    `update api_repetition set answered_at = null, status = null, body = null, claimed_at = now() - interval '5 minutes' where key = 'k1'`,
  );
  assert.equal((await make('k1', thing('b'))).body.done, 5);
  await database.pool.query(`update api_repetition set claimed_at = now() - interval '25 hours'`);
  assert.ok((await repetitionBooksOn(database).forget(100)) >= 3);
  assert.doesNotMatch(logged.join('\n'), /carillon_|EUR/);
});

/** What comes back on a connection of our own, until it ends; a machine under load takes its time, so it is given up late. */
function exchange(work: (socket: Socket) => void, mostMs = 30_000): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const late = setTimeout(() => socket.destroy(), mostMs);
    let closed = false;
    socket.on('data', (octets) => {
      text += octets.toString();
    });
    socket.on('end', () => {
      closed = true;
    });
    socket.on('error', () => {
      closed = true;
    });
    socket.on('close', () => {
      clearTimeout(late);
      resolve({ text, closed });
    });
    work(socket);
  });
}

const head = (length: number): string =>
  `POST /v1/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\nidempotency-key: s\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

test('100 MB, slow bodies, pipelines without end, what is no HTTP and clients that do not read disturb nobody', async () => {
  const large = await exchange((socket) => socket.write(head(100_000_000)));
  assert.match(large.text, /^HTTP\/1.1 413 [\s\S]*api.body-too-large/);
  const unknown = await exchange((socket) => socket.write(head(100_000_000).replace(/Bearer \S+/, 'Bearer x')));
  assert.match(unknown.text, /^HTTP\/1.1 401 /);
  const slow = await exchange((socket) => {
    socket.write(head(1_000));
    const drip = setInterval(() => (socket.writable ? socket.write(' ') : clearInterval(drip)), 100);
    socket.on('close', () => clearInterval(drip));
  });
  assert.match(slow.text, /^HTTP\/1.1 408 [\s\S]*api.too-slow/);
  assert.ok(slow.closed);
  const none = await exchange((socket) => socket.end('\x16\x03\x01 hello\r\n\r\n'));
  assert.match(none.text, /^HTTP\/1.1 400 /);
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  const body = thing();
  const flood = await exchange((socket) => socket.write(`${head(body.length)}${body}`.repeat(500)));
  assert.ok(flood.closed);
  assert.equal(flood.text, '');
  open();
  assert.equal((await ask('/v1/things/a')).status, 200);
});

test('a body that is a stream is taken as it comes, up to its size, once; cut off, too long or too slow it leaves nothing', async () => {
  const kept = join(sentFolder, 'spool', 'sent');
  const ask = (name: string, more: string): string =>
    `POST /v1/many-things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\nidempotency-key: ${name}\r\ncontent-type: application/x-ndjson\r\n${more}\r\n\r\n`;
  const chunked = 'transfer-encoding: chunked';
  const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
  const whole = (text: string): string => `${ask('sent', `connection: close\r\n${chunked}`)}${text}0\r\n\r\n`;

  const declared = await exchange((socket) => socket.write(ask('long', 'content-length: 100000000')));
  assert.match(declared.text, /^HTTP\/1.1 413 [\s\S]*api.body-too-large[\s\S]*api.maximumUsageMegabytes/);
  const long = await exchange((socket) => {
    // No more than what is too much: what a server leaves unread when it closes may take its answer back (RFC 9112 §9.6).
    socket.write(ask('long', chunked));
    for (let at = 0; at < 17 && socket.writable; at += 1) socket.write(chunk('x'.repeat(60_000)));
  });
  assert.match(long.text, /^HTTP\/1.1 413 [\s\S]*connection: close[\s\S]*api.body-too-large/i);
  const slow = await exchange((socket) => socket.write(`${ask('slow', chunked)}${chunk('{"a":1}')}`));
  assert.match(slow.text, /^HTTP\/1.1 408 [\s\S]*api.too-slow/);
  const cut = await exchange((socket) => socket.end(`${ask('cut', 'content-length: 1000')}{"a":`));
  assert.ok(cut.closed);
  const other = await exchange((socket) =>
    socket.write(`${head(2).replace('/v1/things', '/v1/many-things').replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n')}{}`),
  );
  assert.match(other.text, /^HTTP\/1.1 415 [\s\S]*application\/x-ndjson/);
  // Its file is removed when the end of the connection was seen.
  while (readdirSync(kept).length > 0) await sleep(20);

  // More than bodies that are no stream may have.
  const lines = '{"a":1}\n'.repeat(100);
  const text = chunk(lines).repeat(1_200);
  const taken = await exchange((socket) => socket.write(whole(text)));
  assert.match(taken.text, /^HTTP\/1.1 202 [\s\S]*"bytes":960000/);
  const again = await exchange((socket) => socket.write(whole(text)));
  assert.match(again.text, /^HTTP\/1.1 202 [\s\S]*idempotent-replayed: true[\s\S]*"bytes":960000/i);
  const changed = await exchange((socket) => socket.write(whole(chunk(lines))));
  assert.match(changed.text, /^HTTP\/1.1 422 [\s\S]*api.idempotency-key-reused/);
  const [file = '', ...others] = readdirSync(kept);
  assert.deepEqual(others, []);
  assert.equal(readFileSync(join(kept, file), 'utf8'), lines.repeat(1_200));
  assert.deepEqual(
    logged.filter((each) => /things.*API failed/.test(each) && !each.includes('"err":{}')),
    [],
    'clients that go are no fault of ours',
  );
});

test('a stream of events begins behind what was seen, beats, ends with its key, and slow readers are cut off', async () => {
  const own = await newKey(['charging:read']);
  const stream = (more = ''): string =>
    `GET /v1/things/a/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${own}\r\nconnection: close\r\n${more}\r\n`;
  const watched = exchange((socket) => socket.write(stream('last-event-id: 41\r\n')));
  while (api.streams.size < 1) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(send({ id: '42', event: 'changed', data: { text: 'a\nb' } }));
  const slow = exchange((socket) => {
    socket.write(stream());
    socket.pause();
  }, 1_000);
  while (api.streams.size < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  // What one client has open does not fill the house.
  const third = await fetch(`http://127.0.0.1:${port}/v1/things/a/events`, { headers: { authorization: `Bearer ${own}` } });
  assert.deepEqual([third.status, Reflect.get(Object(await third.json()), 'code')], [429, 'api.too-many']);
  const large = { event: 'large', data: 'x'.repeat(50_000) };
  let sent = 0;
  while (send(large) && sent < 1_000) {
    sent += 1;
    if (sent % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  assert.ok(sent < 1_000, 'it is never cut off');
  assert.equal(api.streams.size, 1);
  assert.equal(send(large), false);
  const { rows } = await database.pool.query(`update api_key set revoked_at = now() where key_id = $1 returning key_id`, [
    own.split('_')[1],
  ]);
  assert.equal(rows.length, 1);
  const { text, closed } = await watched;
  assert.ok(closed);
  assert.match(text, /content-type: text\/event-stream/);
  assert.match(text, /id: 41\nevent: began\ndata: \{"a":1\}\n\n/);
  assert.match(text, /id: 42\nevent: changed\ndata: \{"text":"a\\nb"\}\n\n/);
  assert.match(text, /\n:\n\n/);
  assert.equal(stopped, 2);
  await slow;
});

test('the description, the reference and its script come from here, under a policy without inline scripts', async () => {
  const { body } = await ask('/openapi.json', { headers: { authorization: '' } });
  assert.equal(body.openapi, '3.1.1');
  assert.equal(body.paths['/v1/things'].post['x-permission'], 'charging:manage');
  const page = await ask('/reference', { headers: { authorization: '' } });
  assert.match(page.body, /<script src="\/reference\/scalar.js">/);
  assert.doesNotMatch(page.body, /<script>|https?:\/\//);
  assert.match(String(page.headers['content-security-policy']), /script-src 'self';/);
  const script = await ask('/reference/scalar.js');
  assert.ok(script.body.length > 1_000_000 && script.body.includes('createApiReference'));
  assert.equal((await ask('/health', { headers: { authorization: '' } })).body.status, 'ok');
});

test('a change, a refusal and a fault are told in the audit trail, each once, with who and what; a repetition is not', async () => {
  const trail = auditBooksOn(database);
  const since = (await trail.list({}, undefined, 1))[0]?.sequence ?? 0n;
  const reader = await newKey(['charging:read'], undefined, 'reader');
  await make('told', thing('told'));
  await make('told', thing('told'));
  await make('told-refused', thing('refused'));
  await make('told-broken', thing('broken'));
  await ask('/v1/things', { method: 'POST', headers: { authorization: `Bearer ${reader}`, 'idempotency-key': 'r' }, body: thing() });
  await ask('/v1/things/a');
  const told = (await trail.list({}, undefined, 20)).filter(({ sequence }) => sequence > since).reverse();
  assert.deepEqual(
    told.map(({ stage, code, operation: what, subject, actor }) => [stage, code, what, subject.kind, actor.name]),
    [
      ['done', undefined, 'makeThing', 'thing', 'another'],
      ['refused', 'charging.plan-unknown', 'makeThing', 'thing', 'another'],
      ['failed', undefined, 'makeThing', 'thing', 'another'],
      ['refused', 'api.permission-missing', 'makeThing', 'thing', 'reader'],
    ],
  );
  assert.match(told[0]?.subject.id ?? '', /:told$/);
  assert.match(told[0]?.asked ?? '', /"name":"told"/);
  assert.equal(told[0]?.actor.address, '127.0.0.1');
  assert.deepEqual((await trail.verify()).faults, []);
});

test('few lists are read whole at once by one client, and what the database has no time for is no fault of ours', async () => {
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  const headers = { accept: 'application/x-ndjson' };
  const before = atGate;
  const underWay = [ask('/v1/things', { headers }), ask('/v1/things', { headers }), ask('/v1/things', { headers })];
  while (atGate < before + 3) await sleep(10);
  const busy = await ask('/v1/things?cursor=busy');
  assert.deepEqual([busy.status, busy.body.code, busy.headers['retry-after']], [503, 'api.too-busy', '1']);
  assert.equal((await ask('/v1/things?cursor=long')).body.code, 'api.read-too-long');
  assert.equal((await ask('/v1/things', { headers })).body.code, 'api.too-many');
  assert.equal((await ask('/v1/things')).status, 200, 'a page is');
  open();
  for (const each of await Promise.all(underWay)) assert.equal(each.status, 200);
  assert.equal((await ask('/v1/things', { headers })).status, 200, 'when they are done, the next may');
});
