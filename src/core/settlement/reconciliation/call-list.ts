/** Calls of one side in typed arrays: some 30 bytes a call, so that millions fit. */
export class CallList {
  #count = 0;
  /** Last eight digits of the called number and last seven of the caller's, as one number. */
  keys = new Float64Array(1024);
  /** Seconds since 1970, with fractions to the millisecond. */
  starts = new Float64Array(1024);
  durations = new Float64Array(1024);
  /** Line of the file, or number of the record. */
  lines = new Float64Array(1024);
  /** Calls whose start may also be so many seconds later, by their place: those of the hour that a clock put back comes to twice. */
  readonly repeated = new Map<number, number>();

  get count(): number {
    return this.#count;
  }

  /** Numbers may be written nationally, internationally or with a prefix: their ends tell them apart. `startSeconds` is UTC. */
  add(calling: string, called: string, startSeconds: number, durationSeconds: number, line: number, repeatedSeconds = 0): void {
    const at = this.#count;
    if (at === this.keys.length) this.#grow();
    this.keys[at] = callKey(calling, called);
    this.starts[at] = startSeconds;
    this.durations[at] = durationSeconds;
    this.lines[at] = line;
    if (repeatedSeconds !== 0) this.repeated.set(at, repeatedSeconds);
    this.#count += 1;
  }

  #grow(): void {
    const grown = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(from.length * 2);
      to.set(from);
      return to;
    };
    this.keys = grown(this.keys);
    this.starts = grown(this.starts);
    this.durations = grown(this.durations);
    this.lines = grown(this.lines);
  }
}

export const CALLER_PLACES = 10_000_000;

/** Below 10¹⁵, so exact. */
export function callKey(calling: string, called: string): number {
  return lastDigits(called, 8) * CALLER_PLACES + lastDigits(calling, 7);
}

function lastDigits(text: string, count: number): number {
  let [value, place, left] = [0, 1, count];
  for (let at = text.length - 1; at >= 0 && left > 0; at -= 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) continue;
    value += digit * place;
    place *= 10;
    left -= 1;
  }
  return value;
}
