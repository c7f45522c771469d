-- Statements as they were closed: never changed. What became of their sides is beside them.

create table statement_recorded (
  statement_id integer generated always as identity primary key,
  id           text not null unique,    -- agreement@period@version
  agreement    text not null,
  label        text not null,
  version      integer not null,
  covers_from  date not null,           -- charges of these days are in it; the first of an agreement covers all days before, too
  from_day     date not null,
  to_day       date not null,           -- exclusive
  legal_entity text not null,
  account      text not null,
  approvals    smallint not null,       -- persons who must approve before documents are issued
  findings     jsonb not null,          -- what was open when it was closed
  override     text,                    -- why it was closed all the same
  content      text not null,           -- canonical JSON
  sha256       text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  closed_on    date not null,
  closed_by    text not null,
  closed_at    timestamptz not null default clock_timestamp(),
  unique (agreement, label, version)
);
create index statement_recorded_agreement on statement_recorded (agreement, to_day);

-- Which charges a statement has, by line of the rollup; `of_statement`: the statement of the days that they belong to.
create table statement_charge (
  statement_id integer not null,
  of_statement integer not null,
  line_id      integer not null,
  events       bigint not null,
  answered     bigint not null,
  raw          numeric not null,
  billed       numeric not null,
  amount_nanos numeric not null
);
create index statement_charge_of on statement_charge (of_statement);

-- What deals have made due.
create table statement_deal (
  statement_id integer not null,
  agreement    text not null,
  deal         text not null,
  window_from  date not null,
  side         text not null check (side in ('receivable', 'payable')),
  amount_nanos numeric not null
);
create index statement_deal_agreement on statement_deal (agreement);

-- What a side of a statement comes to, by service.
create table statement_amount (
  statement_id integer not null,
  side         text not null check (side in ('receivable', 'payable')),
  currency     text not null,
  service      text not null,
  charges_nanos numeric not null,
  adjusted_nanos numeric not null,
  primary key (statement_id, side, currency, service)
);

-- What became of a side: a document of ours, one of theirs that is expected, nothing yet because it is little, or nothing at all.
create table statement_outcome (
  statement_id integer not null,
  side         text not null check (side in ('receivable', 'payable')),
  currency     text not null,
  outcome      text not null check (outcome in ('issued', 'expected', 'carried', 'nothing')),
  document     text,                    -- number of the document
  booked_on    date not null,
  with_statement integer,               -- carried: the statement on whose document it is in the end
  primary key (statement_id, side, currency)
);
create index statement_outcome_carried on statement_outcome (statement_id) where outcome = 'carried' and with_statement is null;

create table statement_approval (
  statement_id integer not null references statement_recorded,
  approved_by  text not null,
  approved_on  date not null,
  approved_at  timestamptz not null default clock_timestamp(),
  primary key (statement_id, approved_by)
);

create function refuse_change_of_statement() returns trigger language plpgsql as $$
begin
  raise exception 'a closed statement is never changed: %', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger statement_recorded_immutable before update or delete or truncate on statement_recorded
  for each statement execute function refuse_change_of_statement();
create trigger statement_charge_immutable before update or delete or truncate on statement_charge
  for each statement execute function refuse_change_of_statement();
create trigger statement_deal_immutable before update or delete or truncate on statement_deal
  for each statement execute function refuse_change_of_statement();
create trigger statement_amount_immutable before update or delete or truncate on statement_amount
  for each statement execute function refuse_change_of_statement();
create trigger statement_approval_immutable before update or delete or truncate on statement_approval
  for each statement execute function refuse_change_of_statement();
