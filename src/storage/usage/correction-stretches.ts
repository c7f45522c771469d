/** Corrections booked in transactions of some ten thousand, however many come: while one is written, more are looked for. */

import type pg from 'pg';
import type { CounterKey } from '#core/rating/charge.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { Correction } from '#operations/usage/standing-charge.ts';
import { commit } from '../commit.ts';
import type { CorrectionBooks } from './corrections.ts';
import { disturbCounters } from './rerate.ts';

/** Of one transaction: a line of the rollup is changed once in each, and a commit waits for the disk. */
const CORRECTIONS = 20_000;

export class CorrectionStretches {
  readonly #client: pg.PoolClient;
  readonly #books: CorrectionBooks;
  /** Corrections of the transaction under way; undefined where none is. */
  #open: number | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(client: pg.PoolClient, books: CorrectionBooks) {
    this.#client = client;
    this.#books = books;
  }

  /** Waits for what was given before; this may be on its way when it returns. What fails is thrown by the next call. */
  async add(corrections: readonly Correction[], counters: ReadonlyMap<CounterKey, UsageEvent>): Promise<void> {
    await this.#writing;
    if (corrections.length === 0 && counters.size === 0) return;
    this.#writing = this.#write(corrections, counters);
    this.#writing.catch(() => undefined); // reported where it is awaited
  }

  /** All of it is in the books. */
  async end(): Promise<void> {
    await this.#writing;
    await this.#commit();
  }

  /** What is not in the books yet will not be. For when somebody else has failed. */
  async abandon(): Promise<void> {
    await this.#writing.catch(() => undefined);
    if (this.#open === undefined) return;
    this.#open = undefined;
    await this.#client.query('rollback').catch(() => undefined);
  }

  async #write(corrections: readonly Correction[], counters: ReadonlyMap<CounterKey, UsageEvent>): Promise<void> {
    if (this.#open === undefined) await this.#client.query('begin');
    this.#open = (this.#open ?? 0) + corrections.length;
    await this.#books.add(corrections);
    await disturbCounters(this.#client, counters);
    if (this.#open >= CORRECTIONS) await this.#commit();
  }

  async #commit(): Promise<void> {
    if (this.#open === undefined) return;
    await this.#books.end();
    await commit(this.#client);
    this.#open = undefined;
  }
}
