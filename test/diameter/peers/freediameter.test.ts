/**
 * freeDiameter (an implementation that nobody here wrote) as the agent between a client and us: it exchanges capabilities with
 * us, watches us, reads every request and answer by its own dictionary of credit control, and routes them. tshark reads
 * all that went over the wire. Needs the Debian packages freediameter, freediameter-extensions and tshark.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AvpValues } from '#codecs/diameter/build.ts';
import { makeCertificates, whyNoCertificates } from '../../support/certificates.ts';
import { withFolder } from '../../support/cli.ts';
import { ask, ccr, until, withNode } from './node-under-test.ts';

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
      assert.deepEqual(malformed(folder, Buffer.concat(wire)), []);
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

/** A way to the node that keeps what the node sent. */
async function tapped(port: number, wire: Buffer[]): Promise<{ port: number; close: () => void }> {
  const server = createServer((inside) => {
    const outside = createConnection({ host: '127.0.0.1', port });
    inside.pipe(outside);
    outside.on('data', (piece) => {
      wire.push(Buffer.from(piece));
      inside.write(piece);
    });
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, close: () => server.close() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What tshark calls malformed in octets that one side sent: as one TCP segment after the other, in a capture of raw IP. */
function malformed(folder: string, octets: Buffer): readonly string[] {
  const file = join(folder, 'wire.pcap');
  const packets: Buffer[] = [Buffer.from('d4c3b2a1020004000000000000000000ffff000065000000', 'hex')];
  for (let at = 0; at < octets.length; at += 1_400) packets.push(packet(octets.subarray(at, at + 1_400), at));
  writeFileSync(file, Buffer.concat(packets));
  const { stdout, stderr, status } = spawnSync(
    'tshark',
    [
      '-r',
      file,
      '-d',
      'tcp.port==3868,diameter',
      '-T',
      'fields',
      '-e',
      'diameter.cmd.code',
      '-e',
      '_ws.malformed',
      '-e',
      '_ws.expert.message',
    ],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  assert.match(stdout, /272/, 'tshark saw the answers');
  return stdout.split('\n').filter((line) => /malformed|wrong|unknown|error/i.test(line));
}

function packet(data: Buffer, sequence: number): Buffer {
  const head = Buffer.alloc(16 + 40);
  head.writeUInt32LE(40 + data.length, 8);
  head.writeUInt32LE(40 + data.length, 12);
  head.writeUInt16BE(0x4500, 16);
  head.writeUInt16BE(40 + data.length, 18);
  head.set([0x40, 6], 16 + 8);
  head.set([192, 0, 2, 1, 192, 0, 2, 2], 16 + 12);
  head.writeUInt16BE(3868, 36);
  head.writeUInt16BE(40_000, 38);
  head.writeUInt32BE(sequence + 1, 40);
  head.writeUInt32BE(1, 44);
  head.writeUInt16BE(0x5018, 48);
  head.writeUInt16BE(65_535, 50);
  return Buffer.concat([head, data]);
}
