/** What is read of very many lines of the rollup: some thousand at a time, so that others have their turn between. */
import type pg from 'pg';

const LINES_AT_ONCE = 5_000;

/** SQL: `columns`. */
export async function* rollupLines<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  columns: string,
  lines: Iterable<number>,
): AsyncGenerator<Row> {
  const all = [...lines];
  for (let from = 0; from < all.length; from += LINES_AT_ONCE) {
    const { rows } = await client.query<Row>(`select ${columns} from rollup_line where line_id = any($1::int[])`, [
      `{${all.slice(from, from + LINES_AT_ONCE).join(',')}}`,
    ]);
    yield* rows;
  }
}
