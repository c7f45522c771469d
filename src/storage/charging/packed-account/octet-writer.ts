/** Writes numbers, amounts and texts as octets. What it has no form for it throws `NOT_PACKABLE`. */
import { words } from './words.ts';

export const NOT_PACKABLE = Symbol('something that a packed account has no form for');

/** How a text begins: its length as far as that is short, or one of these, or 128 and more for a word. */
export const texts = { short: 119, long: 120, own: 121, repeated: 122, nothing: 123, word: 128 } as const;

const MOST_BYTES = 65_536;
/** Of a single number or the head of a text. */
const MOST_OF_ONE = 16;
const LAST = MOST_BYTES - MOST_OF_ONE;
const MOST_LONG = 0xffff;

export class OctetWriter {
  readonly #bytes = Buffer.allocUnsafeSlow(MOST_BYTES);
  readonly #view = new DataView(this.#bytes.buffer);
  readonly #words = new Map<string, number>(words.map((word, index) => [word, texts.word + index]));
  #at = 0;
  #own = '';
  #repeated = '';

  /** `own`: a text that is said in many places. */
  start(own: string): void {
    this.#at = 0;
    this.#own = own;
    this.#repeated = own;
  }

  /** An octet for each character. */
  finish(): string {
    return this.#bytes.toString('latin1', 0, this.#at);
  }

  octet(value: number): void {
    if (this.#at > LAST) throw NOT_PACKABLE;
    this.#bytes[this.#at] = value;
    this.#at += 1;
  }

  /** A whole number that is mostly small, none below nothing. */
  count(value: number): void {
    if (this.#at > LAST || !Number.isSafeInteger(value) || value < 0) throw NOT_PACKABLE;
    const bytes = this.#bytes;
    let at = this.#at;
    let left = value;
    while (left > 127) {
      bytes[at] = 128 | (left % 128);
      at += 1;
      left = Math.floor(left / 128);
    }
    bytes[at] = left;
    this.#at = at + 1;
  }

  /** Any number. */
  instant(value: number): void {
    if (this.#at > LAST) throw NOT_PACKABLE;
    this.#view.setFloat64(this.#at, value);
    this.#at += 8;
  }

  amount(value: bigint): void {
    if (this.#at > LAST || BigInt.asIntN(64, value) !== value) throw NOT_PACKABLE;
    if (value === 0n) {
      this.#bytes[this.#at] = 0;
      this.#at += 1;
      return;
    }
    this.#bytes[this.#at] = 1;
    this.#view.setBigInt64(this.#at + 1, value);
    this.#at += 9;
  }

  /** A text that many have; undefined: there is none. */
  name(text: string | undefined): void {
    const tag = text === undefined ? texts.nothing : this.#words.get(text);
    if (tag === undefined)
      this.#plain(text as string); // undefined has a tag
    else this.octet(tag);
  }

  /** A text that is often the one given to `start`. */
  text(text: string): void {
    if (text === this.#own) this.octet(texts.own);
    else this.#plain(text);
  }

  /** A text that is often the last one written here. */
  repeated(text: string): void {
    if (text === this.#repeated) {
      this.octet(texts.repeated);
      return;
    }
    this.#plain(text);
    this.#repeated = text;
  }

  #plain(text: string): void {
    const { length } = text;
    const bytes = this.#bytes;
    let at = this.#at;
    if (at + length > LAST || length > MOST_LONG) throw NOT_PACKABLE;
    if (length <= texts.short) {
      bytes[at] = length;
      at += 1;
    } else {
      bytes[at] = texts.long;
      this.#view.setUint16(at + 1, length);
      at += 3;
    }
    for (let index = 0; index < length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit > 0xff) throw NOT_PACKABLE;
      bytes[at + index] = unit;
    }
    this.#at = at + length;
  }
}
