/** From a frame to what TCP or SCTP carries: link layer, VLAN tags, IPv4, IPv6 with its extension headers. */
import { hexOf } from '../octet-texts.ts';
import type { Frame } from './capture-file.ts';

export interface Packet {
  readonly protocol: 'tcp' | 'sctp';
  /** As hexadecimal digits. */
  readonly source: string;
  readonly destination: string;
  /** From the header of TCP or SCTP on. */
  readonly view: DataView;
}

const TCP = 6;
const SCTP = 132;

/** Undefined for anything else, for fragments and for what is cut. */
export function readPacket({ link, data }: Frame): Packet | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const at = networkOffset(link, view);
  if (at === undefined || at >= view.byteLength) return undefined;
  const version = view.getUint8(at) >> 4;
  if (version === 4) return ipv4(view, at);
  return version === 6 ? ipv6(view, at) : undefined;
}

function networkOffset(link: number, view: DataView): number | undefined {
  switch (link) {
    case 1: // Ethernet
      return behindTags(view, 12);
    case 0: // BSD loopback
    case 108:
      return 4;
    case 12: // raw IP, as different systems number it
    case 14:
    case 101:
    case 228:
    case 229:
      return 0;
    case 113: // Linux cooked
      return behindTags(view, 14);
    case 276: // Linux cooked, version 2
      return 20;
    default:
      return undefined;
  }
}

/** Behind the EtherType at `at` and the VLAN tags that stand there. */
function behindTags(view: DataView, at: number): number | undefined {
  for (let position = at; position + 2 <= view.byteLength; position += 4) {
    const type = view.getUint16(position);
    if (type === 0x0800 || type === 0x86dd) return position + 2;
    if (type !== 0x8100 && type !== 0x88a8) return undefined;
  }
  return undefined;
}

function ipv4(view: DataView, at: number): Packet | undefined {
  if (at + 20 > view.byteLength) return undefined;
  const header = (view.getUint8(at) & 15) * 4;
  const total = view.getUint16(at + 2);
  // Segmentation offload leaves a total of 0: then all that was captured counts. What is behind is padding of the frame.
  const end = total === 0 ? view.byteLength : Math.min(at + total, view.byteLength);
  const fragment = (view.getUint16(at + 6) & 0x3fff) !== 0;
  if (header < 20 || fragment) return undefined;
  return packet(view.getUint8(at + 9), view, hexOf(view, at + 12, at + 16), hexOf(view, at + 16, at + 20), at + header, end);
}

const EXTENSIONS = new Set([0, 43, 60]);

function ipv6(view: DataView, at: number): Packet | undefined {
  if (at + 40 > view.byteLength) return undefined;
  const payload = view.getUint16(at + 4);
  const end = payload === 0 ? view.byteLength : Math.min(at + 40 + payload, view.byteLength);
  let next = view.getUint8(at + 6);
  let from = at + 40;
  while (EXTENSIONS.has(next)) {
    if (from + 8 > end) return undefined;
    next = view.getUint8(from);
    from += (view.getUint8(from + 1) + 1) * 8;
  }
  return packet(next, view, hexOf(view, at + 8, at + 24), hexOf(view, at + 24, at + 40), from, end);
}

function packet(protocol: number, view: DataView, source: string, destination: string, from: number, end: number): Packet | undefined {
  if ((protocol !== TCP && protocol !== SCTP) || from + 12 > end) return undefined;
  return {
    protocol: protocol === TCP ? 'tcp' : 'sctp',
    source,
    destination,
    view: new DataView(view.buffer, view.byteOffset + from, end - from),
  };
}
