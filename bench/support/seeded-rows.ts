/** Rows of seeded calls as a load writes them: the binary COPY of the pipeline's own layout, with what the rollup adds up of them. */
import { AT, blankRow, EPOCH_DAYS, EPOCH_MICROS, FIXED_BYTES, VARIABLE_COLUMNS } from '#pipeline/event-layout.ts';

export interface SeededCalls {
  readonly partners: number;
  readonly destinations: number;
}

const MICROS_PER_DAY = 86_400_000_000;
const NOTHING = -1;
/** Columns behind key, numbers and cause: none of them is in plain calls. */
const EMPTY = VARIABLE_COLUMNS.length - 4;
/** More than any row takes: its texts are short. */
const MOST_BYTES = FIXED_BYTES + 128;

/** Code of the destination that call n goes to: few have most of the calls. */
export function destinationOf(n: number, destinations: number): number {
  return Math.round(destinations * (((n * 48_271) % 1_000_003) / 1_000_003) ** 3);
}

/** Whole seconds; of five calls two are not answered. */
const secondsOf = (n: number): number => (n % 5 < 2 ? 0 : 1 + ((n * 31) % 600));

/** Of one day (UTC). */
export class SeededDay {
  readonly #calls: SeededCalls;
  readonly #first: number;
  readonly #ofDay: number;
  readonly #startMicros: number;
  readonly #blank: Uint8Array;
  /** Of each line, by its number: events, answered, microseconds, seconds billed and nanos. Less than 2⁵³ each. */
  readonly sums: readonly Float64Array[];

  constructor(calls: SeededCalls, date: string, { first, ofDay, fileId }: { first: number; ofDay: number; fileId: number }) {
    this.#calls = calls;
    this.#first = first;
    this.#ofDay = ofDay;
    this.#startMicros = Date.parse(date) * 1_000;
    const lines = 2 * calls.partners * (calls.destinations + 1) + 3;
    this.sums = Array.from({ length: 5 }, () => new Float64Array(lines));
    this.#blank = blankRow();
    const view = new DataView(this.#blank.buffer);
    view.setInt32(AT.run_id, 1);
    view.setInt32(AT.file_id, fileId);
    view.setInt32(AT.day, this.#startMicros / MICROS_PER_DAY - EPOCH_DAYS);
    view.setInt32(AT.byte_length, 100);
  }

  /** Rows of the calls from `from` on, `count` of them. */
  rows(from: number, count: number): Uint8Array {
    const bytes = Buffer.allocUnsafe(count * MOST_BYTES);
    const { partners, destinations } = this.#calls;
    let at = 0;
    for (let n = from; n < from + count; n += 1) {
      const destination = destinationOf(n, destinations);
      const [caller, carrier] = [n % partners, Math.floor(n / 7) % partners];
      const seconds = secondsOf(n);
      const lineIn = 2 * (caller * destinations + destination) + 1;
      const lineOut = 2 * (carrier * destinations + destination) + 2;
      bytes.set(this.#blank, at);
      wide(bytes, at + AT.event_id, n);
      wide(bytes, at + AT.byte_from, n * 100);
      wide(bytes, at + AT.started_at, this.#startMicros - EPOCH_MICROS + Math.floor(((n - this.#first) * MICROS_PER_DAY) / this.#ofDay));
      wide(bytes, at + AT.duration_micros, seconds * 1_000_000);
      wide(bytes, at + AT.in_billed, seconds);
      wide(bytes, at + AT.in_amount_nanos, seconds * 1_000_000);
      wide(bytes, at + AT.out_billed, seconds);
      wide(bytes, at + AT.out_amount_nanos, seconds * 700_000);
      bytes.writeInt32BE(lineIn, at + AT.in_line);
      bytes.writeInt32BE(lineOut, at + AT.out_line);
      bytes.writeInt32BE(1 + 2 * caller, at + AT.trunk_in);
      bytes.writeInt32BE(2 + 2 * carrier, at + AT.trunk_out);
      bytes[at + AT.answered] = seconds > 0 ? 1 : 0;
      at = text(bytes, at + FIXED_BYTES, `call-${n}`);
      at = text(bytes, at, `${2000 + destination}${String((n * 7919) % 10_000_000).padStart(7, '0')}`);
      at = text(bytes, at, `4930${String((n * 104_729) % 2_000_000).padStart(7, '0')}`);
      at = text(bytes, at, seconds > 0 ? '16' : '34');
      for (let empty = 0; empty < EMPTY; empty += 1) at = bytes.writeInt32BE(NOTHING, at);
      this.#add(lineIn, seconds, seconds * 1_000_000);
      this.#add(lineOut, seconds, seconds * 700_000);
    }
    return bytes.subarray(0, at);
  }

  #add(line: number, seconds: number, nanos: number): void {
    const values = [1, seconds > 0 ? 1 : 0, seconds * 1_000_000, seconds, nanos];
    this.sums.forEach((sum, at) => {
      sum[line] = (sum[line] ?? 0) + (values[at] ?? 0);
    });
  }
}

/** Eight bytes of a whole number below 2⁵³. */
function wide(bytes: Buffer, at: number, value: number): void {
  bytes.writeInt32BE(Math.floor(value / 4_294_967_296), at);
  bytes.writeUInt32BE(value % 4_294_967_296, at + 4);
}

/** ASCII. Where the next begins. */
function text(bytes: Buffer, at: number, value: string): number {
  bytes.writeInt32BE(value.length, at);
  return at + 4 + bytes.write(value, at + 4, 'latin1');
}
