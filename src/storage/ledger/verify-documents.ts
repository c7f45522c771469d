import type pg from 'pg';
import type { DocumentFault } from '#operations/ledger/ports.ts';

/** The most that are named. */
const SHOWN = 20;

/** Of our own documents, and of those that partners wrote. */
export async function documentFaults(client: pg.ClientBase): Promise<readonly DocumentFault[]> {
  return [...(await ourFaults(client)), ...(await theirFaults(client))].slice(0, SHOWN);
}

/**
 * Issued documents whose entry is missing or books another total than the document says: what it adds to receivable or payable, with
 * what is withheld of it. A document of 0 has no entry.
 */
async function ourFaults(client: pg.ClientBase): Promise<readonly DocumentFault[]> {
  const { rows } = await client.query<FaultRow>(
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
  return rows.map(faultOf);
}

/**
 * Partners' documents, each time that one was accepted, and each time that that was taken back: what it says is what its entry books of
 * receivable or payable.
 */
async function theirFaults(client: pg.ClientBase): Promise<readonly DocumentFault[]> {
  const { rows } = await client.query<FaultRow>(
    `with step as (
       select s.partner_invoice_id, s.step, s.kind, lag(s.kind) over w as before, lag(s.step) over w as step_before
         from partner_invoice_step s window w as (partition by s.partner_invoice_id order by s.step)),
     booked as (
       select i.legal_entity, i.party || '/' || i.number as number, i.currency, s.partner_invoice_id, s.step,
              i.total_nanos * case when (i.side = 'receivable') = (i.kind = 'invoice') then 1 else -1 end
                            * case s.kind when 'accepted' then 1 else -1 end as total,
              case s.kind when 'accepted' then p.cause_kind else 'reversal' end as cause_kind,
              case s.kind when 'accepted' then p.cause_id else p.cause_kind || ':' || p.cause_id end as cause_id
         from step s join partner_invoice i using (partner_invoice_id)
         left join partner_invoice_entry p on p.partner_invoice_id = s.partner_invoice_id
          and p.step = case s.kind when 'accepted' then s.step else s.step_before end
          and p.cause_kind in ('payable', 'payable-credit', 'invoice', 'credit-note')
        where s.kind = 'accepted' or (s.kind = 'reversed' and s.before = 'accepted'))
     select i.legal_entity, i.number, i.currency, i.total, coalesce(b.nanos, 0) as booked
       from booked i
       left join ledger_entry e on e.legal_entity = i.legal_entity and e.cause_kind = i.cause_kind and e.cause_id = i.cause_id
       left join lateral (select sum(p.amount_nanos) as nanos from ledger_posting p
                           where p.entry_id = e.entry_id and p.currency = i.currency
                             and p.ledger_account in ('receivable', 'payable', 'tax-withholding')) b on true
      where i.total <> coalesce(b.nanos, 0)
      order by i.partner_invoice_id, i.step limit ${SHOWN}`,
  );
  return rows.map(faultOf);
}

interface FaultRow {
  readonly legal_entity: string;
  readonly number: string;
  readonly currency: string;
  readonly total: string;
  readonly booked: string;
}

function faultOf({ legal_entity, number, currency, total, booked }: FaultRow): DocumentFault {
  return { legalEntity: legal_entity, document: number, currency, saysNanos: BigInt(total), bookedNanos: BigInt(booked) };
}
