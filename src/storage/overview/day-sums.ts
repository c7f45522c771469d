/** Sums of days and agreements, kept while records arrive (migration 447). */
import type { Database } from '../database.ts';

/** Fewer are as quick to read as sums. */
const FEW_ROWS = 200;

/** Folds what came into the sums: whoever reads meanwhile sees the same. Two who do it at once take different rows. How many rows were folded. */
export async function foldDaySums({ pool }: Pick<Database, 'pool'>, atLeast = FEW_ROWS): Promise<number> {
  const { rows } = await pool.query<{ folded: bigint }>(
    `with gone as (
       delete from rollup_day_come where (select count(*) from (select from rollup_day_come limit $1) as counted) >= $1 returning *),
     folded as (
       insert into rollup_day_sum as s
         select day, agreement, role, currency, sum(events), sum(answered), sum(amount_nanos) from gone group by 1, 2, 3, 4 order by 1, 2, 3, 4
       on conflict (day, agreement, role, currency) do update
         set events = s.events + excluded.events, answered = s.answered + excluded.answered, amount_nanos = s.amount_nanos + excluded.amount_nanos)
     select count(*) as folded from gone`,
    [atLeast],
  );
  return Number(rows[0]?.folded ?? 0);
}
