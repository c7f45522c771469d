import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPacket } from '#codecs/radius/packet.ts';
import { PacketWriter } from '#codecs/radius/writer.ts';
import { md5 } from './authenticators.ts';
import { md4 } from './md4.ts';
import { hiddenKey, mppeKeys, salts } from './mppe-keys.ts';
import { authenticatorResponse, challengeHash, ntPasswordHash, ntResponse } from './ms-chap.ts';
import { msChapOf } from './ms-chap-attributes.ts';

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex').toUpperCase();
const octets = (digits: string): Buffer => Buffer.from(digits, 'hex');

test('MD4 is that of RFC 1320 §A.5', () => {
  const suite: readonly (readonly [string, string])[] = [
    ['', '31D6CFE0D16AE931B73C59D7E0C089C0'],
    ['a', 'BDE52CB31DE33E46245E05FBDBD6FB24'],
    ['abc', 'A448017AAF21D8525FC10AE87AA6729D'],
    ['message digest', 'D9130A8164549FE818874806E1C7014B'],
    ['abcdefghijklmnopqrstuvwxyz', 'D79E1C308AA5BBCDEEA8ED63DF412DA9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043F8582F241DB351CE627E153E7F0E4'],
    ['12345678901234567890123456789012345678901234567890123456789012345678901234567890', 'E33B4DDC9C38F2199C3E7B164FCC0536'],
  ];
  for (const [text, sum] of suite) assert.equal(hex(md4(Buffer.from(text))), sum, text);
});

const challenge = octets('5B5D7C7D7B3F2F3E3C2C602132262628');
const peerChallenge = octets('21402324255E262A28295F2B3A337C7E');
const user = Buffer.from('User');
const hash = ntPasswordHash(Buffer.from('clientPass'));
const response = ntResponse(challengeHash(peerChallenge, challenge, user), hash);

test('MS-CHAP version 2 comes to what RFC 2759 §9.2 prints', () => {
  assert.equal(hex(challengeHash(peerChallenge, challenge, user)), 'D02E4386BCE91226');
  assert.equal(hex(challengeHash(peerChallenge, challenge, Buffer.from('BIGCO\\User'))), 'D02E4386BCE91226', 'the domain does not count');
  assert.equal(hex(hash), '44EBBA8D5312B8D611474411F56989AE');
  assert.equal(hex(md4(hash)), '41C00C584BD2D91C4017A2A12FA59F3F');
  assert.equal(hex(response), '82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF');
  assert.equal(authenticatorResponse(hash, response, peerChallenge, challenge, user), 'S=407A5589115FD0D6209F510FE9C04566932CDA56');
});

test('MS-CHAP version 1 comes to what RFC 2433 §B.2 prints', () => {
  const known = ntPasswordHash(Buffer.from('MyPw'));
  assert.equal(hex(known), 'FC156AF7EDCD6C0EDDE3337D427F4EAC');
  assert.equal(hex(ntResponse(octets('102DB5DF085D3041'), known)), '4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61');
});

test('the keys of MPPE are those of RFC 3079 §3.5.3, and are hidden so that who has the secret finds them', () => {
  const { send, receive } = mppeKeys(hash, response);
  assert.equal(hex(send), '8B7CDC149B993A1BA118CB153F56DCCB');
  assert.notEqual(hex(receive), hex(send));
  const [secret, authenticator] = [Buffer.from('a secret of sixteen characters'), Buffer.alloc(16, 5)];
  const [one, other] = salts();
  assert.ok((one[0] ?? 0) >= 0x80 && hex(one) !== hex(other));
  const hidden = hiddenKey(send, one, authenticator, secret);
  assert.equal(hidden.length, 34);
  const first = md5(secret, authenticator, one).map((octet, index) => octet ^ (hidden[2 + index] ?? 0));
  const second = md5(secret, hidden.subarray(2, 18)).map((octet, index) => octet ^ (hidden[18 + index] ?? 0));
  assert.equal(hex(Buffer.concat([first, second])), `10${hex(send)}${'00'.repeat(15)}`);
});

test('a response or a challenge of another length is said, and nothing is read beyond it', () => {
  const [CHALLENGE, RESPONSE, SECOND] = [11, 1, 25];
  const found = (...attributes: readonly (readonly [code: number, value: Uint8Array])[]) => {
    const writer = new PacketWriter(1, 1);
    for (const [code, value] of attributes) writer.octets(code, value, 311);
    const read = readPacket(writer.finish());
    assert.ok(read.ok);
    return msChapOf(read.packet);
  };
  const whole = new Uint8Array(50);
  assert.equal(found(), undefined);
  assert.match(String(found([SECOND, new Uint8Array(2)])), /has not 50 octets/);
  assert.match(String(found([SECOND, whole])), /MS-CHAP-Challenge has not 16 octets/);
  assert.match(String(found([SECOND, whole], [CHALLENGE, new Uint8Array(8)])), /MS-CHAP-Challenge has not 16 octets/);
  assert.match(String(found([RESPONSE, whole], [CHALLENGE, new Uint8Array(16)])), /MS-CHAP-Challenge has not 8 octets/);
  assert.match(String(found([RESPONSE, whole], [CHALLENGE, new Uint8Array(8)])), /LAN Manager/);
});
