/** What happens without a request: buckets end and renew, reservations and sessions without a sign of life are closed. */
import type { AccountCache } from './account-cache.ts';
import type { Deciding } from './deciding.ts';
import type { Keeper } from './keeper.ts';
import type { ChargingStore } from './ports.ts';

/** Accounts looked at in one go: some milliseconds. */
const MOST_AT_ONCE = 500;
/** How often the store is asked for accounts that are due and not in memory. */
const LOOK_EVERY_MS = 30_000;

export interface SweeperOptions {
  readonly store: ChargingStore;
  readonly cache: AccountCache;
  readonly deciding: Deciding;
  readonly keeper: Keeper;
  readonly clock: () => number;
}

export class Sweeper {
  readonly #options: SweeperOptions;
  #nextLookMs = 0;
  #isLooking = false;

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  /** Shards came: what fell due while nobody had them is looked for at once. */
  lookSoon(): void {
    this.#nextLookMs = 0;
  }

  /** How many accounts were looked at. */
  sweep(): number {
    const { cache, deciding, clock } = this.#options;
    if (!deciding.mayStage) return 0;
    const due = cache.due.take(clock(), MOST_AT_ONCE);
    for (const held of due) deciding.sweep(held);
    if (performance.now() >= this.#nextLookMs && !this.#isLooking) void this.#look();
    return due.length;
  }

  /** Accounts that are not in memory come there: the next sweep sees them. */
  async #look(): Promise<void> {
    const { store, keeper, clock, deciding } = this.#options;
    this.#isLooking = true;
    this.#nextLookMs = performance.now() + LOOK_EVERY_MS;
    try {
      const ids = await store.due([...keeper.shards.keys()], clock(), MOST_AT_ONCE);
      await deciding.load(ids);
      // There are more: the rows of these are only changed when they have been swept.
      if (ids.length === MOST_AT_ONCE) this.#nextLookMs = performance.now() + 500;
    } catch {
      // The store does not answer: whoever keeps the lease sees to it.
    } finally {
      this.#isLooking = false;
    }
  }
}
