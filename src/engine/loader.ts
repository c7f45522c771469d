/** Brings accounts into memory: while one look-up is under way, what else is wanted is gathered for the next. */
import type { ChargingStore, Found } from './ports.ts';

/** Names looked up at once. */
const MOST_AT_ONCE = 512;

interface Want {
  readonly kind: 'account' | 'identity' | 'session';
  readonly name: string;
}

export class Loader {
  readonly #store: ChargingStore;
  readonly #found: (found: Found) => void;
  readonly #failed: (error: unknown) => void;
  /** What is wanted and not yet asked for; and who waits for it. */
  #wanted = new Map<string, Want>();
  #waiters: (() => void)[] = [];
  #isBusy = false;

  /** `found` is called before those who wait; `failed` when the store does not answer: who waits is called then, too. */
  constructor(store: ChargingStore, found: (found: Found) => void, failed: (error: unknown) => void) {
    this.#store = store;
    this.#found = found;
    this.#failed = failed;
  }

  /** Calls back when all of these have been looked for. Whether they were found, the cache says. */
  want(wants: readonly Want[], ready: () => void): void {
    for (const want of wants) this.#wanted.set(`${want.kind} ${want.name}`, want);
    this.#waiters.push(ready);
    if (!this.#isBusy) {
      this.#isBusy = true;
      setImmediate(() => void this.#run());
    }
  }

  async #run(): Promise<void> {
    while (this.#waiters.length > 0) {
      const wanted = [...this.#wanted.values()];
      const waiters = this.#waiters;
      this.#wanted = new Map();
      this.#waiters = [];
      try {
        for (let at = 0; at < wanted.length; at += MOST_AT_ONCE) this.#found(await this.#find(wanted.slice(at, at + MOST_AT_ONCE)));
      } catch (error) {
        this.#failed(error);
      }
      for (const ready of waiters) ready();
    }
    this.#isBusy = false;
  }

  #find(wanted: readonly Want[]): Promise<Found> {
    const names = (kind: Want['kind']): string[] => wanted.filter((want) => want.kind === kind).map(({ name }) => name);
    return this.#store.find({ accounts: names('account'), identities: names('identity'), sessions: names('session') });
  }
}
