/**
 * Longest-prefix lookup of digit strings: a trie with ten slots a node, flat in one Int32Array on shared
 * memory, so that worker threads look up in one copy.
 *
 * A node takes 16 numbers, one cache line: ten slots, then the node's value or -1. A slot is 0 (nothing), n > 0 (the
 * node at n), or n < 0, a code below which there is no other; with m = -n - 1, an even m is the value m / 2, and an
 * odd m says that the code has more digits, its tail: at (m >> 1) × 4 stand value, number of digits, digits. Without
 * tails each such code would be a chain of nodes: with 500,000 codes that is four times the memory, and lookups wait for
 * memory. Nodes are laid out breadth first, which keeps the first digits of all numbers in a few cache lines.
 */
export interface PrefixTableParts {
  readonly nodes: Int32Array;
}

/** Numbers a node takes, and where in it the value is. */
const NODE = 16;
const VALUE = 10;
/** Numbers a tail takes, and the most digits it may have. */
const TAIL = 4;
const MAX_TAIL_DIGITS = 9;

/** A code has at most so many digits. */
export const MAX_PREFIX_DIGITS = 32;
/** The most matches one number can have (the empty code is one): the length that `matches` needs of its array. */
export const MAX_MATCHES = MAX_PREFIX_DIGITS + 1;
/** Values are whole numbers from 0 to this. */
export const MAX_PREFIX_VALUE = 0x3fff_fffe;

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
    return new PrefixTable(flatten(grow(entries)));
  }

  /** The value of the longest code that `digits` begins with, or -1. Reads up to the first character that is not a digit. */
  longest(digits: string): number {
    const { nodes } = this;
    const length = digits.length;
    let best = nodes[VALUE] as number;
    let node = 0;
    for (let at = 0; at < length; at++) {
      const digit = digits.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      node = nodes[node + digit] as number;
      if (node <= 0) {
        const value = node === 0 ? -1 : endValue(nodes, node, digits, at + 1);
        return value < 0 ? best : value;
      }
      const value = nodes[node + VALUE] as number;
      if (value >= 0) best = value;
    }
    return best;
  }

  /**
   * Writes the values of all codes that `digits` begins with, the shortest code first, and returns how many.
   * `out` must have room for MAX_MATCHES. Allocates nothing.
   */
  matches(digits: string, out: Int32Array): number {
    const { nodes } = this;
    const length = digits.length;
    let count = 0;
    const root = nodes[VALUE] as number;
    if (root >= 0) out[count++] = root;
    let node = 0;
    for (let at = 0; at < length; at++) {
      const digit = digits.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      node = nodes[node + digit] as number;
      if (node <= 0) {
        const value = node === 0 ? -1 : endValue(nodes, node, digits, at + 1);
        if (value >= 0) out[count++] = value;
        break;
      }
      const value = nodes[node + VALUE] as number;
      if (value >= 0) out[count++] = value;
    }
    return count;
  }
}

/** The value of the code that a negative slot stands for, or -1 when the digits from `at` on are not its tail. */
function endValue(nodes: Int32Array, slot: number, digits: string, at: number): number {
  const end = -slot - 1;
  if ((end & 1) === 0) return end >>> 1;
  const record = (end >>> 1) * TAIL;
  const last = at + (nodes[record + 1] as number);
  if (last > digits.length) return -1;
  let tail = 0;
  for (let index = at; index < last; index++) {
    const digit = digits.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    tail = tail * 10 + digit;
  }
  return tail === nodes[record + 2] ? (nodes[record] as number) : -1;
}

/** A trie while it is built: every code has a node. */
interface Growing {
  readonly slots: Int32Array;
  readonly values: Int32Array;
  readonly nodes: number;
}

