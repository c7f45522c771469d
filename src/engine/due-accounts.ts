/** Which accounts in memory have something falling due, by the second. */
import type { Held } from './account-cache.ts';

const MICROS_PER_SECOND = 1_000_000;

/** Of one second, in the order of their coming: each names its neighbours. A month may end for all accounts in one second, and a Set of them all would move them all as it grows. */
interface Row {
  first: Held;
  last: Held;
}

export class DueAccounts {
  readonly #bySecond = new Map<number, Row>();
  /** Before it nothing is kept. */
  #next = 0;

  /**
   * Looks at it when it is due. With every request of a session its end moves on: an account that stands too early is only moved when
   * its turn comes.
   */
  set(held: Held): void {
    const second = Math.max(1, this.#next, Math.ceil(held.dueMicros / MICROS_PER_SECOND));
    if (held.dueSecond !== 0 && held.dueSecond <= second) return;
    this.forget(held);
    held.dueSecond = second;
    const row = this.#bySecond.get(second);
    if (row === undefined) {
      this.#bySecond.set(second, { first: held, last: held });
      return;
    }
    held.dueBefore = row.last;
    row.last.dueBehind = held;
    row.last = held;
  }

  forget(held: Held): void {
    if (held.dueSecond === 0) return;
    const row = this.#bySecond.get(held.dueSecond);
    const { dueBefore, dueBehind } = held;
    if (dueBefore !== undefined) dueBefore.dueBehind = dueBehind;
    else if (dueBehind !== undefined && row !== undefined) row.first = dueBehind;
    else this.#bySecond.delete(held.dueSecond);
    if (dueBehind !== undefined) dueBehind.dueBefore = dueBefore;
    else if (dueBefore !== undefined && row !== undefined) row.last = dueBefore;
    held.dueBefore = undefined;
    held.dueBehind = undefined;
    held.dueSecond = 0;
  }

  /** Those that are due, at most so many; the others come the next time. Each stands again where it belongs: call `set` when it was looked at. */
  take(nowMicros: number, most: number): Held[] {
    const now = Math.floor(nowMicros / MICROS_PER_SECOND);
    const due: Held[] = [];
    // After a pause, or a jump of the clock, there are more seconds than accounts.
    const seconds = now - this.#next > this.#bySecond.size ? [...this.#bySecond.keys()].filter((second) => second <= now) : this.#upTo(now);
    for (const second of seconds)
      for (let row = this.#bySecond.get(second); row !== undefined; row = this.#bySecond.get(second)) {
        if (due.length === most) return due;
        const held = row.first;
        this.forget(held);
        if (held.dueMicros <= nowMicros) due.push(held);
        else this.set(held); // in a second to come
      }
    this.#next = now;
    return due;
  }

  #upTo(now: number): number[] {
    return Array.from({ length: Math.max(0, now - this.#next + 1) }, (_, index) => this.#next + index);
  }
}
