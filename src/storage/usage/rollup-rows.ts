import type pg from 'pg';
import type { RollupMove } from '#pipeline/rollup-sums.ts';
import { dateOf } from './days.ts';

/**
 * Adds to the lines of the rollup, making those that are not there. Each line and day at most once in `moves`. What is added to days that
 * may be in a statement already is marked in rollup_late, and kept with when it came in rollup_arrival. The floor is asked for after the rows are written: a transaction that was told
 * an older floor is then one that a close sees running (see storage/periods/floor.ts).
 */
export async function addRollup(client: pg.ClientBase, moves: Iterable<RollupMove>): Promise<void> {
  // Arrays are written by hand, because `pg` looks at each element three times.
  const columns: (string | number | bigint)[][] = [[], [], [], [], [], [], []];
  const [lines, days, events, answered, raw, billed, amounts] = columns;
  for (const move of moves) {
    lines?.push(move.lineId);
    days?.push(dateOf(move.day));
    events?.push(move.events);
    answered?.push(move.answered);
    raw?.push(move.rawQuantity);
    billed?.push(move.billedQuantity);
    amounts?.push(move.amountNanos);
  }
  if (lines?.length === 0) return;
  await client.query(
    `insert into rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos)
     select * from unnest($1::int[], $2::date[], $3::bigint[], $4::bigint[], $5::numeric[], $6::numeric[], $7::numeric[])
     on conflict (line_id, day) do update set
       events = rollup_sum.events + excluded.events, answered = rollup_sum.answered + excluded.answered,
       raw_quantity = rollup_sum.raw_quantity + excluded.raw_quantity, billed_quantity = rollup_sum.billed_quantity + excluded.billed_quantity,
       amount_nanos = rollup_sum.amount_nanos + excluded.amount_nanos`,
    columns.map((column) => `{${column.join(',')}}`),
  );
  const { rows } = await client.query<{ day: string }>('select day from closing_floor'); // not queued with it: pg warns of two that wait
  const floor = rows[0]?.day ?? '';
  const late = (days ?? []).flatMap((day, at) => (String(day) < floor ? [at] : []));
  if (late.length === 0) return;
  await client.query(
    `with came as (
       insert into rollup_arrival (line_id, day, events, answered, raw, billed, amount_nanos)
       select * from unnest($1::int[], $2::date[], $3::bigint[], $4::bigint[], $5::numeric[], $6::numeric[], $7::numeric[]) returning line_id, day)
     insert into rollup_late (line_id, day) select line_id, day from came on conflict do nothing`,
    columns.map((column) => late.map((at) => String(column[at]))),
  );
}
