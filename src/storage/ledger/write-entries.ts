/** Entries and postings as rows: one statement, because the database takes an entry only with all its postings. */
import type pg from 'pg';
import type { ChainedEntry } from '#core/ledger/canonical.ts';
import { arrayText } from '../array-text.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { ChainHead } from './chain.ts';

export interface NumberedEntry {
  readonly entryId: bigint;
  readonly entry: ChainedEntry;
  readonly hash: Buffer;
}

const INSERT = `
with entry as (
  insert into ledger_entry (entry_id, legal_entity, sequence, day, cause_kind, cause_id, description, corrects_kind, corrects_id,
                            booked_by, booked_at, exchange, postings, hash)
  select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::date[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                       $10::text[], $11::timestamptz[], $12::jsonb[], $13::smallint[], $14::bytea[])),
head as (
  update ledger_chain c set sequence = h.sequence, hash = h.hash
    from unnest($15::text[], $16::bigint[], $17::bytea[]) h(legal_entity, sequence, hash) where c.legal_entity = h.legal_entity)
insert into ledger_posting (entry_id, line, ledger_account, account, agreement, service, document, due_day, tax_code, currency,
                            amount_nanos, entity_amount_nanos)
select * from unnest($18::bigint[], $19::smallint[], $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::date[],
                     $26::text[], $27::text[], $28::numeric[], $29::numeric[])`;

export async function insertEntries(client: pg.ClientBase, all: readonly NumberedEntry[], heads: readonly ChainHead[]): Promise<void> {
  const entries = Array.from({ length: 14 }, (): Value[] => []);
  const postings = Array.from({ length: 12 }, (): Value[] => []);
  for (const { entryId, entry, hash } of all) {
    const { cause, corrects, exchange } = entry;
    put(entries, [
      entryId,
      entry.legalEntity,
      entry.sequence,
      entry.day,
      cause.kind,
      cause.id,
      entry.description,
      corrects?.kind ?? null,
      corrects?.id ?? null,
      entry.by,
      formatTimestamptz(entry.bookedAtMicros),
      exchange.length === 0 ? null : JSON.stringify(exchange.map(({ currency, rate, source, day }) => [currency, rate, source, day])),
      entry.postings.length,
      `\\x${hash.toString('hex')}`,
    ]);
    for (const [index, posting] of entry.postings.entries()) {
      put(postings, [
        entryId,
        index + 1,
        posting.ledgerAccount,
        posting.account ?? null,
        posting.agreement ?? null,
        posting.service ?? null,
        posting.document ?? null,
        posting.dueDay ?? null,
        posting.taxCode ?? null,
        posting.currency,
        posting.amountNanos,
        posting.entityAmountNanos,
      ]);
    }
  }
  const moved = [
    heads.map(({ legalEntity }) => legalEntity),
    heads.map(({ sequence }) => sequence),
    heads.map(({ hash }) => `\\x${hash.toString('hex')}`),
  ];
  await client.query(INSERT, [...entries, ...moved, ...postings].map(arrayText));
}

type Value = Parameters<typeof arrayText>[0][number];

function put(columns: readonly Value[][], values: readonly Value[]): void {
  for (const [index, value] of values.entries()) columns[index]?.push(value);
}
