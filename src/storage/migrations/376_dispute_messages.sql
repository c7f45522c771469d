-- Words between the two sides of a dispute, which move nothing. Append-only.
create table dispute_message (
  message_id   bigint generated always as identity primary key,
  dispute_id   bigint not null references dispute,
  made_by      text not null check (made_by in ('us', 'them')),
  words        text not null,
  sent_at      timestamptz not null default clock_timestamp(),
  sent_by      text not null
);
create index dispute_message_of on dispute_message (dispute_id, message_id);
create trigger dispute_message_append_only before update or delete or truncate on dispute_message
  for each statement execute function ledger_refuse_change();
alter table dispute_message enable row level security;
create policy carillon_partner_rows on dispute_message for select to carillon_partner
  using (exists (select from dispute d where d.dispute_id = dispute_message.dispute_id));
create policy carillon_customer_rows on dispute_message for select to carillon_customer
  using (exists (select from dispute d where d.dispute_id = dispute_message.dispute_id));
grant select on dispute_message to carillon_partner, carillon_customer;
-- Files may come later than the dispute.
alter table dispute_evidence add column message_id bigint references dispute_message;
