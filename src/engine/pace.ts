/**
 * When the next commit begins. A commit costs the engine, PostgreSQL and the connections to the peers much the same whether it has four answers or forty, so that while requests
 * come without a pause small ones take most of two cores, and who waits for a core waits longer than for a larger commit (docs/decisions/0022-charging-tail.md). Where few come,
 * or one asks after the other, nobody waits.
 */

/** The next of a commit with fewer waits for nothing: some thousand requests a second. */
const FEW = 4;
/** So many do not wait for more. */
const ENOUGH = 32;
/** From the beginning of one commit to that of the next, unless there are enough: 2 to 3 ms, for timers have whole ones. */
const APART_MS = 2;

export class Pace {
  readonly #begin: () => void;
  #beganMs = Number.NEGATIVE_INFINITY;
  /** Of the last commit. */
  #answers = 0;
  #timer: NodeJS.Timeout | undefined = undefined;

  /** `begin`: to be tried again. */
  constructor(begin: () => void) {
    this.#begin = begin;
  }

  /** Whether a commit with so many answers begins now; if not, it is tried again in time. */
  allows(answers: number): boolean {
    if (answers === 0 || answers >= ENOUGH || this.#answers < FEW) return true;
    const restMs = this.#beganMs + APART_MS - performance.now();
    if (restMs <= 0) return true;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#begin();
    }, restMs);
    return false;
  }

  began(answers: number): void {
    this.#answers = answers;
    this.#beganMs = performance.now();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
