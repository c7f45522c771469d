/**
 * Sums over the rows of a file, by which the audit sees that one was changed: of each row 64 bits are made of all its bytes, and
 * added up, so that no order matters. They find what somebody changed by hand or a disk forgot; whoever knows them can make others.
 * A change of one number or of four letters of a text is seen for certain or nearly so, any other but for one chance in 2³² at worst.
 */
import { AT } from './event-layout.ts';

const FIRST = 0x9e3779b1;
const SECOND = 0x85ebca6b;
const THIRD = 0xc2b2ae35;

/** Behind the file's number a row says what its reader knew; before it, what only the books know. */
const KNOWN_FROM = AT.file_id + 4;
const BOOKED = [AT.event_id, AT.event_id + 4, AT.in_line, AT.out_line, AT.trunk_in, AT.trunk_out, AT.run_id, AT.file_id] as const;
const [ID_HIGH, ID_LOW, IN_LINE, OUT_LINE, TRUNK_IN, TRUNK_OUT, RUN, FILE] = BOOKED;

/** The length that says that there is no value. */
const NULL_LENGTH = -1;

/** Two numbers of a row's bytes behind the file's number, into `into` at `place`. The two take turns, so that neither waits for the other.
 * The last column came later: where it is null, the row counts as one without it, as rows of before do. */
export function hashKnown(view: DataView, from: number, end: number, into: Int32Array, place: number): void {
  const to = view.getInt32(end - 4) === NULL_LENGTH ? end - 4 : end;
  let a = FIRST | 0;
  let b = to - from;
  let at = from + KNOWN_FROM;
  for (; at + 8 <= to; at += 8) {
    a = Math.imul(a ^ view.getInt32(at), FIRST);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b ^ view.getInt32(at + 4), SECOND);
    b = (b << 13) | (b >>> 19);
  }
  for (; at < to; at += 1) {
    a = Math.imul(a ^ view.getUint8(at), FIRST);
    a = (a << 15) | (a >>> 17);
  }
  into[place] = a;
  into[place + 1] = b;
}

/** Modulo 2³², of all rows of a file. */
export interface RowSum {
  a: number;
  b: number;
}

export class RowSums {
  /** Numbers of the first and last record of them; infinite without any. */
  firstId = Number.POSITIVE_INFINITY;
  lastId = Number.NEGATIVE_INFINITY;
  readonly #files = new Map<number, RowSum>();
  #last = -1;
  #sum: RowSum = { a: 0, b: 0 };

  /** By number of the file. */
  get files(): ReadonlyMap<number, Readonly<RowSum>> {
    return this.#files;
  }

  /** A row that is numbered. `known`, `place`: what `hashKnown` made of it. */
  add(view: DataView, from: number, known: Int32Array, place: number): void {
    let a = known[place] as number; // one for each row
    let b = known[place + 1] as number;
    const file = view.getInt32(from + FILE);
    a = Math.imul(a ^ view.getInt32(from + ID_LOW), FIRST);
    b = Math.imul(b ^ view.getInt32(from + ID_HIGH), SECOND);
    a = Math.imul(((a << 15) | (a >>> 17)) ^ view.getInt32(from + IN_LINE), FIRST);
    b = Math.imul(((b << 13) | (b >>> 19)) ^ view.getInt32(from + OUT_LINE), SECOND);
    a = Math.imul(((a << 15) | (a >>> 17)) ^ view.getInt32(from + TRUNK_IN), FIRST);
    b = Math.imul(((b << 13) | (b >>> 19)) ^ view.getInt32(from + TRUNK_OUT), SECOND);
    a = Math.imul(((a << 15) | (a >>> 17)) ^ view.getInt32(from + RUN), FIRST);
    b = Math.imul(((b << 13) | (b >>> 19)) ^ file, SECOND);
    a ^= Math.imul(b ^ (b >>> 15), THIRD);
    b ^= Math.imul(a ^ (a >>> 13), THIRD);
    this.#plus(file, a, b);
  }

  addAll(others: RowSums): void {
    this.spans(others.firstId, others.lastId);
    for (const [file, { a, b }] of others.files) this.#plus(file, a, b);
  }

  spans(firstId: number, lastId: number): void {
    if (firstId < this.firstId) this.firstId = firstId;
    if (lastId > this.lastId) this.lastId = lastId;
  }

  #plus(file: number, a: number, b: number): void {
    if (file !== this.#last) {
      this.#sum = this.#files.get(file) ?? { a: 0, b: 0 };
      this.#files.set(file, this.#sum);
      this.#last = file;
    }
    this.#sum.a = (this.#sum.a + a) >>> 0;
    this.#sum.b = (this.#sum.b + b) >>> 0;
  }
}
