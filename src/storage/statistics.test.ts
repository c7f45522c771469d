import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTestDatabase } from '../../test/support/database.ts';
import { analyzeGrownTables } from './statistics.ts';

test('a table that has just grown is known to the planner, and one that has not is left alone', async () => {
  await withTestDatabase(async (database) => {
    const client = await database.pool.connect();
    try {
      await client.query('create table grown (n integer); create table small (n integer)');
      await client.query('insert into grown select generate_series(1, 5000)');
      await client.query('insert into small values (1)');
      await analyzeGrownTables(client);
      const { rows } = await client.query<{ relname: string; reltuples: number }>(
        "select relname, reltuples from pg_class where relname in ('grown', 'small') order by relname",
      );
      assert.deepEqual(rows, [
        { relname: 'grown', reltuples: 5000 },
        { relname: 'small', reltuples: -1 },
      ]);
    } finally {
      client.release();
    }
  });
});
