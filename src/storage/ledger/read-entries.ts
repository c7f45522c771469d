/** Entries as they were booked, back from their rows. */
import type pg from 'pg';
import type { ChainedEntry, ChainedPosting } from '#core/ledger/canonical.ts';
import type { EntryCause, EntryExchange, EntryKind, LedgerEntry } from '#core/ledger/entry.ts';
import type { LedgerAccount } from '#core/ledger/ledger-accounts.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { arrayText } from '../array-text.ts';

export interface StoredEntry extends ChainedEntry {
  readonly entryId: bigint;
  readonly hash: Buffer;
}

const HEAD = `e.entry_id, e.legal_entity, e.sequence, e.day, e.cause_kind, e.cause_id, e.description, e.corrects_kind,
  e.corrects_id, e.booked_by, e.booked_at, e.exchange, e.hash`;

/** The columns of an entry `e` with its postings; to be followed by `from ledger_entry e`. */
export const entryColumns = `${HEAD},
  (select jsonb_agg(jsonb_build_array(p.ledger_account, p.account, p.agreement, p.service, p.document, p.due_day, p.tax_code, p.currency,
                                      p.amount_nanos::text, p.entity_amount_nanos::text) order by p.line)
     from ledger_posting p where p.entry_id = e.entry_id) as lines`;

type Line = readonly [
  ledgerAccount: string,
  account: string | null,
  agreement: string | null,
  service: string | null,
  document: string | null,
  dueDay: string | null,
  taxCode: string | null,
  currency: string,
  amount: string,
  own: string,
];

export interface EntryRow {
  readonly entry_id: bigint;
  readonly legal_entity: string;
  readonly sequence: bigint;
  readonly day: string;
  readonly cause_kind: string;
  readonly cause_id: string;
  readonly description: string;
  readonly corrects_kind: string | null;
  readonly corrects_id: string | null;
  readonly booked_by: string;
  readonly booked_at: number;
  readonly exchange: readonly (readonly [string, string, string, string])[] | null;
  readonly hash: Buffer;
  readonly lines: readonly Line[] | null;
}

/** What the row says, also when somebody altered it: `verify` finds that by the hash. */
export function entryOfRow(row: EntryRow): StoredEntry {
  // What was booked had these kinds; what was altered since is found by its hash.
  const causeOf = (kind: string, id: string): EntryCause => ({ kind: kind as EntryKind, id });
  return {
    entryId: row.entry_id,
    legalEntity: row.legal_entity,
    sequence: row.sequence,
    day: row.day,
    cause: causeOf(row.cause_kind, row.cause_id),
    description: row.description,
    ...(row.corrects_kind === null || row.corrects_id === null ? {} : { corrects: causeOf(row.corrects_kind, row.corrects_id) }),
    by: row.booked_by,
    bookedAtMicros: row.booked_at,
    exchange: (row.exchange ?? []).map(([currency, rate, source, day]): EntryExchange => ({ currency, rate, source, day })),
    hash: row.hash,
    postings: (row.lines ?? []).map(postingOf),
  };
}

function postingOf([ledgerAccount, account, agreement, service, document, dueDay, taxCode, currency, amount, own]: Line): ChainedPosting {
  return {
    ledgerAccount: ledgerAccount as LedgerAccount, // as above
    ...(account === null ? {} : { account }),
    ...(agreement === null ? {} : { agreement }),
    ...(service === null ? {} : { service: service as Service }),
    ...(document === null ? {} : { document }),
    ...(dueDay === null ? {} : { dueDay }),
    ...(taxCode === null ? {} : { taxCode }),
    currency,
    amountNanos: BigInt(amount),
    entityAmountNanos: BigInt(own),
  };
}

/** Entries of a legal entity behind a number, at most so many, in their order: for all of a ledger, page by page. */
export async function entriesBehind(
  client: pg.ClientBase,
  legalEntity: string,
  after: bigint | undefined,
  most: number,
): Promise<readonly StoredEntry[]> {
  const { rows: heads } = await client.query<Omit<EntryRow, 'lines'>>(
    `select ${HEAD} from ledger_entry e where legal_entity = $1 and ($2::bigint is null or sequence > $2) order by sequence limit $3`,
    [legalEntity, after?.toString() ?? null, most],
  );
  // By themselves and not as JSON of each entry, which takes the server several times as long as to find them.
  const { rows: postings } = await client.query<[bigint, ...Line]>({
    text: `select entry_id, ledger_account, account, agreement, service, document, due_day, tax_code, currency, amount_nanos, entity_amount_nanos
             from ledger_posting where entry_id = any($1) order by entry_id, line`,
    values: [arrayText(heads.map(({ entry_id: id }) => id))],
    rowMode: 'array',
  });
  const linesOf = new Map<bigint, Line[]>();
  for (const [id, ...line] of postings) {
    const lines = linesOf.get(id);
    if (lines === undefined) linesOf.set(id, [line]);
    else lines.push(line);
  }
  return heads.map((head) => entryOfRow({ ...head, lines: linesOf.get(head.entry_id) ?? null }));
}

/** Entries that stand under the causes of these, by `causeKey`. */
export async function entriesOfCauses(
  client: pg.ClientBase,
  entries: readonly Pick<LedgerEntry, 'legalEntity' | 'cause'>[],
): Promise<ReadonlyMap<string, StoredEntry>> {
  const { rows } = await client.query<EntryRow>(
    `select ${entryColumns} from unnest($1::text[], $2::text[], $3::text[]) as c(legal_entity, kind, id)
       join ledger_entry e on e.legal_entity = c.legal_entity and e.cause_kind = c.kind and e.cause_id = c.id`,
    [
      arrayText(entries.map(({ legalEntity }) => legalEntity)),
      arrayText(entries.map(({ cause }) => cause.kind)),
      arrayText(entries.map(({ cause }) => cause.id)),
    ],
  );
  return new Map(
    rows.map((row) => {
      const entry = entryOfRow(row);
      return [causeKey(entry), entry];
    }),
  );
}

/** The natural key of an entry as one text. */
export function causeKey({ legalEntity, cause }: Pick<LedgerEntry, 'legalEntity' | 'cause'>): string {
  return `${legalEntity}\u0000${cause.kind}\u0000${cause.id}`;
}
