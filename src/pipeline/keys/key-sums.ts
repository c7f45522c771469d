/** Compares the index with the books without holding either: sums over all keys that are equal when the keys are, whatever their order. */
import { KeyHasher } from './key-hash.ts';
import { chunkAddresses, wordsOf } from './key-run.ts';
import type { HashSeed, KeyOwner, RunChunk, RunFacts } from './ports.ts';

const TWO_32 = 2 ** 32;

/** Keys of one source: how many, and two sums of 32 bits over hash and number of each. */
export class KeySum {
  count = 0;
  #first = 0;
  #second = 0;

  add(hi: number, lo: number, id: number): void {
    const low = id % TWO_32;
    const high = Math.floor(id / TWO_32);
    this.count += 1;
    this.#first = (this.#first + Math.imul(hi ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b)) | 0;
    this.#second = (this.#second + Math.imul(lo ^ Math.imul(low ^ high, 0xc2b2ae35), 0x27d4eb2f)) | 0;
  }

  /** Those of keys that were added up before. */
  addSum(count: number, first: number, second: number): void {
    this.count += count;
    this.#first = (this.#first + first) | 0;
    this.#second = (this.#second + second) | 0;
  }

  get parts(): { readonly first: number; readonly second: number } {
    return { first: this.#first, second: this.#second };
  }

  /** `3 keys, sum 9f3a0c11 00ab34d2`: the same for the same keys. */
  toString(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    return `${this.count} keys, sum ${hex(this.#first)} ${hex(this.#second)}`;
  }
}

export type KeySums = ReadonlyMap<number, KeySum>;

/** By source, of the records in the books. */
export async function sumOwners(seed: HashSeed, owners: AsyncIterable<readonly KeyOwner[]>): Promise<KeySums> {
  const hasher = new KeyHasher(seed);
  const sums = new Map<number, KeySum>();
  for await (const some of owners)
    for (const { sourceId, sourceKey, hash, id } of some) {
      if (hash === undefined) hasher.hash(sourceKey);
      const { hi, lo } = hash ?? hasher;
      sumOf(sums, sourceId).add(hi, lo, id);
    }
  return sums;
}

export interface SourceChunk extends RunChunk, Pick<RunFacts, 'addressBits' | 'idHigh'> {
  readonly sourceId: number;
}

/** By source, of the live runs. `isReleased` says whose keys are free again. */
export async function sumRuns(chunks: AsyncIterable<SourceChunk>, isReleased: (id: number) => boolean): Promise<KeySums> {
  const sums = new Map<number, KeySum>();
  for await (const { sourceId, addressBits, idHigh, words, entries } of chunks) {
    const sum = sumOf(sums, sourceId);
    const lows = wordsOf(words.subarray(4 * (chunkAddresses({ addressBits }) + 1)));
    const pairs = wordsOf(entries);
    for (const [index, lo] of lows.entries()) {
      const id = idHigh * TWO_32 + (pairs[2 * index + 1] ?? 0);
      if (!isReleased(id)) sum.add(pairs[2 * index] ?? 0, lo, id);
    }
  }
  return sums;
}

function sumOf(sums: Map<number, KeySum>, sourceId: number): KeySum {
  const sum = sums.get(sourceId) ?? new KeySum();
  sums.set(sourceId, sum);
  return sum;
}
