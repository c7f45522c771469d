/** Frames of a capture: pcap (microseconds and nanoseconds) and pcapng, in both byte orders. */
export interface Frame {
  /** LINKTYPE of the interface: 1 is Ethernet. */
  readonly link: number;
  readonly data: Uint8Array;
}

/** Undefined when the octets are no capture. Stops at the first block that cannot be. */
export function readCapture(bytes: Uint8Array): Generator<Frame, void, undefined> | undefined {
  if (bytes.length < 24) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) === 0x0a0d_0d0a) return pcapng(bytes, view);
  for (const little of [true, false]) {
    const magic = view.getUint32(0, little);
    if (magic === 0xa1b2_c3d4 || magic === 0xa1b2_3c4d) return pcap(bytes, view, little);
  }
  return undefined;
}

function* pcap(bytes: Uint8Array, view: DataView, little: boolean): Generator<Frame, void, undefined> {
  const link = view.getUint32(20, little) & 0xffff;
  for (let at = 24; at + 16 <= bytes.length; ) {
    const captured = view.getUint32(at + 8, little);
    const from = at + 16;
    if (from + captured > bytes.length) return;
    yield { link, data: bytes.subarray(from, from + captured) };
    at = from + captured;
  }
}

const SECTION = 0x0a0d_0d0a;
const INTERFACE = 1;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

function* pcapng(bytes: Uint8Array, view: DataView): Generator<Frame, void, undefined> {
  let little = true;
  let links: number[] = [];
  for (let at = 0; at + 12 <= bytes.length; ) {
    const type = view.getUint32(at, little);
    if (type === SECTION) {
      little = view.getUint32(at + 8, true) === 0x1a2b_3c4d;
      links = [];
    }
    const length = view.getUint32(at + 4, little);
    const end = at + length;
    if (length < 12 || length % 4 !== 0 || end > bytes.length) return;
    if (type === INTERFACE && length >= 20) links.push(view.getUint16(at + 8, little));
    if (type === ENHANCED_PACKET && length >= 32) {
      const link = links[view.getUint32(at + 8, little)];
      const captured = view.getUint32(at + 20, little);
      if (link !== undefined && at + 28 + captured <= end - 4) yield { link, data: bytes.subarray(at + 28, at + 28 + captured) };
    }
    const link = links[0];
    if (type === SIMPLE_PACKET && length >= 16 && link !== undefined) {
      const captured = Math.min(view.getUint32(at + 8, little), length - 16);
      yield { link, data: bytes.subarray(at + 12, at + 12 + captured) };
    }
    at = end;
  }
}
