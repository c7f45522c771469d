/** Days of the journal of balances: a table each. Balances stand in their accounts; the history of an account begins later then. */
import type pg from 'pg';
import { insertDeletion } from './deletions.ts';

export interface JournalDay {
  readonly day: string;
  readonly records: number;
  readonly bytes: number;
}

export async function journalDaysBefore(client: pg.ClientBase | pg.Pool, before: string): Promise<readonly JournalDay[]> {
  const { rows } = await client.query<{ day: string; records: string; bytes: string }>(
    `select d.day::text as day, greatest(0, c.reltuples)::bigint::text as records, pg_total_relation_size(c.oid)::text as bytes
       from pg_inherits i join pg_class c on c.oid = i.inhrelid
       cross join lateral (select to_date(right(c.relname, 8), 'YYYYMMDD') as day) d
      where i.inhparent = 'charging_journal'::regclass and c.relname ~ '^charging_journal_[0-9]{8}$' and d.day < $1::date order by 1`,
    [before],
  );
  return rows.map(({ day, records, bytes }) => ({ day, records: Number(records), bytes: Number(bytes) }));
}

/** In the transaction that `client` is in. How many entries it had. */
export async function deleteJournalDay(client: pg.ClientBase, { day, bytes }: JournalDay, rule: string, by: string): Promise<number> {
  const table = `charging_journal_${day.replaceAll('-', '')}`;
  if (!/^charging_journal_\d{8}$/.test(table)) throw new Error(`not a day of the journal: ${day}`);
  const { rows } = await client.query<{ records: string }>(`select count(*)::text as records from ${table}`);
  const records = Number(rows[0]?.records ?? 0);
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  await insertDeletion(client, { kind: 'journal', rule, from: day, to: next, records, bytes, by });
  await client.query(`drop table ${table}`);
  return records;
}
