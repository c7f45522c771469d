-- A proposal of netting is booked when both sides confirmed it.
create table netting_confirmation (
  netting_id   bigint not null references netting,
  side         text not null check (side in ('us', 'them')),
  why          text not null,
  confirmed_by text not null,
  confirmed_at timestamptz not null default clock_timestamp(),
  primary key (netting_id, side)
);
create trigger netting_confirmation_append_only before update or delete or truncate on netting_confirmation
  for each statement execute function ledger_refuse_change();
