/** Writes a value of any type by its definition. */

import { ipv4Octets, ipv6Octets } from '../octet-texts.ts';
import type { AvpDefinition } from './dictionary.ts';
import { type AvpValue, unixToNtp } from './values.ts';
import type { MessageWriter } from './writer.ts';

/** False when it is no value of the AVP's type; then nothing is written. An Enumerated may be given by its name. */
export function writeValue(writer: MessageWriter, avp: AvpDefinition, value: AvpValue): boolean {
  switch (avp.type) {
    case 'OctetString':
      if (!(value instanceof Uint8Array)) return false;
      writer.octets(avp, value);
      return true;
    case 'Unsigned32':
      return whole(value, 0, 0xffff_ffff) && writer.unsigned32(avp, value) !== undefined;
    case 'Integer32':
      return whole(value, -0x8000_0000, 0x7fff_ffff) && writer.integer32(avp, value) !== undefined;
    case 'Enumerated': {
      const number = typeof value === 'string' ? avp.valuesByName.get(value) : value;
      return whole(number, -0x8000_0000, 0x7fff_ffff) && writer.integer32(avp, number) !== undefined;
    }
    case 'Unsigned64':
      return long(value, 0n, 0xffff_ffff_ffff_ffffn) && writer.unsigned64(avp, BigInt(value)) !== undefined;
    case 'Integer64':
      return long(value, -0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn) && writer.integer64(avp, BigInt(value)) !== undefined;
    case 'Float32':
      return typeof value === 'number' && writer.float32(avp, value) !== undefined;
    case 'Float64':
      return typeof value === 'number' && writer.float64(avp, value) !== undefined;
    case 'Time': {
      const ntp = typeof value === 'number' ? unixToNtp(value) : undefined;
      return ntp !== undefined && writer.unsigned32(avp, ntp) !== undefined;
    }
    case 'Address': {
      const octets = typeof value === 'string' ? addressOctets(value) : undefined;
      return octets !== undefined && writer.octets(avp, octets) !== undefined;
    }
    case 'UTF8String':
    case 'DiameterIdentity':
    case 'DiameterURI':
    case 'IPFilterRule':
    case 'QoSFilterRule':
      return typeof value === 'string' && writer.text(avp, value) !== undefined;
    case 'Grouped':
      return false;
  }
}

const whole = (value: AvpValue | undefined, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

function long(value: AvpValue, least: bigint, most: bigint): value is number | bigint {
  if (typeof value === 'number') return Number.isSafeInteger(value) && long(BigInt(value), least, most);
  return typeof value === 'bigint' && value >= least && value <= most;
}

/** As `readValue` writes an Address: dotted, with colons, digits of E.164, or `family:hex`. */
function addressOctets(text: string): readonly number[] | undefined {
  const dotted = ipv4Octets(text);
  if (dotted !== undefined) return [0, 1, ...dotted];
  const other = /^(\d{1,5}):((?:[0-9a-f]{2})*)$/.exec(text);
  const colons = ipv6Octets(text);
  if (colons !== undefined) return [0, 2, ...colons];
  if (/^\d{1,64}$/.test(text)) return [0, 8, ...[...text].map((digit) => digit.charCodeAt(0))];
  if (other === null) return undefined;
  const family = Number(other[1]);
  if (family > 0xffff || family === 1 || family === 2 || family === 8) return undefined;
  return [family >> 8, family & 255, ...(other[2]?.match(/../g) ?? []).map((octet) => Number.parseInt(octet, 16))];
}
