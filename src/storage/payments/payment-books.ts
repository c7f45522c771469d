import type pg from 'pg';
import type { LedgerAccount } from '#core/ledger/ledger-accounts.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import type { OpenDocument } from '#core/payments/matching.ts';
import { carryingShare, type OpenBalance } from '#core/payments/settle.ts';
import type { BalanceQuestion, NewPayment, Payment, PaymentBooks } from '#operations/payments/ports.ts';
import { lockChains } from '../ledger/chain.ts';
import { questionsOn } from './payment-questions.ts';
import { allPayments, type PaymentRow, paymentOf } from './payment-rows.ts';

interface BalanceRow {
  readonly ledger_account: LedgerAccount;
  readonly account: string | null;
  readonly document: string;
  readonly currency: string;
  readonly due_day: string | null;
  readonly first_day: string;
  readonly open: string;
  readonly own: string;
}

/** Payments on the connection of a transaction. */
export function paymentBooksOn(client: pg.ClientBase): PaymentBooks {
  return {
    entities: async () => {
      const { rows } = await client.query<{ body: LegalEntity }>(
        `select body from config_version where kind = 'legalEntities' and known_to = 'infinity' order by key`,
      );
      return rows.map(({ body: { id, name, currency, ledger, invoicing } }) => ({
        id,
        name,
        currency,
        fourEyes: ledger?.fourEyes === true,
        bankAccounts: invoicing?.bankAccounts ?? [],
      }));
    },
    lock: async (legalEntity) => {
      await lockChains(client, [legalEntity]);
    },
    addFile: async ({ name, sha256, message, messageId, summary, by }) => {
      const { rows } = await client.query<{ file_id: bigint }>(
        `insert into bank_file (name, sha256, message, message_id, summary, loaded_by) values ($1, $2, $3, $4, $5, $6)
         on conflict (sha256) do nothing returning file_id`,
        [name, sha256, message, messageId, JSON.stringify(summary), by],
      );
      return rows[0]?.file_id;
    },
    knownEntries: async (legalEntity, keys) => {
      const { rows } = await client.query<{ entry_key: string }>(
        'select distinct entry_key from payment where legal_entity = $1 and entry_key = any($2)',
        [legalEntity, keys],
      );
      return new Set(rows.map(({ entry_key }) => entry_key));
    },
    addPayments: (payments, file) => addPayments(client, payments, file),
    payment: async (id) => {
      const { rows } = await client.query<PaymentRow>(`${allPayments} where payment_id = $1`, [id.toString()]);
      return rows.map(paymentOf)[0];
    },
    unsettled: async (legalEntity) => {
      const { rows } = await client.query<PaymentRow>(
        `${allPayments} where ($1::text is null or legal_entity = $1) and exists (
           select from ledger_posting l join ledger_entry e using (entry_id)
            where l.document = 'PAY-' || p.payment_id and l.ledger_account in ('unallocated', 'clearing') and e.legal_entity = p.legal_entity
            group by l.ledger_account, l.account having sum(l.amount_nanos) <> 0) order by payment_id`,
        [legalEntity ?? null],
      );
      return rows.map(paymentOf);
    },
    payers: async (legalEntity) => {
      const { rows } = await client.query<{ body: Party; accounts: readonly { readonly id: string; readonly currency: string }[] }>(
        `select p.body, jsonb_agg(jsonb_build_object('id', a.key, 'currency', a.body->>'currency') order by a.key) as accounts
           from config_version a join config_version p on p.kind = 'parties' and p.key = a.body->>'party' and p.known_to = 'infinity'
          where a.kind = 'accounts' and a.known_to = 'infinity' and a.body->>'legalEntity' = $1
          group by p.version_id, p.key, p.body order by p.key`,
        [legalEntity],
      );
      return rows.map(({ body, accounts }) => ({
        party: body.id,
        name: body.name,
        bankAccounts: (body.bankAccounts ?? []).flatMap(({ iban, accountNumber }) =>
          [iban, accountNumber].filter((number) => number !== undefined),
        ),
        accounts,
      }));
    },
    openDocuments: async (legalEntity) => {
      const all = await openBalances(client, { legalEntity, ledgerAccounts: ['receivable'] });
      return all.flatMap((each): OpenDocument[] =>
        each.account !== undefined && each.openNanos > 0n ? [{ ...each, account: each.account }] : [],
      );
    },
    openBalances: (question) => openBalances(client, question),
    ...questionsOn(client),
    changesOf: async (legalEntity, document) => {
      const { rows } = await client.query<{ account: string; currency: string; due_day: string | null; day: string; amount: string }>(
        `select account, currency, min(due_day) over () as due_day, day, amount_nanos as amount
           from ledger_posting join ledger_entry using (entry_id)
          where legal_entity = $1 and document = $2 and ledger_account = 'receivable' order by day, entry_id`,
        [legalEntity, document],
      );
      const [first] = rows;
      if (first === undefined || first.due_day === null) return undefined;
      const changes = rows.filter(({ currency }) => currency === first.currency).map(({ day, amount }) => ({ day, nanos: BigInt(amount) }));
      return { account: first.account, currency: first.currency, dueDay: first.due_day, changes };
    },
  };
}

