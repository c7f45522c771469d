/** A packet for people and for JSON. */
import type { RadiusDictionary } from './dictionary.ts';
import { packetName, type RadiusPacket, UNDIVIDED } from './packet.ts';
import { shownValue } from './values.ts';

export interface ShownAttribute {
  readonly name: string;
  readonly vendor: number;
  readonly code: number;
  readonly value: string;
}

export interface ShownPacket {
  readonly name: string;
  readonly code: number;
  readonly identifier: number;
  readonly octets: number;
  readonly attributes: readonly ShownAttribute[];
}

const PASSWORDS: ReadonlySet<string> = new Set(['User-Password', 'CHAP-Password', 'Tunnel-Password', 'Digest-HA1']);

/** Passwords are hidden. */
export function shownPacket(dictionary: RadiusDictionary, { code, identifier, view, attributes }: RadiusPacket): ShownPacket {
  return {
    name: packetName(code) ?? `code ${code}`,
    code,
    identifier,
    octets: view.byteLength,
    attributes: attributes.map((attribute) => {
      const definition = attribute.code === UNDIVIDED ? undefined : dictionary.attribute(attribute.vendor, attribute.code);
      const owner = dictionary.vendors.get(attribute.vendor) ?? `vendor ${attribute.vendor}`;
      const name = definition?.name ?? (attribute.vendor === 0 ? `attribute ${attribute.code}` : `${owner} ${attribute.code}`);
      const value = PASSWORDS.has(name) ? '…' : shownValue(view, attribute, definition);
      return { name, vendor: attribute.vendor, code: attribute.code, value };
    }),
  };
}
