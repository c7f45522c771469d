/**
 * Steps of a number table as bytes, to be stored: for each step the distance from the number before (the first: from 0),
 * the instant and the value, each as a number of seven bits a byte, the lowest first, the last byte below 128.
 */
import type { NumberSteps } from './number-steps.ts';

const MOST_BYTES_PER_STEP = 8 + 5 + 5;

/** The steps from position `first` to before `end`. */
export function packSteps({ numbers, from, values }: NumberSteps, first: number, end: number): Uint8Array {
  const bytes = new Uint8Array((end - first) * MOST_BYTES_PER_STEP);
  let at = 0;
  const put = (value: number): void => {
    let rest = value;
    while (rest >= 128) {
      bytes[at++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    bytes[at++] = rest;
  };
  let before = 0;
  for (let step = first; step < end; step += 1) {
    const number = numbers[step] as number;
    put(number - before);
    put(from[step] as number);
    put(values[step] as number);
    before = number;
  }
  return bytes.subarray(0, at);
}

/** Bytes of a chunk in which its first number stands. */
export const FRONT_BYTES = 8;

/** The first number of a chunk, from its first bytes: chunks are packed apart. */
function firstNumberOf(bytes: Uint8Array): number {
  let [value, scale] = [0, 1];
  for (const byte of bytes) {
    if (byte < 128) return value + byte * scale;
    value += (byte - 128) * scale;
    scale *= 128;
  }
  throw new RangeError('packed steps break off');
}

/** Of the chunks of an import, in their order, by the bytes that they begin with: the places of those in which steps of a number may stand. */
export function placesOf(number: number, fronts: readonly Uint8Array[]): readonly number[] {
  const firsts = fronts.map(firstNumberOf);
  return firsts.flatMap((first, place) => (first <= number && (firsts[place + 1] ?? Number.POSITIVE_INFINITY) >= number ? [place] : []));
}

/** Steps that are unpacked one chunk after the other. `indexes` gives each value its index in another list. */
export class UnpackedSteps implements NumberSteps {
  count = 0;
  readonly numbers: Float64Array;
  readonly from: Uint32Array;
  readonly values: Uint32Array;

  constructor(room: number) {
    this.numbers = new Float64Array(room);
    this.from = new Uint32Array(room);
    this.values = new Uint32Array(room);
  }

  /** Throws RangeError when the bytes are not so many whole steps. */
  unpack(bytes: Uint8Array, steps: number, indexes: ArrayLike<number>): void {
    let at = 0;
    const take = (): number => {
      let value = 0;
      let scale = 1;
      for (;;) {
        const byte = bytes[at++];
        if (byte === undefined) throw new RangeError('packed steps break off');
        if (byte < 128) return value + byte * scale;
        value += (byte - 128) * scale;
        scale *= 128;
      }
    };
    let number = 0;
    for (let step = 0; step < steps; step += 1) {
      const place = this.count++;
      number += take();
      this.numbers[place] = number;
      this.from[place] = take();
      this.values[place] = indexes[take()] ?? 0;
    }
    if (at !== bytes.length) throw new RangeError('packed steps go on behind the last');
  }
}
