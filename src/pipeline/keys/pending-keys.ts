/** Keys that are claimed but not in the books yet: a hash table over the batches of open transactions, 15 ns a look-up. */
import type { KeyBatch } from './ports.ts';

/** Hashes of a batch, in order of their upper words. */
export interface Sorted {
  readonly count: number;
  readonly hi: Uint32Array;
  readonly lo: Uint32Array;
  /** Index of the record in the batch. */
  readonly records: Uint32Array;
}

export interface PendingClaim {
  readonly batch: KeyBatch;
  /** What it has claimed. */
  readonly own: Sorted;
}

const LEAST_SLOTS = 1_024;

export class PendingKeys {
  #claims: PendingClaim[] = [];
  #count = 0;
  /** Number of the entry plus one, at its lower word or behind; 0: free. At most half of them are taken. */
  #slots = new Uint32Array(LEAST_SLOTS);
  #hi = new Uint32Array(LEAST_SLOTS);
  #lo = new Uint32Array(LEAST_SLOTS);
  #claimOf = new Uint32Array(LEAST_SLOTS);
  #place = new Uint32Array(LEAST_SLOTS);

  add(claim: PendingClaim): void {
    this.#grow(this.#count + claim.own.count);
    const { hi, lo, count } = claim.own;
    for (let at = 0; at < count; at++) {
      const entry = this.#count++;
      this.#hi[entry] = hi[at] ?? 0;
      this.#lo[entry] = lo[at] ?? 0;
      this.#claimOf[entry] = this.#claims.length;
      this.#place[entry] = at;
      this.#enter(entry);
    }
    this.#claims.push(claim);
  }

  /** Forgets claims that are in the books, or will never be. */
  remove(gone: ReadonlySet<PendingClaim>): void {
    const left = this.#claims.filter((claim) => !gone.has(claim));
    this.#claims = [];
    this.#count = 0;
    this.#slots.fill(0);
    for (const claim of left) this.add(claim);
  }

  /** Calls back for every claimed record with the same hash: which of the sorted, and whose. */
  find(sorted: Sorted, onHit: (asked: number, claim: PendingClaim, record: number) => void): void {
    if (this.#count === 0) return;
    const mask = this.#slots.length - 1;
    for (let asked = 0; asked < sorted.count; asked++) {
      const lo = sorted.lo[asked] ?? 0;
      for (let slot = lo & mask; ; slot = (slot + 1) & mask) {
        const entry = (this.#slots[slot] ?? 0) - 1;
        if (entry < 0) break;
        if (this.#lo[entry] !== lo || this.#hi[entry] !== sorted.hi[asked]) continue;
        const claim = this.#claims[this.#claimOf[entry] ?? 0];
        if (claim !== undefined) onHit(asked, claim, claim.own.records[this.#place[entry] ?? 0] ?? 0);
      }
    }
  }

  #grow(count: number): void {
    if (2 * count <= this.#slots.length) return;
    let slots = this.#slots.length;
    while (slots < 2 * count) slots *= 2;
    this.#hi = longer(this.#hi, slots / 2);
    this.#lo = longer(this.#lo, slots / 2);
    this.#claimOf = longer(this.#claimOf, slots / 2);
    this.#place = longer(this.#place, slots / 2);
    this.#slots = new Uint32Array(slots);
    for (let entry = 0; entry < this.#count; entry++) this.#enter(entry);
  }

  #enter(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#lo[entry] ?? 0) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
  }
}

function longer(words: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(Math.max(length, words.length));
  grown.set(words);
  return grown;
}
