/**
 * Which encoding a text file has. All bytes are looked at, because the one letter that is not ASCII may stand near the
 * end. Feed the file in pieces, then ask.
 *
 * A byte order mark decides. Without one: NUL bytes on one side of most pairs are UTF-16; bytes that are valid
 * UTF-8 are UTF-8; control characters that no text has are `binary`; all else is Windows-1252, of which Latin-1 is the printable part.
 */
export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncoding = (typeof textEncodings)[number];

export interface EncodingFound {
  readonly encoding: TextEncoding | 'binary';
  /** Bytes of the byte order mark, to be passed over. */
  readonly markBytes: number;
}

/** Enough pairs to tell UTF-16 from a text with a stray NUL. */
const SAMPLE_BYTES = 65_536;

export class EncodingDetector {
  readonly #start: number[] = [];
  #bytes = 0;
  #evenNuls = 0;
  #oddNuls = 0;
  #sampled = 0;
  #controls = 0;
  /** UTF-8: how many more bytes the character needs, and the range that the next may have. */
  #missing = 0;
  #least = 0x80;
  #most = 0xbf;
  #validUtf8 = true;

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && this.#start.length < 3; at += 1) this.#start.push(bytes[at] as number); // within bounds
    this.#sample(bytes);
    if (this.#validUtf8) this.#followUtf8(bytes);
    this.#bytes += bytes.length;
  }

  found(): EncodingFound {
    const [first, second, third] = this.#start;
    if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
    if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
    if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
    const pairs = this.#sampled / 2;
    if (this.#oddNuls > pairs * 0.4 && this.#evenNuls < pairs * 0.1) return { encoding: 'utf-16le', markBytes: 0 };
    if (this.#evenNuls > pairs * 0.4 && this.#oddNuls < pairs * 0.1) return { encoding: 'utf-16be', markBytes: 0 };
    if (this.#controls + this.#evenNuls + this.#oddNuls > 0) return { encoding: 'binary', markBytes: 0 };
    return { encoding: this.#validUtf8 && this.#missing === 0 ? 'utf-8' : 'windows-1252', markBytes: 0 };
  }

  #sample(bytes: Uint8Array): void {
    const end = Math.min(bytes.length, SAMPLE_BYTES - this.#sampled);
    for (let at = 0; at < end; at += 1) {
      const byte = bytes[at] as number; // within bounds
      if (byte === 0) {
        if ((this.#bytes + at) % 2 === 0) this.#evenNuls += 1;
        else this.#oddNuls += 1;
      } else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1a) {
        this.#controls += 1;
      }
    }
    this.#sampled += Math.max(0, end);
  }

  /** RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF. */
  #followUtf8(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] as number; // within bounds
      if (this.#missing > 0) {
        if (byte < this.#least || byte > this.#most) {
          this.#validUtf8 = false;
          return;
        }
        this.#missing -= 1;
        this.#least = 0x80;
        this.#most = 0xbf;
      } else if (byte >= 0x80) {
        if (byte >= 0xc2 && byte <= 0xdf) this.#missing = 1;
        else if (byte >= 0xe0 && byte <= 0xef) this.#missing = 2;
        else if (byte >= 0xf0 && byte <= 0xf4) this.#missing = 3;
        else {
          this.#validUtf8 = false;
          return;
        }
        if (byte === 0xe0) this.#least = 0xa0;
        else if (byte === 0xed) this.#most = 0x9f;
        else if (byte === 0xf0) this.#least = 0x90;
        else if (byte === 0xf4) this.#most = 0x8f;
      }
    }
  }
}

/** The encoding of bytes that are all there. */
export function detectEncoding(bytes: Uint8Array): EncodingFound {
  const detector = new EncodingDetector();
  detector.push(bytes);
  return detector.found();
}
