import type pg from 'pg';
import type { RollupMove } from '#pipeline/rollup-sums.ts';
import { dateOf } from './days.ts';

/** Adds to the lines of the rollup, making those that are not there. Each line and day at most once in `moves`. */
export async function addRollup(client: pg.ClientBase, moves: Iterable<RollupMove>): Promise<void> {
  // In the order of the index: neighbours are on the same page. Arrays are written by hand, because `pg` looks at each element three times.
  const list = [...moves].sort((a, b) => a.lineId - b.lineId || a.day - b.day);
  if (list.length === 0) return;
  const column = (value: (move: RollupMove) => string | number | bigint): string => `{${list.map(value).join(',')}}`;
  await client.query(
    `insert into rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos)
     select * from unnest($1::int[], $2::date[], $3::bigint[], $4::bigint[], $5::numeric[], $6::numeric[], $7::numeric[])
     on conflict (line_id, day) do update set
       events = rollup_sum.events + excluded.events, answered = rollup_sum.answered + excluded.answered,
       raw_quantity = rollup_sum.raw_quantity + excluded.raw_quantity, billed_quantity = rollup_sum.billed_quantity + excluded.billed_quantity,
       amount_nanos = rollup_sum.amount_nanos + excluded.amount_nanos`,
    [
      column(({ lineId }) => lineId),
      column(({ day }) => dateOf(day)),
      column(({ events }) => events),
      column(({ answered }) => answered),
      column(({ rawQuantity }) => rawQuantity),
      column(({ billedQuantity }) => billedQuantity),
      column(({ amountNanos }) => amountNanos),
    ],
  );
}
