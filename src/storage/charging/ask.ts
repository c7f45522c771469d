/**
 * One of many thousand statements a second. `client.query` without a callback, or with a `query_timeout`, writes a function into the query (`query.callback = …`), which V8 makes
 * among what is old at once: dead after a millisecond, it keeps the query, its parameters and the batch that waits for it until everything is collected
 * (docs/decisions/0022-charging-tail.md). What is given as an argument is young like everything else.
 */
import pg from 'pg';

/** Rejects with the server's error, that of the connection, or one that says `timeout` when nothing came back within `silenceMs`: the connection is of no use then. */
export function ask<Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  statement: pg.QueryConfig,
  silenceMs: number,
): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(tooLate, silenceMs, reject);
    client.query(
      new pg.Query<Row>(statement, (error, result) => {
        clearTimeout(late);
        if (error) reject(error);
        else resolve(result.rows);
      }),
    );
  });
}

/** An error is made when there is one: its stack costs more than the statement's way to the server. */
export function tooLate(reject: (error: Error) => void): void {
  reject(new Error('timeout: no answer to a statement'));
}
