/** Keys for what a router encrypts after MS-CHAP version 2 (MPPE, RFC 3079 §3), and how RADIUS hides them (RFC 2548 §2.4.2). */
import { randomBytes } from 'node:crypto';
import { md5 } from './authenticators.ts';
import { md4 } from './md4.ts';
import { sha1 } from './ms-chap.ts';

const MASTER = Buffer.from('This is the MPPE Master Key', 'latin1');
const OF_CLIENT = Buffer.from('On the client side, this is the send key; on the server side, it is the receive key.', 'latin1');
const OF_SERVER = Buffer.from('On the client side, this is the receive key; on the server side, it is the send key.', 'latin1');
const [PAD_1, PAD_2] = [new Uint8Array(40), new Uint8Array(40).fill(0xf2)];

/** Of 128 bits, as the server that the NAS is for its user. */
export function mppeKeys(passwordHash: Uint8Array, response: Uint8Array): { readonly send: Uint8Array; readonly receive: Uint8Array } {
  const master = sha1(md4(passwordHash), response, MASTER).subarray(0, 16);
  const key = (magic: Uint8Array): Uint8Array => sha1(master, PAD_1, magic, PAD_2).subarray(0, 16);
  return { send: key(OF_SERVER), receive: key(OF_CLIENT) };
}

/** A key as MS-MPPE-Send-Key and MS-MPPE-Recv-Key have it. `salt`: two octets that no other key of the packet has, the first bit of them set. */
export function hiddenKey(key: Uint8Array, salt: Uint8Array, authenticator: Uint8Array, secret: Uint8Array): Uint8Array {
  const plain = new Uint8Array(Math.ceil((key.length + 1) / 16) * 16);
  plain.set([key.length, ...key]);
  const hidden = new Uint8Array(2 + plain.length);
  hidden.set(salt);
  for (let at = 0; at < plain.length; at += 16) {
    const mask = at === 0 ? md5(secret, authenticator, salt) : md5(secret, hidden.subarray(2 + at - 16, 2 + at));
    for (let octet = 0; octet < 16; octet += 1) hidden[2 + at + octet] = (plain[at + octet] ?? 0) ^ (mask[octet] ?? 0);
  }
  return hidden;
}

/** For two keys of one packet. */
export function salts(): readonly [Uint8Array, Uint8Array] {
  const first = randomBytes(2);
  first[0] = (first[0] ?? 0) | 0x80;
  return [first, Uint8Array.of(first[0] ?? 0, (first[1] ?? 0) ^ 1)];
}
