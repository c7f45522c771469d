-- Invoices and credit notes that partners wrote, as they were taken in, and all that happened to them. Append-only; the state follows
-- from the steps.

create table partner_invoice (
  partner_invoice_id bigint generated always as identity primary key,
  legal_entity text not null,
  party        text not null,
  account      text not null,
  number       text not null,          -- theirs
  version      integer not null,       -- from 1; the same number comes again only after it was refused
  kind         text not null check (kind in ('invoice', 'credit-note')),
  corrects     text,                   -- credit notes: number of their invoice
  currency     text not null,
  issue_day    date not null,
  due_day      date not null,
  net_nanos    numeric not null,
  tax_nanos    numeric not null,
  total_nanos  numeric not null check (total_nanos = net_nanos + tax_nanos),
  content      jsonb not null,         -- lines and taxes
  source       text not null,          -- name of the file; 'typed in'
  file_sha256  bytea references kept_file,
  unique (party, number, version)
);
create index partner_invoice_account on partner_invoice (account, issue_day);

-- What of it is of which agreement and days.
create table partner_invoice_cover (
  partner_invoice_id bigint not null references partner_invoice,
  agreement    text not null,
  period_from  date not null,
  period_to    date not null check (period_to > period_from),
  net_nanos    numeric not null,
  services     text[],                 -- null: it does not say
  primary key (partner_invoice_id, agreement, period_from, period_to)
);
create index partner_invoice_cover_of on partner_invoice_cover (agreement, period_to);

create table partner_invoice_step (
  partner_invoice_id bigint not null references partner_invoice,
  step         integer not null,
  kind         text not null check (kind in ('received', 'proposed', 'accepted', 'refused', 'reversed')),
  day          date not null,
  made_by      text not null,
  reason       text,
  terms        jsonb,                  -- proposed, accepted: what was decided
  booked       jsonb,                  -- accepted: taxes and rate by which it is booked
  recorded_at  timestamptz not null default clock_timestamp(),
  primary key (partner_invoice_id, step)
);

-- What was booked of an acceptance, so that it can be taken back.
create table partner_invoice_entry (
  partner_invoice_id bigint not null references partner_invoice,
  step         integer not null,       -- the acceptance
  cause_kind   text not null,
  cause_id     text not null,
  primary key (partner_invoice_id, cause_kind, cause_id)
);

create function refuse_change_of_partner_invoice() returns trigger language plpgsql as $$
begin
  raise exception 'what a partner invoiced is never changed: add a step' using errcode = 'restrict_violation';
end $$;
create trigger partner_invoice_immutable before update or delete or truncate on partner_invoice
  for each statement execute function refuse_change_of_partner_invoice();
create trigger partner_invoice_cover_immutable before update or delete or truncate on partner_invoice_cover
  for each statement execute function refuse_change_of_partner_invoice();
create trigger partner_invoice_step_immutable before update or delete or truncate on partner_invoice_step
  for each statement execute function refuse_change_of_partner_invoice();
create trigger partner_invoice_entry_immutable before update or delete or truncate on partner_invoice_entry
  for each statement execute function refuse_change_of_partner_invoice();

-- Invoices whose cost is booked now, with their days: what is charged on these is not expected besides.
create view partner_invoice_accepted as
  select i.partner_invoice_id, i.legal_entity, i.party, i.account, i.number, i.currency, c.agreement, c.period_from, c.period_to, c.services,
         s.step, s.day as accepted_on, s.made_by
    from partner_invoice i join partner_invoice_cover c using (partner_invoice_id)
    join lateral (select step, kind, day, made_by from partner_invoice_step s where s.partner_invoice_id = i.partner_invoice_id
                   order by step desc limit 1) s on s.kind = 'accepted'
   where i.kind = 'invoice';

-- Whose document a dispute is about. Null in disputes raised before: these are of documents of ours.
alter table dispute add column party text;
alter table dispute add column is_ours boolean;
