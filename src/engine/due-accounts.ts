/** Which accounts in memory have something falling due, by the second. */
import type { Held } from './account-cache.ts';

const MICROS_PER_SECOND = 1_000_000;

export class DueAccounts {
  readonly #bySecond = new Map<number, Set<Held>>();
  /** Before it nothing is kept. */
  #next = 0;

  /**
   * Looks at it when it is due. With every request of a session its end moves on: an account that stands too early is only moved when
   * its turn comes.
   */
  set(held: Held): void {
    const second = Math.max(this.#next, Math.ceil(held.dueMicros / MICROS_PER_SECOND));
    if (held.dueSecond !== 0 && held.dueSecond <= second) return;
    this.forget(held);
    held.dueSecond = second;
    const others = this.#bySecond.get(second);
    if (others === undefined) this.#bySecond.set(second, new Set([held]));
    else others.add(held);
  }

  forget(held: Held): void {
    const others = this.#bySecond.get(held.dueSecond);
    others?.delete(held);
    if (others?.size === 0) this.#bySecond.delete(held.dueSecond);
    held.dueSecond = 0;
  }

  /** Those that are due, at most so many; the others come the next time. Each stands again where it belongs: call `set` when it was looked at. */
  take(nowMicros: number, most: number): Held[] {
    const now = Math.floor(nowMicros / MICROS_PER_SECOND);
    const due: Held[] = [];
    // After a pause, or a jump of the clock, there are more seconds than accounts.
    const seconds = now - this.#next > this.#bySecond.size ? [...this.#bySecond.keys()].filter((second) => second <= now) : this.#upTo(now);
    for (const second of seconds)
      for (const held of this.#bySecond.get(second) ?? []) {
        if (due.length === most) return due;
        this.forget(held);
        if (held.dueMicros <= nowMicros) due.push(held);
        else this.set(held);
      }
    this.#next = now;
    return due;
  }

  #upTo(now: number): number[] {
    return Array.from({ length: Math.max(0, now - this.#next + 1) }, (_, index) => this.#next + index);
  }
}
