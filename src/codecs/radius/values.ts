/** Values of attributes, read when they are asked for. */
import { hexOf, ipv4Text, ipv6Text, printable, readUtf8 } from '../octet-texts.ts';
import type { AttributeDefinition } from './dictionary.ts';
import { type Attribute, attributeOf, type RadiusPacket } from './packet.ts';

/** Strict UTF-8; undefined when it is none, or the attribute is not there. */
export function textOf(packet: RadiusPacket, code: number, vendor = 0): string | undefined {
  const found = attributeOf(packet, code, vendor);
  return found === undefined ? undefined : readUtf8(packet.view, found.from, found.to);
}

/** 32 bits; one octet where a vendor has such; undefined for another length. */
export function integerOf(packet: RadiusPacket, code: number, vendor = 0): number | undefined {
  const found = attributeOf(packet, code, vendor);
  if (found === undefined) return undefined;
  if (found.to - found.from === 4) return packet.view.getUint32(found.from);
  return found.to - found.from === 1 && vendor !== 0 ? packet.view.getUint8(found.from) : undefined;
}

/** Of 4 or 16 octets. */
export function addressOf(packet: RadiusPacket, code: number, vendor = 0): string | undefined {
  const found = attributeOf(packet, code, vendor);
  if (found?.to === undefined) return undefined;
  const size = found.to - found.from;
  return size === 4 ? ipv4Text(packet.view, found.from) : size === 16 ? ipv6Text(packet.view, found.from) : undefined;
}

/** For people: by the type of its definition; digits where the octets are none of it, or nothing is known of them. */
export function shownValue(view: DataView, { from, to }: Attribute, definition: AttributeDefinition | undefined): string {
  const size = to - from;
  const digits = (): string => `0x${hexOf(view, from, to)}`;
  const named = (value: number): string => {
    const name = definition?.values.get(value);
    return name === undefined ? String(value) : `${name} (${value})`;
  };
  switch (definition?.type) {
    case 'text':
      return quoted(readUtf8(view, from, to)) ?? digits();
    case 'tagged-text':
      return quoted(readUtf8(view, size > 0 && view.getUint8(from) <= 0x1f ? from + 1 : from, to)) ?? digits();
    case 'integer':
      return size === 4 ? named(view.getUint32(from)) : digits();
    case 'tagged-integer':
      return size === 4 ? named(view.getUint32(from) & 0xff_ffff) : digits();
    case 'byte':
      return size === 1 ? named(view.getUint8(from)) : digits();
    case 'time':
      return size === 4 ? instant(view.getUint32(from)) : digits();
    case 'ipv4':
      return size === 4 ? ipv4Text(view, from) : digits();
    case 'ipv6':
      return size === 16 ? ipv6Text(view, from) : digits();
    case 'ipv6-prefix':
      return prefix(view, from, to) ?? digits();
    case 'interface-id':
      return size === 8 ? [0, 2, 4, 6].map((at) => view.getUint16(from + at).toString(16)).join(':') : digits();
    case 'octets':
    case undefined: {
      const text = printable(view, from, to);
      return text === undefined ? digits() : `${digits()} ${JSON.stringify(text)}`;
    }
  }
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text);
}

/** `2026-11-22T11:00:00Z`, without a clock's or a calendar's help. */
function instant(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  // Days since 1970-01-01 to a date of the Gregorian calendar: eras of 400 years that begin in March.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const day = shifted - era * 146_097;
  const year = Math.floor((day - Math.floor(day / 1_460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
  const ofYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${year + era * 400 + (month >= 10 ? 1 : 0)}-${two(month < 10 ? month + 3 : month - 9)}-${two(ofYear - Math.floor((153 * month + 2) / 5) + 1)}`;
  const rest = seconds % 86_400;
  return `${date}T${two(Math.floor(rest / 3_600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}Z`;
}

/** RFC 3162 §2.3: a reserved octet, the length in bits, as many octets as the length needs, or all. */
function prefix(view: DataView, from: number, to: number): string | undefined {
  const size = to - from;
  if (size < 2 || size > 18 || view.getUint8(from + 1) > 128) return undefined;
  const padded = new DataView(new ArrayBuffer(16));
  for (let at = 2; at < size; at += 1) padded.setUint8(at - 2, view.getUint8(from + at));
  return `${ipv6Text(padded, 0)}/${view.getUint8(from + 1)}`;
}
