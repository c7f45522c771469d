/** Reads what `OctetWriter` wrote. */
import type { TextOctets } from '#engine/ports.ts';
import { texts } from './octet-writer.ts';
import { words } from './words.ts';

/** Of what is read often. */
export const MOST_BYTES = 65_536;
const NAMES = 4_096;
/** Longer texts are made each time: some are of peers, and must not be kept at any length. */
const MOST_OF_NAME = 100;

export class OctetReader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  /** Texts that many have, by their octets: the newest of those that fall in one place. */
  readonly #names: (string | undefined)[] = new Array<string | undefined>(NAMES).fill(undefined);
  #at = 0;
  #length = 0;
  #own = '';
  #repeated = '';

  /** For what has so many octets at most. */
  constructor(mostBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(mostBytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Throws a RangeError for what has more. */
  start(packed: string | TextOctets, own: string): void {
    const length = typeof packed === 'string' ? packed.length : packed.to - packed.from;
    if (length > this.#bytes.length) throw new RangeError(`the account ${own} is packed in ${length} octets`);
    if (typeof packed === 'string') this.#bytes.write(packed, 0, 'latin1');
    else packed.octets.copy(this.#bytes, 0, packed.from, packed.to);
    this.#length = length;
    this.#at = 0;
    this.#own = own;
    this.#repeated = own;
  }

  /** What `repeated` says first is what was given to `start`. */
  repeatOwn(): void {
    this.#repeated = this.#own;
  }

  /** Throws when something is left, or was missing. */
  finish(): void {
    if (this.#at !== this.#length) throw new Error(`the account ${this.#own} is packed otherwise than this release knows`);
  }

  octet(): number {
    const value = this.#bytes[this.#at] as number; // `finish` tells when it is behind the end
    this.#at += 1;
    return value;
  }

  count(): number {
    const bytes = this.#bytes;
    let octet = bytes[this.#at] as number; // likewise
    this.#at += 1;
    if (octet < 128) return octet;
    let value = octet - 128;
    for (let scale = 128; this.#at < this.#length; scale *= 128) {
      octet = bytes[this.#at] as number;
      this.#at += 1;
      if (octet < 128) return value + octet * scale;
      value += (octet - 128) * scale;
    }
    return value;
  }

  instant(): number {
    const value = this.#view.getFloat64(this.#at);
    this.#at += 8;
    return value;
  }

  amount(): bigint {
    const at = this.#at;
    if (this.#bytes[at] === 0) {
      this.#at = at + 1;
      return 0n;
    }
    this.#at = at + 9;
    return this.#view.getBigInt64(at + 1);
  }

  /** Undefined: there is none. */
  nameOrNothing(): string | undefined {
    if (this.#bytes[this.#at] !== texts.nothing) return this.name();
    this.#at += 1;
    return undefined;
  }

  name(): string {
    const tag = this.octet();
    if (tag >= texts.word) return words[tag - texts.word] ?? '';
    const from = this.#textAt(tag);
    const to = this.#at;
    const bytes = this.#bytes;
    let hash = 0;
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    const place = (hash ^ (hash >>> 12)) & (NAMES - 1);
    const known = this.#names[place];
    if (known !== undefined && isThere(known, bytes, from, to)) return known;
    const text = bytes.toString('latin1', from, to);
    if (text.length <= MOST_OF_NAME) this.#names[place] = text;
    return text;
  }

  text(): string {
    const tag = this.octet();
    if (tag === texts.own) return this.#own;
    return this.#bytes.toString('latin1', this.#textAt(tag), this.#at);
  }

  repeated(): string {
    const tag = this.octet();
    if (tag !== texts.repeated) this.#repeated = this.#bytes.toString('latin1', this.#textAt(tag), this.#at);
    return this.#repeated;
  }

  /** Where a text begins that has this tag; `#at` is behind it then. */
  #textAt(tag: number): number {
    let length = tag;
    if (tag === texts.long) {
      length = this.#view.getUint16(this.#at);
      this.#at += 2;
    }
    const from = this.#at;
    this.#at = from + length;
    return from;
  }
}

function isThere(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) !== bytes[from + index]) return false;
  return true;
}
