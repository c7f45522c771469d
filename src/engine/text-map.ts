/**
 * What belongs to texts of which there are very many, and ever new ones. V8's own Map moves all of its members at once when it is full, and looks each text up in its table of all
 * texts, which does likewise: with 200,000 sessions and accounts nobody was answered for 30 to 110 ms meanwhile (docs/decisions/0022-charging-tail.md). This one grows by one
 * of its parts at a time, and compares texts themselves.
 */
import { randomInt } from 'node:crypto';

/** Another in each process: peers choose names, and must not know which share a place. */
const SEED = randomInt(2 ** 32 - 1);
const PRIME = 16_777_619;
const LEAST_PLACES = 8;

function hashOf(text: string): number {
  let hash = SEED ^ text.length;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  // Its low bits say the place, its high ones the part: both of all characters.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}

/** A text stands in the place its hash says, or in the next free one behind it; round and round. A quarter of the places is free. */
class Part<Value> {
  keys: (string | undefined)[];
  values: (Value | undefined)[];
  hashes: Int32Array;
  size = 0;

  constructor(places = LEAST_PLACES) {
    this.keys = new Array<string | undefined>(places).fill(undefined);
    this.values = new Array<Value | undefined>(places).fill(undefined);
    this.hashes = new Int32Array(places);
  }

  /** Where it is; below 0: it is not here, and -1 less the place where it belongs. */
  find(key: string, hash: number): number {
    const { keys, hashes } = this;
    const last = keys.length - 1;
    for (let at = hash & last; ; at = (at + 1) & last) {
      const other = keys[at];
      if (other === undefined) return -1 - at;
      if (hashes[at] === hash && other === key) return at;
    }
  }

  put(at: number, key: string, hash: number, value: Value): void {
    this.keys[at] = key;
    this.values[at] = value;
    this.hashes[at] = hash;
    this.size += 1;
    if (4 * this.size > 3 * this.keys.length) this.#resize(2 * this.keys.length);
  }

  take(at: number): void {
    const { keys, values, hashes } = this;
    const last = keys.length - 1;
    let free = at;
    // Those behind it that would not be found past a free place move up.
    for (let next = (at + 1) & last; keys[next] !== undefined; next = (next + 1) & last) {
      const home = (hashes[next] as number) & last;
      if (((next - home) & last) < ((next - free) & last)) continue;
      keys[free] = keys[next];
      values[free] = values[next];
      hashes[free] = hashes[next] as number;
      free = next;
    }
    keys[free] = undefined;
    values[free] = undefined;
    this.size -= 1;
    if (keys.length > LEAST_PLACES && 8 * this.size < keys.length) this.#resize(keys.length / 2);
  }

  #resize(places: number): void {
    const { keys, values, hashes } = this;
    this.keys = new Array<string | undefined>(places).fill(undefined);
    this.values = new Array<Value | undefined>(places).fill(undefined);
    this.hashes = new Int32Array(places);
    for (let from = 0; from < keys.length; from += 1) {
      const key = keys[from];
      if (key === undefined) continue;
      let at = (hashes[from] as number) & (places - 1);
      while (this.keys[at] !== undefined) at = (at + 1) & (places - 1);
      this.keys[at] = key;
      this.values[at] = values[from];
      this.hashes[at] = hashes[from] as number;
    }
  }
}

export class TextMap<Value> {
  readonly #parts: (Part<Value> | undefined)[];
  readonly #shift: number;
  #size = 0;

  /** `parts`: a power of two; a thousandth of the members that are expected, so that none takes long to grow. */
  constructor(parts = 1) {
    this.#parts = new Array<Part<Value> | undefined>(parts).fill(undefined);
    this.#shift = 32 - Math.log2(parts);
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): Value | undefined {
    if (this.#size === 0) return undefined;
    const hash = hashOf(key);
    const part = this.#parts[this.#place(hash)];
    if (part === undefined) return undefined;
    const at = part.find(key, hash);
    return at < 0 ? undefined : part.values[at];
  }

  has(key: string): boolean {
    if (this.#size === 0) return false;
    const hash = hashOf(key);
    return (this.#parts[this.#place(hash)]?.find(key, hash) ?? -1) >= 0;
  }

  set(key: string, value: Value): void {
    const hash = hashOf(key);
    const place = this.#place(hash);
    let part = this.#parts[place];
    if (part === undefined) {
      part = new Part();
      this.#parts[place] = part;
    }
    const at = part.find(key, hash);
    if (at >= 0) {
      part.values[at] = value;
      return;
    }
    part.put(-1 - at, key, hash, value);
    this.#size += 1;
  }

  /** Whether it was there. */
  delete(key: string): boolean {
    if (this.#size === 0) return false;
    const hash = hashOf(key);
    const part = this.#parts[this.#place(hash)];
    const at = part?.find(key, hash) ?? -1;
    if (at < 0) return false;
    part?.take(at);
    this.#size -= 1;
    return true;
  }

  clear(): void {
    if (this.#size === 0) return;
    this.#parts.fill(undefined);
    this.#size = 0;
  }

  /** In no order. Nothing may come or go meanwhile. */
  *keys(): Generator<string> {
    for (const part of this.#parts) for (const key of part?.keys ?? []) if (key !== undefined) yield key;
  }

  /** As `keys`. */
  *values(): Generator<Value> {
    for (const part of this.#parts)
      for (let at = 0; at < (part?.keys.length ?? 0); at += 1) if (part?.keys[at] !== undefined) yield part.values[at] as Value;
  }

  #place(hash: number): number {
    return this.#shift === 32 ? 0 : hash >>> this.#shift;
  }
}
