/**
 * Those who wait, in the order of their coming: a list through them. In a Set each table that it had outgrown kept those who waited then until everything was collected,
 * for the garbage of a long life keeps what is young: a third of all requests lived on for seconds.
 */
import type { Waiting } from './waiting.ts';

export class Arrivals {
  #oldest: Waiting | undefined = undefined;
  #newest: Waiting | undefined = undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get oldest(): Waiting | undefined {
    return this.#oldest;
  }

  add(waiting: Waiting): void {
    waiting.before = this.#newest;
    if (this.#newest === undefined) this.#oldest = waiting;
    else this.#newest.after = waiting;
    this.#newest = waiting;
    waiting.isListed = true;
    this.#size += 1;
  }

  /** One that is not there stays so. */
  delete(waiting: Waiting): void {
    if (!waiting.isListed) return;
    const { before, after } = waiting;
    if (before === undefined) this.#oldest = after;
    else before.after = after;
    if (after === undefined) this.#newest = before;
    else after.before = before;
    waiting.before = undefined;
    waiting.after = undefined;
    waiting.isListed = false;
    this.#size -= 1;
  }
}
