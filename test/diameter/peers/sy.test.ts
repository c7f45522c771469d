/**
 * Sy with a PCRF that nobody here wrote: python-diameter (pip install python-diameter==0.9.0). DIAMETER_PYTHON names the Python that has
 * it; without, `python3` is asked. tshark reads all that we sent.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PolicyCounter } from '#core/charging/policy-counters.ts';
import type { SpendingLimitService, Subscription, SubscriptionRequest } from '#operations/charging/spending-ports.ts';
import { withFolder } from '../../support/cli.ts';
import { until, withNode } from './node-under-test.ts';
import { malformed, tapped } from './wire.ts';

const python = process.env.DIAMETER_PYTHON ?? 'python3';
const missing = [
  ...(spawnSync(python, ['-c', 'import diameter.node']).status === 0 ? [] : [`python-diameter in ${python} (DIAMETER_PYTHON)`]),
  ...(spawnSync('tshark', ['--version']).status === 0 ? [] : ['tshark']),
];

const fair: PolicyCounter = { counter: 'fair', status: 'normal', pending: [] };
const throttled: PolicyCounter = { counter: 'fair', status: 'throttled', pending: [{ status: 'normal', atMicros: 1_795_312_000_000_000 }] };

test('python-diameter subscribes, is told and ends it, and tshark finds nothing malformed', (context) => {
  if (missing.length > 0) return context.skip(`not installed: ${missing.join(', ')}`);
  return withFolder(async (folder) => {
    const asked: SubscriptionRequest[] = [];
    const over: string[] = [];
    const limits: SpendingLimitService = {
      async subscribe(request) {
        asked.push(request);
        return { kind: 'counters', counters: [fair], subscription: subscriptionOf(request) };
      },
      modify: async () => ({ kind: 'unknown-subscription' }),
      async unsubscribe(id) {
        over.push(id);
        return true;
      },
    };
    const wire: Buffer[] = [];
    await withNode({ spendingLimits: limits }, async (under) => {
      const tap = await tapped(under.port, wire);
      const peer = spawn(python, [fileURLToPath(new URL('sy-peer.py', import.meta.url)), String(tap.port)]);
      let said = '';
      let wrong = '';
      peer.stdout.on('data', (text: Buffer) => {
        said += text.toString();
      });
      peer.stderr.on('data', (text: Buffer) => {
        wrong += text.toString();
      });
      try {
        await until(() => /"SLA"/.test(said), 15_000).catch(() => assert.fail(`no answer came to it: ${wrong}`));
        const [request] = asked;
        assert.deepEqual(request?.identities, [{ kind: 'msisdn', value: '491701234567' }]);
        assert.deepEqual(request?.counters, ['fair']);
        assert.ok(request !== undefined);
        assert.equal(await under.node.spendingNotifier.changed(subscriptionOf(request), [throttled]), 'told');
        await until(() => /"STA"/.test(said), 15_000);
        assert.deepEqual(over, [request.id]);
        const heard = said
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown);
        assert.deepEqual(heard, [
          { kind: 'SLA', result: 2001, reports: [['fair', 'normal']] },
          { kind: 'SNR', result: null, reports: [['fair', 'throttled']] },
          { kind: 'STA', result: 2001, reports: [] },
        ]);
      } finally {
        peer.kill('SIGKILL');
        tap.close();
      }
    });
    assert.deepEqual(malformed(folder, Buffer.concat(wire), 8_388_635), []);
  });
});

function subscriptionOf({ identities: _, ...request }: SubscriptionRequest): Subscription {
  return { ...request, account: '491701234567', reported: [fair] };
}
