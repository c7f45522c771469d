/** What is not to be answered is not, and disturbs nobody. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { test } from 'node:test';
import { radiusDictionary } from '#app/radius.ts';
import { readPacket } from '#codecs/radius/packet.ts';
import { shownPacket } from '#codecs/radius/shown.ts';
import { utf8 } from '#codecs/radius/write-value.ts';
import { PacketWriter } from '#codecs/radius/writer.ts';
import { sessionOfId } from '#gateways/radius/access.ts';
import { signAccess, signRequest } from '#gateways/radius/authenticators.ts';
import { RadiusClientPeer } from '#gateways/radius/client.ts';
import { answeredMicros, classOf, eventMicros, factsOf, identitiesOf, nasOf, placeOf, usedInAll } from '#gateways/radius/read-request.ts';
import { defaultRadiusLimits } from '#gateways/radius/settings.ts';
import { seededBits } from '../support/seeded.ts';
import { plainClient, SECRET, shown, values, withRadius } from './node-under-test.ts';

const prepaid = { prices: '0.10/MB', plan: 'grants 1 MB', money: '5.00' };
const anna = { 'User-Name': 'anna' };

test('a mistake of ours in an answer or before it is told and answered with silence; the next packet is answered', () => {
  const broken = { definition: radiusDictionary().named('Class'), octets: undefined as never }; // what no setting makes
  return withRadius(prepaid, { accept: [broken] }, async ({ node, impatient, ports, events }) => {
    const failures = (): number => events.filter(({ kind }) => kind === 'failed').length;
    assert.equal(shown(await impatient.ask(ports.access, 1, values(anna))).name, 'silence');
    assert.ok(failures() > 0, 'an answer that cannot be written');
    const before = failures();
    node.setClients([{ ...plainClient, secret: undefined as never }]);
    assert.equal(shown(await impatient.ask(ports.access, 1, values(anna))).name, 'silence');
    assert.ok(failures() > before, 'a packet that cannot be looked at');
    node.setClients([plainClient]);
    assert.equal(shown(await impatient.ask(ports.access, 1, values(anna))).name, 'Access-Accept');
  });
});

test('a wrong secret, an unknown client, half a packet and a wrong port are dropped, each for its reason', () =>
  withRadius(prepaid, {}, async ({ node, impatient, ports, events, requests }) => {
    const stranger = new RadiusClientPeer({ host: '127.0.0.1', secret: utf8('another secret altogether'), timeoutMs: 40, tries: 1 });
    assert.equal(shown(await stranger.ask(ports.access, 1, values(anna))).name, 'silence');
    assert.equal(shown(await stranger.ask(ports.accounting, 4, values(anna))).name, 'silence');
    stranger.close();
    const own = new RadiusClientPeer({ host: '127.0.0.1', secret: SECRET, timeoutMs: 40, tries: 1 });
    assert.equal(shown(await own.ask(ports.accounting, 1, values(anna))).name, 'silence');
    assert.equal(shown(await own.ask(ports.access, 1, values(anna), undefined, { messageAuthenticator: false })).name, 'silence');
    assert.equal(shown(await own.ask(ports.accounting, 4, values(anna))).name, 'silence', 'no Acct-Status-Type');
    assert.equal(shown(await own.ask(ports.accounting, 4, values({ 'Acct-Status-Type': 'Stop' }))).name, 'silence', 'no Acct-Session-Id');
    own.close();
    const socket = createSocket('udp4');
    for (const octets of [new Uint8Array(0), new Uint8Array(19), new Uint8Array(4096).fill(255), Uint8Array.of(1, 1, 0, 200)])
      await new Promise((resolve) => socket.send(octets, ports.access, '127.0.0.1', resolve));
    socket.close();
    while ((node.counts.dropped.get('malformed') ?? 0) < 4) await new Promise((resolve) => setTimeout(resolve, 2));
    node.setClients([{ ...plainClient, networks: ['192.0.2.0/24'] }]);
    assert.equal(shown(await impatient.ask(ports.access, 1, values(anna))).name, 'silence');
    assert.deepEqual(Object.fromEntries(node.counts.dropped), {
      ...{ 'wrong-secret': 2, 'unexpected-code': 1, 'no-message-authenticator': 1, incomplete: 2, malformed: 4, 'unknown-client': 1 },
    });
    assert.equal(requests.length, 0);
    assert.equal(events.length, 6, 'one line for each reason');
  }));

test('who may leave Message-Authenticator out is answered with one; with Proxy-State it may not', () =>
  withRadius(prepaid, { messageAuthenticator: 'optional' }, async ({ nas, impatient, ports }) => {
    const bare = { messageAuthenticator: false };
    const asked = await nas.ask(ports.access, 1, values(anna), undefined, bare);
    assert.equal(asked.answer?.attributes[0]?.code, 80, 'first of all');
    assert.equal(shown(await impatient.ask(ports.access, 1, values({ ...anna, 'Proxy-State': '0x01' }), undefined, bare)).name, 'silence');
    assert.equal(shown(await nas.ask(ports.access, 1, values({ ...anna, 'Proxy-State': '0x0102' })))['Proxy-State'], '0x0102');
  }));

test('a request that comes again gets the same octets and is charged once; another under its identifier is another', () =>
  withRadius(prepaid, {}, async ({ node, nas, ports, requests }) => {
    const request = (user: string, random: number): Uint8Array => {
      const writer = new PacketWriter(1, 7);
      writer.messageAuthenticator();
      writer.octets(1, utf8(user));
      return signAccess(writer.finish(), new Uint8Array(16).fill(random), SECRET);
    };
    const octetsOf = ({ answer }: Awaited<ReturnType<typeof nas.send>>): string =>
      answer === undefined ? '' : Buffer.from(answer.view.buffer, answer.view.byteOffset, answer.view.byteLength).toString('hex');
    const first = octetsOf(await nas.send(ports.access, request('anna', 1)));
    assert.equal(octetsOf(await nas.send(ports.access, request('anna', 1))), first);
    assert.deepEqual([requests.length, node.counts.repetitions], [1, 1]);
    assert.notEqual(octetsOf(await nas.send(ports.access, request('anna', 2))), first);
    assert.equal(requests.length, 2);
  }));

test('when charging cannot answer nothing is answered, and the next try is decided again', () =>
  withRadius(prepaid, {}, async (under) => {
    const { nas, impatient, ports, node } = under;
    under.instead = ({ session, number }) => ({ session, number, result: 'too-busy', items: [] });
    const writer = new PacketWriter(4, 9);
    for (const { definition, octets } of values({ ...anna, 'Acct-Status-Type': 'Start', 'Acct-Session-Id': '1' }))
      writer.octets(definition.code, octets);
    const start = signRequest(writer.finish(), SECRET);
    assert.equal(shown(await impatient.send(ports.accounting, start)).name, 'silence');
    under.instead = () => Promise.reject(new Error('a fault'));
    assert.equal(shown(await impatient.send(ports.accounting, start)).name, 'silence');
    under.instead = undefined;
    assert.equal(shown(await nas.send(ports.accounting, start)).name, 'Accounting-Response');
    assert.equal(node.counts.dropped.get('not-charged'), 2);
    assert.equal(under.events.filter(({ kind }) => kind === 'failed').length, 1);
  }));

test('a flood is held to its bound, and others are answered again behind it', () =>
  withRadius(
    prepaid,
    {},
    async (under) => {
      const { node, ports, nas } = under;
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      under.instead = async ({ session, number }) => {
        await held;
        return { session, number, result: 'service-denied', items: [] };
      };
      const socket = createSocket('udp4');
      for (let identifier = 0; identifier < 200; identifier += 1) {
        const writer = new PacketWriter(1, identifier);
        writer.messageAuthenticator();
        writer.octets(1, utf8('anna'));
        const octets = signAccess(writer.finish(), new Uint8Array(16).fill(identifier), SECRET);
        await new Promise((resolve) => socket.send(octets, ports.access, '127.0.0.1', resolve));
      }
      while ((node.counts.dropped.get('overload') ?? 0) < 184) await new Promise((resolve) => setTimeout(resolve, 2));
      assert.equal(node.outstanding, 16);
      release();
      under.instead = undefined;
      assert.equal(shown(await nas.ask(ports.access, 1, values(anna))).name, 'Access-Accept');
      socket.close();
    },
    { limits: { ...defaultRadiusLimits, mostOutstanding: 16 } },
  ));

test('a counter that goes back costs nothing and is counted; a clock that jumps is not believed', () =>
  withRadius(prepaid, {}, async ({ node, nas, ports, world, requests }) => {
    const { Class } = shown(await nas.ask(ports.access, 1, values(anna)));
    const report = (octets: number, more: Readonly<Record<string, number>> = {}) =>
      nas.ask(
        ports.accounting,
        4,
        values({
          ...anna,
          'Acct-Status-Type': 'Interim-Update',
          'Acct-Session-Id': '1',
          Class: Class ?? '',
          'Acct-Input-Octets': octets,
          ...more,
        }),
      );
    await report(900_000);
    await report(100_000);
    await report(1_000_000, { 'Event-Timestamp': 1 });
    await report(1_000_000, { 'Event-Timestamp': 4_294_967_295 });
    await report(1_000_000, { 'Acct-Delay-Time': 4_294_967_295 });
    assert.equal(world.balances(), 'main 4.90 (0.10 held)');
    assert.equal(node.counts.wentBack, 1);
    for (const { eventMicros: at } of requests) assert.ok(Math.abs(at - Date.now() * 1_000) < 60_000_000);
  }));

test('Status-Server is answered, so that proxies know that we are there', () =>
  withRadius(prepaid, {}, async ({ nas, ports }) => {
    assert.equal(shown(await nas.ask(ports.access, 12, [])).name, 'Access-Accept');
    assert.equal(shown(await nas.ask(ports.accounting, 12, [])).name, 'Accounting-Response');
  }));

test('NASes ask over IPv6, too', () =>
  withRadius(
    prepaid,
    { networks: ['::1/128', '2001:db8::/32'] },
    async ({ ports }) => {
      const nas = new RadiusClientPeer({ host: '::1', secret: SECRET, timeoutMs: 20_000, tries: 1 });
      assert.equal(shown(await nas.ask(ports.access, 1, values({ ...anna, 'NAS-IPv6-Address': '2001:db8::7' }))).name, 'Access-Accept');
      nas.close();
    },
    { authentication: [{ host: '::1', port: 0 }] },
  ));

test('packets that are signed and say nonsense are answered or dropped; none is a fault, and balances hold', () =>
  withRadius(prepaid, { authentication: ['mac', 'none'], dynamic: undefined }, async ({ node, nas, ports, events, world }) => {
    const bits = seededBits(Number(process.env.RADIUS_FUZZ_SEED ?? 1));
    const socket = createSocket('udp4');
    const names = [
      'User-Name',
      'Acct-Status-Type',
      'Acct-Session-Id',
      'Class',
      'Acct-Session-Time',
      'Acct-Input-Octets',
      'Acct-Input-Gigawords',
    ];
    const codes = names.map((name) => radiusDictionary().named(name).code).concat([55, 41, 26, 31, 30, 61, 2, 3, 33, 79]);
    const answered = (): number =>
      [...node.counts.answered.values(), ...node.counts.dropped.values(), node.counts.repetitions].reduce((sum, each) => sum + each, 0);
    const most = 1_000;
    for (let run = 0; run < most; run += 1) {
      const isAccess = run % 4 === 0;
      const writer = new PacketWriter(isAccess ? 1 : 4, run & 0xff);
      if (isAccess) writer.messageAuthenticator();
      writer.octets(1, utf8((bits() & 3) === 0 ? 'anna' : '00-11-22-33-44-5a'));
      if (!isAccess) writer.integer(40, [1, 2, 3, 3, 7, 8, 15, bits()][bits() & 7] ?? 3);
      writer.octets(44, utf8(String(bits() % 20)));
      for (let more = bits() % 6; more > 0; more -= 1) {
        const value = Uint8Array.from({ length: (bits() & 1) === 0 ? 4 : bits() % 60 }, () => ((bits() & 3) === 0 ? 0xff : bits() & 0xff));
        writer.octets(codes[bits() % codes.length] ?? 1, value);
      }
      const octets = writer.finish();
      const signed = isAccess
        ? signAccess(
            octets,
            Uint8Array.from({ length: 16 }, () => bits() & 0xff),
            SECRET,
          )
        : signRequest(octets, SECRET);
      await new Promise((resolve) => socket.send(signed, isAccess ? ports.access : ports.accounting, '127.0.0.1', resolve));
      while (answered() < run - 100) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    while (answered() < most) await new Promise((resolve) => setTimeout(resolve, 2));
    socket.close();
    assert.deepEqual(
      events.filter(({ kind }) => kind === 'failed'),
      [],
    );
    for (const { value, reserved, limit } of world.account('a').buckets)
      assert.ok(value >= -limit && reserved >= 0n && value - reserved >= -limit);
    assert.equal(shown(await nas.ask(ports.accounting, 12, [])).name, 'Accounting-Response');
  }));

const runs = Number(process.env.RADIUS_FUZZ_RUNS ?? 20_000);
const seed = Number(process.env.RADIUS_FUZZ_SEED ?? 1);

test(`${runs} damaged packets are read or refused, never believed beyond their end (seed ${seed})`, () => {
  const bits = seededBits(seed);
  const samples = [
    values({
      'User-Name': 'anna',
      'Called-Station-Id': 'AA-BB-CC-DD-EE-FF:guests',
      'NAS-Identifier': 'ap1',
      '3GPP-RAT-Type': 6,
      'Mikrotik-Total-Limit': 5,
    }),
    values({
      'Acct-Status-Type': 'Stop',
      'Acct-Session-Id': '1',
      'Acct-Input-Octets': 7,
      'Acct-Input-Gigawords': 1,
      'Framed-IPv6-Prefix': '2001:db8::/56',
    }),
    values({
      'Calling-Station-Id': 'sip:+4930@x',
      'Freeswitch-Billusec': 61_000_000,
      'h323-credit-time': '5',
      'Event-Timestamp': 1_795_000_000,
      Class: 'radius/nas/x',
    }),
  ].map((attributes) => {
    const writer = new PacketWriter(4, 1);
    for (const { definition, octets } of attributes) writer.octets(definition.code, octets, definition.vendor);
    return writer.finish();
  });
  const dictionary = radiusDictionary();
  let read = 0;
  for (let run = 0; run < runs; run += 1) {
    const sample = samples[bits() % samples.length] ?? new Uint8Array(0);
    const octets =
      run % 16 === 0
        ? Uint8Array.from({ length: bits() % 80 }, () => bits() & 0xff)
        : sample.slice(0, run % 5 === 0 ? bits() % (sample.length + 1) : sample.length);
    for (let change = bits() % 5; change > 0; change -= 1)
      octets[20 + (bits() % Math.max(1, octets.length - 20))] =
        (bits() & 3) === 0 ? ([0, 1, 2, 26, 253, 255][bits() % 6] ?? 0) : bits() & 0xff;
    if ((bits() & 7) !== 0 && octets.length >= 20) new DataView(octets.buffer).setUint16(2, octets.length);
    const found = readPacket(octets);
    if (!found.ok) {
      assert.ok(found.fault.offset <= octets.length);
      continue;
    }
    read += 1;
    const { packet } = found;
    for (const { from, to } of packet.attributes) assert.ok(from >= 20 && from <= to && to <= packet.view.byteLength);
    if (run % 8 === 0) shownPacket(dictionary, packet);
    for (const client of [plainClient, { ...plainClient, service: 'voice', identity: 'calling-station-id' } as const]) {
      factsOf(packet, client, ['26201']);
      identitiesOf(packet, client);
      sessionOfId(client, packet, '127.0.0.1');
    }
    const used = usedInAll(packet);
    for (const count of [used.seconds, used.bytesUp, used.bytesDown]) assert.ok(count === undefined || (count >= 0n && count < 1n << 64n));
    assert.ok(Number.isSafeInteger(eventMicros(packet, 1_795_000_000_000_000)));
    answeredMicros(packet, 1_795_000_000_000_000);
    nasOf(packet, '127.0.0.1');
    placeOf(packet, '127.0.0.1');
    classOf(packet);
  }
  assert.ok(read > runs / 10, `${read} of ${runs} are packets`);
});
