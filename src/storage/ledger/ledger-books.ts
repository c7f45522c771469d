/** Books entries: checks, the chain, and one statement for thousands of rows. */
import { hash } from 'node:crypto';
import type pg from 'pg';
import { bookTheSame, type ChainedEntry, canonicalEntry } from '#core/ledger/canonical.ts';
import { entityAmountsFault, entryFault, entryName } from '#core/ledger/check-entry.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { BookedEntry, EntryCompleter, LedgerBooks } from '#operations/ledger/ports.ts';
import { completeByRates } from '../exchange/complete-entries.ts';
import { type ChainHead, lockChains } from './chain.ts';
import { causeKey, entriesOfCauses } from './read-entries.ts';
import { insertEntries, type NumberedEntry } from './write-entries.ts';

/** Entries of one statement. 10,000 entries of three postings take about 0.6 s; more at once only takes memory. */
const CHUNK = 5_000;

/**
 * The ledger on the connection of a transaction. `post` locks the chains of the legal entities that it books for until the
 * transaction ends: post last, and once for all entries, so that others wait little.
 */
export function ledgerBooksOn(client: pg.ClientBase, complete: EntryCompleter = completeByRates(client)): LedgerBooks {
  return {
    post: async (entries) => {
      if (entries.length === 0) return [];
      for (const entry of entries) {
        const fault = entryFault(entry);
        if (fault !== undefined) throw new RefusedError(fault);
      }
      const heads = await lockChains(client, [...new Set(entries.map(({ legalEntity }) => legalEntity))]);
      const booked: BookedEntry[] = [];
      for (let from = 0; from < entries.length; from += CHUNK) {
        booked.push(...(await postChunk(client, heads, entries.slice(from, from + CHUNK), complete)));
      }
      return booked;
    },
    openFrom: async (legalEntity) => {
      const { rows } = await client.query<{ first_open: string }>(
        'select first_open from ledger_closing where legal_entity = $1 order by closing_id desc limit 1',
        [legalEntity],
      );
      return rows[0]?.first_open;
    },
  };
}

async function postChunk(
  client: pg.ClientBase,
  heads: ReadonlyMap<string, ChainHead>,
  entries: readonly LedgerEntry[],
  complete: EntryCompleter,
): Promise<BookedEntry[]> {
  const standing = await entriesOfCauses(client, entries);
  const firstOf = new Map<string, LedgerEntry>();
  for (const entry of entries) {
    const key = causeKey(entry);
    const before = standing.get(key) ?? firstOf.get(key);
    if (before === undefined) firstOf.set(key, entry);
    else if (!bookTheSame(entry.postings, before.postings))
      throw new RefusedError(refuse('ledger.cause-differs', `${entryName(entry)} was booked before with other postings`));
  }
  const coming = [...firstOf.values()];
  for (const entry of coming) {
    const { openFrom } = headOf(heads, entry.legalEntity);
    if (openFrom !== undefined && entry.day < openFrom) {
      const said = `${entryName(entry)}: ${entry.day} is closed; the first open day is ${openFrom}`;
      throw new RefusedError(refuse('ledger.period-closed', said));
    }
  }
  const completed = await complete(coming, (legalEntity) => headOf(heads, legalEntity).currency);
  const ids = await insertChained(client, heads, completed);
  const idOf = new Map(coming.map((entry, index) => [causeKey(entry), ids[index] as bigint])); // one id an entry
  const unsaid = new Set(coming);
  return entries.map((entry) => {
    const key = causeKey(entry);
    const entryId = standing.get(key)?.entryId ?? idOf.get(key);
    if (entryId === undefined) throw new Error(`${key} was neither found nor booked`);
    return { entryId, isNew: unsaid.delete(entry) };
  });
}

async function insertChained(
  client: pg.ClientBase,
  heads: ReadonlyMap<string, ChainHead>,
  entries: readonly LedgerEntry[],
): Promise<readonly bigint[]> {
  if (entries.length === 0) return [];
  // In two values: `pg` takes longer for thousands of rows than the server for making them.
  const { rows } = await client.query<{ ids: string; at: number }>(
    `select string_agg(nextval(own)::text, ' ') as ids, statement_timestamp() as at
       from (select pg_get_serial_sequence('ledger_entry', 'entry_id')::regclass as own offset 0) s, generate_series(1, $1)`,
    [entries.length],
  );
  const [made] = rows;
  if (made === undefined) throw new Error('no numbers were given');
  const ids = made.ids.split(' ').map(BigInt);
  const numbered: NumberedEntry[] = [];
  const moved = new Set<ChainHead>();
  for (const [index, entry] of entries.entries()) {
    const head = headOf(heads, entry.legalEntity);
    const fault = entityAmountsFault(entry, head.currency);
    if (fault !== undefined) throw new RefusedError(fault);
    const id = ids[index] as bigint; // one an entry
    head.sequence += 1n;
    const postings = entry.postings.map((posting) => ({
      ...posting,
      entityAmountNanos: posting.entityAmountNanos ?? posting.amountNanos,
    }));
    const chained: ChainedEntry = { ...entry, postings, exchange: entry.exchange ?? [], sequence: head.sequence, bookedAtMicros: made.at };
    head.hash = chainHash(head.hash, chained);
    numbered.push({ entryId: id, entry: chained, hash: head.hash });
    moved.add(head);
  }
  await insertEntries(client, numbered, [...moved]);
  return ids;
}

/** SHA-256 over the hash before and the canonical text of the entry. */
export function chainHash(previous: Buffer, entry: ChainedEntry): Buffer {
  return hash('sha256', Buffer.concat([previous, Buffer.from(canonicalEntry(entry), 'utf8')]), 'buffer');
}

function headOf(heads: ReadonlyMap<string, ChainHead>, legalEntity: string): ChainHead {
  const head = heads.get(legalEntity);
  if (head === undefined) throw new Error(`the chain of ${legalEntity} is not locked`);
  return head;
}
