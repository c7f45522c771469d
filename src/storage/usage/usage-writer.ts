/** Writes batches of usage. One writer at a time in the whole installation: counters and rollups are shared by all sources. */
import type pg from 'pg';
import type { PartTransaction } from '#pipeline/correlating/ports.ts';
import type { UsageWriter } from '#pipeline/ports.ts';
import type { Database } from '../database.ts';
import { BatchTransaction } from './batch-transaction.ts';
import { partitionOf } from './days.ts';
import { LineNumbers } from './dictionaries.ts';
import { inTransaction } from './in-transaction.ts';
import { KeyRunStore } from './key-runs.ts';

/** Any number; it is this lock's name in the database. */
const WRITER_LOCK = 732_110_943;

/**
 * Runs the work with the right to write usage. When another process has it, `onWait` is called once and the work
 * begins when that one is done or dead. The lock and all transactions are on one connection: the lock of a killed
 * process cannot end before its last statement has.
 */
export async function withUsageWriter<T>(
  database: Database,
  onWait: () => void,
  work: (writer: UsageWriter<PartTransaction>, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  const lost = (error: Error): void => {
    broken = error;
  };
  client.on('error', lost);
  try {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [WRITER_LOCK]);
    if (rows[0]?.free !== true) {
      onWait();
      await client.query('select pg_advisory_lock($1)', [WRITER_LOCK]);
    }
    try {
      return await work(new Writer(client, await KeyRunStore.open(client)), client);
    } finally {
      if (broken === undefined) await client.query('select pg_advisory_unlock($1)', [WRITER_LOCK]);
    }
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}

class Writer implements UsageWriter<PartTransaction> {
  readonly keys: KeyRunStore;
  readonly #client: pg.PoolClient;
  readonly #days = new Set<string>();
  readonly #lines = new LineNumbers();

  constructor(client: pg.PoolClient, keys: KeyRunStore) {
    this.#client = client;
    this.keys = keys;
  }

  async transaction<T>(work: (transaction: PartTransaction) => Promise<T>): Promise<T> {
    const made = new Set<string>();
    const makeRoom = (day: string): Promise<void> => this.#makeRoom(day, made);
    const books = { keys: this.keys, lines: this.#lines, makeRoom };
    try {
      const value = await inTransaction(this.#client, async () => {
        const transaction = new BatchTransaction(this.#client, books);
        try {
          const done = await work(transaction);
          await transaction.end();
          return done;
        } catch (error) {
          throw transaction.failure ?? error;
        }
      });
      for (const day of made) this.#days.add(day);
      return value;
    } catch (error) {
      this.#lines.forget();
      throw error;
    }
  }

  /** The day's partition. Made apart and attached, which does not wait for those who read the other days. */
  async #makeRoom(day: string, made: Set<string>): Promise<void> {
    if (this.#days.has(day) || made.has(day)) return;
    const name = partitionOf(day);
    const { rows } = await this.#client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [name]);
    if (rows[0]?.there !== true) {
      const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
      await this.#client.query(`create table ${name} (like usage_event including defaults including constraints including indexes)`);
      await this.#client.query(`alter table usage_event attach partition ${name} for values from ('${day}') to ('${next}')`);
    }
    made.add(day);
  }
}
