import type pg from 'pg';

/**
 * COMMIT that is one. PostgreSQL answers ROLLBACK, and no error, where a statement had failed and its error was lost on the way: what was
 * to be booked would then be told as booked. Throws in that case.
 */
export async function commit(client: pg.ClientBase): Promise<void> {
  demandCommitted(await client.query('commit'));
}

/** Of the answer to `commit`. */
export function demandCommitted({ command }: Pick<pg.QueryResult, 'command'>): void {
  if (command !== 'COMMIT') throw new Error('the transaction was undone: one of its statements had failed and nobody said so');
}
