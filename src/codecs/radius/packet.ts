/** Octets to packets (RFC 2865 §3, §5): every length is held to what it stands in. Nothing is copied. */

export const packetCodes = {
  accessRequest: 1,
  accessAccept: 2,
  accessReject: 3,
  accountingRequest: 4,
  accountingResponse: 5,
  accessChallenge: 11,
  statusServer: 12,
  disconnectRequest: 40,
  disconnectAck: 41,
  disconnectNak: 42,
  coaRequest: 43,
  coaAck: 44,
  coaNak: 45,
} as const;

const names: ReadonlyMap<number, string> = new Map([
  [1, 'Access-Request'],
  [2, 'Access-Accept'],
  [3, 'Access-Reject'],
  [4, 'Accounting-Request'],
  [5, 'Accounting-Response'],
  [11, 'Access-Challenge'],
  [12, 'Status-Server'],
  [40, 'Disconnect-Request'],
  [41, 'Disconnect-ACK'],
  [42, 'Disconnect-NAK'],
  [43, 'CoA-Request'],
  [44, 'CoA-ACK'],
  [45, 'CoA-NAK'],
]);

/** `Access-Request`; undefined for a code that is not used here. */
export function packetName(code: number): string | undefined {
  return names.get(code);
}

export const HEADER_OCTETS = 20;
export const MOST_OCTETS = 4_096;
export const AUTHENTICATOR_AT = 4;
export const VENDOR_SPECIFIC = 26;
export const MESSAGE_AUTHENTICATOR = 80;
/** A vendor's attribute whose inside does not follow RFC 2865 §5.26: its octets as they are, under this code. */
export const UNDIVIDED = -1;

export interface Attribute {
  /** 0: a standard attribute. */
  readonly vendor: number;
  readonly code: number;
  /** Its value lies in [from, to) of the packet. */
  readonly from: number;
  readonly to: number;
}

export interface RadiusPacket {
  readonly code: number;
  readonly identifier: number;
  /** As long as the packet says; padding behind it is left out. */
  readonly view: DataView;
  readonly attributes: readonly Attribute[];
}

export interface PacketFault {
  readonly kind: 'too-short' | 'too-long' | 'length-wrong' | 'attribute-wrong';
  /** Octet of the packet. */
  readonly offset: number;
  readonly message: string;
}

export type ReadPacket = { readonly ok: true; readonly packet: RadiusPacket } | { readonly ok: false; readonly fault: PacketFault };

/** Octets beyond the packet's length are padding (RFC 2865 §3); a packet that is cut off, or an attribute that is, is a fault. */
export function readPacket(octets: Uint8Array): ReadPacket {
  if (octets.length < HEADER_OCTETS) return fault('too-short', octets.length, `${octets.length} octets are no header of ${HEADER_OCTETS}`);
  const whole = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const length = whole.getUint16(2);
  if (length < HEADER_OCTETS) return fault('length-wrong', 2, `the packet says it has ${length} octets`);
  if (length > MOST_OCTETS) return fault('too-long', 2, `the packet says it has ${length} octets, more than ${MOST_OCTETS}`);
  if (length > octets.length) return fault('length-wrong', 2, `the packet says it has ${length} octets, and ${octets.length} are there`);
  const view = new DataView(octets.buffer, octets.byteOffset, length);
  const attributes: Attribute[] = [];
  for (let at = HEADER_OCTETS; at < length; ) {
    const size = at + 1 < length ? view.getUint8(at + 1) : 0;
    if (size < 2) return fault('attribute-wrong', at, `an attribute of ${size} octets`);
    if (at + size > length) return fault('attribute-wrong', at, `an attribute of ${size} octets goes beyond the packet`);
    const code = view.getUint8(at);
    if (code === VENDOR_SPECIFIC) readVendors(view, at + 2, at + size, attributes);
    else attributes.push({ vendor: 0, code, from: at + 2, to: at + size });
    at += size;
  }
  return { ok: true, packet: { code: view.getUint8(0), identifier: view.getUint8(1), view, attributes } };
}

function fault(kind: PacketFault['kind'], offset: number, message: string): ReadPacket {
  return { ok: false, fault: { kind, offset, message } };
}

/** One or more attributes of a vendor; where their lengths do not come out, the octets are kept undivided and disturb nothing else. */
function readVendors(view: DataView, from: number, to: number, attributes: Attribute[]): void {
  if (to - from < 4) {
    attributes.push({ vendor: 0, code: VENDOR_SPECIFIC, from, to });
    return;
  }
  const vendor = view.getUint32(from);
  const before = attributes.length;
  for (let at = from + 4; at < to; ) {
    const size = at + 1 < to ? view.getUint8(at + 1) : 0;
    if (size < 2 || at + size > to) {
      attributes.length = before;
      break;
    }
    attributes.push({ vendor, code: view.getUint8(at), from: at + 2, to: at + size });
    at += size;
  }
  if (attributes.length === before) attributes.push({ vendor, code: UNDIVIDED, from: from + 4, to });
}

/** The first of its kind. */
export function attributeOf({ attributes }: RadiusPacket, code: number, vendor = 0): Attribute | undefined {
  return attributes.find((each) => each.code === code && each.vendor === vendor);
}

export function octetsOf({ view }: RadiusPacket, { from, to }: Attribute): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + from, to - from);
}
