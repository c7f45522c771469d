/** Values by name to octets: for what people and configuration say of attributes. */
import type { AttributeDefinition, RadiusDictionary } from './dictionary.ts';

export interface NamedValue {
  readonly definition: AttributeDefinition;
  readonly octets: Uint8Array;
}

/** As it is written: a text, a number or its name, an address, `0x…`. A message in place of octets says what is wrong. */
export function valueOctets(definition: AttributeDefinition, written: string): Uint8Array | string {
  const { type, values, name } = definition;
  switch (type) {
    case 'text':
    case 'tagged-text': {
      const octets = utf8(written);
      return octets.length > 253 ? `${name} has at most 253 octets` : type === 'text' ? octets : Uint8Array.of(0, ...octets);
    }
    case 'integer':
    case 'tagged-integer':
    case 'time':
    case 'byte': {
      const known = [...values].find(([, text]) => text === written)?.[0];
      const most = type === 'byte' ? 0xff : type === 'tagged-integer' ? 0xff_ffff : 0xffff_ffff;
      const number = known ?? (/^\d{1,10}$/.test(written) ? Number(written) : -1);
      if (number < 0 || number > most)
        return `${name} is a number up to ${most}${values.size === 0 ? '' : `, or one of ${[...values.values()].join(', ')}`}`;
      return type === 'byte' ? Uint8Array.of(number) : Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
    }
    case 'ipv4':
      return ipv4Octets(written) ?? `${name} is an IPv4 address`;
    case 'ipv6':
      return ipv6Octets(written) ?? `${name} is an IPv6 address`;
    case 'ipv6-prefix': {
      const [address = '', bits = ''] = written.split('/');
      const octets = ipv6Octets(address);
      if (octets === undefined || !/^\d{1,3}$/.test(bits) || Number(bits) > 128) return `${name} is an IPv6 prefix such as 2001:db8::/56`;
      return Uint8Array.of(0, Number(bits), ...octets.subarray(0, Math.ceil(Number(bits) / 8)));
    }
    case 'interface-id':
    case 'octets': {
      const digits = /^0x((?:[0-9a-f]{2})*)$/i.exec(written)?.[1];
      if (digits === undefined) return `${name} is octets, written as 0x and hexadecimal digits`;
      return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    }
  }
}

/** Both by name; a message says what is wrong. */
export function namedValue(dictionary: RadiusDictionary, name: string, written: string): NamedValue | string {
  const definition = dictionary.names.get(name);
  if (definition === undefined) return `there is no attribute ${name}`;
  const octets = valueOctets(definition, written);
  return typeof octets === 'string' ? octets : { definition, octets };
}

/** UTF-8. */
export function utf8(text: string): Uint8Array {
  const octets: number[] = [];
  for (const character of text) {
    const found = character.codePointAt(0) ?? 0;
    // Half of a pair stands for nothing: U+FFFD.
    const point = found >= 0xd800 && found <= 0xdfff ? 0xfffd : found;
    if (point < 0x80) octets.push(point);
    else if (point < 0x800) octets.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x1_0000) octets.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else octets.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
  }
  return Uint8Array.from(octets);
}

export function ipv4Octets(text: string): Uint8Array | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts === undefined || parts.some((part) => part > 255) ? undefined : Uint8Array.from(parts);
}

export function ipv6Octets(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [before = [], after = []] = groups;
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...before, ...Array.from({ length: halves.length === 2 ? missing : 0 }, () => '0'), ...after];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return Uint8Array.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}
