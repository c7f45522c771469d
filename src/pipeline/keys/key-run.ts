/**
 * The shape of a run. Its hashes are in order of their upper words and addressed by their upper `addressBits`, 8 to 16 hashes an
 * address on average. In memory a run is where each address begins and the lower word of each hash: 4.25 to 4.5 bytes an event.
 */
import type { NewRun, RunChunk, RunFacts } from './ports.ts';

/** Addresses of one chunk: about 8,000 to 16,000 hashes, 70 KB of memory. */
export const CHUNK_ADDRESS_BITS = 10;
const FULL_ADDRESS = 16;
/** More entries than 2^32 × 16 in a run are not foreseen. */
const MOST_ADDRESS_BITS = 28;

export function addressBitsFor(entries: number): number {
  return Math.min(MOST_ADDRESS_BITS, Math.max(0, Math.ceil(Math.log2(entries / FULL_ADDRESS))));
}

export function chunkCount({ addressBits }: Pick<RunFacts, 'addressBits'>): number {
  return 2 ** Math.max(0, addressBits - CHUNK_ADDRESS_BITS);
}

/** Addresses in each chunk. */
export function chunkAddresses({ addressBits }: Pick<RunFacts, 'addressBits'>): number {
  return 2 ** Math.min(addressBits, CHUNK_ADDRESS_BITS);
}

/** The address of a hash. A shift by 32 is one by 0 in JavaScript, so that 0 bits are a case of their own. */
export function addressOf(hi: number, addressBits: number): number {
  return addressBits === 0 ? 0 : hi >>> (32 - addressBits);
}

/** Sorted hashes with the numbers of their records modulo 2^32. */
export interface Entries {
  readonly count: number;
  readonly hi: Uint32Array;
  readonly lo: Uint32Array;
  readonly idLow: Uint32Array;
}

/**
 * One chunk of sorted entries. `from` and `to` bound them; `placed` entries of the run are in the chunks before this one.
 */
export function makeChunk(
  { hi, lo, idLow }: Entries,
  from: number,
  to: number,
  shape: { readonly chunk: number; readonly addressBits: number; readonly placed: number },
): RunChunk {
  const addresses = chunkAddresses(shape);
  const words = new Uint32Array(addresses + 1 + to - from);
  const entries = new Uint32Array(2 * (to - from));
  const firstAddress = shape.chunk * addresses;
  let at = from;
  for (let address = 0; address < addresses; address++) {
    words[address] = shape.placed + at - from;
    while (at < to && addressOf(hi[at] ?? 0, shape.addressBits) === firstAddress + address) at++;
  }
  words[addresses] = shape.placed + to - from;
  words.set(lo.subarray(from, to), addresses + 1);
  for (let index = from, place = 0; index < to; index++, place += 2) {
    entries[place] = hi[index] ?? 0;
    entries[place + 1] = idLow[index] ?? 0;
  }
  return { chunk: shape.chunk, words: bytesOf(words), entries: bytesOf(entries) };
}

/** A whole run of sorted entries. */
export function makeRun(entries: Entries, idHigh: number, days: readonly number[]): NewRun {
  const addressBits = addressBitsFor(entries.count);
  const chunks: RunChunk[] = [];
  const perChunk = chunkAddresses({ addressBits });
  let from = 0;
  for (let chunk = 0; chunk < chunkCount({ addressBits }); chunk++) {
    let to = from;
    while (to < entries.count && Math.floor(addressOf(entries.hi[to] ?? 0, addressBits) / perChunk) === chunk) to++;
    chunks.push(makeChunk(entries, from, to, { chunk, addressBits, placed: from }));
    from = to;
  }
  return { entries: entries.count, addressBits, idHigh, days, chunks };
}

/** Space for entries, kept from one use to the next: new arrays for every batch made garbage collection a third of the time. */
export class EntrySpace implements Omit<Entries, 'count'> {
  hi = new Uint32Array(0);
  lo = new Uint32Array(0);
  idLow = new Uint32Array(0);

  /** Room for so many; what was there may be gone. */
  reserve(count: number): void {
    if (this.hi.length >= count) return;
    const length = count + (count >>> 2);
    this.hi = new Uint32Array(length);
    this.lo = new Uint32Array(length);
    this.idLow = new Uint32Array(length);
  }
}

export function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/** Words of bytes that may begin anywhere. */
export function wordsOf(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(bytes.byteLength / 4);
  new Uint8Array(words.buffer).set(bytes);
  return words;
}
