-- Disputes: what one side contests of a document, and all that happened to it. Append-only; the state follows from the steps.

create table dispute (
  dispute_id   bigint generated always as identity primary key,
  side         text not null check (side in ('receivable', 'payable')),
  legal_entity text not null,
  account      text not null,
  document     text not null,          -- number of our invoice, or of theirs
  agreement    text,
  line         integer,                -- of our invoice
  currency     text not null,
  net_nanos    numeric not null check (net_nanos > 0),    -- what is contested, without tax
  gross_nanos  numeric not null check (gross_nanos >= net_nanos),
  reason       text not null,
  respond_by   date not null,
  raised_on    date not null
);
create index dispute_document on dispute (legal_entity, document);

create table dispute_step (
  dispute_id   bigint not null references dispute,
  step         integer not null,
  kind         text not null check (kind in ('raised', 'offered', 'accepted', 'rejected', 'withdrawn', 'settled')),
  made_by      text not null check (made_by in ('us', 'them')),
  net_nanos    numeric,                -- offered: how much of it is conceded
  outcome      text,                   -- settled: credit-note, debit-note, re-rating, write-off, their-credit-note
  result       text,                   -- number of the document, correction run or entry that settled it
  note         text not null,
  day          date not null,
  recorded_at  timestamptz not null,
  recorded_by  text not null,
  primary key (dispute_id, step)
);

create table dispute_evidence (
  dispute_id   bigint not null references dispute,
  sha256       bytea not null references kept_file,
  name         text not null,
  primary key (dispute_id, sha256)
);

create function refuse_change_of_dispute() returns trigger language plpgsql as $$
begin
  raise exception 'what happened to a dispute is never changed: add a step' using errcode = 'restrict_violation';
end $$;
create trigger dispute_immutable before update or delete on dispute for each row execute function refuse_change_of_dispute();
create trigger dispute_step_immutable before update or delete on dispute_step for each row execute function refuse_change_of_dispute();

-- What of each document is open to dispute, tax included: not payable until it is settled. For ageing and exposure.
create view disputed_amount as
  select legal_entity, account, document, currency, sum(gross_nanos) as amount_nanos
    from dispute d
   where not exists (select from dispute_step s where s.dispute_id = d.dispute_id and s.kind in ('withdrawn', 'settled'))
   group by legal_entity, account, document, currency;
