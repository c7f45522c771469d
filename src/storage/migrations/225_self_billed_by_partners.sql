-- What partners write in our name about what they owe us (self-billing) is kept beside what they invoice to us.

alter table partner_invoice add column side text not null default 'payable' check (side in ('receivable', 'payable'));

create or replace view partner_invoice_accepted as
  select i.partner_invoice_id, i.legal_entity, i.party, i.account, i.number, i.currency, c.agreement, c.period_from, c.period_to, c.services,
         s.step, s.day as accepted_on, s.made_by, i.side
    from partner_invoice i join partner_invoice_cover c using (partner_invoice_id)
    join lateral (select step, kind, day, made_by from partner_invoice_step s where s.partner_invoice_id = i.partner_invoice_id
                   order by step desc limit 1) s on s.kind = 'accepted'
   where i.kind = 'invoice';

-- What we claim beyond a document that they wrote in our name is not in its receivable: nothing of the document waits for it.
create or replace view disputed_amount as
  select legal_entity, account, document, currency, sum(gross_nanos) as amount_nanos
    from dispute d
   where not exists (select from dispute_step s where s.dispute_id = d.dispute_id and s.kind in ('withdrawn', 'settled'))
     and not (side = 'receivable' and is_ours is false)
   group by legal_entity, account, document, currency;
