/**
 * Writes JSON octet by octet: no text, list or object is made on the way to the one text that comes out. What it writes is what `JSON.stringify` would, and numbers are whole ones mostly.
 */

const FIRST_BYTES = 65_536;
/** Of a number. */
const MOST_OF_NUMBER = 32;
const [QUOTE, MINUS, ZERO] = [0x22, 0x2d, 0x30];
/** Whole numbers below it have digits of ours. */
const MOST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const TEN_TO_8 = 100_000_000;

export class JsonWriter {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #at = 0;
  #isAscii = true;

  start(): void {
    this.#at = 0;
    this.#isAscii = true;
  }

  finish(): string {
    return this.#bytes.toString(this.#isAscii ? 'latin1' : 'utf8', 0, this.#at);
  }

  /** As it stands: punctuation and names of ours, in ASCII. */
  raw(text: string): void {
    const { length } = text;
    this.#room(length);
    const bytes = this.#bytes;
    const at = this.#at;
    for (let index = 0; index < length; index += 1) bytes[at + index] = text.charCodeAt(index);
    this.#at = at + length;
  }

  /** In quotes. */
  text(text: string): void {
    const { length } = text;
    this.#room(length + 2);
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at] = QUOTE;
    at += 1;
    for (let index = 0; index < length; index += 1) {
      const unit = text.charCodeAt(index);
      if (PLAIN[unit] !== 1) {
        this.#odd(text);
        return;
      }
      bytes[at + index] = unit;
    }
    bytes[at + length] = QUOTE;
    this.#at = at + length + 1;
  }

  number(value: number): void {
    if (!Number.isSafeInteger(value)) {
      this.raw(Number.isFinite(value) ? `${value}` : 'null');
      return;
    }
    this.#room(MOST_OF_NUMBER);
    if (value < 0) {
      this.#bytes[this.#at] = MINUS;
      this.#at += 1;
    }
    this.#whole(Math.abs(value));
  }

  digits(value: bigint): void {
    if (value <= MOST_SAFE && value >= -MOST_SAFE) this.number(Number(value));
    else this.raw(`${value}`);
  }

  /** In halves that 31 bits hold: those are quicker. */
  #whole(value: number): void {
    if (value < TEN_TO_8) {
      this.#half(value, lengthOf(value));
      return;
    }
    const high = Math.floor(value / TEN_TO_8);
    if (high < TEN_TO_8) this.#half(high, lengthOf(high));
    else this.#whole(high);
    this.#half(value - high * TEN_TO_8, 8);
  }

  #half(value: number, length: number): void {
    const bytes = this.#bytes;
    let left = value | 0;
    for (let at = this.#at + length - 1; at >= this.#at; at -= 1) {
      const rest = (left / 10) | 0;
      bytes[at] = ZERO + left - rest * 10;
      left = rest;
    }
    this.#at += length;
  }

  /** With what is escaped, or no ASCII. */
  #odd(text: string): void {
    const escaped = JSON.stringify(text);
    this.#room(3 * escaped.length); // octets of UTF-8 at most for each UTF-16 unit
    this.#at += this.#bytes.write(escaped, this.#at, 'utf8');
    this.#isAscii = false;
  }

  #room(octets: number): void {
    if (this.#at + octets <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#at + octets));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** Stands in a text as it is. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, unit) => (unit < 0x20 || unit > 0x7e || unit === QUOTE || unit === 0x5c ? 0 : 1));

function lengthOf(value: number): number {
  let length = 1;
  for (let most = 10; value >= most; most *= 10) length += 1;
  return length;
}
