/**
 * When configuration became known. Every command that changes configuration or rates takes its
 * instant here: one at a time, later than all before it. So the instant of the last change that a
 * reader sees names all it sees, and a charge that stores it can be priced again from the same rows.
 */
import type pg from 'pg';

/** Any number; it is this lock's name in the database. */
const LOCK = 732_110_942;
const WAIT_MS = 15_000;

export type KnowledgeCause = 'apply' | 'rates' | 'numbers';

/**
 * Takes the lock on configuration until the transaction ends, and the instant (microseconds) from
 * which what it writes is known. Undefined when another command holds the lock for longer than 15 seconds.
 */
export async function beginKnowledge(client: pg.ClientBase, cause: KnowledgeCause, summary: object): Promise<number | undefined> {
  if (!(await lockConfiguration(client))) return undefined;
  const { rows } = await client.query<{ at: number }>(
    `insert into knowledge (known_from, cause, summary)
     select greatest(clock_timestamp(), (select max(known_from) + interval '1 microsecond' from knowledge)), $1, $2
     returning known_from as at`,
    [cause, JSON.stringify(summary)],
  );
  return rows[0]?.at;
}

/** Takes the lock alone, to look before changing. */
export async function lockConfiguration(client: pg.ClientBase): Promise<boolean> {
  await client.query(`set local lock_timeout = ${WAIT_MS}`);
  try {
    await client.query('savepoint configuration_lock');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '55P03')) throw error;
    await client.query('rollback to savepoint configuration_lock');
    return false;
  } finally {
    await client.query('set local lock_timeout = default');
  }
}
