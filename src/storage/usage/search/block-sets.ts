/** Blocks in which something occurs, for very many things: a bit for each block, all in one piece of memory. */

const BITS = 32;

export class BlockSets<Key> {
  readonly #places = new Map<Key, number>();
  readonly #words: number;
  #bits: Uint32Array;

  /** `blocks`: how many there are, numbered from 0. */
  constructor(blocks: number) {
    this.#words = Math.ceil(blocks / BITS);
    this.#bits = new Uint32Array(64 * this.#words);
  }

  add(key: Key, block: number): void {
    const word = this.#placeOf(key) + (block >> 5);
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (block & 31));
  }

  /** All that `other` knows of `otherKey`. */
  join<Other>(key: Key, other: BlockSets<Other>, otherKey: Other): void {
    const from = other.#places.get(otherKey);
    if (from === undefined) return;
    const to = this.#placeOf(key);
    for (let at = 0; at < this.#words; at += 1) this.#bits[to + at] = (this.#bits[to + at] ?? 0) | (other.#bits[from + at] ?? 0);
  }

  get keys(): IterableIterator<Key> {
    return this.#places.keys();
  }

  /** Ascending. */
  blocksOf(key: Key): readonly number[] {
    const place = this.#places.get(key);
    const blocks: number[] = [];
    if (place === undefined) return blocks;
    for (let word = 0; word < this.#words; word += 1) {
      for (let bits = this.#bits[place + word] ?? 0; bits !== 0; bits &= bits - 1) blocks.push(word * BITS + 31 - Math.clz32(bits & -bits));
    }
    return blocks;
  }

  #placeOf(key: Key): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#places.size * this.#words;
    this.#places.set(key, place);
    if (place + this.#words > this.#bits.length) {
      const wider = new Uint32Array(2 * this.#bits.length);
      wider.set(this.#bits);
      this.#bits = wider;
    }
    return place;
  }
}
