/**
 * Messages of all connections, some at a time. A peer that was not read for some milliseconds has hundreds waiting; dealt with in one go, they would keep what the store
 * has answered meanwhile from those who wait for it, and the next commit from its beginning. There is one event loop, so there is one of these.
 */

/** Deals with one message. False: there is none. */
export type Step = () => boolean;

const LONGEST_MS = 0.5;
/** Between two looks at the clock. */
const STEPS = 4;

class Turns {
  #waiting: Step[] = [];
  #isSet = false;

  /** Each of its messages is dealt with in its turn: one of those who wait gets a few, then the next. To be added once until it has said that there are none. */
  add(step: Step): void {
    this.#waiting.push(step);
    this.#set();
  }

  #set(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    setImmediate(() => this.#run());
  }

  #run(): void {
    this.#isSet = false;
    const untilMs = performance.now() + LONGEST_MS;
    let at = 0;
    for (; at < this.#waiting.length; at += 1) {
      const step = this.#waiting[at] as Step;
      if (takeSome(step)) this.#waiting.push(step);
      if (performance.now() >= untilMs) {
        at += 1;
        break;
      }
    }
    this.#waiting = this.#waiting.slice(at);
    if (this.#waiting.length > 0) this.#set();
  }
}

function takeSome(step: Step): boolean {
  for (let taken = 0; taken < STEPS; taken += 1) if (!step()) return false;
  return true;
}

export const turns = new Turns();
