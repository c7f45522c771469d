/**
 * Tags and lengths of BER (ITU-T X.690 §8.1) over bytes that are the characters of a text (Latin-1). Only positions are
 * kept. What an element says of its length is never believed beyond `end`, and nothing is set aside for it.
 */
export const MOST_NESTING = 64;
const INDEFINITE = 0x80;
/** 3 octets of 7 bits. */
const MOST_TAG_OCTETS = 3;

export type TlvFault = 'cut' | 'tag' | 'length' | 'nesting';

export class Tlv {
  /** 4 × number + class, as in core/usage/ber-schema. */
  tag = 0;
  constructed = false;
  /** The content. */
  from = 0;
  to = 0;
  /** Behind the element. */
  next = 0;
  /** Why `read` failed: `cut` when more bytes may help. */
  fault: TlvFault = 'cut';

  /** Reads the element at `at`, which ends before `end`. False: it does not. */
  read(text: string, at: number, end: number): boolean {
    if (!this.header(text, at, end)) return false;
    if (this.to >= 0) {
      if (this.to <= end) return true;
      this.fault = 'cut';
      return false;
    }
    const close = this.#closing(text, this.from, end);
    if (close < 0) return false;
    this.to = close;
    this.next = close + 2;
    return true;
  }

  /** Reads tag and length alone; `to` and `next` are where the content would end, −1 for the indefinite form. */
  header(text: string, at: number, end: number): boolean {
    if (at >= end) return this.#fail('cut');
    const first = text.charCodeAt(at);
    let number = first & 31;
    let position = at + 1;
    if (number === 31) {
      number = 0;
      const last = position + MOST_TAG_OCTETS;
      for (;;) {
        if (position >= end) return this.#fail('cut');
        if (position >= last) return this.#fail('tag');
        const octet = text.charCodeAt(position);
        position += 1;
        number = number * 128 + (octet & 127);
        if (octet < 128) break;
      }
    }
    if (position >= end) return this.#fail('cut');
    const length = text.charCodeAt(position);
    position += 1;
    this.tag = number * 4 + (first >> 6);
    this.constructed = (first & 32) !== 0;
    if (length < INDEFINITE) {
      this.from = position;
      this.to = position + length;
      this.next = this.to;
      return true;
    }
    return this.#longLength(text, position, end, length - INDEFINITE);
  }

  #longLength(text: string, at: number, end: number, octets: number): boolean {
    if (octets === 0) {
      if (!this.constructed) return this.#fail('length');
      this.from = at;
      this.to = -1;
      this.next = -1;
      return true;
    }
    if (octets === 127) return this.#fail('length');
    let length = 0;
    for (let index = 0; index < octets; index++) {
      if (at + index >= end) return this.#fail('cut');
      length = length * 256 + text.charCodeAt(at + index);
      if (length > 0xffffffff) return this.#fail('length');
    }
    this.from = at + octets;
    this.to = this.from + length;
    this.next = this.to;
    return true;
  }

  /** Where the end-of-contents octets of an indefinite element stand; −1 when they do not. Loops, and never recurses. */
  #closing(text: string, from: number, end: number): number {
    const tag = this.tag;
    let open = 1;
    let at = from;
    for (;;) {
      if (at + 1 < end && text.charCodeAt(at) === 0 && text.charCodeAt(at + 1) === 0) {
        open -= 1;
        if (open === 0) break;
        at += 2;
        continue;
      }
      if (!this.header(text, at, end)) return -1;
      if (this.to < 0) {
        open += 1;
        if (open > MOST_NESTING) return this.#failing('nesting');
        at = this.from;
      } else {
        if (this.to > end) return this.#failing('cut');
        at = this.to;
      }
    }
    this.tag = tag;
    this.constructed = true;
    this.from = from;
    return at;
  }

  #fail(fault: TlvFault): false {
    this.fault = fault;
    return false;
  }

  #failing(fault: TlvFault): -1 {
    this.fault = fault;
    return -1;
  }
}

export const tlvFaults: Readonly<Record<TlvFault, string>> = {
  cut: 'its length goes beyond what it stands in',
  tag: 'its tag has more than 3 octets',
  length: 'its length is not one of BER',
  nesting: `it is nested more than ${MOST_NESTING} deep`,
};

/** `[22]`, `[APPLICATION 5]`, `[UNIVERSAL 16]`. */
export function tagText(tag: number): string {
  const tagClass = ['UNIVERSAL ', 'APPLICATION ', '', 'PRIVATE '][tag & 3] ?? '';
  return `[${tagClass}${Math.floor(tag / 4)}]`;
}
