/** Brings accounts into memory: while one look-up is under way, what else is wanted is gathered for the next. */
import { type ChargingStore, type Found, UnfitError } from './ports.ts';
import { TextMap } from './text-map.ts';

/** Names looked up at once. */
const MOST_AT_ONCE = 512;
/**
 * While one look-up follows the other, they begin so far apart: each costs 100 µs here and there whatever it looks for, and 20 more for each account.
 */
const APART_MS = 4;

interface Want {
  readonly kind: 'account' | 'identity' | 'session';
  readonly name: string;
}

export interface LoaderOptions {
  readonly store: ChargingStore;
  /** Called before those who wait. */
  readonly found: (found: Found) => void;
  /** The store does not answer: who waits is called then, too. */
  readonly failed: (error: unknown) => void;
  /** When it is another than before, what was read meanwhile may be older than what the store has: it is read again. */
  readonly life: () => number;
  /** Called when nothing is being looked up: accounts may leave memory now, but not while their rows are on the way. */
  readonly between: () => void;
}

export class Loader {
  readonly #options: LoaderOptions;
  /** What is wanted and not yet asked for; and who waits for it. */
  #wanted = new TextMap<Want>();
  #waiters: (() => void)[] = [];
  #isBusy = false;
  #beganMs = 0;

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#isBusy;
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
      const restMs = this.#beganMs + APART_MS - performance.now();
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
      this.#beganMs = performance.now();
      const wanted = [...this.#wanted.values()];
      const waiters = this.#waiters;
      this.#wanted = new TextMap();
      this.#waiters = [];
      try {
        for (let at = 0; at < wanted.length; at += MOST_AT_ONCE) await this.#look(wanted.slice(at, at + MOST_AT_ONCE));
      } catch (error) {
        this.#options.failed(error);
      }
      for (const ready of waiters) ready();
      this.#options.between();
    }
    this.#isBusy = false;
  }

  async #look(wanted: readonly Want[]): Promise<void> {
    for (;;) {
      const life = this.#options.life();
      const found = await this.#findFitting(wanted);
      if (life !== this.#options.life()) continue;
      this.#options.found(found);
      return;
    }
  }

  /** Names that the store cannot hold belong to nobody; the others are looked up without them. */
  async #findFitting(wanted: readonly Want[]): Promise<Found> {
    try {
      return await this.#find(wanted);
    } catch (error) {
      if (!(error instanceof UnfitError)) throw error;
      if (wanted.length <= 1) return { accounts: [], identities: [], sessions: [], closed: [] };
      const middle = wanted.length >> 1;
      const [first, second] = [await this.#findFitting(wanted.slice(0, middle)), await this.#findFitting(wanted.slice(middle))];
      return {
        accounts: [...first.accounts, ...second.accounts],
        identities: [...first.identities, ...second.identities],
        sessions: [...first.sessions, ...second.sessions],
        closed: [...first.closed, ...second.closed],
      };
    }
  }

  #find(wanted: readonly Want[]): Promise<Found> {
    const names = (kind: Want['kind']): string[] => wanted.filter((want) => want.kind === kind).map(({ name }) => name);
    return this.#options.store.find({ accounts: names('account'), identities: names('identity'), sessions: names('session') });
  }
}
