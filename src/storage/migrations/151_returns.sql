-- A return is found by the amount of what comes back.
create index payment_amount on payment (legal_entity, currency, amount_nanos);
