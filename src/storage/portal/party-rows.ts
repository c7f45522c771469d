/** What partners look at, read with their eyes (migration 311): no statement here says whose rows it wants. */

import type { PartyStatement } from '#operations/portal/ports.ts';
import type { Database } from '../database.ts';

/** Newest first. */
export async function selectStatements({ pool }: Database): Promise<readonly PartyStatement[]> {
  const { rows } = await pool.query<PartyStatement>(
    `select agreement, label as period, version, from_day as "from", to_day as "to", closed_on as "closedOn", sha256
       from statement_recorded order by to_day desc, agreement, version desc`,
  );
  return rows;
}
