/**
 * Texts outside of V8's heap, an octet for each character: a text that lives on in the heap is moved twice by the collections of what is young, and it is what most of their
 * pauses were made of (docs/decisions/0022-charging-tail.md).
 */
import type { TextOctets } from './ports.ts';

/** A place has so many octets, or a multiple of it. */
const UNIT = 64;
/** Places have two octets for the length in front. */
const HEAD = 2;
/** Longer ones are few, and stay where they are. */
const MOST_UNITS = 64;
const UNITS_OF_BOARD = 65_536;
const WIDE = /[\u0100-\uffff]/;

export class Shelf {
  readonly #boards: Buffer[] = [];
  /** Places that are free, by their size in units. */
  readonly #free: number[][] = Array.from({ length: MOST_UNITS + 1 }, () => []);
  #next = 0;

  /** The place of a text: `place` where it fits there, else another, and `place` is free; undefined for one that is too long or has a character of more than an octet. */
  put(text: string, place: number | undefined): number | undefined {
    const units = unitsOf(text.length);
    const fits = units <= MOST_UNITS && !WIDE.test(text);
    let to = place;
    if (place !== undefined && (!fits || this.#unitsAt(place) !== units)) {
      this.free(place);
      to = undefined;
    }
    if (!fits) return undefined;
    to ??= this.#take(units);
    const board = this.#boardOf(to);
    const at = atOf(to);
    board[at] = text.length >>> 8;
    board[at + 1] = text.length;
    board.write(text, at + HEAD, 'latin1');
    return to;
  }

  text(place: number): string {
    const from = atOf(place) + HEAD;
    return this.#boardOf(place).toString('latin1', from, from + this.#lengthAt(place));
  }

  /** The same, without a text being made. To be read before anything is put here. */
  octets(place: number): TextOctets {
    const from = atOf(place) + HEAD;
    return { octets: this.#boardOf(place), from, to: from + this.#lengthAt(place) };
  }

  free(place: number): void {
    this.#free[this.#unitsAt(place)]?.push(place);
  }

  #take(units: number): number {
    const free = this.#free[units]?.pop();
    if (free !== undefined) return free;
    // None goes over the end of a board: what is left of it stays empty.
    const left = UNITS_OF_BOARD - (this.#next % UNITS_OF_BOARD);
    if (left < units) this.#next += left;
    if (this.#next === this.#boards.length * UNITS_OF_BOARD) this.#boards.push(Buffer.allocUnsafeSlow(UNITS_OF_BOARD * UNIT));
    const place = this.#next;
    this.#next += units;
    return place;
  }

  #lengthAt(place: number): number {
    const board = this.#boardOf(place);
    const at = atOf(place);
    return ((board[at] as number) << 8) | (board[at + 1] as number); // a place is within its board
  }

  #unitsAt(place: number): number {
    return unitsOf(this.#lengthAt(place));
  }

  #boardOf(place: number): Buffer {
    const board = this.#boards[Math.floor(place / UNITS_OF_BOARD)];
    if (board === undefined) throw new RangeError(`there is no place ${place}`);
    return board;
  }
}

const unitsOf = (length: number): number => Math.ceil((length + HEAD) / UNIT);

const atOf = (place: number): number => (place % UNITS_OF_BOARD) * UNIT;
