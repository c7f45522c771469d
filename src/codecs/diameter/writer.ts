/**
 * Writes messages into one buffer that grows and is used again. No object is made for an AVP: its definition and value go
 * in, octets come out. A message of more than 2^24 octets is a RangeError, as it is the program's own mistake.
 */
import { MANDATORY, VENDOR } from './avp-cursor.ts';
import type { AvpDefinition } from './dictionary.ts';
import { HEADER_BYTES, MOST_MESSAGE_BYTES, VERSION } from './header.ts';

export class MessageWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #at = 0;
  /** Where the groups begin that are open, and how many are: an array that is emptied loses its room. */
  readonly #open: number[] = [];
  #depth = 0;

  constructor(bytes = 1024) {
    this.#bytes = new Uint8Array(bytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Begins a message; what was in the buffer is gone. */
  start(flags: number, command: number, application: number, hopByHop: number, endToEnd: number): this {
    this.#at = 0;
    this.#depth = 0;
    this.#room(HEADER_BYTES);
    const view = this.#view;
    view.setUint32(0, VERSION << 24);
    view.setUint32(4, ((flags << 24) | command) >>> 0);
    view.setUint32(8, application);
    view.setUint32(12, hopByHop);
    view.setUint32(16, endToEnd);
    this.#at = HEADER_BYTES;
    return this;
  }

  /** The message: a view, good until the next `start`. */
  finish(): Uint8Array {
    while (this.#depth > 0) this.close();
    if (this.#at > MOST_MESSAGE_BYTES) throw new RangeError('a message has at most 2^24 octets');
    this.#view.setUint32(0, ((VERSION << 24) | this.#at) >>> 0);
    return this.#bytes.subarray(0, this.#at);
  }

  /** Begins a group; its members follow until `close`. */
  open(avp: AvpDefinition): this {
    const at = this.#at;
    this.#header(avp, 0);
    this.#open[this.#depth] = at;
    this.#depth += 1;
    return this;
  }

  close(): this {
    const at = this.#open[this.#depth - 1];
    if (at === undefined) throw new RangeError('no group is open');
    this.#depth -= 1;
    this.#view.setUint32(at + 4, ((this.#view.getUint8(at + 4) << 24) | (this.#at - at)) >>> 0);
    return this;
  }

  /** Also Time, in seconds since 1900. */
  unsigned32(avp: AvpDefinition, value: number): this {
    this.#header(avp, 4);
    this.#view.setUint32(this.#at, value);
    this.#at += 4;
    return this;
  }

  /** Also Enumerated. */
  integer32(avp: AvpDefinition, value: number): this {
    this.#header(avp, 4);
    this.#view.setInt32(this.#at, value);
    this.#at += 4;
    return this;
  }

  unsigned64(avp: AvpDefinition, value: bigint): this {
    this.#header(avp, 8);
    this.#view.setBigUint64(this.#at, value);
    this.#at += 8;
    return this;
  }

  integer64(avp: AvpDefinition, value: bigint): this {
    this.#header(avp, 8);
    this.#view.setBigInt64(this.#at, value);
    this.#at += 8;
    return this;
  }

  float32(avp: AvpDefinition, value: number): this {
    this.#header(avp, 4);
    this.#view.setFloat32(this.#at, value);
    this.#at += 4;
    return this;
  }

  float64(avp: AvpDefinition, value: number): this {
    this.#header(avp, 8);
    this.#view.setFloat64(this.#at, value);
    this.#at += 8;
    return this;
  }

  octets(avp: AvpDefinition, value: Uint8Array | readonly number[]): this {
    this.#header(avp, value.length);
    this.#bytes.set(value, this.#at);
    this.#pad(value.length);
    return this;
  }

  /** In UTF-8; half a surrogate pair becomes U+FFFD. */
  text(avp: AvpDefinition, value: string): this {
    const start = this.#at;
    this.#header(avp, value.length * 3);
    const from = this.#at;
    const bytes = this.#bytes;
    let at = from;
    for (let index = 0; index < value.length; index += 1) {
      let point = value.charCodeAt(index);
      if (point < 0x80) {
        bytes[at++] = point;
        continue;
      }
      if (point >= 0xd800 && point < 0xe000) {
        point = value.codePointAt(index) ?? 0xfffd;
        if (point > 0xffff) index += 1;
        else point = 0xfffd;
      }
      if (point < 0x800) bytes[at++] = 0xc0 | (point >> 6);
      else {
        if (point < 0x1_0000) bytes[at++] = 0xe0 | (point >> 12);
        else {
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 63);
        }
        bytes[at++] = 0x80 | ((point >> 6) & 63);
      }
      bytes[at++] = 0x80 | (point & 63);
    }
    this.#view.setUint32(start + 4, ((this.#view.getUint8(start + 4) << 24) | (at - start)) >>> 0);
    this.#pad(at - from);
    return this;
  }

  /** An AVP as it stands, header and padding: Proxy-Info and Failed-AVP are copied so. */
  raw(avp: Uint8Array): this {
    this.#room(avp.length + 3);
    this.#bytes.set(avp, this.#at);
    this.#pad(avp.length);
    return this;
  }

  #header({ code, vendor, mandatory }: AvpDefinition, bytes: number): void {
    const header = vendor === 0 ? 8 : 12;
    this.#room(header + bytes + 3);
    const flags = (mandatory === 'must' ? MANDATORY : 0) | (vendor === 0 ? 0 : VENDOR);
    this.#view.setUint32(this.#at, code);
    this.#view.setUint32(this.#at + 4, ((flags << 24) | (header + bytes)) >>> 0);
    if (vendor !== 0) this.#view.setUint32(this.#at + 8, vendor);
    this.#at += header;
  }

  #pad(bytes: number): void {
    this.#at += bytes;
    while ((this.#at & 3) !== 0) this.#bytes[this.#at++] = 0;
  }

  #room(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#bytes.length) return;
    // A text is given three octets a character until it is written, so the buffer may be a little larger than a message.
    if (this.#at > MOST_MESSAGE_BYTES || needed > MOST_MESSAGE_BYTES * 4) throw new RangeError('a message has at most 2^24 octets');
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
