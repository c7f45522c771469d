-- What is disputed of a document was said twice: as a view of now, and in a query of a day. Once, of a day; null: now.
create function disputed_amount_on(until date) returns table (legal_entity text, account text, document text, currency text, amount_nanos numeric)
language sql stable as $$
  select d.legal_entity, d.account, d.document, d.currency, sum(d.gross_nanos)
    from dispute d
   where (until is null or d.raised_on <= until)
     -- What we claim beyond a document that they wrote in our name is not in its receivable: nothing of the document waits for it.
     and not (d.side = 'receivable' and d.is_ours is false)
     and not exists (select from dispute_step s where s.dispute_id = d.dispute_id and s.kind in ('withdrawn', 'settled')
                                                  and (until is null or s.day <= until))
   group by d.legal_entity, d.account, d.document, d.currency
$$;

create or replace view disputed_amount with (security_invoker = true) as select * from disputed_amount_on(null);
