/** What partners look at, read with their eyes (migration 311): no statement here says whose rows it wants. */

import type { AfterCall, PartyCall, PartyCallFilter, PartyStatement } from '#operations/portal/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

/** Newest first. */
export async function selectStatements({ pool }: Database): Promise<readonly PartyStatement[]> {
  const { rows } = await pool.query<PartyStatement>(
    `select agreement, label as period, version, from_day as "from", to_day as "to", closed_on as "closedOn", sha256
       from statement_recorded order by to_day desc, agreement, version desc`,
  );
  return rows;
}

/** Of these local days, in the order of their time, behind one of them. */
export async function selectCalls(
  { pool }: Database,
  { from, to, agreement }: PartyCallFilter,
  after: AfterCall | undefined,
  most: number,
): Promise<readonly PartyCall[]> {
  const { rows } = await pool.query<Omit<PartyCall, 'calling'> & { readonly calling: string | null }>(
    // UTC days around the local ones keep the partitions few.
    `select event_id as "eventId", leg, started_at as "startedMicros", service, calling, called, answered, duration_micros as "durationMicros",
            agreement, role, destination, currency, billed, amount_nanos as "amountNanos"
       from party_call
      where day between $1::date - 1 and $2::date + 1 and local_day between $1 and $2 and ($3::text is null or agreement = $3)
        and ($4::timestamptz is null or (started_at, event_id, leg) > ($4, $5::bigint, $6))
      order by started_at, event_id, leg limit $7`,
    [
      ...[from, to, agreement ?? null, after === undefined ? null : formatTimestamptz(after.startedMicros)],
      ...[after?.eventId ?? null, after?.leg ?? null, most],
    ],
  );
  return rows.map(({ calling, ...row }) => ({ ...row, calling: calling ?? undefined }));
}
