import type pg from 'pg';
import { commit } from '../commit.ts';

/** Runs the work between BEGIN and COMMIT on a connection that its caller keeps; rolls back when it throws, and throws on. */
export async function inTransaction<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const value = await work();
    await commit(client);
    return value;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
