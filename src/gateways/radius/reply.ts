/** An answer as octets: in one to an Access-Request Message-Authenticator first, then what the request's proxies want back, and what we say. */
import { attributeOf, octetsOf, packetCodes, type RadiusPacket } from '#codecs/radius/packet.ts';
import type { NamedValue } from '#codecs/radius/write-value.ts';
import { PacketWriter } from '#codecs/radius/writer.ts';
import { attribute } from './attribute-codes.ts';
import { authenticatorOf, signResponse } from './authenticators.ts';

/** What is too much for a packet is left out, the last first. */
export function replyTo(request: RadiusPacket, code: number, values: readonly NamedValue[], secret: Uint8Array): Uint8Array {
  const writer = new PacketWriter(code, request.identifier);
  // In an Accounting-Response none is defined (RFC 2866 §5.13), and others compute one otherwise than in an Access-Accept.
  if (request.code !== packetCodes.accountingRequest) writer.messageAuthenticator();
  for (const each of request.attributes)
    if (each.vendor === 0 && each.code === attribute.proxyState) writer.octets(attribute.proxyState, octetsOf(request, each));
  for (const { definition, octets } of values) writer.octets(definition.code, octets, definition.vendor);
  return signResponse(writer.finish(), authenticatorOf(request), secret);
}

export function hasProxyState(request: RadiusPacket): boolean {
  return attributeOf(request, attribute.proxyState) !== undefined;
}
