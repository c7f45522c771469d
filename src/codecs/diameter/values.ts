/** The data of one AVP as a value (RFC 6733 §4.2, §4.3), and what is wrong with it. */
import { formatInstant } from '#core/time/zoned.ts';
import { hexOf, ipv4Text, ipv6Text, printable, readUtf8 } from '../octet-texts.ts';
import type { AvpDefinition, DataType } from './dictionary.ts';
import { octetsText } from './mobile-values.ts';

/** 64-bit numbers are bigint; OctetStrings are a view over the message; Time is seconds since 1970. */
export type AvpValue = number | bigint | string | Uint8Array;

/** Octets of a type whose size is fixed. */
export const fixedBytes: Readonly<Partial<Record<DataType, number>>> = {
  Integer32: 4,
  Integer64: 8,
  Unsigned32: 4,
  Unsigned64: 8,
  Float32: 4,
  Float64: 8,
  Enumerated: 4,
  Time: 4,
};

/** Fewest octets that a value of a type has. */
export function leastBytes(type: DataType): number {
  return fixedBytes[type] ?? (type === 'Address' ? 2 : 0);
}

/** 1900 to 1970. */
const NTP_EPOCH_SECONDS = 2_208_988_800;
/** From 2036-02-07 on the 32 bits begin anew; their first bit tells the eras apart (RFC 6733 §4.3.1, RFC 5905 §6). */
const NTP_ERA_SECONDS = 4_294_967_296;

export function ntpToUnix(seconds: number): number {
  return (seconds >= 0x8000_0000 ? seconds : seconds + NTP_ERA_SECONDS) - NTP_EPOCH_SECONDS;
}

/** 1968-01-20 to 2104-02-26; undefined outside of it. */
export function unixToNtp(seconds: number): number | undefined {
  const whole = seconds + NTP_EPOCH_SECONDS;
  if (!Number.isInteger(seconds) || whole < 0x8000_0000 || whole >= NTP_ERA_SECONDS + 0x8000_0000) return undefined;
  return whole >= NTP_ERA_SECONDS ? whole - NTP_ERA_SECONDS : whole;
}

/** The value, or undefined when the octets are no value of the type: then `valueFault` says why. A group has none. */
export function readValue(type: DataType, view: DataView, from: number, to: number): AvpValue | undefined {
  const bytes = to - from;
  const fixed = fixedBytes[type];
  if (fixed !== undefined && bytes !== fixed) return undefined;
  switch (type) {
    case 'OctetString':
      return new Uint8Array(view.buffer, view.byteOffset + from, bytes);
    case 'Integer32':
    case 'Enumerated':
      return view.getInt32(from);
    case 'Unsigned32':
      return view.getUint32(from);
    case 'Integer64':
      return view.getBigInt64(from);
    case 'Unsigned64':
      return view.getBigUint64(from);
    case 'Float32':
      return view.getFloat32(from);
    case 'Float64':
      return view.getFloat64(from);
    case 'Time':
      return ntpToUnix(view.getUint32(from));
    case 'UTF8String':
      return readUtf8(view, from, to);
    case 'DiameterIdentity':
    case 'DiameterURI':
    case 'IPFilterRule':
    case 'QoSFilterRule':
      return asciiOf(type, view, from, to);
    case 'Address':
      return addressText(view, from, to);
    case 'Grouped':
      return undefined;
  }
}

/** Why the octets are no value: the length, or the value. Undefined when they are one. */
export function valueFault(definition: AvpDefinition, view: DataView, from: number, to: number): 'length' | 'value' | undefined {
  const { type, values } = definition;
  const bytes = to - from;
  const fixed = fixedBytes[type];
  if (fixed !== undefined) {
    if (bytes !== fixed) return 'length';
    return type === 'Enumerated' && values.size > 0 && !values.has(view.getInt32(from)) ? 'value' : undefined;
  }
  if (type === 'Grouped' || type === 'OctetString') return undefined;
  if (type === 'Address') {
    if (bytes < 2) return 'length';
    const family = view.getUint16(from);
    return (family === 1 && bytes !== 6) || (family === 2 && bytes !== 18)
      ? 'length'
      : readValue(type, view, from, to) === undefined
        ? 'value'
        : undefined;
  }
  return readValue(type, view, from, to) === undefined ? 'value' : undefined;
}

const ASCII_FORMS: Readonly<Record<'DiameterIdentity' | 'DiameterURI' | 'IPFilterRule' | 'QoSFilterRule', RegExp>> = {
  // §4.3.1: a FQDN or a realm. Underscores are no letters of a FQDN, but hosts have them.
  DiameterIdentity: /^[\w][\w.-]{0,254}$/,
  DiameterURI: /^aaas?:\/\/[\w.-]+(:\d{1,5})?(;transport=(tcp|sctp|udp))?(;protocol=(diameter|radius|tacacs\+))?$/i,
  IPFilterRule: /^(permit|deny) (in|out) (ip|\d{1,3}) from \S.* to \S.*$/,
  QoSFilterRule: /^(tag|meter) (in|out) (ip|\d{1,3}) from \S.* to \S.*$/,
};

function asciiOf(type: keyof typeof ASCII_FORMS, view: DataView, from: number, to: number): string | undefined {
  const text = printable(view, from, to);
  return text !== undefined && ASCII_FORMS[type].test(text) ? text : undefined;
}

/** §4.3.1: the family of IANA's address families, then the address. 1: IPv4, 2: IPv6, 8: E.164; others as `family:hex`. */
function addressText(view: DataView, from: number, to: number): string | undefined {
  const bytes = to - from;
  if (bytes < 2) return undefined;
  const family = view.getUint16(from);
  if (family === 1) return bytes === 6 ? ipv4Text(view, from + 2) : undefined;
  if (family === 2) return bytes === 18 ? ipv6Text(view, from + 2) : undefined;
  if (family === 8) {
    const digits = printable(view, from + 2, to);
    return digits !== undefined && /^\d+$/.test(digits) ? digits : undefined;
  }
  return `${family}:${hexOf(view, from + 2, to)}`;
}

/** The value for people; octets that are none are `0x…`. */
export function valueText(definition: AvpDefinition | undefined, view: DataView, from: number, to: number): string {
  const value = definition === undefined ? undefined : readValue(definition.type, view, from, to);
  if (definition === undefined || value === undefined || value instanceof Uint8Array) {
    if (definition?.form !== undefined) {
      const meant = octetsText(definition.form, view, from, to);
      if (meant !== undefined) return meant;
    }
    const text = printable(view, from, to);
    const hex = `0x${hexOf(view, from, to)}`;
    return text === undefined ? hex : `${hex} ${JSON.stringify(text)}`;
  }
  if (typeof value === 'string') return definition.type === 'UTF8String' ? JSON.stringify(value) : value;
  if (definition.type === 'Time') return formatInstant(Number(value) * 1_000_000);
  const name = typeof value === 'number' ? definition.values.get(value) : undefined;
  return name === undefined ? `${value}` : `${name} (${value})`;
}
