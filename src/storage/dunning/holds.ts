import type pg from 'pg';

export interface AccountHold {
  readonly account: string;
  readonly why: string;
  readonly heldBy: string;
  readonly heldDay: string;
  readonly releasedBy: string | undefined;
  readonly releasedDay: string | undefined;
  readonly releaseWhy: string | undefined;
}

/** Newest first; with `released` also those that are over. */
/** Newest first; of one account where it is named. */
export async function listHolds(pool: pg.Pool, released: boolean, account?: string): Promise<readonly AccountHold[]> {
  const { rows } = await pool.query<
    Record<'account' | 'why' | 'held_by' | 'held_day', string> & Record<'released_by' | 'released_day' | 'release_why', string | null>
  >(
    'select * from account_hold where ($1 or released_day is null) and ($2::text is null or account = $2) order by hold_id desc limit 1000',
    [released, account ?? null],
  );
  return rows.map((row) => ({
    account: row.account,
    why: row.why,
    heldBy: row.held_by,
    heldDay: row.held_day,
    releasedBy: row.released_by ?? undefined,
    releasedDay: row.released_day ?? undefined,
    releaseWhy: row.release_why ?? undefined,
  }));
}

/** The last one of an account, or of a document, counts. One that ends before today ends the pause. */
export async function enterPause(
  client: pg.ClientBase,
  {
    account,
    document,
    until,
    why,
    by,
  }: { account: string; document: string | undefined; until: string | undefined; why: string; by: string },
): Promise<void> {
  await client.query('insert into dunning_pause (account, document, until_day, why, entered_by) values ($1, $2, $3, $4, $5)', [
    ...[account, document ?? null, until ?? null],
    ...[why, by],
  ]);
}