function grow(entries: Iterable<readonly [code: string, value: number]>): Growing {
  let slots: Int32Array = new Int32Array(10 * 1024);
  let values: Int32Array = new Int32Array(1024).fill(-1);
  let nodes = 1;
  for (const [code, value] of entries) {
    if (code.length > MAX_PREFIX_DIGITS) throw new RangeError(`a code has more than ${MAX_PREFIX_DIGITS} digits: ${code.slice(0, 40)}`);
    if (!Number.isInteger(value) || value < 0 || value > MAX_PREFIX_VALUE)
      throw new RangeError(`value of code ${code} out of range: ${value}`);
    let node = 0;
    for (let at = 0; at < code.length; at++) {
      const digit = code.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) throw new RangeError(`a code is digits only: ${JSON.stringify(code)}`);
      const slot = node * 10 + digit;
      node = slots[slot] as number;
      if (node === 0) {
        if (nodes === values.length) {
          slots = enlarged(slots, 0);
          values = enlarged(values, -1);
        }
        node = nodes++;
        slots[slot] = node;
      }
    }
    if (values[node] !== -1) throw new RangeError(`code given twice: ${code}`);
    values[node] = value;
  }
  return { slots, values, nodes };
}

function enlarged(array: Int32Array, filler: number): Int32Array {
  const larger = new Int32Array(array.length * 2).fill(filler, array.length);
  larger.set(array);
  return larger;
}

/** A code below which there is no other, by the digits that lead to it from a node. */
interface End {
  readonly value: number;
  readonly digits: number;
  readonly tail: number;
}

/** The one code at or below a node, unless its tail is too long. */
function endBelow({ slots, values }: Growing, node: number): End | undefined {
  let at = node;
  let tail = 0;
  for (let digits = 0; digits <= MAX_TAIL_DIGITS; digits++) {
    const value = values[at] as number;
    if (value >= 0) return { value, digits, tail };
    let digit = 0;
    while (slots[at * 10 + digit] === 0) digit += 1;
    tail = tail * 10 + digit;
    at = slots[at * 10 + digit] as number;
  }
  return undefined;
}

/** How many codes there are at or below each node. A node is made before its children. */
function countCodes({ slots, values, nodes }: Growing): Int32Array {
  const codes = new Int32Array(nodes);
  for (let node = nodes - 1; node >= 0; node--) {
    let count = (values[node] as number) >= 0 ? 1 : 0;
    for (let slot = node * 10; slot < node * 10 + 10; slot++) {
      const child = slots[slot] as number;
      if (child !== 0) count += codes[child] as number;
    }
    codes[node] = count;
  }
  return codes;
}

/** Lays the nodes out breadth first, and each code that stands alone below a slot into the slot, its tail behind the nodes. */
function flatten(growing: Growing): PrefixTableParts {
  const { slots, values } = growing;
  const codes = countCodes(growing);
  const order = [0];
  const content = new Map<number, End>();
  let tails = 0;
  for (let at = 0; at < order.length; at++) {
    const old = order[at] as number;
    for (let digit = 0; digit < 10; digit++) {
      const child = slots[old * 10 + digit] as number;
      if (child === 0) continue;
      const end = codes[child] === 1 ? endBelow(growing, child) : undefined;
      if (end === undefined) {
        order.push(child);
        continue;
      }
      content.set(child, end);
      if (end.digits > 0) tails += 1;
    }
  }
  const flat = new Int32Array(new SharedArrayBuffer((order.length * NODE + tails * TAIL) * 4));
  let nextNode = NODE;
  let nextTail = order.length * NODE;
  for (const [at, old] of order.entries()) {
    flat[at * NODE + VALUE] = values[old] as number;
    for (let digit = 0; digit < 10; digit++) {
      const child = slots[old * 10 + digit] as number;
      if (child === 0) continue;
      const slot = at * NODE + digit;
      const end = content.get(child);
      if (end === undefined) {
        flat[slot] = nextNode;
        nextNode += NODE;
      } else if (end.digits === 0) {
        flat[slot] = -(end.value * 2) - 1;
      } else {
        flat[slot] = -((nextTail / TAIL) * 2 + 1) - 1;
        flat.set([end.value, end.digits, end.tail], nextTail);
        nextTail += TAIL;
      }
    }
  }
  return { nodes: flat };
}
