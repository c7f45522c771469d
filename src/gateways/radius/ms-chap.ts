/**
 * MS-CHAP, versions 1 and 2 (RFC 2433, RFC 2759): what PPPoE and VPN routers make of a password, and what they want back. Values are named as
 * there. Their carriage in RADIUS is `ms-chap-attributes`.
 */
import { createCipheriv, createHash } from 'node:crypto';
import { md4 } from './md4.ts';

const FIRST = Buffer.from('Magic server to client signing constant', 'latin1');
const SECOND = Buffer.from('Pad to make it do more than one iteration', 'latin1');

/** NtPasswordHash: of the password as UTF-16 (RFC 2759 §8.3). `password` is UTF-8. */
export function ntPasswordHash(password: Uint8Array): Uint8Array {
  return md4(Buffer.from(Buffer.from(password).toString('utf8'), 'utf16le'));
}

/** ChallengeHash: what both challenges and the name come to in version 2 (§8.2). The name is without the domain in front of it. */
export function challengeHash(peerChallenge: Uint8Array, challenge: Uint8Array, userName: Uint8Array): Uint8Array {
  return sha1(peerChallenge, challenge, withoutDomain(userName)).subarray(0, 8);
}

/** ChallengeResponse: 24 octets of a challenge of 8, by DES under three parts of the hash (§8.5). */
export function ntResponse(challenge: Uint8Array, passwordHash: Uint8Array): Uint8Array {
  const keys = new Uint8Array(21);
  keys.set(passwordHash);
  return Buffer.concat([0, 7, 14].map((at) => des(keys.subarray(at, at + 7), challenge)));
}

/** AuthenticatorResponse: that we know the password too, `S=` and 40 digits (§8.7). */
export function authenticatorResponse(
  passwordHash: Uint8Array,
  response: Uint8Array,
  peerChallenge: Uint8Array,
  challenge: Uint8Array,
  userName: Uint8Array,
): string {
  const digest = sha1(md4(passwordHash), response, FIRST);
  return `S=${sha1(digest, challengeHash(peerChallenge, challenge, userName), SECOND)
    .toString('hex')
    .toUpperCase()}`;
}

function withoutDomain(userName: Uint8Array): Uint8Array {
  return userName.subarray(userName.lastIndexOf(0x5c) + 1); // the backslash of DOMAIN\name
}

/** One block by single DES, which OpenSSL has as triple DES with one key three times. `key` has 56 bits. */
function des(key: Uint8Array, block: Uint8Array): Buffer {
  const bits = Buffer.from(key).readUIntBE(0, 6);
  const all = (BigInt(bits) << 8n) | BigInt(key[6] ?? 0);
  const spread = Uint8Array.from({ length: 8 }, (_, index) => Number((all >> BigInt(49 - 7 * index)) & 0x7fn) << 1); // parity is not looked at
  const cipher = createCipheriv('des-ede3', Buffer.concat([spread, spread, spread]), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

export function sha1(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
