/**
 * Reads JSON of ASCII that is written in one way: no white space, no escapes, members in their order. At anything else it throws
 * `NOT_AS_WRITTEN`, and the text is to be read by `JSON.parse`.
 */
export const NOT_AS_WRITTEN = Symbol('a text that was not written by us, or by another release');

const MOST_BYTES = 65_536;
const TWO_TO_32 = 4_294_967_296;
/** Of a number that is a safe integer whatever its digits. */
const SAFE_DIGITS = 15;
const NAMES = 4_096;
/** Longer texts are made each time: some are of peers, and must not be kept at any length. */
const MOST_OF_NAME = 100;

const [QUOTE, COMMA, MINUS, ZERO, NINE, COLON] = [0x22, 0x2c, 0x2d, 0x30, 0x39, 0x3a];
const [OPEN, CLOSE, BEGIN, END, BACKSLASH] = [0x5b, 0x5d, 0x7b, 0x7d, 0x5c];
const [NULL, TRUE, FALSE] = [ascii('null'), ascii('true'), ascii('false')];

/** Octets that are looked for again and again. */
export function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

export class AsciiReader {
  readonly #bytes = Buffer.allocUnsafeSlow(MOST_BYTES);
  readonly #halves = new DataView(new ArrayBuffer(8));
  /** Texts that many have, by their octets: the newest of those that fall in one place. */
  readonly #names: (string | undefined)[] = new Array<string | undefined>(NAMES).fill(undefined);
  #at = 0;
  #length = 0;
  #repeated = '';

  /** False: it is not ASCII, or too long. `repeated`: what `repeated` expects first. */
  start(text: string, repeated: string): boolean {
    if (text.length >= MOST_BYTES) return false;
    this.#repeated = repeated;
    this.#at = 0;
    this.#length = text.length;
    // Every other character is more octets than it is units of a text.
    const written = this.#bytes.write(text, 0, 'utf8');
    this.#bytes[text.length] = 0; // ends every loop
    return written === text.length;
  }

  finish(): void {
    if (this.#at !== this.#length) throw NOT_AS_WRITTEN;
  }

  octets(octets: Uint8Array): void {
    const bytes = this.#bytes;
    const at = this.#at;
    for (let index = 0; index < octets.length; index += 1) if (bytes[at + index] !== octets[index]) throw NOT_AS_WRITTEN;
    this.#at = at + octets.length;
  }

  open(): void {
    this.#one(OPEN);
  }

  close(): void {
    this.#one(CLOSE);
  }

  comma(): void {
    this.#one(COMMA);
  }

  colon(): void {
    this.#one(COLON);
  }

  /** Of a list just opened: whether it ends here, and then behind it. */
  isEmpty(): boolean {
    if (this.#bytes[this.#at] !== CLOSE) return false;
    this.#at += 1;
    return true;
  }

  /** Behind a member of a list: whether there is another. */
  more(): boolean {
    const octet = this.#bytes[this.#at];
    if (octet !== COMMA && octet !== CLOSE) throw NOT_AS_WRITTEN;
    this.#at += 1;
    return octet === COMMA;
  }

  /** Into an object. */
  begin(): void {
    this.#one(BEGIN);
  }

  /** Before a member of an object that was begun: whether there is none. */
  isEnd(): boolean {
    const octet = this.#bytes[this.#at];
    if (octet === END) {
      this.#at += 1;
      return true;
    }
    if (octet === COMMA && this.#bytes[this.#at - 1] !== BEGIN) this.#at += 1;
    return false;
  }

  /** Whether `null` is next, and then behind it. */
  isNothing(): boolean {
    if (this.#bytes[this.#at] !== NULL[0]) return false;
    this.octets(NULL);
    return true;
  }

  flag(): boolean {
    const isTrue = this.#bytes[this.#at] === TRUE[0];
    this.octets(isTrue ? TRUE : FALSE);
    return isTrue;
  }

  /** A text that many have. */
  name(): string {
    this.#one(QUOTE);
    const bytes = this.#bytes;
    const from = this.#at;
    let to = from;
    let hash = 0;
    for (let octet = bytes[to] as number; octet !== QUOTE; octet = bytes[to] as number) {
      if (octet < 0x20 || octet === BACKSLASH) throw NOT_AS_WRITTEN; // the end, which is a zero, too
      hash = (Math.imul(hash, 31) + octet) | 0;
      to += 1;
    }
    this.#at = to + 1;
    const place = (hash ^ (hash >>> 12)) & (NAMES - 1);
    const known = this.#names[place];
    if (known !== undefined && isThere(known, bytes, from, to)) return known;
    const text = bytes.toString('latin1', from, to);
    if (text.length <= MOST_OF_NAME) this.#names[place] = text;
    return text;
  }

  /** A text that may be `known`; then it is that. */
  own(known: string): string {
    this.#one(QUOTE);
    const bytes = this.#bytes;
    const from = this.#at;
    if (bytes[from + known.length] === QUOTE && isThere(known, bytes, from, from + known.length)) {
      this.#at = from + known.length + 1;
      return known;
    }
    let to = from;
    for (let octet = bytes[to] as number; octet !== QUOTE; octet = bytes[to] as number) {
      if (octet < 0x20 || octet === BACKSLASH) throw NOT_AS_WRITTEN;
      to += 1;
    }
    this.#at = to + 1;
    return bytes.toString('latin1', from, to);
  }

  /** A text that is often the same as the last one read here. */
  repeated(): string {
    this.#repeated = this.own(this.#repeated);
    return this.#repeated;
  }

  integer(): number {
    const isNegative = this.#bytes[this.#at] === MINUS;
    if (isNegative) this.#at += 1;
    const value = this.#digits();
    if (!Number.isSafeInteger(value)) throw NOT_AS_WRITTEN;
    return isNegative ? -value : value;
  }

  /** In quotes. */
  amount(): bigint {
    this.#one(QUOTE);
    const start = this.#at;
    const isNegative = this.#bytes[start] === MINUS;
    if (isNegative) this.#at += 1;
    const from = this.#at;
    const value = this.#digits();
    const to = this.#at;
    this.#one(QUOTE);
    if (value === 0) return 0n;
    if (to - from > SAFE_DIGITS) return BigInt(this.#bytes.toString('latin1', start, to));
    // Made of its halves: the one way to a bigint without a call.
    const halves = this.#halves;
    const signed = isNegative ? -value : value;
    const high = Math.floor(signed / TWO_TO_32);
    halves.setInt32(0, high);
    halves.setUint32(4, signed - high * TWO_TO_32);
    return halves.getBigInt64(0);
  }

  /** At least one. In whole numbers of 31 bits as far as they go: those are quicker. */
  #digits(): number {
    const bytes = this.#bytes;
    const from = this.#at;
    const near = from + 9;
    let at = from;
    let first = 0;
    let octet = bytes[at] as number;
    while (octet >= ZERO && octet <= NINE && at < near) {
      first = (first * 10 + (octet - ZERO)) | 0;
      at += 1;
      octet = bytes[at] as number;
    }
    let value = first;
    while (octet >= ZERO && octet <= NINE) {
      value = value * 10 + (octet - ZERO);
      at += 1;
      octet = bytes[at] as number;
    }
    if (at === from) throw NOT_AS_WRITTEN;
    this.#at = at;
    return value;
  }

  #one(octet: number): void {
    if (this.#bytes[this.#at] !== octet) throw NOT_AS_WRITTEN;
    this.#at += 1;
  }
}

function isThere(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) !== bytes[from + index]) return false;
  return true;
}
