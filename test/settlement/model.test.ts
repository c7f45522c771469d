/** The code's close of random quarters beside a second, plain model of them in exact fractions: see model/README.md. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTestDatabase } from '../support/database.ts';
import { differences } from './model/compare.ts';
import { makeInDatabase } from './model/in-database.ts';
import { makeInMemory } from './model/in-memory.ts';
import { randomWorld } from './model/world.ts';

const worlds = Number(process.env.MODEL_WORLDS ?? '12');
const first = Number(process.env.MODEL_SEED ?? '1');

test(`${worlds * 3} random months of 20 partners come to what a second model of them says, to the last cent`, async () => {
  for (let seed = first; seed < first + worlds; seed++) {
    const world = randomWorld(seed);
    assert.deepEqual(differences(world, await makeInMemory(world)).slice(0, 10), [], `seed ${seed}`);
  }
});

test('whole months through PostgreSQL, accrued, closed and approved, come to the same', () =>
  withTestDatabase(async (database) => {
    const world = randomWorld(first);
    const made = await makeInDatabase(database, world);
    assert.deepEqual(differences(world, made).slice(0, 10), [], `seed ${first}`);
    assert.ok(made.documents.size > 20);
    // Every charge is stated, refused, or of days that are open: line by line, nothing twice and nothing left out.
    const { rows } = await database.pool.query(
      `select line_id, sum(nanos) as off from (
         select line_id, amount_nanos as nanos from rollup_sum
         union all select line_id, -amount_nanos from statement_charge
         union all select line_id, -amount_nanos from late_refused
         union all select s.line_id, -s.amount_nanos from rollup_sum s join rollup_line using (line_id)
                     left join (select agreement, max(day) as day from usage_closed_until group by 1) c using (agreement)
                    where c.day is null or s.day >= c.day) each group by 1 having sum(nanos) <> 0`,
    );
    assert.deepEqual(rows, []);
    // Of each agreement the statement's two halves are its charges and its adjustments; the second has what came late, too.
    const { rows: off } = await database.pool.query(
      `select statement_id from statement_recorded
         left join (select statement_id, sum(amount_nanos) as nanos from statement_charge group by 1) c using (statement_id)
         left join (select statement_id, sum(amount_nanos) as nanos from statement_deal group by 1) d using (statement_id)
         left join (select statement_id, sum(charges_nanos + adjusted_nanos) as nanos from statement_amount group by 1) a using (statement_id)
        where coalesce(a.nanos, 0) <> coalesce(c.nanos, 0) + coalesce(d.nanos, 0)`,
    );
    assert.deepEqual(off, []);
  }));
