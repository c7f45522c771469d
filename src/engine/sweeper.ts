/** What happens without a request: buckets end and renew, reservations and sessions without a sign of life are closed. */
import type { AccountCache } from './account-cache.ts';
import type { Deciding } from './deciding.ts';
import type { Keeper } from './keeper.ts';
import { type ChargingStore, type DuePlace, StoreError } from './ports.ts';

/** Accounts looked at in one go: some milliseconds. */
const MOST_AT_ONCE = 500;
/** How often the store is asked for accounts that are due and not in memory. */
const LOOK_EVERY_MS = 30_000;
/** After a failure. */
const AGAIN_MS = 1_000;
/** While there are more that are due: as many at once as are swept in this time. */
const NEXT_LOOK_MS = 100;
/** While there are accounts that are only in a log: so many at once, so often. */
const ADOPT_EVERY_MS = 100;

export interface SweeperOptions {
  readonly store: ChargingStore;
  readonly cache: AccountCache;
  readonly deciding: Deciding;
  readonly keeper: Keeper;
  readonly clock: () => number;
  readonly note: (text: string, error?: unknown) => void;
}

export class Sweeper {
  readonly #options: SweeperOptions;
  #nextLookMs = 0;
  #isLooking = false;
  /** The last of those that were found due, when there are more. */
  #after: DuePlace | undefined = undefined;
  /** Shards came while it was looked: it begins with the first again. */
  #isAnew = false;
  /** There may be accounts that are only in the log of an engine that is gone. */
  #mayBeAdopted = true;
  #isOver = false;

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  /** Shards came: what fell due while nobody had them is looked for at once. */
  lookSoon(): void {
    this.#nextLookMs = 0;
    this.#mayBeAdopted = true;
    this.#after = undefined;
    this.#isAnew = true;
  }

  /** The engine ends: a look that is under way asks nothing more. */
  end(): void {
    this.#isOver = true;
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

  /** Accounts that are not in memory come there: the next sweep sees them, and the next commits write the rows of those that were only in a log. */
  async #look(): Promise<void> {
    const { store, cache, keeper, clock, deciding, note } = this.#options;
    this.#isLooking = true;
    this.#nextLookMs = performance.now() + LOOK_EVERY_MS;
    this.#isAnew = false;
    try {
      const shards = [...keeper.shards.keys()];
      if (this.#mayBeAdopted) {
        this.#mayBeAdopted = false;
        const adopted = await store.adopted(shards, MOST_AT_ONCE);
        if (this.#isOver) return;
        await deciding.finding.load(adopted);
        this.#mayBeAdopted ||= adopted.length > 0; // there may be more, and these have to be written first
        if (adopted.length > 0) this.#nextLookMs = performance.now() + ADOPT_EVERY_MS;
      }
      const after = this.#after;
      this.#after = undefined;
      if (this.#isOver) return;
      const due = await store.due(shards, clock(), MOST_AT_ONCE, after);
      if (this.#isOver) return;
      await deciding.finding.load(due.map(({ id }) => id));
      // The store did not answer meanwhile, which is told to nobody who waits.
      if (due.some(({ id }) => cache.get(id) === undefined)) this.#nextLookMs = performance.now() + AGAIN_MS;
      // There are more. The rows of these say that they are due until they are written, which may take minutes.
      if (due.length === MOST_AT_ONCE) {
        if (!this.#isAnew) this.#after = due.at(-1);
        this.#nextLookMs = performance.now() + NEXT_LOOK_MS;
      }
    } catch (error) {
      this.#mayBeAdopted = true;
      this.#nextLookMs = performance.now() + AGAIN_MS;
      // A store that does not answer is seen to by whoever keeps the lease.
      if (!(error instanceof StoreError)) note('what is due could not be looked for', error);
    } finally {
      this.#isLooking = false;
    }
  }
}
