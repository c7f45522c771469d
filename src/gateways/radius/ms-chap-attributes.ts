/** MS-CHAP as RADIUS carries it (RFC 2548 §2): what the router sends of its user, and what it is told. */
import { randomBytes } from 'node:crypto';
import { attributeOf, octetsOf, type RadiusPacket } from '#codecs/radius/packet.ts';
import { attribute, microsoft, vendor } from './attribute-codes.ts';
import { authenticatorOf, same } from './authenticators.ts';
import { hiddenKey, mppeKeys, salts } from './mppe-keys.ts';
import { authenticatorResponse, challengeHash, ntPasswordHash, ntResponse } from './ms-chap.ts';

/** An attribute of an answer, by its name in the dictionary. */
export interface Said {
  readonly name: string;
  readonly octets: Uint8Array;
}

export interface MsChap {
  readonly version: 1 | 2;
  readonly identifier: number;
  readonly challenge: Uint8Array;
  /** Version 2: what the user's side put in itself. */
  readonly peerChallenge: Uint8Array;
  readonly response: Uint8Array;
}

const RESPONSE_OCTETS = 50;
const CHALLENGE_OCTETS = { 1: 8, 2: 16 } as const;
const IN_128_OR_40_BITS = 6;
const ALLOWED = 1;

/** A text: why what is there cannot be checked. Undefined: there is none. */
export function msChapOf(packet: RadiusPacket): MsChap | string | undefined {
  const second = attributeOf(packet, microsoft.chap2Response, vendor.microsoft);
  const found = second ?? attributeOf(packet, microsoft.chapResponse, vendor.microsoft);
  if (found === undefined) return undefined;
  const version = second === undefined ? 1 : 2;
  const octets = octetsOf(packet, found);
  if (octets.length !== RESPONSE_OCTETS) return `the response of MS-CHAP has not ${RESPONSE_OCTETS} octets`;
  const given = attributeOf(packet, microsoft.chapChallenge, vendor.microsoft);
  const challenge = given === undefined ? new Uint8Array() : octetsOf(packet, given);
  if (challenge.length !== CHALLENGE_OCTETS[version]) return `MS-CHAP-Challenge has not ${CHALLENGE_OCTETS[version]} octets`;
  if (version === 1 && octets[1] !== 1) return 'MS-CHAP with nothing but the LAN Manager response is not spoken';
  return { version, identifier: octets[0] ?? 0, challenge, peerChallenge: octets.subarray(2, 18), response: octets.subarray(26) };
}

/** What the router is told where the password is right; undefined: it is not. Version 2: that we know it too, and the keys to encrypt with. */
export function msChapProved(packet: RadiusPacket, given: MsChap, password: Uint8Array, secret: Uint8Array): readonly Said[] | undefined {
  const { version, identifier, challenge, peerChallenge, response } = given;
  const name = attributeOf(packet, attribute.userName);
  const userName = name === undefined ? new Uint8Array() : octetsOf(packet, name);
  const hash = ntPasswordHash(password);
  const asked = version === 1 ? challenge : challengeHash(peerChallenge, challenge, userName);
  if (!same(ntResponse(asked, hash), response)) return undefined;
  if (version === 1) return [];
  const success = authenticatorResponse(hash, response, peerChallenge, challenge, userName);
  const { send, receive } = mppeKeys(hash, response);
  const [one, other] = salts();
  const hide = (key: Uint8Array, salt: Uint8Array): Uint8Array => hiddenKey(key, salt, authenticatorOf(packet), secret);
  return [
    { name: 'MS-CHAP2-Success', octets: Buffer.concat([Buffer.of(identifier), Buffer.from(success)]) },
    { name: 'MS-MPPE-Encryption-Policy', octets: Uint8Array.of(0, 0, 0, ALLOWED) },
    { name: 'MS-MPPE-Encryption-Types', octets: Uint8Array.of(0, 0, 0, IN_128_OR_40_BITS) },
    { name: 'MS-MPPE-Send-Key', octets: hide(send, one) },
    { name: 'MS-MPPE-Recv-Key', octets: hide(receive, other) },
  ];
}

/** Authentication failed (691), and it is of no use to try again with this challenge; a new one stands there because the form wants it (RFC 2759 §6). */
export function msChapRefused({ version, identifier }: MsChap): readonly Said[] {
  const fresh = randomBytes(CHALLENGE_OCTETS[version]).toString('hex').toUpperCase();
  const text = `E=691 R=0 C=${fresh} V=${version === 1 ? 2 : 3}`;
  return [{ name: 'MS-CHAP-Error', octets: Buffer.concat([Buffer.of(identifier), Buffer.from(text)]) }];
}
