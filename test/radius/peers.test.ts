/** Programs of others: radclient asks us, tshark takes our packets apart, FreeRADIUS's dictionaries say what attributes are. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { radiusDictionary, radiusDictionaryData } from '#app/radius.ts';
import { listenForDynamic, type RadiusClientPeer } from '#gateways/radius/client.ts';
import { storedPassword } from '#gateways/radius/passwords.ts';
import { SECRET, until, values, withRadius } from './node-under-test.ts';

const secret = Buffer.from(SECRET).toString();
const has = (program: string): boolean => {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** What radclient prints for one request of attributes. */
function radclient(port: number, kind: 'auth' | 'acct' | 'status', attributes: readonly string[], seconds = 20): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(
      'radclient',
      ['-x', '-r', '1', '-t', String(seconds), `127.0.0.1:${port}`, kind, secret],
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
    child.stdin?.end(`${attributes.join('\n')}\n`);
  });
}

test('radclient is accepted and refused, accounts a session, and takes our sums for right', (context) => {
  if (!has('radclient')) return context.skip('radclient (freeradius-utils) is not installed');
  return withRadius(
    { prices: '0.10/MB', plan: 'grants 4 MB', money: '1.00' },
    { authentication: ['password'], dialects: [radiusDictionary().dialects.get('mikrotik') ?? {}] },
    async ({ ports, passwords, world, node }) => {
      const key = new Uint8Array(32).fill(7);
      passwords.push(await storedPassword('nai:anna', 'correct horse', key));
      const user = ['User-Name = "anna"', 'NAS-Identifier = "ap1"', 'Message-Authenticator = 0x00'];
      const accepted = await radclient(ports.access, 'auth', [...user, 'User-Password = "correct horse"']);
      assert.match(accepted, /Received Access-Accept/);
      assert.match(accepted, /Mikrotik-Total-Limit = 4000000/);
      assert.match(accepted, /Session-Timeout = 3600/);
      assert.match(await radclient(ports.access, 'auth', [...user, 'CHAP-Password = "correct horse"']), /Received Access-Accept/);
      assert.match(await radclient(ports.access, 'auth', [...user, 'MS-CHAP-Password = "correct horse"']), /Received Access-Accept/);
      assert.match(
        await radclient(ports.access, 'auth', [...user, 'MS-CHAP-Password = "wrong"']),
        /Received Access-Reject[\s\S]*MS-CHAP-Error = ".*E=691 R=0/,
      );
      assert.match(
        await radclient(ports.access, 'auth', [...user, 'User-Password = "wrong"']),
        /Received Access-Reject[\s\S]*Reply-Message = "The name or the password is wrong\."/,
      );
      assert.doesNotMatch(
        await radclient(ports.access, 'auth', ['User-Name = "anna"', 'User-Password = "correct horse"', 'Proxy-State = 0x01'], 1),
        /Received/,
      );
      assert.match(await radclient(ports.access, 'status', ['Message-Authenticator = 0x00']), /Received Access-Accept/);
      const [, name = ''] = /Class = (0x[0-9a-f]+)/.exec(accepted) ?? [];
      const account = (status: string, ...more: string[]): Promise<string> =>
        radclient(ports.accounting, 'acct', [
          `Acct-Status-Type = ${status}`,
          'Acct-Session-Id = "81000001"',
          'User-Name = "anna"',
          `Class = ${name}`,
          ...more,
        ]);
      assert.match(await account('Start'), /Received Accounting-Response/);
      await account('Interim-Update', 'Acct-Session-Time = 60', 'Acct-Input-Octets = 1000000', 'Acct-Output-Octets = 1000000');
      assert.match(
        await account('Stop', 'Acct-Session-Time = 90', 'Acct-Input-Octets = 1000000', 'Acct-Output-Octets = 2000000'),
        /Received Accounting-Response/,
      );
      assert.match(world.balances(), /^main 0\.70/);
      assert.equal(node.counts.dropped.get('no-message-authenticator'), 1);
    },
    { passwordKey: new Uint8Array(32).fill(7) },
  );
});

