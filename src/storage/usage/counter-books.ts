import type pg from 'pg';
import type { CounterKey } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import type { Period } from '#core/time/period.ts';
import type { Adjustment, CountedCharge, CounterBooks } from '#operations/usage/settle-counters.ts';
import { formatCounters } from '#pipeline/ports.ts';
import type { RollupMove } from '#pipeline/rollup-sums.ts';
import { utcDay } from './days.ts';
import { LineNumbers } from './dictionaries.ts';
import { addRollup } from './rollup-rows.ts';
import { countersOf } from './row-text.ts';
import { EVENT_SELECT, type EventRow, storedEventOf } from './stored-events.ts';

const ROWS_PER_FETCH = 2_000;

interface CountedRow extends EventRow {
  readonly leg: 'in' | 'out';
  readonly adjusted_billed: string | null;
  readonly adjusted_amount: string | null;
  readonly adjusted_counters: unknown;
}

/** The counters' side of the books, inside the transaction of `client`. `bookKnownAt` compiles and may remember. */
export class StoredCounterBooks implements CounterBooks {
  readonly #client: pg.PoolClient;
  readonly #bookKnownAt: (knownAtMicros: number) => Promise<CompiledBook>;
  #cursors = 0;

  constructor(client: pg.PoolClient, bookKnownAt: (knownAtMicros: number) => Promise<CompiledBook>) {
    this.#client = client;
    this.#bookKnownAt = bookKnownAt;
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
       select leg, a.billed as adjusted_billed, a.amount as adjusted_amount, a.counters as adjusted_counters, ${EVENT_SELECT}
         cross join (values ('in'), ('out')) as legs(leg)
         left join lateral (select sum(billed) as billed, sum(amount_nanos) as amount,
           (array_agg(counters order by adjustment_id desc))[1] as counters
           from usage_adjustment where event_id = e.event_id and usage_adjustment.leg = legs.leg) a on true
        where e.day >= $2::date - 2 and e.day <= $3::date + 1
          and case legs.leg when 'in' then e.in_counters ?| $1::text[] else e.out_counters ?| $1::text[] end
        order by e.started_at, s.name collate "C", e.source_key collate "C"`,
      [keys, period.from, period.to],
    );
    try {
      for (;;) {
        const { rows } = await this.#client.query<CountedRow>(`fetch ${ROWS_PER_FETCH} from ${cursor}`);
        for (const row of rows) yield countedOf(row);
        if (rows.length < ROWS_PER_FETCH) return;
      }
    } finally {
      await this.#client.query(`close ${cursor}`);
    }
  }

  async adjust(adjustments: readonly Adjustment[]): Promise<void> {
    if (adjustments.length === 0) return;
    await this.#client.query(
      `insert into usage_adjustment (event_id, day, leg, version_id, role, local_day, rate_id, band, billed, amount_nanos, counters, reason)
       select * from unnest($1::bigint[], $2::date[], $3::text[], $4::int[], $5::text[], $6::date[], $7::int[], $8::text[], $9::bigint[],
         $10::bigint[], $11::jsonb[], $12::text[])`,
      [
        adjustments.map(({ eventId }) => eventId),
        adjustments.map(({ event }) => utcDay(event.startMicros)),
        adjustments.map(({ charge }) => charge.leg),
        adjustments.map(({ charge }) => charge.agreementVersionId),
        adjustments.map(({ charge }) => charge.role),
        adjustments.map(({ charge }) => charge.day),
        adjustments.map(({ charge }) => charge.rateId ?? null),
        adjustments.map(({ charge }) => charge.band ?? null),
        adjustments.map(({ billed }) => String(billed)),
        adjustments.map(({ amountNanos }) => String(amountNanos)),
        adjustments.map(({ charge }) => formatCounters(charge.counterMoves) ?? '{}'),
        adjustments.map(({ reason }) => reason),
      ],
    );
    await addRollup(this.#client, await this.#rollupMoves(adjustments));
  }

  async settle(values: ReadonlyMap<CounterKey, bigint>): Promise<void> {
    await this.#client.query(
      `update usage_counter set value = v.value, disturbed = false from unnest($1::text[], $2::numeric[]) as v(key, value)
        where usage_counter.key = v.key`,
      [[...values.keys()], [...values.values()].map(String)],
    );
  }

  book(knownAtMicros: number): Promise<CompiledBook> {
    return this.#bookKnownAt(knownAtMicros);
  }

  /** One move for each line and day of the rollup. */
  async #rollupMoves(adjustments: readonly Adjustment[]): Promise<readonly RollupMove[]> {
    const ids = await new LineNumbers().of(
      this.#client,
      adjustments.map(({ charge: { agreement, agreementVersionId, role, tariff, rateId, destination, band, currency } }) => ({
        ...{ agreement, versionId: agreementVersionId, role, tariff, rateId: rateId ?? 0, destination, band: band ?? '', currency },
      })),
    );
    const moves = new Map<string, RollupMove>();
    for (const [index, { charge, billed, amountNanos }] of adjustments.entries()) {
      const lineId = ids[index] as number; // one for each adjustment
      const key = `${lineId}|${charge.day}`;
      const sum = moves.get(key);
      moves.set(key, {
        lineId,
        day: Date.parse(charge.day) / 86_400_000,
        events: 0,
        answered: 0,
        rawQuantity: 0n,
        billedQuantity: (sum?.billedQuantity ?? 0n) + billed,
        amountNanos: (sum?.amountNanos ?? 0n) + amountNanos,
      });
    }
    return [...moves.values()];
  }
}

function countedOf(row: CountedRow): CountedCharge {
  const stored = storedEventOf(row);
  const charge = stored.charges.find(({ leg }) => leg === row.leg);
  if (charge === undefined) throw new Error(`event ${stored.eventId} has counters on leg ${row.leg} but no charge`);
  return {
    eventId: stored.eventId,
    leg: row.leg,
    event: stored.event,
    knownAtMicros: stored.knownAtMicros,
    billed: charge.billed + BigInt(row.adjusted_billed ?? 0),
    amountNanos: charge.amountNanos + BigInt(row.adjusted_amount ?? 0),
    moves: row.adjusted_counters === null ? charge.moves : countersOf(row.adjusted_counters),
  };
}
