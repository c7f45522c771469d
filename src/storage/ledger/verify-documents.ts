import type pg from 'pg';
import type { DocumentFault } from '#operations/ledger/ports.ts';

/** The most that are named. */
const SHOWN = 20;

/**
 * Issued documents whose entry is missing or books another total than the document says: what it adds to receivable or payable, with
 * what is withheld of it. A document of 0 has no entry.
 */
export async function documentFaults(client: pg.ClientBase): Promise<readonly DocumentFault[]> {
  const { rows } = await client.query<{ legal_entity: string; number: string; currency: string; total: string; booked: string }>(
    `select i.legal_entity, i.number, i.currency, i.total_nanos * s.sign as total, coalesce(b.nanos, 0) as booked
       from invoice_issued i
       cross join lateral (select case when i.kind in ('invoice', 'debit-note', 'self-billing-credit') then 1 else -1 end as sign,
                                  case i.kind when 'credit-note' then 'credit-note' when 'self-billing' then 'payable'
                                              when 'self-billing-credit' then 'payable-credit' else 'invoice' end as cause) s
       left join ledger_entry e on e.legal_entity = i.legal_entity and e.cause_kind = s.cause and e.cause_id = i.number
       left join lateral (select sum(p.amount_nanos) as nanos from ledger_posting p
                           where p.entry_id = e.entry_id and p.currency = i.currency
                             and p.ledger_account in ('receivable', 'payable', 'tax-withholding')) b on true
      where i.total_nanos * s.sign <> coalesce(b.nanos, 0)
      order by i.invoice_id limit ${SHOWN}`,
  );
  return rows.map(({ legal_entity, number, currency, total, booked }) => ({
    legalEntity: legal_entity,
    document: number,
    currency,
    saysNanos: BigInt(total),
    bookedNanos: BigInt(booked),
  }));
}
