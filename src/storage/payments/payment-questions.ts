/** What settling asks of the books besides balances. */
import type pg from 'pg';
import type { Account } from '#core/parties/parties.ts';
import type { PaymentBooks } from '#operations/payments/ports.ts';
import { causeKey, entriesOfCauses } from '../ledger/read-entries.ts';
import { waitingEntriesOn } from '../ledger/waiting.ts';
import { allPayments, type PaymentRow, paymentOf } from './payment-rows.ts';

type Questions = Pick<PaymentBooks, 'freeNumber' | 'allocationRules' | 'entries' | 'isReturned' | 'returnable' | 'waitingWriteOffs'>;

/** Which payments and orders came back: the entry of a return corrects them, and was not taken back itself. */
const returned = (kind: string, id: string): string => `select from ledger_entry e
  where e.legal_entity = $1 and e.cause_kind = 'allocation' and e.corrects_kind = ${kind} and e.corrects_id = ${id}
    and not starts_with(e.cause_id, e.corrects_id || '/') and not e.cause_id like '%/undone'
    and not exists (select from ledger_entry u where u.legal_entity = e.legal_entity and u.cause_kind = e.cause_kind
                                                 and u.cause_id = e.cause_id || '/undone')`;

export function questionsOn(client: pg.ClientBase): Questions {
  return {
    freeNumber: async (legalEntity, kind, prefix) => {
      const { rows } = await client.query<{ n: number }>(
        `with recursive taken(n) as (
           select 0 union all
           select n + 1 from taken
            where exists (select from ledger_entry where legal_entity = $1 and cause_kind = $2 and cause_id = $3 || (n + 1))
               or exists (select from ledger_waiting w where w.legal_entity = $1 and w.cause_kind = $2 and w.cause_id = $3 || (n + 1)
                             and not exists (select from ledger_decision d where d.waiting_id = w.waiting_id)))
         select (max(n) + 1)::integer as n from taken`,
        [legalEntity, kind, prefix],
      );
      return rows[0]?.n ?? 1;
    },
    allocationRules: async (legalEntity) => {
      const { rows } = await client.query<{ body: Account }>(
        `select body from config_version where kind = 'accounts' and known_to = 'infinity' and body->>'legalEntity' = $1 and body ? 'allocation'`,
        [legalEntity],
      );
      return new Map(rows.flatMap(({ body: { id, allocation } }) => (allocation === undefined ? [] : [[id, allocation] as const])));
    },
    entries: async (legalEntity, causes) => {
      if (causes.length === 0) return [];
      const found = await entriesOfCauses(
        client,
        causes.map((cause) => ({ legalEntity, cause })),
      );
      return causes.map((cause) => found.get(causeKey({ legalEntity, cause }))).filter((entry) => entry !== undefined);
    },
    isReturned: async (legalEntity, { kind, id }) => {
      const { rowCount } = await client.query(`${returned('$2', '$3')} limit 1`, [legalEntity, kind, id]);
      return rowCount !== 0;
    },
    returnable: async ({ id, legalEntity, direction, currency, amountNanos, day }) => {
      const { rows } = await client.query<PaymentRow>(
        `${allPayments} where legal_entity = $1 and currency = $2 and amount_nanos = $3 and direction <> $4 and payment_id <> $5 and day <= $6
            and not is_reversal
            and not exists (${returned("case p.direction when 'in' then 'payment-in' else 'payment-out' end", "'PAY-' || p.payment_id")})
          order by payment_id desc limit 20`,
        [legalEntity, currency, amountNanos.toString(), direction, id.toString(), day],
      );
      return rows.map(paymentOf);
    },
    waitingWriteOffs: async (legalEntity, document) => {
      const sums = new Map<string, bigint>();
      for (const { entry } of await waitingEntriesOn(client).list(legalEntity)) {
        if (entry.cause.kind !== 'write-off') continue;
        for (const posting of entry.postings) {
          if (posting.ledgerAccount !== 'receivable' || posting.document !== document) continue;
          sums.set(posting.currency, (sums.get(posting.currency) ?? 0n) - posting.amountNanos);
        }
      }
      return sums;
    },
  };
}
