import type { Database } from '#storage/database.ts';
import { type JournalFilter, journalPage } from '#storage/ledger/journal-page.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import type { StoredEntry } from '#storage/ledger/read-entries.ts';
import { stretchOf } from './reports.ts';

export type JournalQuestion = Partial<JournalFilter>;

/** Days with `to` included. Refused: `ledger.legal-entity-unknown`, `ledger.option-wrong`. */
export function readJournal(database: Database, question: JournalQuestion, after: bigint, most: number): Promise<readonly StoredEntry[]> {
  return database.transaction(async (client) => {
    const { id: legalEntity } = await legalEntityNow(client, question.legalEntity);
    const { from: _from, to: _to, ...rest } = question;
    return journalPage(client, { ...rest, legalEntity, ...stretchOf(question) }, after, most);
  });
}
