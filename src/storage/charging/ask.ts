/**
 * One statement of many thousand a second over a connection of its own. `client.query` without a callback, and with a `query_timeout`, writes a function into the query
 * (`query.callback = …`), which V8 makes among what is old at once: dead after a millisecond, it keeps the query, its parameters and the batch that waits for it until
 * everything is collected (docs/decisions/0022-charging-tail.md). What is given as a callback is young like everything else.
 */
import pg from 'pg';

/** Rejects with the server's error, that of the connection, or one that says `timeout` when nothing came back within `silenceMs`: the connection is of no use then. */
export function ask(client: pg.PoolClient, statement: pg.QueryConfig, silenceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(reject, silenceMs, new Error('timeout: no answer to a statement'));
    client.query(
      new pg.Query(statement, (error) => {
        clearTimeout(late);
        if (error) reject(error);
        else resolve();
      }),
    );
  });
}
