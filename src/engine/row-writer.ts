/**
 * Rows of accounts follow the log behind the commits, over a connection of their own: nobody waits for them. A row is written as the last commit left the account,
 * which the log has, so what is durable is one state wherever it is read: that of the larger version.
 */
import type { AccountCache, Held } from './account-cache.ts';
import type { EngineCounts } from './counts.ts';
import type { Keeper } from './keeper.ts';
import { type AccountRow, type ChargingStore, StoreError } from './ports.ts';

export interface RowWriterOptions {
  readonly store: ChargingStore;
  readonly cache: AccountCache;
  readonly counts: EngineCounts;
  readonly keeper: Keeper;
  readonly note: (text: string, error?: unknown) => void;
  /** Nobody knows what became of them, or another engine has them: memory counts for nothing any more. */
  readonly lost: () => void;
  /** Some were written. */
  readonly written: () => void;
}

/** What is no fault of the connection does not go away so soon. */
const FAULT_RETRY_MS = 2_000;

export class RowWriter {
  readonly #options: RowWriterOptions;
  #running: Promise<void> | undefined;
  #statement: Promise<unknown> | undefined;
  #notBeforeMs = 0;
  #taken: readonly Held[] = [];

  constructor(options: RowWriterOptions) {
    this.#options = options;
  }

  /** Writes what is due: to be called every some hundredths of a second. */
  write(): void {
    if (this.#running !== undefined || performance.now() < this.#notBeforeMs || this.#options.cache.unwritten.size === 0) return;
    this.#running = this.#writeAll().finally(() => {
      this.#running = undefined;
      this.#options.written();
    });
  }

  get isWriting(): boolean {
    return this.#running !== undefined;
  }

  /** When what is being written is, or is not. */
  async settled(): Promise<void> {
    await this.#statement;
  }

  async #writeAll(): Promise<void> {
    const { cache, note, lost, counts } = this.#options;
    try {
      for (let isMore = true; isMore; ) {
        const statement = this.#writeSome();
        this.#statement = statement.catch(() => undefined);
        isMore = await statement;
      }
    } catch (error) {
      if (this.#taken.every(({ isGone }) => isGone)) {
        cache.unwritten.written(); // memory was forgotten meanwhile, and with it these
        return;
      }
      counts.commitsFailed += 1;
      note('rows of accounts could not be written', error);
      if (error instanceof StoreError) {
        cache.unwritten.written();
        lost();
      } else {
        cache.unwritten.putBack();
        this.#notBeforeMs = performance.now() + FAULT_RETRY_MS;
      }
    }
  }

  /** False: nothing is due. */
  async #writeSome(): Promise<boolean> {
    const { store, cache, keeper, counts } = this.#options;
    const taken = cache.unwritten.take(performance.now());
    this.#taken = taken;
    if (taken.length === 0) return false;
    const { owned, engineId } = keeper;
    const rows = taken.map(({ id, durable: text, durableDue, durableEntry, version, rowVersion, rowShard, isAdopted }): AccountRow => {
      const epoch = owned.get(rowShard);
      if (epoch === undefined) throw new StoreError('deposed', new Error('a shard went while a row of it was due'));
      const written = { id, text, version, dueMicros: durableDue, lastEntry: durableEntry };
      return { ...written, shard: rowShard, epoch, before: rowVersion, isAdopted };
    });
    const shards = new Map(rows.map(({ shard, epoch }) => [shard, epoch]));
    await store.writeRows({ engineId, shards, rows });
    for (const [index, held] of taken.entries()) {
      held.rowVersion = rows[index]?.version ?? held.rowVersion;
      held.isAdopted = false;
    }
    counts.rows += rows.length;
    cache.unwritten.written();
    return true;
  }
}
