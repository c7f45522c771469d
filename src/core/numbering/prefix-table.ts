/**
 * Longest-prefix lookup of digit strings: a trie that reads several digits at once, flat in one Int32Array on shared
 * memory, so that worker threads look up in one copy.
 *
 * With many codes a lookup waits for memory, and each step to another place is a wait; so there are few steps. A branch
 * reads up to six digits at once where codes are dense. Where few codes are left they are a list, mostly within one cache line.
 *
 * A slot is a number: negative, the value ~slot; 0, no code; positive, (place × 16 + kind) of a branch or a list. Slot 0
 * of the table is the root. What a slot says holds for all that was read: the longest code, also one from further up.
 * - Kind 1 to 6, a branch: so many digits follow; its slots are those for no digit, one digit and so on, as a heap of ten
 *   children: the last level leads on, the others say what holds for a number that ends within the branch.
 * - Kind 6 + n, a list of n codes, each a tail and a value: the tail is 1 followed by the digits still missing. Tails
 *   ascend, so shorter ones come first, and the last that fits is the longest.
 * A branch or list lies before those below it, so that a number's last steps are often on one page of memory.
 */
export interface PrefixTableParts {
  readonly nodes: Int32Array;
}

const KIND_BITS = 4;
/** The most digits that a branch reads at once: a million slots. */
const MAX_STRIDE = 6;
/**
 * A branch reads as many digits as leave one in so many of its slots with codes. With 4 instead, a table of 500,000
 * codes takes 14 bytes a code instead of 35, and look-ups spread over 20,000 ranges of numbers half as long again.
 */
const SLOTS_PER_USED = 20;
/** The most codes in a list. */
const MAX_LIST = 4;
/** The most digits of a tail: with one digit more it is still a 32-bit number. */
const MAX_TAIL_DIGITS = 8;

/** A code has at most so many digits. */
export const MAX_PREFIX_DIGITS = 32;
/** Values are whole numbers from 0 to this. */
export const MAX_PREFIX_VALUE = 0x7fff_fffe;

export class PrefixTable implements PrefixTableParts {
  readonly nodes: Int32Array;

  /**
   * Takes the parts of another table, also the structured clone that a worker thread received:
   * post the table itself, and on the other side `new PrefixTable(message)`; the memory is shared.
   */
  constructor(parts: PrefixTableParts) {
    this.nodes = parts.nodes;
  }

  /**
   * Builds a table of codes and their values, in any order. The empty code matches every number.
   * Throws RangeError for a code that is not digits or longer than 32, a value out of range, and a code given twice.
   */
  static build(entries: Iterable<readonly [code: string, value: number]>): PrefixTable {
    return new PrefixTable(new Builder(entries).build());
  }

  /** The value of the longest code that `digits` begins with, or -1. Reads up to the first character that is not a digit. */
  longest(digits: string): number {
    const { nodes } = this;
    const length = digits.length;
    let at = 0;
    let slot = nodes[0] as number;
    while (slot > 0) {
      const kind = slot & 15;
      const place = slot >>> KIND_BITS;
      if (kind > MAX_STRIDE) return inList(nodes, place, kind - MAX_STRIDE, digits, at);
      let position = 0;
      for (const end = Math.min(at + kind, length); at < end; at += 1) {
        const digit = digits.charCodeAt(at) - 48;
        if (digit < 0 || digit > 9) break;
        position = position * 10 + digit + 1;
      }
      slot = nodes[place + position] as number;
    }
    return ~slot;
  }
}

/** The value of the longest code in a list whose tail the digits from `from` on begin with, or -1. */
function inList(nodes: Int32Array, place: number, count: number, digits: string, from: number): number {
  const length = digits.length;
  const end = place + count * 2;
  let best = -1;
  let read = 1;
  let at = from;
  for (let entry = place; entry < end; entry += 2) {
    const tail = nodes[entry] as number;
    while (read < tail) {
      const digit = at < length ? digits.charCodeAt(at) - 48 : -1;
      if (digit < 0 || digit > 9) return best;
      read = read * 10 + digit;
      at += 1;
    }
    if (read === tail) best = nodes[entry + 1] as number;
  }
  return best;
}

/** Lays a table out from its sorted codes. Ranges of codes are given by the first and the one behind the last. */
class Builder {
  readonly #codes: readonly string[];
  readonly #values: readonly number[];
  #nodes = new Int32Array(1024);
  #used = 1;

