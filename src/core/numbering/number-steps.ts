/**
 * What a table of millions of numbers says, as steps: from an instant on, a number has a value, or none. Steps are
 * sorted by number, then by instant; a number's value ends where its next step begins. Columns, not objects: a full
 * national table has tens of millions of steps.
 */
export interface NumberSteps {
  readonly count: number;
  /** E.164 digits as a whole number, below 10¹⁵. */
  readonly numbers: Float64Array;
  /** Seconds since 1970 (UTC) from which the step holds; 0: since ever. */
  readonly from: Uint32Array;
  /** Index into the table's values; 0: none, the number is not ported (any more). */
  readonly values: Uint32Array;
}

export const MOST_SECONDS = 0xffff_ffff;

/** Steps in any order, while they are collected. Grows; `line` is where each was written. */
export class StepList {
  count = 0;
  numbers = new Float64Array(1024);
  from = new Uint32Array(1024);
  values = new Uint32Array(1024);
  lines = new Uint32Array(1024);

  add(number: number, from: number, value: number, line: number): void {
    if (this.count === this.numbers.length) this.#grow();
    const at = this.count++;
    this.numbers[at] = number;
    this.from[at] = from;
    this.values[at] = value;
    this.lines[at] = line;
  }

  #grow(): void {
    const size = this.count * 2;
    const numbers = new Float64Array(size);
    numbers.set(this.numbers);
    this.numbers = numbers;
    this.from = grown(this.from, size);
    this.values = grown(this.values, size);
    this.lines = grown(this.lines, size);
  }

  /** Positions of the steps in the order of number, instant and line. Radix sort: ten million in about a second. */
  order(): Uint32Array {
    let order = Uint32Array.from({ length: this.count }, (_, index) => index);
    if (this.#inOrder()) return order;
    const { numbers, from } = this;
    const passes: readonly (readonly [size: number, key: (at: number) => number])[] = [
      [65_536, (at) => (from[at] as number) & 0xffff],
      [65_536, (at) => (from[at] as number) >>> 16],
      [65_536, (at) => (numbers[at] as number) % 65_536],
      [65_536, (at) => Math.floor((numbers[at] as number) / 65_536) % 65_536],
      [1 << 18, (at) => Math.floor((numbers[at] as number) / 4_294_967_296)],
    ];
    let other = new Uint32Array(this.count);
    for (const [size, key] of passes) {
      const places = new Uint32Array(size + 1);
      for (let at = 0; at < this.count; at += 1) places[key(at) + 1] = (places[key(at) + 1] as number) + 1;
      for (let at = 0; at < size; at += 1) places[at + 1] = (places[at + 1] as number) + (places[at] as number);
      for (const at of order) {
        const place = key(at);
        other[places[place] as number] = at;
        places[place] = (places[place] as number) + 1;
      }
      [order, other] = [other, order];
    }
    return order;
  }

  #inOrder(): boolean {
    const { numbers, from } = this;
    for (let at = 1; at < this.count; at += 1) {
      const step = (numbers[at] as number) - (numbers[at - 1] as number);
      if (step < 0 || (step === 0 && (from[at] as number) < (from[at - 1] as number))) return false;
    }
    return true;
  }
}

function grown(array: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size);
  larger.set(array);
  return larger;
}

/**
 * Earlier steps with later knowledge on top: from the first instant that `later` has for a number, only `later` counts.
 * Values of both are indices into one list.
 */
export function laidOver(earlier: NumberSteps, later: NumberSteps): NumberSteps {
  const most = earlier.count + later.count;
  const numbers = new Float64Array(most);
  const from = new Uint32Array(most);
  const values = new Uint32Array(most);
  let count = 0;
  const take = (steps: NumberSteps, at: number): void => {
    numbers[count] = steps.numbers[at] as number;
    from[count] = steps.from[at] as number;
    values[count] = steps.values[at] as number;
    count += 1;
  };
  let left = 0;
  let right = 0;
  while (right < later.count) {
    const number = later.numbers[right] as number;
    while (left < earlier.count && (earlier.numbers[left] as number) < number) take(earlier, left++);
    const first = later.from[right] as number;
    for (; left < earlier.count && earlier.numbers[left] === number; left += 1)
      if ((earlier.from[left] as number) < first) take(earlier, left);
    while (right < later.count && later.numbers[right] === number) take(later, right++);
  }
  while (left < earlier.count) take(earlier, left++);
  return { count, numbers, from, values };
}
