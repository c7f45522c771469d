/** A run in memory: found in it is where hashes stand, so that the store can say whose they are. */
import { addressOf, bytesOf, chunkAddresses, chunkCount } from './key-run.ts';
import type { RunFacts } from './ports.ts';
import { enter } from './run-filter.ts';

/** Hashes looked up together: what they need of memory is asked for first, so that the waits overlap. */
const BLOCK = 128;
const begins = new Uint32Array(BLOCK);
const ends = new Uint32Array(BLOCK);

/** Places of equal hashes: which of the sorted hashes, and where in the run. */
export interface Hits {
  readonly asked: number[];
  readonly positions: number[];
}

export class MemoryRun {
  readonly facts: RunFacts;
  /** The claim that last looked into it: those nobody looks into are let go. */
  lastClaim = 0;
  readonly #addressBits: number;
  /** Where each address begins. Pages that nothing was loaded into take no memory. */
  readonly #begins: Uint32Array;
  /** One more than there are: an empty last address begins behind the end. */
  readonly #lows: Uint32Array;
  readonly #loaded: Uint8Array;
  #missing: number;
  /** Only there so that touching memory is not optimised away. */
  #touched = 0;

  constructor(facts: RunFacts) {
    this.facts = facts;
    this.#addressBits = facts.addressBits;
    this.#begins = new Uint32Array(2 ** facts.addressBits + 1);
    this.#lows = new Uint32Array(facts.entries + 1);
    this.#missing = chunkCount(facts);
    this.#loaded = new Uint8Array(this.#missing);
  }

  /** Takes a chunk as it is stored. */
  load(chunk: number, bytes: Uint8Array): void {
    if (this.#loaded[chunk] !== 0) return;
    const addresses = chunkAddresses(this.facts);
    const split = 4 * (addresses + 1);
    bytesOf(this.#begins).set(bytes.subarray(0, split), 4 * chunk * addresses);
    bytesOf(this.#lows).set(bytes.subarray(split), 4 * (this.#begins[chunk * addresses] ?? 0));
    this.#loaded[chunk] = 1;
    this.#missing -= 1;
  }

  /** Chunks that must be loaded before these sorted hashes can be looked up. */
  missingFor(hi: Uint32Array, count: number): readonly number[] {
    const missing: number[] = [];
    if (this.#missing === 0) return missing;
    const addresses = chunkAddresses(this.facts);
    let last = -1;
    for (let index = 0; index < count; index++) {
      const chunk = Math.floor(addressOf(hi[index] ?? 0, this.#addressBits) / addresses);
      if (chunk === last) continue;
      last = chunk;
      if (this.#loaded[chunk] === 0) missing.push(chunk);
    }
    return missing;
  }

  /** Whether all of it is loaded. */
  get complete(): boolean {
    return this.#missing === 0;
  }

  /** Enters all its hashes into the lines of a `RunFilter`, in the order of memory: 5 ns each. */
  enterInto(lines: Uint32Array): void {
    let place = 0;
    for (let address = 0; address < 2 ** this.#addressBits; address++)
      for (const end = this.#begins[address + 1] ?? 0; place < end; place++) enter(lines, address, this.#lows[place] ?? 0);
  }

  /** Adds where hashes with the same address and lower word stand. Sorted by `hi`; 20 to 60 ns each, by the size of the run. */
  find(hi: Uint32Array, lo: Uint32Array, count: number, hits: Hits): void {
    const starts = this.#begins;
    const lows = this.#lows;
    const bits = this.#addressBits;
    let touched = 0;
    for (let block = 0; block < count; block += BLOCK) {
      const size = Math.min(BLOCK, count - block);
      for (let index = 0; index < size; index++) {
        const address = addressOf(hi[block + index] ?? 0, bits);
        begins[index] = starts[address] ?? 0;
        ends[index] = starts[address + 1] ?? 0;
      }
      for (let index = 0; index < size; index++) touched ^= (lows[begins[index] ?? 0] ?? 0) ^ (lows[ends[index] ?? 0] ?? 0);
      for (let index = 0; index < size; index++) {
        const wanted = lo[block + index] ?? 0;
        const end = ends[index] ?? 0;
        for (let place = begins[index] ?? 0; place < end; place++) {
          if (lows[place] !== wanted) continue;
          hits.asked.push(block + index);
          hits.positions.push(place);
        }
      }
    }
    this.#touched ^= touched;
  }

  /** The chunk that a hash is in, and where its entries begin in the run. */
  chunkOf(hi: number): { readonly chunk: number; readonly begins: number } {
    const addresses = chunkAddresses(this.facts);
    const chunk = Math.floor(addressOf(hi, this.#addressBits) / addresses);
    return { chunk, begins: this.#begins[chunk * addresses] ?? 0 };
  }

  get bytes(): number {
    return this.#begins.byteLength + this.#lows.byteLength + this.#loaded.byteLength;
  }
}
