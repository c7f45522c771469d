/**
 * Walks AVPs by their offsets (RFC 6733 §4). Nothing is copied and nothing set aside: what an AVP says of its length is
 * never believed beyond the end of what it stands in, and each step goes at least 8 octets on.
 */
export const VENDOR = 0x80;
export const MANDATORY = 0x40;
export const PROTECTED = 0x20;
export const RESERVED_AVP_BITS = 0x1f;

export type AvpFault =
  /** Fewer octets left than the header has. */
  | 'cut-header'
  /** The length is shorter than the header. */
  | 'short'
  /** The length goes beyond the end. */
  | 'beyond';

export class AvpCursor {
  view: DataView;
  /** Offset of the AVP's header. */
  at = 0;
  code = 0;
  flags = 0;
  /** 0: none. */
  vendor = 0;
  /** As the AVP says it: header and data, without padding. */
  length = 0;
  /** The data. */
  from = 0;
  to = 0;
  /** Why `next` stopped before the end. */
  fault: AvpFault | undefined = undefined;
  #next = 0;
  #end = 0;
  #inner: AvpCursor | undefined = undefined;

  constructor(view: DataView) {
    this.view = view;
  }

  /** Sets the cursor in front of the AVPs between two offsets. */
  enter(from: number, end: number): this {
    this.#next = from;
    this.#end = Math.min(end, this.view.byteLength);
    this.fault = undefined;
    return this;
  }

  /** In front of the AVPs of another message, from an offset on. */
  begin(view: DataView, from: number): this {
    this.view = view;
    return this.enter(from, view.byteLength);
  }

  /** In front of the AVPs within the one that it stands at. It is the same cursor each time: what is read by the thousand makes none. */
  inside(): AvpCursor {
    this.#inner ??= new AvpCursor(this.view);
    this.#inner.view = this.view;
    return this.#inner.enter(this.from, this.to);
  }

  /** Whether nothing is left. */
  get isAtEnd(): boolean {
    return this.#next >= this.#end;
  }

  /** The next AVP; false at the end or at a fault. */
  next(): boolean {
    const at = this.#next;
    const end = this.#end;
    if (at >= end || this.fault !== undefined) return false;
    this.at = at;
    if (at + 8 > end) return this.#fail('cut-header', at, end);
    const second = this.view.getUint32(at + 4);
    this.code = this.view.getUint32(at);
    this.flags = second >>> 24;
    this.length = second & 0xff_ffff;
    let from = at + 8;
    this.vendor = 0;
    if ((this.flags & VENDOR) !== 0) {
      from += 4;
      if (from > end) return this.#fail('cut-header', at, end);
      this.vendor = this.view.getUint32(at + 8);
    }
    const to = at + this.length;
    if (to < from) return this.#fail('short', from, end);
    if (to > end) return this.#fail('beyond', from, end);
    this.from = from;
    this.to = to;
    this.#next = (to + 3) & ~3;
    return true;
  }

  #fail(fault: AvpFault, from: number, to: number): false {
    this.fault = fault;
    this.from = from;
    this.to = to;
    return false;
  }
}
