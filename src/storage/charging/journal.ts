/** The journal of balances: a table for each UTC day, made ahead; and an account's history, from its newest entry back. */
import { readDebitNote } from '#core/charging/refund.ts';
import type { DebitReference, OriginalDebit, PaidPart } from '#core/charging/request.ts';
import type { Database } from '../database.ts';

const MICROS_PER_DAY = 86_400_000_000;

/** The tables of an instant's UTC day and of the next, where they are not there. `known` is kept by the caller. */
export async function makeJournalDays({ pool }: Database, atMicros: number, known: Set<number>): Promise<void> {
  const today = Math.floor(atMicros / MICROS_PER_DAY);
  for (const day of [today, today + 1]) {
    if (known.has(day)) continue;
    const name = `charging_journal_${new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}`;
    if (!/^charging_journal_\d{8}$/.test(name)) throw new Error(`not a day of the journal: ${day}`);
    await pool.query(
      `create table if not exists ${name} partition of charging_journal for values from (${day * MICROS_PER_DAY}) to (${(day + 1) * MICROS_PER_DAY})
         with (autovacuum_analyze_threshold = 2147483647, autovacuum_vacuum_cost_delay = 10)`, // as migrations 486 and 533 have it for the tables beside it
    );
    known.add(day);
  }
}

/** An entry of the journal as it is kept. */
export interface KeptEntry {
  readonly entryId: number;
  readonly account: string;
  readonly atMicros: number;
  readonly bucket: number;
  readonly definition: string;
  readonly unit: string;
  readonly before: bigint;
  readonly after: bigint;
  /** `use`, `refund`, the kind of a command, `expiry` … */
  readonly cause: string;
  /** Session, key of the command, or what ended or renewed. */
  readonly of: string;
  /** Of the request; 0 for other causes. */
  readonly number: number;
  readonly note: string | undefined;
}

/** An entry is made within this of its decision: entries of one moment follow each other by microseconds. */
const DEBIT_WITHIN_MICROS = 60_000_000;

/** What buckets paid for an event of the first of these accounts (the others are its pools); units 0: there is no such debit. */
export async function selectDebit(
  { pool }: Database,
  accounts: readonly string[],
  { session, number, item, atMicros }: DebitReference,
): Promise<OriginalDebit> {
  const none: OriginalDebit = { account: accounts[0] ?? '', units: 0n, unit: 'events', parts: [] };
  if (!Number.isSafeInteger(atMicros) || !Number.isSafeInteger(number)) return none;
  const { rows } = await pool.query<PaidPart & { note: string }>(
    `select account_id as account, bucket, definition, unit, before - after as amount, note from charging_journal
      where entry_id between $1 and $1::bigint + $2::bigint and account_id = any($3::text[]) and cause = 'use' and cause_of = $4 and number = $5
        and at_micros = $1 and note is not null`,
    [atMicros, DEBIT_WITHIN_MICROS, accounts, session, number],
  );
  return rows.reduce((debit, { note, ...part }): OriginalDebit => {
    const read = readDebitNote(note);
    if (read?.item !== item || read.account !== debit.account) return debit;
    return { account: read.account, units: read.units, unit: read.unit, parts: [...debit.parts, part] };
  }, none);
}

/** The newest entries of an account, newest first: each names the one before it. */
export async function selectHistory(database: Database, account: string, most: number): Promise<readonly KeptEntry[]> {
  return (await selectEntries(database, account, undefined, 0, most)).entries;
}

/**
 * Entries of an account, newest first, at most so many: from one back (undefined: from its newest) to those later than `after`. `before`: where
 * those before them begin; 0: there are none.
 */
export async function selectEntries(
  { pool }: Database,
  account: string,
  from: number | undefined,
  after: number,
  most: number,
): Promise<{ readonly entries: readonly KeptEntry[]; readonly before: number }> {
  const { rows } = await pool.query<{
    entry_id: bigint;
    previous_id: bigint;
    at: bigint;
    bucket: number;
    definition: string;
    unit: string;
    before: bigint;
    after: bigint;
    cause: string;
    cause_of: string;
    number: bigint;
    note: string | null;
  }>(
    `with recursive history as (
       select j.*, 1 as place from charging_accounts_now(array[$1]) a join charging_journal j on j.entry_id = coalesce($3, a.last_entry) and j.account_id = a.account_id
        where j.entry_id > $4
       union all
       select j.*, h.place + 1 from history h join charging_journal j on j.entry_id = h.previous_id and j.account_id = h.account_id
        where h.place < $2 and j.entry_id > $4)
     select entry_id, previous_id, at_micros as at, bucket, definition, unit, before, after, cause, cause_of, number, note
       from history order by place`,
    [account, most, from ?? null, after],
  );
  const entries = rows.map((row) => ({
    entryId: Number(row.entry_id),
    account,
    atMicros: Number(row.at),
    bucket: row.bucket,
    definition: row.definition,
    unit: row.unit,
    before: row.before,
    after: row.after,
    cause: row.cause,
    of: row.cause_of,
    number: Number(row.number),
    note: row.note ?? undefined,
  }));
  return { entries, before: Number(rows.at(-1)?.previous_id ?? 0n) };
}

/** The newest entry of each account. */
export async function selectNewest({ pool }: Database, accounts: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ account: string; last: bigint }>(
    'select account_id as account, last_entry as last from charging_accounts_now($1::text[])',
    [accounts],
  );
  return new Map(rows.map(({ account, last }) => [account, Number(last)]));
}
