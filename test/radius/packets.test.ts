/** Packets that RFC 2865 §7 and RFC 5997 §6 publish, taken apart, checked with their secret and made again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { radiusDictionary } from '#app/radius.ts';
import { attributeOf, octetsOf, type RadiusPacket, readPacket } from '#codecs/radius/packet.ts';
import { shownPacket } from '#codecs/radius/shown.ts';
import { namedValue, utf8, valueOctets } from '#codecs/radius/write-value.ts';
import { PacketWriter } from '#codecs/radius/writer.ts';
import { attribute, freeswitch, threeGpp, vendor, wispr } from '#gateways/radius/attribute-codes.ts';
import {
  authenticatorOf,
  chapPassword,
  hasRequestAuthenticator,
  hasResponseAuthenticator,
  hiddenPassword,
  messageAuthenticator,
  shownPassword,
  signRequest,
  signResponse,
} from '#gateways/radius/authenticators.ts';

const secret = utf8('xyzzy5461');
const octets = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

function packet(text: string): RadiusPacket {
  const read = readPacket(octets(text));
  if (!read.ok) throw new Error(read.fault.message);
  return read.packet;
}

const shown = (text: string): readonly string[] => {
  const { name, identifier, attributes } = shownPacket(radiusDictionary(), packet(text));
  return [`${name} ${identifier}`, ...attributes.map((each) => `${each.name} = ${each.value}`)];
};

const telnet = {
  request: `01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb 98 f4 22 7a 01 06 6e 65 6d 6f 02 12 0d be 70 8d
            93 d4 13 ce 31 96 e4 3f 78 2a 0a ee 04 06 c0 a8 01 10 05 06 00 00 00 03`,
  accept: `02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf 9b 55 e0 b2 06 06 00 00 00 01 0f 06 00 00 00 00 0e 06 c0 a8 01 03`,
};
const framed = {
  request: `01 01 00 47 2a ee 86 f0 8d 0d 55 96 9c a5 97 8e 0d 33 67 a2 01 08 66 6c 6f 70 73 79 03 13 16 e9
            75 57 c3 16 18 58 95 f2 93 ff 63 44 07 72 75 04 06 c0 a8 01 10 05 06 00 00 00 14 06 06 00 00 00 02 07 06 00 00 00 01`,
  accept: `02 01 00 38 15 ef bc 7d ab 26 cf a3 dc 34 d9 c0 3c 86 01 a4 06 06 00 00 00 02 07 06 00 00 00 01
           08 06 ff ff ff fe 0a 06 00 00 00 02 0d 06 00 00 00 01 0c 06 00 00 05 dc`,
};
const challenged = {
  request: `01 02 00 39 f3 a4 7a 1f 6a 6d 76 71 0b 94 7a b9 30 41 a0 39 01 07 6d 6f 70 73 79 02 12 33 65 75
            73 77 82 89 b5 70 88 5e 15 08 48 25 c5 04 06 c0 a8 01 10 05 06 00 00 00 07`,
  challenge: `0b 02 00 4e 36 f3 c8 76 4a e8 c7 11 57 40 3c 0c 71 ff 9c 45 12 30 43 68 61 6c 6c 65 6e 67 65 20
              33 32 37 36 39 34 33 30 2e 20 20 45 6e 74 65 72 20 72 65 73 70 6f 6e 73 65 20 61 74 20 70 72 6f
              6d 70 74 2e 18 0a 33 32 37 36 39 34 33 30`,
  second: `01 03 00 43 b1 22 55 6d 42 8a 13 d0 d6 25 38 07 c4 57 ec f0 01 07 6d 6f 70 73 79 02 12 69 2c 1f
           20 5f c0 81 b9 19 b9 51 95 f5 61 a5 81 04 06 c0 a8 01 10 05 06 00 00 00 07 18 0a 33 32 37 36 39 34 33 30`,
  reject: '03 03 00 14 a4 2f 4f ca 45 91 6c 4e 09 c8 34 0f 9e 74 6a a0',
};

test('the examples of RFC 2865 §7 are read attribute by attribute', () => {
  assert.deepEqual(shown(telnet.request), [
    'Access-Request 0',
    'User-Name = "nemo"',
    'User-Password = …',
    'NAS-IP-Address = 192.168.1.16',
    'NAS-Port = 3',
  ]);
  assert.deepEqual(shown(telnet.accept), [
    'Access-Accept 0',
    'Service-Type = Login (1)',
    'Login-Service = 0',
    'Login-IP-Host = 192.168.1.3',
  ]);
  assert.deepEqual(shown(framed.accept).slice(1, 4), [
    'Service-Type = Framed (2)',
    'Framed-Protocol = PPP (1)',
    'Framed-IP-Address = 255.255.255.254',
  ]);
  assert.deepEqual(shown(challenged.challenge), [
    'Access-Challenge 2',
    'Reply-Message = "Challenge 32769430.  Enter response at prompt."',
    'State = 0x3332373639343330 "32769430"',
  ]);
});

test('their authenticators and passwords are those of the secret, and of no other', () => {
  const pairs = [
    [telnet.request, telnet.accept],
    [framed.request, framed.accept],
    [challenged.request, challenged.challenge],
    [challenged.second, challenged.reject],
  ] as const;
  for (const [request, answer] of pairs) {
    assert.ok(hasResponseAuthenticator(packet(answer), authenticatorOf(packet(request)), secret));
    assert.ok(!hasResponseAuthenticator(packet(answer), authenticatorOf(packet(request)), utf8('xyzzy5462')));
  }
  const password = (text: string): string => {
    const found = attributeOf(packet(text), 2);
    return found === undefined
      ? ''
      : Buffer.from(shownPassword(octetsOf(packet(text), found), authenticatorOf(packet(text)), secret) ?? []).toString();
  };
  assert.equal(password(telnet.request), 'arctangent');
  assert.equal(password(challenged.second), '99101462');
  const hidden = hiddenPassword(utf8('arctangent'), authenticatorOf(packet(telnet.request)), secret);
  assert.equal(Buffer.from(hidden).toString('hex'), '0dbe708d93d413ce3196e43f782a0aee');
  const chap = chapPassword(0x16, utf8('arctangent'), authenticatorOf(packet(framed.request)));
  assert.equal(Buffer.from(chap).toString('hex'), '16e97557c316185895f293ff6344077275');
});

test('a long password is hidden block by block and found again', () => {
  const authenticator = authenticatorOf(packet(telnet.request));
  const text = utf8('x'.repeat(100));
  assert.deepEqual(shownPassword(hiddenPassword(text, authenticator, secret), authenticator, secret), text);
  for (const length of [0, 15, 17, 144]) assert.equal(shownPassword(new Uint8Array(length), authenticator, secret), undefined);
});

test('the answers of RFC 2865 §7 come out octet for octet', () => {
  const writer = new PacketWriter(2, 1);
  for (const [code, value] of [
    [6, 2],
    [7, 1],
    [8, 0xffff_fffe],
    [10, 2],
    [13, 1],
    [12, 1500],
  ] as const)
    writer.integer(code, value);
  assert.deepEqual(signResponse(writer.finish(), authenticatorOf(packet(framed.request)), secret), octets(framed.accept));
});

test('the Message-Authenticator of RFC 5997 §6.1 is checked, and one that was changed is not', () => {
  const status = '0c da 00 26 8a 54 f4 68 6f b3 94 c5 28 66 e3 02 18 5d 06 23 50 12 5a 66 5e 2e 1e 84 11 f3 e2 43 82 20 97 c8 4f a3';
  const request = packet(status);
  assert.equal(messageAuthenticator(request, authenticatorOf(request), secret), 'there');
  assert.equal(messageAuthenticator(packet(status.replace('4f a3', '4f a4')), authenticatorOf(request), secret), 'wrong');
  assert.equal(messageAuthenticator(packet(telnet.request), authenticatorOf(request), secret), 'missing');
  const accept = '02 da 00 14 ef 0d 55 2a 4b f2 d6 93 ec 2b 6f e8 b5 41 1d 66';
  assert.ok(hasResponseAuthenticator(packet(accept), authenticatorOf(request), secret));
});

test('requests that we make are those of their secret', () => {
  const writer = new PacketWriter(43, 9);
  writer.messageAuthenticator();
  writer.octets(1, utf8('anna'));
  const read = readPacket(signRequest(writer.finish(), secret));
  assert.ok(read.ok);
  assert.ok(hasRequestAuthenticator(read.packet, secret));
  assert.equal(messageAuthenticator(read.packet, new Uint8Array(16), secret), 'there');
});

test('lengths that lie are faults; a vendor that does not keep to the form is kept whole', () => {
  const header = (length: string): string => `01 01 ${length} ${'00 '.repeat(16)}`;
  const fault = (text: string): string => {
    const read = readPacket(octets(text));
    return read.ok ? 'none' : `${read.fault.kind} ${read.fault.offset}`;
  };
  assert.equal(fault('01 01 00'), 'too-short 3');
  assert.equal(fault(header('00 13')), 'length-wrong 2');
  assert.equal(fault(header('00 15')), 'length-wrong 2');
  assert.equal(fault(header('10 01')), 'too-long 2');
  assert.equal(fault(`${header('00 15')} 01`), 'attribute-wrong 20');
  assert.equal(fault(`${header('00 16')} 01 00`), 'attribute-wrong 20');
  assert.equal(fault(`${header('00 16')} 01 01`), 'attribute-wrong 20');
  assert.equal(fault(`${header('00 16')} 01 03`), 'attribute-wrong 20');
  assert.equal(fault(`${header('00 14')} 01 03`), 'none', 'what comes behind is padding');
  const vendors = (inside: string): readonly string[] => {
    const size = octets(inside).length + 6;
    const length = (20 + size).toString(16).padStart(4, '0');
    return shown(`01 01 ${length} ${'00 '.repeat(16)} 1a ${size.toString(16).padStart(2, '0')} 00 00 3a 8c ${inside}`).slice(1);
  };
  assert.deepEqual(vendors('11 06 00 00 00 05 12 06 00 00 00 01'), ['Mikrotik-Total-Limit = 5', 'Mikrotik-Total-Limit-Gigawords = 1']);
  assert.deepEqual(vendors('11 06 00 00 00 05 12 09 00 00 00 01'), ['Mikrotik -1 = 0x110600000005120900000001']);
  assert.deepEqual(vendors('11 00'), ['Mikrotik -1 = 0x1100']);
  assert.deepEqual(vendors(''), ['Mikrotik -1 = 0x']);
});

test('values are written as they are shown', () => {
  const dictionary = radiusDictionary();
  for (const [name, written, digits] of [
    ['Session-Timeout', '3600', '00000e10'],
    ['Acct-Status-Type', 'Stop', '00000002'],
    ['Framed-IPv6-Prefix', '2001:db8:1::/48', '003020010db80001'],
    ['NAS-IPv6-Address', '2001:db8::1', '20010db8000000000000000000000001'],
    ['Framed-Interface-Id', '0x0011223344556677', '0011223344556677'],
    ['Tunnel-Private-Group-ID', '100', '00313030'],
    ['Reply-Message', 'zurück €😀', '7a7572c3bc636b20e282acf09f9880'],
    ['3GPP-RAT-Type', '6', '06'],
  ] as const) {
    const made = valueOctets(dictionary.named(name), written);
    assert.equal(typeof made === 'string' ? made : Buffer.from(made).toString('hex'), digits, name);
  }
  for (const [name, written] of [
    ['Session-Timeout', '-1'],
    ['Session-Timeout', '4294967296'],
    ['NAS-IP-Address', '1.2.3.256'],
    ['NAS-IPv6-Address', '1::2::3'],
    ['Class', 'text'],
    ['Framed-IPv6-Prefix', '2001:db8::/129'],
    ['Reply-Message', 'x'.repeat(254)],
  ] as const)
    assert.equal(typeof valueOctets(dictionary.named(name), written), 'string', `${name} ${written.slice(0, 20)}`);
  assert.equal(namedValue(dictionary, 'Sesion-Timeout', '1'), 'there is no attribute Sesion-Timeout');
});

test('what does not fit into a packet is not written', () => {
  const writer = new PacketWriter(1, 1);
  assert.ok(!writer.octets(1, new Uint8Array(254)));
  assert.ok(!writer.octets(1, new Uint8Array(248), 9));
  for (let times = 0; times < 15; times += 1) assert.ok(writer.octets(1, new Uint8Array(253)));
  assert.ok(!writer.octets(1, new Uint8Array(244), 9));
  assert.ok(writer.octets(1, new Uint8Array(243), 9));
  assert.ok(!writer.octets(1, new Uint8Array(0)));
  assert.equal(writer.finish().length, 4096);
});

test('the numbers in the gateway are those of the dictionary', () => {
  const dictionary = radiusDictionary();
  const name = (code: number, owner = 0): string => dictionary.attribute(owner, code)?.name ?? '';
  // Short names of the gateway, in the order of their numbers.
  assert.equal(
    Object.values(attribute)
      .map((code) => name(code))
      .join(' '),
    'User-Name User-Password CHAP-Password NAS-IP-Address Service-Type Framed-IP-Address Filter-Id Reply-Message State Class Session-Timeout ' +
      'Called-Station-Id Calling-Station-Id NAS-Identifier Proxy-State Acct-Status-Type Acct-Delay-Time Acct-Input-Octets Acct-Output-Octets ' +
      'Acct-Session-Id Acct-Session-Time Acct-Input-Gigawords Acct-Output-Gigawords Event-Timestamp CHAP-Challenge NAS-Port-Type EAP-Message ' +
      'Acct-Interim-Interval NAS-Port-Id NAS-IPv6-Address Error-Cause',
  );
  assert.equal(
    Object.values(threeGpp)
      .map((code) => name(code, vendor.threeGpp))
      .join(' '),
    '3GPP-IMSI 3GPP-SGSN-MCC-MNC 3GPP-RAT-Type',
  );
  assert.equal(name(wispr.locationName, vendor.wispr), 'WISPr-Location-Name');
  assert.equal(
    Object.values(freeswitch)
      .map((code) => name(code, vendor.freeswitch))
      .join(' '),
    'Freeswitch-Src Freeswitch-Dst Freeswitch-Billusec',
  );
});
