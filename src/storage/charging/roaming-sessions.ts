/** Sessions of roamers and what was told of them (`roaming-told.ts`), until they are booked as usage. */
import type { RoamingContainer, RoamingDirection, RoamingFacts, StoredReport } from '#core/charging/roaming-session.ts';
import type { Database } from '../database.ts';

/** Reports of one file. */
const MOST_REPORTS = 20_000;
/** A session that has not ended is booked in parts, so that a month's statement has what was used in it. */
const LONGEST = '1 day';
/** TS 32.255 lets an SMF be silent for a day; and an hour for clocks that change. */
const SILENT = '25 hours';
/** So long an end is answered again. */
const REMEMBERED = '1 hour';

const OVER = `s.heard_at < clock_timestamp() - (case when s.ended then interval '${REMEMBERED}' else interval '${SILENT}' end)
  and not exists (select from roaming_report r where r.session = s.session)`;

const DUE = `(r.batch is not null or s.ended or s.heard_at < clock_timestamp() - interval '${SILENT}' or r.taken_at < clock_timestamp() - interval '${LONGEST}')`;

/** Whether there is something to be booked, or to be forgotten. */
export async function hasCompleteRoaming({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query(
    `select from roaming_report r join roaming_session s using (session) where ${DUE}
      union all select from roaming_session s where ${OVER} limit 1`,
  );
  return rows.length > 0;
}

/** A batch that a run was killed with, else a new one of all that is complete. Undefined: there is nothing to be booked. */
export async function nextRoamingBatch({ pool }: Database): Promise<bigint | undefined> {
  const { rows: left } = await pool.query<{ batch: bigint | null }>(
    'select min(batch) as batch from roaming_report where batch is not null',
  );
  if (left[0]?.batch != null) return BigInt(left[0].batch);
  const { rows } = await pool.query<{ batch: bigint }>(
    `with due as (
       select r.session, r.number from roaming_report r join roaming_session s using (session)
        where r.batch is null
          and (s.ended or s.heard_at < clock_timestamp() - interval '${SILENT}' or exists (
                 select from roaming_report o
                  where o.session = r.session and o.batch is null and o.taken_at < clock_timestamp() - interval '${LONGEST}'))
        order by r.session, r.number limit $1 for update of r skip locked),
     next as (select nextval('roaming_batch') as batch where exists (select from due))
     update roaming_report r set batch = next.batch from due, next where (r.session, r.number) = (due.session, due.number) returning r.batch`,
    [MOST_REPORTS],
  );
  return rows[0] === undefined ? undefined : BigInt(rows[0].batch);
}

export async function selectRoamingBatch({ pool }: Database, batch: bigint): Promise<readonly StoredReport[]> {
  const { rows } = await pool.query<{
    session: string;
    number: string;
    direction: RoamingDirection;
    facts: RoamingFacts;
    containers: readonly RoamingContainer[];
  }>(
    `select r.session, r.number::text as number, s.direction, r.facts, r.containers from roaming_report r join roaming_session s using (session)
      where r.batch = $1 order by r.session, r.number`,
    [batch],
  );
  return rows;
}

/** It is booked. Sessions that are over are forgotten a while later. */
export async function removeRoamingBatch(database: Database, batch: bigint): Promise<void> {
  await database.pool.query('delete from roaming_report where batch = $1', [batch]);
}

export async function forgetRoamingSessions({ pool }: Database): Promise<void> {
  await pool.query(`delete from roaming_session s where ${OVER}`);
}
