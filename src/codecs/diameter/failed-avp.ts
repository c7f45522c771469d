/** What an answer's Failed-AVP has for a fault (RFC 6733 §7.1.5, §7.5). */
import { AvpCursor, MANDATORY, VENDOR } from './avp-cursor.ts';
import type { Dictionary } from './dictionary.ts';
import type { DiameterFault } from './results.ts';
import { leastBytes } from './values.ts';

/** An AVP that is quoted is cut to this: an answer stays an answer. */
export const MOST_QUOTED_BYTES = 4096;

/**
 * The data of the Failed-AVP: the offending AVP within the groups that lead to it, alone in each. For a length that cannot
 * be, its header with as many zeros as its type has at least; for a missing AVP, an example with zeros. Undefined for a
 * fault of the header.
 */
export function failedAvp(dictionary: Dictionary, message: Uint8Array, fault: DiameterFault): Uint8Array | undefined {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const chain = [...fault.chain];
  let inner: Uint8Array;
  if (fault.missing !== undefined) inner = zeroAvp(fault.missing.code, fault.missing.vendor, MANDATORY, fault.missing.zeros);
  else {
    const at = chain.pop();
    if (at === undefined) return undefined;
    inner = fault.error === 'DIAMETER_INVALID_AVP_LENGTH' ? broken(dictionary, view, at) : quoted(view, at);
  }
  for (const at of chain.reverse()) inner = within(view, at, inner);
  return inner;
}

function quoted(view: DataView, at: number): Uint8Array {
  const cursor = new AvpCursor(view).enter(at, view.byteLength);
  if (!cursor.next()) return zeroAvp(cursor.code, cursor.vendor, cursor.flags, 0);
  const bytes = Math.min(cursor.to - cursor.from, MOST_QUOTED_BYTES);
  const avp = zeroAvp(cursor.code, cursor.vendor, cursor.flags, bytes);
  avp.set(new Uint8Array(view.buffer, view.byteOffset + cursor.from, bytes), cursor.vendor === 0 && (cursor.flags & VENDOR) === 0 ? 8 : 12);
  return avp;
}

/** The header as it came, filled with zeros where it was cut. */
function broken(dictionary: Dictionary, view: DataView, at: number): Uint8Array {
  const octet = (index: number): number => (at + index < view.byteLength ? view.getUint8(at + index) : 0);
  const word = (index: number): number =>
    ((octet(index) << 24) | (octet(index + 1) << 16) | (octet(index + 2) << 8) | octet(index + 3)) >>> 0;
  const flags = octet(4);
  const vendor = (flags & VENDOR) === 0 ? 0 : word(8);
  const type = dictionary.avp(word(0), vendor)?.type;
  return zeroAvp(word(0), vendor, flags, type === undefined ? 0 : leastBytes(type));
}

function within(view: DataView, at: number, inner: Uint8Array): Uint8Array {
  const cursor = new AvpCursor(view).enter(at, view.byteLength);
  cursor.next();
  const group = zeroAvp(cursor.code, cursor.vendor, cursor.flags, inner.length);
  group.set(inner, group.length - inner.length);
  return group;
}

/** With padding. */
function zeroAvp(code: number, vendor: number, flags: number, bytes: number): Uint8Array {
  const withVendor = vendor !== 0 || (flags & VENDOR) !== 0;
  const length = (withVendor ? 12 : 8) + bytes;
  const avp = new Uint8Array((length + 3) & ~3);
  const view = new DataView(avp.buffer);
  view.setUint32(0, code);
  view.setUint32(4, length);
  view.setUint8(4, withVendor ? flags | VENDOR : flags);
  if (withVendor) view.setUint32(8, vendor);
  return avp;
}
