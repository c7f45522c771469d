/** Names bounded in number: what is not remembered is made again. */
const MOST_NAMES = 4096;
const PLACES = 4 * MOST_NAMES;

interface Entry<T> {
  readonly bytes: Uint8Array;
  readonly value: T;
}

/** What belongs to short texts that come again and again, such as trunks and causes: found by their bytes, without making the text. */
export class ByteNames<T> {
  readonly #make: (text: string) => T;
  #entries: (Entry<T> | undefined)[] = new Array<Entry<T> | undefined>(PLACES).fill(undefined);
  #count = 0;

  /** `make` gives what belongs to a text of ASCII. */
  constructor(make: (text: string) => T) {
    this.#make = make;
  }

  /** Of the bytes from `from` up to `to`, which are the same characters of `text`. */
  find(bytes: Uint8Array, text: string, from: number, to: number): T {
    let hash = to - from;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    for (let place = (hash ^ (hash >>> 15)) & (PLACES - 1); ; place = (place + 1) & (PLACES - 1)) {
      const entry = this.#entries[place];
      if (entry === undefined) return this.#add(place, bytes.slice(from, to), text.slice(from, to));
      if (isSame(entry.bytes, bytes, from, to)) return entry.value;
    }
  }

  #add(place: number, bytes: Uint8Array, text: string): T {
    const value = this.#make(text);
    if (this.#count >= MOST_NAMES) {
      this.#entries = new Array<Entry<T> | undefined>(PLACES).fill(undefined);
      this.#count = 0;
    }
    this.#entries[place] = { bytes, value };
    this.#count += 1;
    return value;
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  const { length } = known;
  if (length !== to - from) return false;
  for (let at = 0; at < length; at += 1) if (known[at] !== bytes[from + at]) return false;
  return true;
}
