-- Documents that ask for money or give it back. A draft may change; what is issued never does, and its numbers have no gaps.

-- The counter of each row of numbers. Its row is locked by who issues, until the commit: that is why no number is lost.
create table invoice_series (
  legal_entity text not null,
  series       text not null,
  scope        text not null,           -- the pattern with all filled in but the number: INV-2026-{number}
  first_number bigint not null,
  last_number  bigint not null,         -- first_number - 1 before the first
  last_day     date,                    -- latest date of issue in the row
  primary key (legal_entity, series, scope)
);

create table invoice (
  invoice_id   bigint generated always as identity primary key,
  legal_entity text not null,
  number       text not null,
  series       text not null,
  scope        text not null,
  sequence     bigint not null,
  key          text not null,           -- what it was made of: one cause makes one document
  kind         text not null check (kind in ('invoice', 'credit-note', 'debit-note', 'self-billing', 'self-billing-credit')),
  account      text not null,
  party        text not null,
  currency     text not null,
  issue_day    date not null,
  due_day      date not null,
  tax_day      date not null,
  period_from  date,
  period_to    date,                    -- exclusive
  statement    text,                    -- the recorded statement that it bills
  corrects     text,                    -- number of the document that it corrects
  net_nanos    numeric not null,
  tax_nanos    numeric not null,
  total_nanos  numeric not null check (total_nanos = net_nanos + tax_nanos),
  prepaid_nanos numeric not null,
  content      text not null,           -- canonical JSON (RFC 8785) of the document with its number
  sha256       text not null check (sha256 ~ '^[0-9a-f]{64}$'), -- of content
  issued_by    text not null,
  issued_at    timestamptz not null default clock_timestamp(),
  unique (legal_entity, number),
  unique (legal_entity, series, scope, sequence),
  unique (legal_entity, key)
);
create index invoice_corrects on invoice (legal_entity, corrects) where corrects is not null;
create index invoice_account on invoice (account, issue_day);
create index invoice_number on invoice (number);

create function refuse_change_of_invoice() returns trigger language plpgsql as $$
begin
  raise exception 'an issued document is never changed: correct it by a credit note' using errcode = 'restrict_violation';
end $$;
create trigger invoice_immutable before update or delete on invoice for each row execute function refuse_change_of_invoice();
create trigger invoice_not_emptied before truncate on invoice for each statement execute function refuse_change_of_invoice();

create table invoice_draft (
  draft_id     bigint generated always as identity primary key,
  legal_entity text not null,
  key          text not null,
  series       text,                    -- where not that of the kind
  kind         text not null,
  account      text not null,
  party        text not null,
  currency     text not null,
  issue_day    date not null,
  total_nanos  numeric not null,
  content      text not null,           -- canonical JSON
  state        text not null default 'open' check (state in ('open', 'issued', 'discarded')),
  made_by      text not null,
  made_at      timestamptz not null default clock_timestamp(),
  settled_at   timestamptz              -- issued or discarded
);
create unique index invoice_draft_open on invoice_draft (legal_entity, key) where state = 'open';

-- What others read: each document without its text.
create view invoice_issued as
  select invoice_id, legal_entity, number, series, kind, account, party, currency, issue_day, due_day, tax_day, period_from, period_to,
         statement, corrects, net_nanos, tax_nanos, total_nanos, prepaid_nanos, sha256, key, issued_by, issued_at
    from invoice;
