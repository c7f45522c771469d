/** What partners look at, read with their eyes (migration 311): no statement here says whose rows it wants. */

import type pg from 'pg';
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

/** UTC days that are looked at together at most. */
const MOST_DAYS = 64;

/** Of these local days, in the order of their time, behind one of them: read day by day until the page is full, more days at once while few have any. */
export async function selectCalls(
  database: Database,
  filter: PartyCallFilter,
  after: AfterCall | undefined,
  most: number,
): Promise<readonly PartyCall[]> {
  const begun = after === undefined ? undefined : new Date(after.startedMicros / 1_000).toISOString().slice(0, 10);
  // UTC days around the local ones.
  const earliest = dayAfter(filter.from, -1);
  const last = dayAfter(filter.to, 1);
  return database.transaction(async (client) => {
    // Compiling a plan takes longer than a page.
    await client.query('set local jit = off');
    const found: PartyCall[] = [];
    let first = begun !== undefined && begun > earliest ? begun : earliest;
    // The first day has only what is of the next one there: two by themselves, before it is more of them.
    for (let [turn, days] = [1, 1]; first <= last && found.length < most; turn += 1, days = turn < 3 ? 1 : Math.min(days * 2, MOST_DAYS)) {
      const end = dayAfter(first, days - 1);
      found.push(
        ...(await callsOfDays(client, [first, Temporal.PlainDate.compare(end, last) < 0 ? end : last], filter, after, most - found.length)),
      );
      first = dayAfter(end, 1);
    }
    return found;
  });
}

function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

async function callsOfDays(
  client: pg.ClientBase,
  [first, last]: readonly [string, string],
  { from, to, agreement }: PartyCallFilter,
  after: AfterCall | undefined,
  most: number,
): Promise<readonly PartyCall[]> {
  const { rows } = await client.query<Omit<PartyCall, 'calling'> & { readonly calling: string | null }>(
    `select event_id as "eventId", leg, started_at as "startedMicros", service, calling, called, answered, duration_micros as "durationMicros",
            agreement, role, destination, currency, billed, amount_nanos as "amountNanos"
       from party_call
      where day between $8::date and $9::date and local_day between $1 and $2 and ($3::text is null or agreement = $3)
        and ($4::timestamptz is null or (started_at, event_id, leg) > ($4, $5::bigint, $6))
      order by started_at, event_id, leg limit $7`,
    [
      ...[from, to, agreement ?? null, after === undefined ? null : formatTimestamptz(after.startedMicros)],
      ...[after?.eventId ?? null, after?.leg ?? null, most, first, last],
    ],
  );
  return rows.map(({ calling, ...row }) => ({ ...row, calling: calling ?? undefined }));
}
