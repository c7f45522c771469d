/** What the ledger says, added up by PostgreSQL. All amounts are debit positive, in nanos. */
import type pg from 'pg';
import type { OpenItem } from '#core/ledger/ageing.ts';
import type { LedgerAccount } from '#core/ledger/ledger-accounts.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { type EntryRow, entryColumns, entryOfRow, type StoredEntry } from './read-entries.ts';

export interface BalanceLine {
  readonly legalEntity: string;
  readonly ledgerAccount: LedgerAccount;
  readonly service?: Service;
  readonly currency: string;
  readonly openingNanos: bigint;
  readonly debitNanos: bigint;
  /** Below zero. */
  readonly creditNanos: bigint;
  readonly closingNanos: bigint;
  /** The closing balance in the legal entity's currency, as it was booked. */
  readonly closingEntityNanos: bigint;
}

export interface LedgerStretch {
  readonly legalEntity: string;
  /** First day; undefined for all from the beginning. */
  readonly from?: string;
  /** First day that is not included. */
  readonly to?: string;
}

/** Balances of all ledger accounts, by currency; by service where `byService`. Those that never moved are not there. */
export async function trialBalance(
  client: pg.ClientBase,
  { legalEntity, from, to }: LedgerStretch,
  byService = false,
): Promise<readonly BalanceLine[]> {
  const { rows } = await client.query<{
    ledger_account: LedgerAccount;
    service: Service | null;
    currency: string;
    opening: string;
    debit: string;
    credit: string;
    closing: string;
    own: string;
  }>(
    `select ledger_account, case when $4 then service end as service, currency,
            coalesce(sum(amount_nanos) filter (where day < $2), 0) as opening,
            coalesce(sum(amount_nanos) filter (where ($2 is null or day >= $2) and amount_nanos > 0), 0) as debit,
            coalesce(sum(amount_nanos) filter (where ($2 is null or day >= $2) and amount_nanos < 0), 0) as credit,
            sum(amount_nanos) as closing, sum(entity_amount_nanos) as own
       from ledger_entry e join ledger_posting p using (entry_id)
      where legal_entity = $1 and ($3::date is null or day < $3)
      group by 1, 2, 3 order by 1, 3, 2`,
    [legalEntity, from ?? null, to ?? null, byService],
  );
  return rows.map((row) => ({
    legalEntity,
    ledgerAccount: row.ledger_account,
    ...(row.service === null ? {} : { service: row.service }),
    currency: row.currency,
    openingNanos: BigInt(row.opening),
    debitNanos: BigInt(row.debit),
    creditNanos: BigInt(row.credit),
    closingNanos: BigInt(row.closing),
    closingEntityNanos: BigInt(row.own),
  }));
}

export interface AccountMove {
  readonly day: string;
  readonly kind: string;
  readonly id: string;
  readonly description: string;
  readonly corrects?: string;
  readonly ledgerAccount: LedgerAccount;
  readonly document?: string;
  readonly dueDay?: string;
  readonly currency: string;
  readonly amountNanos: bigint;
}

/** Ledger accounts that stand on a billing account: what its statement shows. */
export const accountLedger: readonly LedgerAccount[] = ['receivable', 'payable', 'unallocated', 'deposits'];

