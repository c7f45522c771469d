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

/** Of a place: the hash, the text and what belongs to it, side by side, for what is looked for is mostly not in the processor's caches. */
const HASH = 0;
const KEY = 1;
const VALUE = 2;
const CELLS = 3;

/** A text stands in the place that its hash says, or in the next free one behind it; round and round. A quarter of the places is free. */
type Part = unknown[];

const freePart = (places: number): Part => new Array<unknown>(CELLS * places).fill(undefined);

/** The cell that it begins with; below 0: it is not here, and -1 less the cell where it belongs. */
function find(part: Part, key: string, hash: number): number {
  const end = part.length;
  for (let at = homeOf(hash, end); ; at = at + CELLS === end ? 0 : at + CELLS) {
    const other = part[at + KEY];
    if (other === undefined) return -1 - at;
    if (part[at + HASH] === hash && other === key) return at;
  }
}

/** `end`: of the part, three times a power of two. */
const homeOf = (hash: number, end: number): number => CELLS * (hash & (end / CELLS - 1));

/** Those behind it that would not be found past a free place move up. */
function take(part: Part, at: number): void {
  const end = part.length;
  const ahead = (from: number, to: number): number => (to >= from ? to - from : to - from + end);
  let free = at;
  for (let next = at + CELLS === end ? 0 : at + CELLS; part[next + KEY] !== undefined; next = next + CELLS === end ? 0 : next + CELLS) {
    const home = homeOf(part[next + HASH] as number, end);
    if (ahead(home, next) < ahead(free, next)) continue;
    for (let cell = 0; cell < CELLS; cell += 1) part[free + cell] = part[next + cell];
    free = next;
  }
  for (let cell = 0; cell < CELLS; cell += 1) part[free + cell] = undefined;
}

function resized(part: Part, places: number): Part {
  const larger = freePart(places);
  for (let from = 0; from < part.length; from += CELLS) {
    if (part[from + KEY] === undefined) continue;
    let at = homeOf(part[from + HASH] as number, larger.length);
    while (larger[at + KEY] !== undefined) at = at + CELLS === larger.length ? 0 : at + CELLS;
    for (let cell = 0; cell < CELLS; cell += 1) larger[at + cell] = part[from + cell];
  }
  return larger;
}

export class TextMap<Value> {
  readonly #parts: Part[];
  /** How many members each part has. */
  readonly #sizes: Int32Array;
  readonly #shift: number;
  #size = 0;

  /** `parts`: a power of two; a thousandth of the members that are expected, so that none takes long to grow. */
  constructor(parts = 1) {
    this.#parts = Array.from({ length: parts }, () => freePart(LEAST_PLACES));
    this.#sizes = new Int32Array(parts);
    this.#shift = 32 - Math.log2(parts);
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): Value | undefined {
    if (this.#size === 0) return undefined;
    const hash = hashOf(key);
    const part = this.#parts[this.#place(hash)] as Part;
    const at = find(part, key, hash);
    return at < 0 ? undefined : (part[at + VALUE] as Value);
  }

  has(key: string): boolean {
    if (this.#size === 0) return false;
    const hash = hashOf(key);
    return find(this.#parts[this.#place(hash)] as Part, key, hash) >= 0;
  }

  set(key: string, value: Value): void {
    const hash = hashOf(key);
    const place = this.#place(hash);
    const part = this.#parts[place] as Part;
    const found = find(part, key, hash);
    const at = found < 0 ? -1 - found : found;
    part[at + VALUE] = value;
    if (found >= 0) return;
    part[at + HASH] = hash;
    part[at + KEY] = key;
    this.#size += 1;
    const size = (this.#sizes[place] as number) + 1;
    this.#sizes[place] = size;
    const places = part.length / CELLS;
    if (4 * size > 3 * places) this.#parts[place] = resized(part, 2 * places);
  }

  /** Whether it was there. */
  delete(key: string): boolean {
    if (this.#size === 0) return false;
    const hash = hashOf(key);
    const place = this.#place(hash);
    const part = this.#parts[place] as Part;
    const at = find(part, key, hash);
    if (at < 0) return false;
    take(part, at);
    this.#size -= 1;
    const size = (this.#sizes[place] as number) - 1;
    this.#sizes[place] = size;
    const places = part.length / CELLS;
    if (places > LEAST_PLACES && 8 * size < places) this.#parts[place] = resized(part, places / 2);
    return true;
  }

  clear(): void {
    if (this.#size === 0) return;
    for (let place = 0; place < this.#parts.length; place += 1) this.#parts[place] = freePart(LEAST_PLACES);
    this.#sizes.fill(0);
    this.#size = 0;
  }

  /** In no order. Nothing may come or go meanwhile. */
  *keys(): Generator<string> {
    for (const part of this.#parts)
      for (let at = 0; at < part.length; at += CELLS) if (part[at + KEY] !== undefined) yield part[at + KEY] as string;
  }

  /** As `keys`. */
  *values(): Generator<Value> {
    for (const part of this.#parts)
      for (let at = 0; at < part.length; at += CELLS) if (part[at + KEY] !== undefined) yield part[at + VALUE] as Value;
  }

  #place(hash: number): number {
    return this.#shift === 32 ? 0 : hash >>> this.#shift;
  }
}
