import type pg from 'pg';
import type { CounterKey } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import type { Period } from '#core/time/period.ts';
import type { CountedCharge, CounterBooks } from '#operations/usage/settle-counters.ts';
import type { Correction } from '#operations/usage/standing-charge.ts';
import { CorrectionBooks } from './corrections.ts';
import { ChargeLines, STANDING_SELECT, type StandingRow, standingEventOf } from './standing-rows.ts';

const ROWS_PER_FETCH = 2_000;

/** The counters' side of the books, inside the transaction of `client`. `bookKnownAt` compiles and may remember. */
export class StoredCounterBooks implements CounterBooks {
  readonly bookKnownAt: (knownAtMicros: number) => Promise<CompiledBook>;
  readonly #client: pg.PoolClient;
  readonly #lines = new ChargeLines();
  readonly #correctionRun: number | undefined;
  readonly #onBook: (corrections: readonly Correction[]) => void;
  #corrections: CorrectionBooks | undefined;
  #cursors = 0;

  /** `correctionRun`: on whose behalf corrections are booked, where one is under way. `onBook` sees them. */
  constructor(
    client: pg.PoolClient,
    bookKnownAt: (knownAtMicros: number) => Promise<CompiledBook>,
    correctionRun?: number,
    onBook: (corrections: readonly Correction[]) => void = () => undefined,
  ) {
    this.#client = client;
    this.bookKnownAt = bookKnownAt;
    this.#correctionRun = correctionRun;
    this.#onBook = onBook;
  }

  async disturbed(): Promise<readonly CounterKey[]> {
    const { rows } = await this.#client.query<{ key: string }>('select key from usage_counter where disturbed order by key for update');
    return rows.map(({ key }) => key);
  }

  /** Through a cursor: memory does not grow with the period. */
  async *charges(keys: readonly CounterKey[], period: Period): AsyncGenerator<CountedCharge> {
    this.#cursors += 1;
    const cursor = `counted_${this.#cursors}`;
    await this.#client.query(
      `declare ${cursor} no scroll cursor for
       select ${STANDING_SELECT}
        where e.day >= $2::date - 2 and e.day <= $3::date + 1
          and (e.in_counters ?| $1::text[] or e.out_counters ?| $1::text[]
            or e.event_id in (select event_id from usage_adjustment where counters ?| $1::text[] and day >= $2::date - 2 and day <= $3::date + 1))
        order by e.started_at, s.name collate "C", e.source_key collate "C", e.event_id`,
      [keys, period.from, period.to],
    );
    const wanted = new Set(keys);
    try {
      for (;;) {
        const { rows } = await this.#client.query<StandingRow>(`fetch ${ROWS_PER_FETCH} from ${cursor}`);
        await this.#lines.learn(this.#client, rows);
        for (const row of rows) {
          const { charges, ...rest } = standingEventOf(row, this.#lines);
          for (const charge of charges) if (charge.moves.some(({ key }) => wanted.has(key))) yield { ...rest, charge };
        }
        if (rows.length < ROWS_PER_FETCH) return;
      }
    } finally {
      await this.#client.query(`close ${cursor}`);
    }
  }

  async book(corrections: readonly Correction[]): Promise<void> {
    if (corrections.length === 0) return;
    this.#corrections ??= await CorrectionBooks.open(this.#client, this.#correctionRun);
    await this.#corrections.book(corrections);
    this.#onBook(corrections);
  }

  async settle(values: ReadonlyMap<CounterKey, bigint>): Promise<void> {
    await this.#client.query(
      `update usage_counter set value = v.value, disturbed = false from unnest($1::text[], $2::numeric[]) as v(key, value)
        where usage_counter.key = v.key`,
      [[...values.keys()], [...values.values()].map(String)],
    );
  }
}
