/** Accounts in memory one behind the other, in pieces: an array of all of them would be moved whole as it grows. Who leaves is replaced by the last. */
import type { Held } from './account-cache.ts';

const BITS = 12;
const IN_PIECE = 2 ** BITS - 1;

export class Seats {
  readonly #pieces: Held[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Throws where nobody sits. */
  at(seat: number): Held {
    const held = this.#pieces[seat >> BITS]?.[seat & IN_PIECE];
    if (held === undefined) throw new RangeError(`nobody sits in ${seat} of ${this.#size}`);
    return held;
  }

  take(held: Held): void {
    held.seat = this.#size;
    this.#size += 1;
    const piece = this.#pieces[held.seat >> BITS];
    if (piece === undefined) this.#pieces.push([held]);
    else piece.push(held);
  }

  leave(held: Held): void {
    this.#size -= 1;
    const last = this.#pieces.at(-1)?.pop() as Held; // who leaves sits somewhere
    if (this.#pieces.at(-1)?.length === 0) this.#pieces.pop();
    if (last === held) return;
    last.seat = held.seat;
    (this.#pieces[held.seat >> BITS] as Held[])[held.seat & IN_PIECE] = last;
  }

  /** Nobody may come or leave meanwhile. */
  *[Symbol.iterator](): Generator<Held> {
    for (const piece of this.#pieces) yield* piece;
  }
}
