/** The journal a page at a time, narrowed by what its postings are about. */
import type pg from 'pg';
import { type EntryRow, entryColumns, entryOfRow, type StoredEntry } from './read-entries.ts';
import type { LedgerStretch } from './reports.ts';

export interface JournalFilter extends LedgerStretch {
  readonly ledgerAccount?: string;
  readonly account?: string;
  readonly document?: string;
  readonly kind?: string;
  readonly reference?: string;
}

/** Days of which the first entry is looked for: some microseconds each. */
const MOST_DAYS = 2_000;
/** Days and chain go the same way, more or less: the page begins where the days do, and not with the first entry of all. */
const FIRST_OF_DAYS = `(
    select case when b.last - $3::date > ${MOST_DAYS} then 0 else (
        select min(f.sequence) from generate_series(0, b.last - $3::date) as n
          cross join lateral (select i.sequence from ledger_entry i where i.legal_entity = $1 and i.day = $3::date + n order by i.sequence limit 1) as f) end
      from (select least($4::date - 1, (select max(day) from ledger_entry where legal_entity = $1)) as last) as b)`;

/** At most so many behind an entry, in the order of the chain; an entry comes whole when one of its postings is asked for. */
export async function journalPage(
  client: pg.ClientBase,
  filter: JournalFilter,
  after: bigint,
  most: number,
): Promise<readonly StoredEntry[]> {
  const { legalEntity, from, to, ledgerAccount, account, document, kind, reference } = filter;
  // Of a document or an account there are few postings, and an index that finds them.
  const posted = [
    ...(ledgerAccount === undefined ? [] : ['ledger_account = $7']),
    ...(account === undefined ? [] : ['account = $8']),
    ...(document === undefined ? [] : ['document = $9']),
  ].join(' and ');
  const narrowed = account !== undefined || document !== undefined;
  const { rows } = await client.query<EntryRow>(
    `select ${entryColumns} from ledger_entry e
      where legal_entity = $1 and sequence > $2 ${from === undefined ? '' : `and sequence >= ${FIRST_OF_DAYS}`} and ($3::date is null or day >= $3) and ($4::date is null or day < $4)
        and ($5::text is null or cause_kind = $5) and ($6::text is null or cause_id = $6)
        and ($7::text is null or true) and ($8::text is null or true) and ($9::text is null or true)
        ${posted === '' ? '' : narrowed ? `and entry_id in (select entry_id from ledger_posting where ${posted})` : `and exists (select from ledger_posting p where p.entry_id = e.entry_id and ${posted})`}
      order by sequence limit $10`,
    [
      legalEntity,
      after.toString(),
      from ?? null,
      to ?? null,
      kind ?? null,
      reference ?? null,
      ledgerAccount ?? null,
      account ?? null,
      document ?? null,
      most,
    ],
  );
  return rows.map(entryOfRow);
}
