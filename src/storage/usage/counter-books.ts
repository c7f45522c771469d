import type pg from 'pg';
import type { CounterKey } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import type { Period } from '#core/time/period.ts';
import type { CountedCharge, CounterBooks } from '#operations/usage/settle-counters.ts';
import type { Correction } from '#operations/usage/standing-charge.ts';
import { CorrectionBooks } from './corrections.ts';
import { inTransaction } from './in-transaction.ts';
import { fetchStanding, STANDING_COLUMNS } from './standing-rows.ts';

export interface CounterBooksOptions {
  /** On whose behalf corrections are booked, where one is under way. */
  readonly correctionRun?: number;
  /** Sees corrections. */
  readonly onBook?: (corrections: readonly Correction[]) => void;
  /**
   * Charges are read here, and what is written in one go is a transaction of its own: however many charges there are, none becomes long.
   * Without it, all is done in the transaction that the writing connection is in.
   */
  readonly reader?: pg.PoolClient;
}

/** The counters' side of the books. `bookKnownAt` compiles and may remember. */
export class StoredCounterBooks implements CounterBooks {
  readonly bookKnownAt: (knownAtMicros: number) => Promise<CompiledBook>;
  readonly #client: pg.PoolClient;
  readonly #reader: pg.PoolClient | undefined;
  readonly #corrections: CorrectionBooks;
  readonly #onBook: (corrections: readonly Correction[]) => void;
  #cursors = 0;

  constructor(client: pg.PoolClient, bookKnownAt: (knownAtMicros: number) => Promise<CompiledBook>, options: CounterBooksOptions = {}) {
    this.#client = client;
    this.bookKnownAt = bookKnownAt;
    this.#reader = options.reader;
    this.#corrections = new CorrectionBooks(client, options.correctionRun);
    this.#onBook = options.onBook ?? (() => undefined);
  }

  async disturbed(): Promise<readonly CounterKey[]> {
    const { rows } = await this.#client.query<{ key: string }>('select key from usage_counter where disturbed order by key for update');
    return rows.map(({ key }) => key);
  }

  /** Through a cursor: memory does not grow with the period. What is booked meanwhile is of events that have gone past. */
  async *charges(keys: readonly CounterKey[], period: Period): AsyncGenerator<CountedCharge> {
    const reader = this.#reader;
    if (reader === undefined) {
      yield* this.#charges(this.#client, keys, period);
      return;
    }
    await reader.query('begin isolation level repeatable read read only');
    try {
      yield* this.#charges(reader, keys, period);
    } finally {
      await reader.query('rollback').catch(() => undefined);
    }
  }

  async *#charges(client: pg.ClientBase, keys: readonly CounterKey[], period: Period): AsyncGenerator<CountedCharge> {
    this.#cursors += 1;
    const cursor = `counted_${this.#cursors}`;
    await client.query('set local cursor_tuple_fraction = 1');
    // `exists`, not `in`: as in rerate.ts.
    await client.query(
      `declare ${cursor} no scroll cursor for
       select ${STANDING_COLUMNS} from usage_event e join usage_file f using (file_id) join usage_source s using (source_id)
        where e.day >= $2::date - 2 and e.day <= $3::date + 1
          and (e.in_counters ?| $1::text[] or e.out_counters ?| $1::text[]
            or exists (select from usage_adjustment a where a.event_id = e.event_id and a.counters ?| $1::text[]))
        order by e.started_at, s.name collate "C", e.source_key collate "C", e.event_id`,
      [keys, period.from, period.to],
    );
    const wanted = new Set(keys);
    for await (const events of fetchStanding(client, cursor))
      for (const { charges, ...rest } of events)
        for (const charge of charges) if (charge.moves.some(({ key }) => wanted.has(key))) yield { ...rest, charge };
  }

  async deleted(keys: readonly CounterKey[]): Promise<ReadonlyMap<CounterKey, bigint>> {
    const { rows } = await this.#client.query<{ key: string; value: string }>(
      'select key, trim_scale(sum(value))::text as value from usage_deleted_counter where key = any($1::text[]) group by key',
      [keys],
    );
    return new Map(rows.map(({ key, value }) => [key, BigInt(value)]));
  }

  async book(corrections: readonly Correction[]): Promise<void> {
    if (corrections.length === 0) return;
    await this.#write(() => this.#corrections.book(corrections));
    this.#onBook(corrections);
  }

  async settle(values: ReadonlyMap<CounterKey, bigint>): Promise<void> {
    await this.#write(async () => {
      await this.#client.query(
        `update usage_counter set value = v.value, disturbed = false from unnest($1::text[], $2::numeric[]) as v(key, value)
          where usage_counter.key = v.key`,
        [[...values.keys()], [...values.values()].map(String)],
      );
    });
  }

  async #write(work: () => Promise<void>): Promise<void> {
    if (this.#reader === undefined) await work();
    else await inTransaction(this.#client, work);
  }
}
