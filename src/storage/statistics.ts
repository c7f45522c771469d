import type pg from 'pg';

/**
 * Tells PostgreSQL's planner about tables that have grown by more than a tenth since it last looked. Autovacuum does
 * so within a minute or two; a statement made right after a load must not be planned for empty tables: one of 150,000
 * calls took 48 s instead of 8.
 */
export async function analyzeGrownTables(client: pg.ClientBase): Promise<void> {
  await client.query('select pg_stat_force_next_flush()');
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
      where schemaname = current_schema() and n_mod_since_analyze > 1000 and n_mod_since_analyze > n_live_tup / 10`,
  );
  if (rows.length === 0) return;
  // A sample of a tenth: sizes are as exact, and a partition of 1,000,000 rows took 0.2 s.
  await client.query('set default_statistics_target = 10');
  for (const { name } of rows) await client.query(`analyze ${name}`);
  await client.query('reset default_statistics_target');
}
