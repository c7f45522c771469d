/** What is asked for again and again, while it moves: quick readings are waited for, slow ones are made beside, and none more often than it may cost. */

/** Without a new mark things may still be others: records were put right, a day has begun. */
const KNOWN_MS = 15_000;
/** Slower ones are not waited for: others that are quick would wait with them. */
const QUICK_MS = 150;
/** While the mark moves all the time, it is read again after so many times the time that reading took: a third of a core at most. */
const REST = 2;

interface Known<T> {
  readonly value: T;
  readonly mark: string;
  readonly atMs: number;
  readonly tookMs: number;
}

export class KeptReading<T> {
  readonly #read: () => Promise<T>;
  readonly #clock: () => number;
  #known: Known<T> | undefined;
  #reading: Promise<Known<T>> | undefined;

  /** `clock`: milliseconds that only go on. */
  constructor(read: () => Promise<T>, clock: () => number = () => performance.now()) {
    this.#read = read;
    this.#clock = clock;
  }

  /** Under this mark of the books. The first is waited for, and so is what follows a reading that failed: its fault is thrown then. */
  async now(mark: string): Promise<T> {
    const known = this.#known;
    if (known === undefined) return (await this.#again(mark)).value;
    const restMs = known.tookMs * REST;
    const ageMs = this.#clock() - known.atMs;
    if (ageMs <= (known.mark === mark ? Math.max(KNOWN_MS, restMs) : restMs)) return known.value;
    const reading = this.#again(mark);
    if (known.tookMs <= QUICK_MS) return (await reading).value;
    reading.catch(() => undefined); // who asks next waits, and hears of it
    return known.value;
  }

  #again(mark: string): Promise<Known<T>> {
    this.#reading ??= this.#begin(mark).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #begin(mark: string): Promise<Known<T>> {
    const begunMs = this.#clock();
    try {
      const value = await this.#read();
      const atMs = this.#clock();
      this.#known = { value, mark, atMs, tookMs: atMs - begunMs };
      return this.#known;
    } catch (error) {
      this.#known = undefined;
      throw error;
    }
  }
}
