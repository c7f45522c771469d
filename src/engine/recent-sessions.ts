import { TextMap } from './text-map.ts';

/** Of the maps of what there may be hundreds of thousands of. */
const PARTS = 256;

/**
 * Sessions and events that were over a short while ago, by the number of their last request: what a repetition is told from something new
 * by. Their answers are in the store. Two halves, so that forgetting costs nothing.
 */
export class RecentSessions {
  readonly #keepMicros: number;
  #recent = new TextMap<number>(PARTS);
  #before = new TextMap<number>(PARTS);
  #turnsMicros = 0;

  /** Each is known for this long at least, and for twice as long at most. */
  constructor(keepMicros: number) {
    this.#keepMicros = keepMicros;
  }

  get size(): number {
    return this.#recent.size + this.#before.size;
  }

  add(session: string, number: number): void {
    this.#recent.set(session, number);
  }

  /** Undefined: not over, or long ago. */
  numberOf(session: string): number | undefined {
    return this.#recent.get(session) ?? this.#before.get(session);
  }

  /** It is not over after all: nothing of that was written, or it begins anew. */
  forget(session: string): void {
    this.#recent.delete(session);
    this.#before.delete(session);
  }

  forgetAll(): void {
    this.#recent = new TextMap(PARTS);
    this.#before = new TextMap(PARTS);
  }

  /** To be called every second or so. */
  turn(nowMicros: number): void {
    if (nowMicros < this.#turnsMicros && nowMicros > this.#turnsMicros - this.#keepMicros) return;
    this.#before = this.#recent;
    this.#recent = new TextMap(PARTS);
    this.#turnsMicros = nowMicros + this.#keepMicros;
  }
}
