/**
 * freeDiameter (an implementation that nobody here wrote) as the agent between a client and us: it exchanges capabilities with
 * us, watches us, reads every request and answer by its own dictionary of credit control, and routes them. tshark reads
 * all that went over the wire. Needs the Debian packages freediameter, freediameter-extensions and tshark.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AvpValues } from '#codecs/diameter/build.ts';
import { makeCertificates, whyNoCertificates } from '../../support/certificates.ts';
import { withFolder } from '../../support/cli.ts';
import { ask, ccr, until, withNode } from './node-under-test.ts';
import { malformed, tapped } from './wire.ts';

const EXTENSIONS = '/usr/lib/freeDiameter';
const missing = [
  ...(spawnSync('freeDiameterd', ['--version']).status === 0 ? [] : ['freeDiameterd']),
  ...(existsSync(join(EXTENSIONS, 'dict_dcca_3gpp.fdx')) ? [] : ['its extension dict_dcca_3gpp']),
  ...(spawnSync('tshark', ['--version']).status === 0 ? [] : ['tshark']),
];
const why = missing.length > 0 ? `not installed: ${missing.join(', ')}` : whyNoCertificates();

test('freeDiameter relays between a client and us, and finds nothing wrong', (context) => {
  if (why !== undefined) return context.skip(why);
  return withFolder(async (folder) => {
    const { authority, elsewhere } = makeCertificates(join(folder, 'certificates'));
    await withNode({}, async (under) => {
      const wire: Buffer[] = [];
      const tap = await tapped(under.port, wire);
      const [agentPort, ourPort] = [await freePort(), tap.port];
      const configuration = join(folder, 'agent.conf');
      writeFileSync(
        configuration,
        `Identity = "elsewhere.example.net";
Realm = "example.org";
Port = ${agentPort};
SecPort = 0;
No_SCTP;
No_IPv6;
ListenOn = "127.0.0.1";
TcTimer = 1;
TwTimer = 6;
TLS_Cred = "${elsewhere.certificate}", "${elsewhere.key}";
TLS_CA = "${authority}";
LoadExtension = "${EXTENSIONS}/dict_nasreq.fdx";
LoadExtension = "${EXTENSIONS}/dict_dcca.fdx";
LoadExtension = "${EXTENSIONS}/dict_dcca_3gpp.fdx";
LoadExtension = "${EXTENSIONS}/acl_wl.fdx" : "${join(folder, 'acl.conf')}";
ConnectPeer = "ocs1.example.net" { ConnectTo = "127.0.0.1"; Port = ${ourPort}; No_TLS; Realm = "example.net"; };
`,
      );
      writeFileSync(join(folder, 'acl.conf'), 'ALLOW_IPSEC pgw1.epc.example.org\n');
      const agent = spawn('freeDiameterd', ['-c', configuration, '-dd'], { stdio: ['ignore', 'pipe', 'pipe'] });
      const said: string[] = [];
      for (const stream of [agent.stdout, agent.stderr]) stream.on('data', (text: Buffer) => said.push(text.toString()));
      try {
        await until(() => under.node.connections.some(({ peer }) => peer?.host === 'elsewhere.example.net'), 15_000).catch(() =>
          assert.fail(`freeDiameter does not connect: ${said.join('').slice(-4_000)}`),
        );
        const client = await under.client({ port: agentPort });
        const services = [{ 'Rating-Group': 10, 'Requested-Service-Unit': {}, 'Used-Service-Unit': [{ 'CC-Total-Octets': 1_000 }] }];
        for (const [number, type] of [1, 2, 3].entries()) {
          const answer = await ask(
            client,
            'CCR',
            ccr({
              ...{ 'CC-Request-Type': type, 'CC-Request-Number': number, 'Multiple-Services-Indicator': 1 },
              'Subscription-Id': [{ 'Subscription-Id-Type': 0, 'Subscription-Id-Data': '491701234567' }],
              'Multiple-Services-Credit-Control': services,
              'Service-Information': { 'PS-Information': { 'Called-Station-Id': 'internet', '3GPP-SGSN-MCC-MNC': '26201' } },
            }),
          );
          assert.equal(answer?.values['Result-Code'], 2001, said.join('').slice(-4_000));
          const granted = answer?.values['Multiple-Services-Credit-Control'] as readonly AvpValues[]; // groups, by the dictionary
          assert.deepEqual(
            granted.map((each) => each['Rating-Group']),
            [10],
          );
        }
        assert.deepEqual(
          under.requests.map(({ operation }) => operation),
          ['initial', 'update', 'terminate'],
        );
        const wrong = await ask(client, 'CCR', ccr({ 'CC-Request-Type': 4 }));
        assert.equal(wrong?.values['Result-Code'], 5005);
        assert.doesNotMatch(said.join(''), /ERROR.*(parse|invalid|dictionary)|ASSERT/i);
      } finally {
        await ended(agent);
        tap.close();
      }
      assert.deepEqual(malformed(folder, Buffer.concat(wire), 272), []);
    });
  });
});

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(late);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
