import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import { test } from 'node:test';
import { listOf, mayGoTo, resolveHost } from './addresses.ts';
import { httpCaller } from './http-caller.ts';

const none = listOf([]);

test('webhooks go to public addresses only, however the others are written', async () => {
  for (const address of ['8.8.8.8', '100.63.0.1', '2606:4700::1', '::ffff:8.8.8.8']) assert.ok(mayGoTo(address, none), address);
  const not = [
    ...['127.0.0.1', '10.0.0.1', '172.16.5.5', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      'fc00::1',
      '::ffff:127.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001::1',
      'ff02::1',
      '2001:db8::1',
    ],
  ];
  for (const address of not) assert.ok(!mayGoTo(address, none), address);
  assert.ok(mayGoTo('10.1.2.3', listOf(['10.1.0.0/16'])));
  assert.ok(!mayGoTo('10.2.2.3', listOf(['10.1.0.0/16', '::1'])));
  // What URLs make of addresses written otherwise.
  for (const url of ['http://0x7f.1/', 'http://2130706433/', 'http://[::ffff:7f00:1]/', 'http://127.1/', 'https://localhost/'])
    assert.ok('forbidden' in (await resolveHost(new URL(url).hostname, none)), url);
});

type Handler = (response: ServerResponse) => void;

async function called(handle: Handler, allowed = ['127.0.0.1'], timeoutMs = 20_000) {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    handle(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const caller = httpCaller({ allowed: listOf(allowed), timeoutMs });
  const outcome = await caller.call({ url: `http://127.0.0.1:${address.port}/`, headers: {}, body: '{}' });
  server.closeAllConnections();
  server.close();
  return { outcome, asked };
}

test('2xx is taken; 410 is never again; all else is tried again, a redirection is not followed, and of a long answer little is read', async () => {
  const status = (code: number, headers = {}) => called((response) => response.writeHead(code, headers).end('said'));
  assert.deepEqual((await status(204)).outcome, { outcome: 'sent', status: 204, answer: '' });
  assert.deepEqual((await status(410)).outcome, { outcome: 'refused', status: 410, answer: 'said' });
  assert.deepEqual((await status(500)).outcome, { outcome: 'deferred', status: 500, answer: 'said' });
  assert.deepEqual((await status(302, { location: 'http://169.254.169.254/' })).outcome, {
    outcome: 'deferred',
    status: 302,
    answer: 'said',
  });
  const long = await called((response) => {
    response.writeHead(200);
    const more = setInterval(() => response.write('x'.repeat(10_000)), 1);
    response.on('close', () => clearInterval(more));
  });
  assert.deepEqual([long.outcome.outcome, long.outcome.answer.length], ['sent', 2_000]);
});

test('who does not answer, or whom it may not go to, is never waited for long', async () => {
  const silent = await called(() => undefined, ['127.0.0.1'], 200);
  assert.equal(silent.outcome.outcome, 'deferred');
  const forbidden = await called((response) => response.end(), []);
  assert.deepEqual([forbidden.outcome.outcome, forbidden.asked], ['refused', 0]);
  const caller = httpCaller({ allowed: none, timeoutMs: 20_000 });
  assert.match((await caller.call({ url: 'http://8.8.8.8/', headers: {}, body: '' })).answer, /https/);
  assert.equal((await caller.call({ url: 'https://no-such-host.invalid/', headers: {}, body: '' })).outcome, 'deferred');
});
