/** `carillon serve` with RADIUS as an operator runs it: an account with a password, a session, a kill in its middle, a block, an end. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { utf8 } from '#codecs/radius/write-value.ts';
import { listenForDynamic, RadiusClientPeer } from '#gateways/radius/client.ts';
import { runCli } from '../support/cli.ts';
import { withServer } from '../support/made-database.ts';
import { portsInARow } from '../support/ports.ts';
import { untilItHasAll } from '../support/took-over.ts';
import { attributesOf, shown, until, values } from './node-under-test.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const [access = 0, accounting = 0, metrics = 0] = await portsInARow(3);
const ports = { access, accounting, metrics };
const secret = 'a secret of sixteen characters';
const environment = {
  CARILLON_RADIUS_LISTEN: `127.0.0.1:${ports.access}`,
  CARILLON_RADIUS_ACCOUNTING_LISTEN: `127.0.0.1:${ports.accounting}`,
  CARILLON_RADIUS_CLIENTS: 'radius-clients.yaml',
  CARILLON_RADIUS_PASSWORD_KEY: 'env:PASSWORD_KEY',
  CARILLON_CHARGING_LEASE_MS: '500',
  CARILLON_CHARGING_METRICS_LISTEN: `127.0.0.1:${ports.metrics}`,
  PASSWORD_KEY: '07'.repeat(32),
  HOTSPOT_SECRET: secret,
};

const started = new Set<ChildProcess>();
after(() => {
  for (const child of started) child.kill('SIGKILL');
});

async function start(folder: string): Promise<{ readonly child: ChildProcess; readonly said: () => string }> {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('CARILLON_'));
  const child = spawn(process.execPath, [join(project, 'src/cli/main.ts'), 'serve'], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...environment },
  });
  started.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => {
      said += text.toString();
    });
  for (let tries = 0; !/Stop with Ctrl-C/.test(said); tries += 1) {
    if (tries > 600 || child.exitCode !== null) assert.fail(`it does not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { child, said: () => said };
}

const clients = (port: number, more = ''): string => `clients:
  - name: hotspot
    addresses: 127.0.0.1
    secret: env:HOTSPOT_SECRET
    authentication: password
    dialects: mikrotik
    dynamic: ${port}
${more}`;

test('a hotspot is served from its first login to the end, through a kill and the blocking of its user', () =>
  withServer(async (folder) => {
    const cli = async (args: readonly string[], input?: string): Promise<string> => {
      const { status, stdout, stderr } = await runCli([...args], {
        cwd: folder,
        environment,
        hasServer: true,
        ...(input === undefined ? {} : { input }),
      });
      assert.equal(status, 0, `${args.join(' ')}: ${stderr}${stdout}`);
      return stdout;
    };
    cpSync(join(project, 'examples/prepaid-mobile'), join(folder, 'prepaid'), { recursive: true });
    await cli(['apply', join(folder, 'prepaid')]);
    await cli(['charge', 'open', 'anna', '--plan', 'mira', '--identity', 'nai:anna@example.net']);
    await cli(['charge', 'top-up', 'anna', '20.00']);
    assert.match(await cli(['radius', 'password', 'nai:anna@example.net', '--chap'], 'correct horse\n'), /kept for account anna/);
    const heard: Readonly<Record<string, string>>[] = [];
    const listener = await listenForDynamic({ host: '127.0.0.1', port: 0, secret: utf8(secret) }, (request) => {
      heard.push(attributesOf(request));
      return 'ack';
    });
    const file = join(folder, 'radius-clients.yaml');
    writeFileSync(file, clients(listener.port));
    const first = await start(folder);
    const nas = new RadiusClientPeer({ host: '127.0.0.1', secret: utf8(secret), timeoutMs: 3_000, tries: 7 });
    const user = { 'User-Name': 'anna@example.net', 'NAS-Identifier': 'ap1', 'Acct-Session-Id': '81000001' };
    const asked = await nas.ask(ports.access, 1, values(user), { text: 'correct horse', how: 'chap' });
    const accepted = shown(asked);
    assert.equal(accepted.name, 'Access-Accept', first.said());
    const granted = Number(accepted['Mikrotik-Total-Limit']);
    assert.equal(granted, 20_000_000);
    const account = async (status: string, more: Readonly<Record<string, string | number>> = {}): Promise<string | undefined> =>
      shown(await nas.ask(ports.accounting, 4, values({ ...user, 'Acct-Status-Type': status, Class: accepted.Class ?? '', ...more }))).name;
    assert.equal(await account('Start'), 'Accounting-Response');
    assert.equal(await account('Interim-Update', { 'Acct-Session-Time': 60, 'Acct-Output-Octets': 15_000_000 }), 'Accounting-Response');
    await until(() => heard.length > 0);
    assert.equal(heard[0]?.['Mikrotik-Total-Limit'], '35000000');

    first.child.kill('SIGKILL');
    await new Promise((resolve) => void first.child.once('exit', resolve));
    const second = await start(folder);
    await untilItHasAll(`http://127.0.0.1:${ports.metrics}/metrics`);
    // The NAS knows nothing of it: it says again what was not answered, and goes on.
    assert.equal(
      await account('Interim-Update', { 'Acct-Session-Time': 60, 'Acct-Output-Octets': 15_000_000 }),
      'Accounting-Response',
      second.said(),
    );
    assert.match(await cli(['charge', 'account', 'anna']), /data-3gb-home +bytes +2985000000 /);

    await cli(['charge', 'block', 'anna']);
    await until(() => heard.some(({ name }) => name === 'Disconnect-Request'));
    assert.equal(heard.at(-1)?.['Acct-Session-Id'], '81000001');
    const stop = { 'Acct-Session-Time': 90, 'Acct-Output-Octets': 16_000_000, 'Acct-Terminate-Cause': 'Admin-Reset' };
    assert.equal(await account('Stop', stop), 'Accounting-Response');
    assert.equal(await account('Stop', { ...stop, 'Acct-Delay-Time': 5 }), 'Accounting-Response', 'said twice, charged once');
    assert.match(await cli(['charge', 'account', 'anna']), /data-3gb-home +bytes +2984000000 /);

    writeFileSync(file, clients(listener.port, '    called: x\n').replace('127.0.0.1', '192.0.2.1'));
    for (let tries = 0; !/clients have changed/.test(second.said()); tries += 1) {
      assert.ok(tries < 1_200, second.said());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const metrics = await (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`)).text();
    assert.match(metrics, /\ncarillon_radius_requests_total\{client="hotspot",code="Accounting-Request",result="granted"\} 2\n/);
    assert.match(metrics, /\ncarillon_radius_uncharged_total 1\n/);
    nas.close();
    listener.close();
    const stopped = new Promise((resolve) => void second.child.once('exit', (code) => resolve(code)));
    second.child.kill('SIGTERM');
    assert.equal(await stopped, 0, second.said());
    assert.doesNotMatch(second.said() + first.said() + readFileSync(file, 'utf8'), new RegExp(secret), 'no secret is said or written');
  }));