/** The movements of a billing account, by day and in the order of booking; with what stood before the first day, by currency. */
export async function accountMoves(
  client: pg.ClientBase,
  account: string,
  { from, to }: Omit<LedgerStretch, 'legalEntity'>,
): Promise<{ readonly opening: ReadonlyMap<string, bigint>; readonly moves: readonly AccountMove[] }> {
  const before = await client.query<{ currency: string; sum: string }>(
    `select currency, sum(amount_nanos) as sum from ledger_posting p join ledger_entry e using (entry_id)
      where account = $1 and ledger_account = any($2) and day < $3::date group by currency order by currency`,
    [account, accountLedger, from ?? null],
  );
  const { rows } = await client.query<{
    day: string;
    cause_kind: string;
    cause_id: string;
    description: string;
    corrects_id: string | null;
    ledger_account: LedgerAccount;
    document: string | null;
    due_day: string | null;
    currency: string;
    amount_nanos: string;
  }>(
    `select day, cause_kind, cause_id, description, corrects_id, ledger_account, document, due_day, currency, amount_nanos
       from ledger_posting p join ledger_entry e using (entry_id)
      where account = $1 and ledger_account = any($2) and ($3::date is null or day >= $3) and ($4::date is null or day < $4)
        and amount_nanos <> 0
      order by day, e.entry_id, line`,
    [account, accountLedger, from ?? null, to ?? null],
  );
  return {
    opening: new Map(before.rows.map(({ currency, sum }) => [currency, BigInt(sum)])),
    moves: rows.map((row) => ({
      day: row.day,
      kind: row.cause_kind,
      id: row.cause_id,
      description: row.description,
      ...(row.corrects_id === null ? {} : { corrects: row.corrects_id }),
      ledgerAccount: row.ledger_account,
      ...(row.document === null ? {} : { document: row.document }),
      ...(row.due_day === null ? {} : { dueDay: row.due_day }),
      currency: row.currency,
      amountNanos: BigInt(row.amount_nanos),
    })),
  };
}

export interface OpenItemQuestion {
  readonly legalEntity?: string;
  readonly account?: string;
  /** As it stood at the end of this day; as it stands now unless given. */
  readonly on?: string;
}

export interface LegalEntityItem extends OpenItem {
  readonly legalEntity: string;
}

/** Documents that are not settled, with what of them is disputed: both as they stood on the day. */
export async function openItems(
  client: pg.ClientBase,
  { legalEntity, account, on }: OpenItemQuestion,
): Promise<readonly LegalEntityItem[]> {
  const { rows } = await client.query<{
    legal_entity: string;
    account: string;
    document: string;
    ledger_account: 'receivable' | 'payable';
    currency: string;
    due_day: string | null;
    first_day: string;
    open_nanos: string;
    disputed: string;
  }>(
    `with item as (
       select e.legal_entity, p.account, p.document, p.ledger_account, p.currency, min(p.due_day) as due_day, min(e.day) as first_day,
              sum(p.amount_nanos) as open_nanos
         from ledger_posting p join ledger_entry e using (entry_id)
        where p.ledger_account in ('receivable', 'payable') and p.document is not null
          and ($1::text is null or e.legal_entity = $1) and ($2::text is null or p.account = $2) and ($3::date is null or e.day <= $3)
        group by 1, 2, 3, 4, 5 having sum(p.amount_nanos) <> 0)
     select item.*, least(abs(coalesce(d.amount_nanos, 0)), abs(open_nanos)) * sign(open_nanos) as disputed
       from item left join disputed_amount_on($3) d using (legal_entity, account, document, currency)
      order by legal_entity, account, currency, coalesce(due_day, first_day), document`,
    [legalEntity ?? null, account ?? null, on ?? null],
  );
  return rows.map((row) => ({
    legalEntity: row.legal_entity,
    account: row.account,
    document: row.document,
    ledgerAccount: row.ledger_account,
    currency: row.currency,
    ...(row.due_day === null ? {} : { dueDay: row.due_day }),
    firstDay: row.first_day,
    openNanos: BigInt(row.open_nanos),
    disputedNanos: BigInt(row.disputed),
  }));
}

const PAGE = 1_000;

/** Entries of a stretch in the order of the chain, a page at a time. */
export async function* journalEntries(client: pg.ClientBase, { legalEntity, from, to }: LedgerStretch): AsyncGenerator<StoredEntry> {
  for (let after = 0n; ; ) {
    const { rows } = await client.query<EntryRow>(
      `select ${entryColumns} from ledger_entry e
        where legal_entity = $1 and sequence > $2 and ($3::date is null or day >= $3) and ($4::date is null or day < $4)
        order by sequence limit ${PAGE}`,
      [legalEntity, after.toString(), from ?? null, to ?? null],
    );
    for (const row of rows) yield entryOfRow(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.sequence;
  }
}