test('radclient as a peer of our own client: what carillon radius send sends is what it understands', async (context) => {
  if (!has('radclient')) return context.skip('radclient (freeradius-utils) is not installed');
  const heard: number[] = [];
  const listener = await listenForDynamic({ host: '127.0.0.1', port: 0, secret: SECRET }, ({ code }) => {
    heard.push(code);
    return code === 40 ? 'ack' : 'nak';
  });
  const ask = (kind: string): Promise<string> =>
    new Promise((resolve) => {
      const child = execFile(
        'radclient',
        ['-x', '-r', '1', '-t', '20', `127.0.0.1:${listener.port}`, kind, secret],
        (_error, stdout, stderr) => resolve(stdout + stderr),
      );
      child.stdin?.end('User-Name = "anna"\nMessage-Authenticator = 0x00\n');
    });
  assert.match(await ask('disconnect'), /Received Disconnect-ACK/);
  assert.match(await ask('coa'), /Received CoA-NAK/);
  assert.deepEqual(heard, [40, 43]);
  listener.close();
});

test('tshark takes requests, answers and changes apart without finding anything malformed', async (context) => {
  if (!has('tshark')) return context.skip('tshark is not installed');
  const packets: [port: number, octets: Uint8Array][] = [];
  const octetsOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
  const listener = await listenForDynamic({ host: '127.0.0.1', port: 0, secret: SECRET }, (request) => {
    packets.push([3799, octetsOf(request.view)]);
    return 'ack';
  });
  const dialects = ['mikrotik', 'chillispot', 'cisco-voice', 'quintum'].map((name) => radiusDictionary().dialects.get(name) ?? {});
  const client = {
    dialects,
    interimSeconds: 600,
    dynamic: { port: listener.port, coa: true },
    accept: values({ 'Framed-IPv6-Prefix': '2001:db8::/56' }),
  };
  await withRadius({ prices: '0.10/MB', plan: 'grants 4 MB', money: '1.00' }, client, async ({ nas, ports, node }) => {
    const keep = async (asking: ReturnType<RadiusClientPeer['ask']>, port: number): Promise<string> => {
      const { request, answer } = await asking;
      packets.push([port, octetsOf(request.view)], [port, octetsOf(answer?.view ?? new DataView(new ArrayBuffer(0)))]);
      return '';
    };
    const user = { 'User-Name': 'anna', 'Acct-Session-Id': '1', 'NAS-Identifier': 'ap1', 'Framed-IP-Address': '10.0.0.1' };
    await keep(nas.ask(ports.access, 1, values(user)), 1812);
    await keep(nas.ask(ports.access, 1, values({ ...user, 'User-Name': 'nobody', 'Acct-Session-Id': '2' })), 1812);
    await keep(
      nas.ask(ports.accounting, 4, values({ ...user, 'Acct-Status-Type': 'Interim-Update', 'Acct-Output-Octets': 3_000_000 })),
      1813,
    );
    await until(() => node.counts.dynamic.size > 0);
    assert.equal(node.counts.dynamic.get('CoA-Request ack'), 1);
    await keep(nas.ask(ports.accounting, 4, values({ ...user, 'Acct-Status-Type': 'Stop', 'Acct-Output-Octets': 3_000_000 })), 1813);
  });
  listener.close();
  const folder = mkdtempSync(join(tmpdir(), 'carillon-radius-'));
  try {
    const file = join(folder, 'ours.pcap');
    writeFileSync(file, captureOf(packets));
    const options = ['-r', file, '-o', `radius.shared_secret:${secret}`, '-o', 'radius.validate_authenticator:TRUE'];
    const tree = execFileSync('tshark', [...options, '-V'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    assert.doesNotMatch(tree, /Malformed|malformed/);
    assert.doesNotMatch(tree, /Invalid Authenticator: True|Expert Info/);
    assert.equal((tree.match(/Valid Authenticator: True/g) ?? []).length, 4, 'of each answer');
    for (const shown of [
      'Access-Accept (2)',
      'Access-Reject (3)',
      'CoA-Request (43)',
      'Mikrotik-Total-Limit: 7000000',
      'h323-credit-time: h323-credit-time=3600',
    ])
      assert.ok(tree.includes(shown), shown);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const DICTIONARIES = '/usr/share/freeradius';
test('numbers and types of attributes are those that FreeRADIUS has', (context) => {
  if (!existsSync(DICTIONARIES)) return context.skip('freeradius-common is not installed');
  const types: Readonly<Record<string, readonly string[]>> = {
    ...{
      text: ['string'],
      octets: ['octets', 'string'],
      integer: ['integer'],
      time: ['date'],
      byte: ['byte', 'integer'],
      ipv4: ['ipaddr'],
    },
    ...{
      ipv6: ['ipv6addr'],
      'ipv6-prefix': ['ipv6prefix'],
      'interface-id': ['ifid'],
      'tagged-text': ['string'],
      'tagged-integer': ['integer'],
    },
  };
  const theirs = new Map<string, string>();
  for (const file of readdirSync(DICTIONARIES).filter((name) =>
    /^dictionary\.(rfc\d+|cisco|microsoft|quintum|3gpp|wispr|chillispot|mikrotik|freeswitch|coova)$/.test(name),
  )) {
    const text = readFileSync(join(DICTIONARIES, file), 'utf8');
    const vendor = /^VENDOR\s+\S+\s+(\d+)/m.exec(text)?.[1] ?? '0';
    for (const [, code = '', type = ''] of text.matchAll(/^ATTRIBUTE\s+\S+\s+(\d+)\s+(\w+)/gm)) theirs.set(`${vendor} ${code}`, type);
  }
  // Of their time: not in FreeRADIUS's lists of 2023, but in the vendor's own (freeswitch mod_radius_cdr.h, coova radius_chillispot.h; Cisco).
  const own = /^(?:Freeswitch-Other-Leg-Id|ChilliSpot-Max-(?:Input|Output|Total)-Gigawords|Cisco-.*|Login-LAT-Port|Tunnel-.*)$/;
  let compared = 0;
  const dictionary = radiusDictionary();
  for (const lines of Object.values(radiusDictionaryData().attributes))
    for (const line of lines) {
      const { name, vendor, code, type } = dictionary.named(line.split(' ')[1] ?? '');
      const known = theirs.get(`${vendor} ${code}`);
      if (known === undefined) assert.match(name, own);
      else assert.ok(types[type]?.includes(known), `${name} is ${type} here and ${known} there`);
      compared += known === undefined ? 0 : 1;
    }
  assert.ok(compared > 180, `${compared}`);
});

/** A pcap of UDP packets over IPv4 (link type 101: no link). */
function captureOf(packets: readonly (readonly [port: number, octets: Uint8Array])[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  head.writeUInt32LE(101, 20);
  const parts = packets.map(([port, octets], index) => {
    const isAnswer = [2, 3, 5].includes(octets[0] ?? 0);
    const frame = Buffer.alloc(28 + octets.length);
    frame.set([0x45, 0], 0);
    frame.writeUInt16BE(frame.length, 2);
    frame.set([64, 17], 8);
    frame.set(isAnswer ? [192, 0, 2, 1, 192, 0, 2, 2] : [192, 0, 2, 2, 192, 0, 2, 1], 12);
    frame.writeUInt16BE(isAnswer ? port : 40_000, 20);
    frame.writeUInt16BE(isAnswer ? 40_000 : port, 22);
    frame.writeUInt16BE(8 + octets.length, 24);
    frame.set(octets, 28);
    const header = Buffer.alloc(16);
    header.writeUInt32LE(1_795_000_000 + index, 0);
    header.writeUInt32LE(frame.length, 8);
    header.writeUInt32LE(frame.length, 12);
    return Buffer.concat([header, frame]);
  });
  return Buffer.concat([head, ...parts]);
}
