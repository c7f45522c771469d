/** `carillon diameter send`: a client by hand. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readMessages } from '#app/diameter-send.ts';
import { messagesOf, type SessionWanted } from '#app/diameter-sessions.ts';
import { RefusedError } from '#core/refusals.ts';
import { runCli, withFolder } from '../../support/cli.ts';
import { withNode } from './node-under-test.ts';

test('a session, an event and messages of a file are sent, and what comes back is shown', () =>
  withFolder((folder) =>
    withNode({}, async (under) => {
      const node = `127.0.0.1:${under.port}`;
      const send = (...args: string[]) => runCli(['diameter', 'send', node, ...args], { cwd: folder });
      const session = await send('--subscriber', '491701234567', '--rating-group', '10', '--use', '5MB', '--use', '1MB');
      assert.equal(session.status, 0, session.stderr);
      assert.match(session.stdout, /→ sent\n1\. Credit-Control-Request[\s\S]*← received, after [\d.]+ ms\n6\. Credit-Control-Answer/);
      assert.deepEqual(
        under.requests
          .splice(0)
          .map(({ operation, number, items, identities }) => [operation, number, items[0]?.used[0]?.bytes, identities]),
        [
          ['initial', 0, undefined, [{ kind: 'msisdn', value: '491701234567' }]],
          ['update', 1, 5_000_000n, [{ kind: 'msisdn', value: '491701234567' }]],
          ['terminate', 2, 1_000_000n, [{ kind: 'msisdn', value: '491701234567' }]],
        ],
      );
      const event = await send(
        '--subscriber',
        'imsi:262011234567890',
        '--service',
        'sms',
        '--called',
        '441632960961',
        '--event',
        'debit',
        '--ask',
        '1',
        '--json',
      );
      assert.equal(event.status, 0, event.stderr);
      assert.deepEqual(
        under.requests.splice(0).map(({ operation, service, facts, items }) => [operation, service, facts.called, items]),
        [['event-debit', 'sms', '441632960961', [{ requested: { events: 1n }, used: [] }]]],
      );
      assert.equal(event.stdout.trim().split('\n').length, 2);

      under.answer = ({ session: id, number }) => ({ session: id, number, result: 'credit-limit-reached', items: [] });
      writeFileSync(
        join(folder, 'ccr.json'),
        JSON.stringify({
          command: 'CCR',
          ...{ 'Session-Id': 'a;1', 'Auth-Application-Id': 4, 'Service-Context-Id': 'x@y' },
          ...{ 'CC-Request-Type': 'EVENT_REQUEST', 'CC-Request-Number': 0, 'Requested-Action': 2 },
          'User-Equipment-Info': { 'User-Equipment-Info-Type': 0, 'User-Equipment-Info-Value': '0x3512' },
          'Requested-Service-Unit': { 'CC-Total-Octets': '18446744073709551615' },
        }),
      );
      const file = await runCli(['diameter', 'send', node, 'ccr.json'], { cwd: folder });
      assert.equal(file.status, 1, 'no success');
      assert.match(file.stdout, /CC-Total-Octets \[M\] 18446744073709551615[\s\S]*DIAMETER_CREDIT_LIMIT_REACHED \(4012\)/);
    }),
  ));

test('a node that does not want us, or is not there, is said', () =>
  withFolder((folder) =>
    withNode({ peers: [] }, async ({ port }) => {
      const send = (...args: string[]) => runCli(['diameter', 'send', ...args], { cwd: folder });
      const refused = await send(`127.0.0.1:${port}`, '--subscriber', '4930');
      assert.match(refused.stderr, /Result-Code 3010, no peer .* is configured.*\[diameter\.no-connection\]/);
      const absent = await send('127.0.0.1:1', '--subscriber', '4930');
      assert.match(absent.stderr, /127\.0\.0\.1:1: .*ECONNREFUSED/);
      assert.deepEqual([refused.status, absent.status], [1, 1]);
    }),
  ));

test('subscribers, amounts and files that are none are refused', () => {
  const wanted: SessionWanted = {
    ...{ session: 'a;1', destinationRealm: undefined, destinationHost: undefined, subscriber: '4930', service: 'data' },
    ...{ called: undefined, apn: undefined, ratingGroups: [], ask: undefined, use: [], event: undefined },
  };
  const cases: readonly [() => unknown, RegExp][] = [
    [() => messagesOf({ ...wanted, subscriber: 'anna' }), /a subscriber is a number, or imsi/],
    [() => messagesOf({ ...wanted, use: ['5 miles'] }), /an amount is 10MB, 60s or 3/],
    [() => readMessages('[{"command": "CCR"}, {"command": 7}]', 'wrong.json'), /wrong\.json.*message 2 > command.*needs a command/],
    [() => readMessages('[{"command"', 'cut.json'), /cut\.json/],
    [
      () => readMessages('{"command": "CCR", "User-Equipment-Info": {"User-Equipment-Info-Value": "zz"}}', 'octets.json'),
      /octets are written/,
    ],
  ];
  for (const [work, expected] of cases)
    assert.throws(work, (error) => error instanceof RefusedError && expected.test(`${error.message} ${JSON.stringify(error.refusals)}`));
});