async function addPayments(client: pg.ClientBase, payments: readonly NewPayment[], file: bigint | undefined): Promise<readonly Payment[]> {
  if (payments.length === 0) return [];
  const rows = payments.map((each) => ({
    legal_entity: each.legalEntity,
    entry_key: each.entryKey,
    part: each.part,
    direction: each.direction,
    day: each.day,
    currency: each.currency,
    amount_nanos: each.amountNanos.toString(),
    name: each.name ?? null,
    iban: each.iban ?? null,
    end_to_end: each.endToEndId ?? null,
    said: each.said,
    bank_account: each.bankAccount ?? null,
    is_reversal: each.isReversal,
    file_id: file?.toString() ?? null,
    entered_by: each.by,
  }));
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  const { rows: added } = await client.query<PaymentRow>(
    `insert into payment (${columns}) select ${columns} from jsonb_populate_recordset(null::payment, $1) returning *`,
    [JSON.stringify(rows)],
  );
  return added.map(paymentOf).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What stands open per document, account and currency; also where only what it is worth is left. */
async function openBalances(client: pg.ClientBase, question: BalanceQuestion): Promise<readonly OpenBalance[]> {
  const { rows } = await client.query<BalanceRow & { readonly entity_currency: string }>(
    `select p.ledger_account, p.account, p.document, p.currency, min(p.due_day) as due_day, min(e.day) as first_day,
            sum(p.amount_nanos) as open, sum(p.entity_amount_nanos) as own,
            (select currency from ledger_chain c where c.legal_entity = $1) as entity_currency
       from ledger_posting p join ledger_entry e using (entry_id)
      where e.legal_entity = $1 and p.ledger_account = any($2) and p.document is not null
        and ($3::text[] is null or p.account = any($3)) and ($4::text[] is null or p.document = any($4))
      group by 1, 2, 3, 4 having sum(p.amount_nanos) <> 0 order by 2, 4, 5, 6, 3`,
    [question.legalEntity, question.ledgerAccounts, question.accounts ?? null, question.documents ?? null],
  );
  const disputed = question.undisputed === true ? await disputedNanos(client, question.legalEntity) : undefined;
  return rows.flatMap((row): OpenBalance[] => {
    const balance = balanceOf(row);
    const nanos = disputed?.get(JSON.stringify([balance.account, balance.document, balance.currency]));
    if (nanos === undefined || !['receivable', 'payable'].includes(balance.ledgerAccount)) return [balance];
    const magnitude = balance.openNanos < 0n ? -balance.openNanos : balance.openNanos;
    if (nanos >= magnitude) return [];
    const openNanos = balance.openNanos < 0n ? balance.openNanos + nanos : balance.openNanos - nanos;
    return [{ ...balance, openNanos, openEntityNanos: carryingShare(balance, openNanos, row.entity_currency) }];
  });
}

async function disputedNanos(client: pg.ClientBase, legalEntity: string): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await client.query<{ account: string; document: string; currency: string; nanos: string }>(
    `select account, document, currency, trim_scale(sum(amount_nanos)) as nanos from disputed_amount where legal_entity = $1 group by 1, 2, 3`,
    [legalEntity],
  );
  return new Map(rows.map(({ account, document, currency, nanos }) => [JSON.stringify([account, document, currency]), BigInt(nanos)]));
}

function balanceOf(row: BalanceRow): OpenBalance {
  return {
    ledgerAccount: row.ledger_account,
    ...(row.account === null ? {} : { account: row.account }),
    document: row.document,
    currency: row.currency,
    ...(row.due_day === null ? {} : { dueDay: row.due_day }),
    firstDay: row.first_day,
    openNanos: BigInt(row.open),
    openEntityNanos: BigInt(row.own),
  };
}
