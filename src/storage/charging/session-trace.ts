/** What is kept of one session: who had it, what it changed, what was used. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { UsageRecord } from '#core/charging/decision.ts';
import type { Database } from '../database.ts';
import { fromExactJson } from './exact-json.ts';
import { type KeptEntry, selectHistory } from './journal.ts';

export interface KeptSession {
  readonly account: string;
  /** Undefined while it is open. */
  readonly closedMicros: number | undefined;
  /** Of its last request, once it is over. */
  readonly answer: ChargingAnswer | undefined;
  readonly entries: readonly KeptEntry[];
  /** Complete use that is not booked yet. */
  readonly records: readonly UsageRecord[];
}

/** Entries of an account that are looked through for a session. */
const MOST_ENTRIES = 10_000;

/** What a session took from an account and gave back, newest first. */
export async function selectUse(database: Database, account: string, session: string): Promise<readonly KeptEntry[]> {
  const history = await selectHistory(database, account, MOST_ENTRIES);
  return history.filter(({ of, cause }) => of === session && (cause === 'use' || cause === 'refund'));
}

/** Undefined: no such session is known, or it was over too long ago. `pools` of the account have entries of the session too. */
export async function selectSession(
  database: Database,
  session: string,
  pools: (account: string) => Promise<readonly string[]>,
): Promise<KeptSession | undefined> {
  const { pool } = database;
  const known = await pool.query<{ account: string; closed: bigint | null; answer: string | null }>(
    'select account_id as account, closed_micros as closed, answer::text as answer from charging_session where session_id = $1',
    [session],
  );
  const records = await pool.query<{ account: string; record: string }>(
    // In the collation "C" these are the names that begin with the session and a bar.
    `select account_id as account, record::text as record from charging_usage
      where record_id >= $1 || '|' and record_id < $1 || '}' order by record_id`,
    [session],
  );
  const account = known.rows[0]?.account ?? records.rows[0]?.account;
  if (account === undefined) return undefined;
  const entries: KeptEntry[] = [];
  for (const each of [account, ...(await pools(account))]) {
    entries.push(...(await selectUse(database, each, session)));
  }
  const { closed = null, answer = null } = known.rows[0] ?? {};
  return {
    account,
    closedMicros: closed === null ? undefined : Number(closed),
    answer: answer === null ? undefined : fromExactJson<ChargingAnswer>(answer),
    entries: entries.sort((a, b) => a.entryId - b.entryId),
    records: records.rows.map(({ record }) => fromExactJson<UsageRecord>(record)),
  };
}
