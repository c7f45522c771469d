/** The 20 octets in front of every message (RFC 6733 §3). */
export const HEADER_BYTES = 20;
export const VERSION = 1;
/** What 24 bits can say. */
export const MOST_MESSAGE_BYTES = 0xff_ffff;

export const REQUEST = 0x80;
export const PROXIABLE = 0x40;
export const ERROR = 0x20;
export const RETRANSMITTED = 0x10;
export const RESERVED_HEADER_BITS = 0x0f;

export interface Header {
  readonly version: number;
  /** Octets of the whole message. */
  readonly length: number;
  readonly flags: number;
  readonly command: number;
  readonly application: number;
  readonly hopByHop: number;
  readonly endToEnd: number;
}

/** The header at `at`; undefined when fewer than 20 octets are there. Nothing in it is believed yet. */
export function readHeader(view: DataView, at: number): Header | undefined {
  if (at + HEADER_BYTES > view.byteLength) return undefined;
  const first = view.getUint32(at);
  const second = view.getUint32(at + 4);
  return {
    version: first >>> 24,
    length: first & 0xff_ffff,
    flags: second >>> 24,
    command: second & 0xff_ffff,
    application: view.getUint32(at + 8),
    hopByHop: view.getUint32(at + 12),
    endToEnd: view.getUint32(at + 16),
  };
}

/** `R P E T` of those set, `-` for none. */
export function headerFlagsText(flags: number): string {
  const set = [
    (flags & REQUEST) !== 0 ? 'R' : '',
    (flags & PROXIABLE) !== 0 ? 'P' : '',
    (flags & ERROR) !== 0 ? 'E' : '',
    (flags & RETRANSMITTED) !== 0 ? 'T' : '',
  ].join('');
  return set === '' ? '-' : set;
}
