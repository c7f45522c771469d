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
      where legal_entity = $1 and sequence > $2 and ($3::date is null or day >= $3) and ($4::date is null or day < $4)
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
