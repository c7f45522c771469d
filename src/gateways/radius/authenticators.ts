/** The sums of RADIUS: RFC 2865 §3 and §5.2, RFC 2866 §3, RFC 3579 §3.2, RFC 5176 §2.3, and hidden passwords. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AUTHENTICATOR_AT, attributeOf, HEADER_OCTETS, MESSAGE_AUTHENTICATOR, type RadiusPacket } from '#codecs/radius/packet.ts';

const ZEROS = new Uint8Array(16);

export const md5 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export function authenticatorOf({ view }: RadiusPacket): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + AUTHENTICATOR_AT, 16);
}

/** Whether the authenticator of an accounting, Disconnect or CoA request is that of its octets and the secret. */
export function hasRequestAuthenticator(packet: RadiusPacket, secret: Uint8Array): boolean {
  return same(sumWith(packet, ZEROS, secret), authenticatorOf(packet));
}

/** Whether an answer is that of a request and the secret. */
export function hasResponseAuthenticator(packet: RadiusPacket, request: Uint8Array, secret: Uint8Array): boolean {
  return same(sumWith(packet, request, secret), authenticatorOf(packet));
}

/**
 * `there`: a Message-Authenticator of these octets and the secret. `request`: the authenticator it is computed with: that of the Access-Request,
 * its own for one, zeros for accounting, Disconnect and CoA requests.
 */
export function messageAuthenticator(packet: RadiusPacket, request: Uint8Array, secret: Uint8Array): 'missing' | 'wrong' | 'there' {
  const found = attributeOf(packet, MESSAGE_AUTHENTICATOR);
  if (found === undefined) return 'missing';
  if (found.to - found.from !== 16) return 'wrong';
  const octets = octetsOf(packet);
  const stated = octets.slice(found.from, found.to);
  octets.set(request, AUTHENTICATOR_AT);
  octets.fill(0, found.from, found.to);
  return same(createHmac('md5', secret).update(octets).digest(), stated) ? 'there' : 'wrong';
}

/** Puts both sums into a packet that was written with zeros; a Message-Authenticator must be its first attribute where it has one. */
export function signResponse(octets: Uint8Array, request: Uint8Array, secret: Uint8Array): Uint8Array {
  octets.set(request, AUTHENTICATOR_AT);
  putMessageAuthenticator(octets, secret);
  octets.set(md5(octets, secret), AUTHENTICATOR_AT);
  return octets;
}

/** Accounting, Disconnect and CoA: the authenticator is the sum of the request itself. */
export function signRequest(octets: Uint8Array, secret: Uint8Array): Uint8Array {
  return signResponse(octets, ZEROS, secret);
}

/** Access-Request: its authenticator is a number that nobody can guess. */
export function signAccess(octets: Uint8Array, authenticator: Uint8Array, secret: Uint8Array): Uint8Array {
  octets.set(authenticator, AUTHENTICATOR_AT);
  putMessageAuthenticator(octets, secret);
  return octets;
}

function putMessageAuthenticator(octets: Uint8Array, secret: Uint8Array): void {
  if (octets[HEADER_OCTETS] !== MESSAGE_AUTHENTICATOR) return;
  octets.set(createHmac('md5', secret).update(octets).digest(), HEADER_OCTETS + 2);
}

/** The password behind User-Password (RFC 2865 §5.2), without the zeros it was filled up with; undefined: its length is none. */
export function shownPassword(hidden: Uint8Array, authenticator: Uint8Array, secret: Uint8Array): Uint8Array | undefined {
  if (hidden.length === 0 || hidden.length > 128 || hidden.length % 16 !== 0) return undefined;
  const shown = new Uint8Array(hidden.length);
  for (let at = 0; at < hidden.length; at += 16) {
    const mask = md5(secret, at === 0 ? authenticator : hidden.subarray(at - 16, at));
    for (let octet = 0; octet < 16; octet += 1) shown[at + octet] = (hidden[at + octet] ?? 0) ^ (mask[octet] ?? 0);
  }
  let length = shown.length;
  while (length > 0 && shown[length - 1] === 0) length -= 1;
  return shown.subarray(0, length);
}

/** At most 128 octets. */
export function hiddenPassword(password: Uint8Array, authenticator: Uint8Array, secret: Uint8Array): Uint8Array {
  const hidden = new Uint8Array(Math.max(16, Math.ceil(password.length / 16) * 16));
  hidden.set(password);
  for (let at = 0; at < hidden.length; at += 16) {
    const mask = md5(secret, at === 0 ? authenticator : hidden.subarray(at - 16, at));
    for (let octet = 0; octet < 16; octet += 1) hidden[at + octet] = (hidden[at + octet] ?? 0) ^ (mask[octet] ?? 0);
  }
  return hidden;
}

/** CHAP-Password (RFC 2865 §5.3): an identifier and what it makes of password and challenge. */
export function chapPassword(identifier: number, password: Uint8Array, challenge: Uint8Array): Uint8Array {
  return Uint8Array.of(identifier, ...md5(Uint8Array.of(identifier), password, challenge));
}

export function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function sumWith(packet: RadiusPacket, authenticator: Uint8Array, secret: Uint8Array): Buffer {
  const octets = octetsOf(packet);
  octets.set(authenticator, AUTHENTICATOR_AT);
  return md5(octets, secret);
}

/** A copy. */
function octetsOf({ view }: RadiusPacket): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
}