  constructor(entries: Iterable<readonly [code: string, value: number]>) {
    const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    sorted.forEach(([code, value], index) => {
      if (code.length > MAX_PREFIX_DIGITS) throw new RangeError(`a code has more than ${MAX_PREFIX_DIGITS} digits: ${code.slice(0, 40)}`);
      if (!/^\d*$/.test(code)) throw new RangeError(`a code is digits only: ${JSON.stringify(code)}`);
      if (!Number.isInteger(value) || value < 0 || value > MAX_PREFIX_VALUE)
        throw new RangeError(`value of code ${code} out of range: ${value}`);
      if (sorted[index - 1]?.[0] === code) throw new RangeError(`code given twice: ${code}`);
    });
    this.#codes = sorted.map(([code]) => code);
    this.#values = sorted.map(([, value]) => value);
  }

  build(): PrefixTableParts {
    const root = this.#slot(0, this.#codes.length, 0, 0);
    this.#nodes[0] = root;
    const nodes = new Int32Array(new SharedArrayBuffer(this.#used * 4));
    nodes.set(this.#nodes.subarray(0, this.#used));
    return { nodes };
  }

  /** The slot for codes that agree in their first `depth` digits; `above` is the slot of the longest code above them, or 0. */
  #slot(first: number, end: number, depth: number, above: number): number {
    if (first < end && this.#lengthOf(first) === depth) return this.#slot(first + 1, end, depth, ~(this.#values[first] as number));
    if (first === end) return above;
    const count = end - first + (above === 0 ? 0 : 1);
    if (count <= MAX_LIST && this.#longest(first, end) - depth <= MAX_TAIL_DIGITS) return this.#list(first, end, depth, above, count);
    const stride = this.#stride(first, end, depth);
    const place = this.#take((10 ** (stride + 1) - 1) / 9);
    this.#fill({ place, position: 0, stride }, first, end, depth, above);
    return refer(place, stride);
  }

  #list(first: number, end: number, depth: number, above: number, count: number): number {
    const tails = Array.from({ length: end - first }, (_, index): readonly [number, number] => {
      const code = this.#codes[first + index] ?? '';
      return [Number(`1${code.slice(depth)}`), this.#values[first + index] as number];
    });
    if (above !== 0) tails.push([1, ~above]);
    const place = this.#take(count * 2);
    this.#nodes.set(tails.sort(([a], [b]) => a - b).flat(), place);
    return refer(place, MAX_STRIDE + count);
  }

  /** Sets a branch's slots at and below a position that has `stride` digits to go. */
  #fill(branch: { place: number; position: number; stride: number }, first: number, end: number, depth: number, above: number): void {
    const { place, position, stride } = branch;
    if (stride === 0) {
      const slot = this.#slot(first, end, depth, above);
      this.#nodes[place + position] = slot;
      return;
    }
    const ends = first < end && this.#lengthOf(first) === depth;
    const here = ends ? ~(this.#values[first] as number) : above;
    this.#nodes[place + position] = here;
    let from = ends ? first + 1 : first;
    for (let digit = 0; digit < 10; digit += 1) {
      const until = this.#endOfDigit(from, end, depth, digit);
      this.#fill({ place, position: position * 10 + digit + 1, stride: stride - 1 }, from, until, depth + 1, here);
      from = until;
    }
  }

  /** How many digits a branch should read. */
  #stride(first: number, end: number, depth: number): number {
    let stride = 1;
    while (stride < MAX_STRIDE && 10 ** (stride + 1) <= SLOTS_PER_USED * this.#heads(first, end, depth + stride + 1)) stride += 1;
    return stride;
  }

  /** How many different beginnings of so many digits the codes have. */
  #heads(first: number, end: number, digits: number): number {
    let heads = 0;
    let last = '';
    for (let index = first; index < end; index += 1) {
      const code = this.#codes[index] ?? '';
      if (code.length < digits) continue;
      const head = code.slice(0, digits);
      if (head !== last) heads += 1;
      last = head;
    }
    return heads;
  }

  #endOfDigit(first: number, end: number, depth: number, digit: number): number {
    let until = first;
    while (until < end && this.#codes[until]?.charCodeAt(depth) === digit + 48) until += 1;
    return until;
  }

  #lengthOf(index: number): number {
    return this.#codes[index]?.length ?? 0;
  }

  #longest(first: number, end: number): number {
    return Math.max(...this.#codes.slice(first, end).map(({ length }) => length));
  }

  #take(count: number): number {
    const place = this.#used;
    this.#used += count;
    if (this.#used >= 2 ** 27) throw new RangeError('too many codes for one table');
    if (this.#used > this.#nodes.length) {
      const larger = new Int32Array(Math.max(this.#used, this.#nodes.length * 2));
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    return place;
  }
}

function refer(place: number, kind: number): number {
  return place * 2 ** KIND_BITS + kind;
}
