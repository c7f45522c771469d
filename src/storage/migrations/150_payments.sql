-- Money in and out. What became of a payment is in the ledger: its postings have the payment's reference as document. Append-only.

create table bank_file (
  file_id    bigint generated always as identity primary key,
  name       text not null,
  sha256     bytea not null unique,
  message    text not null,             -- camt.053.001.08
  message_id text not null,
  summary    jsonb not null,
  loaded_by  text not null,
  loaded_at  timestamptz not null default clock_timestamp()
);

create table payment (
  payment_id   bigint generated always as identity primary key,
  legal_entity text not null,
  entry_key    text not null,           -- of the bank's entry, which may come in a notification and in a statement; of a manual payment its reference
  part         integer not null,        -- payments of one entry, from 1
  direction    text not null check (direction in ('in', 'out')),
  day          date not null,
  currency     text not null,
  amount_nanos numeric(38, 0) not null check (amount_nanos > 0),
  name         text,                    -- of the other side
  iban         text,                    -- of the other side
  end_to_end   text,
  said         text[] not null,         -- references and texts for the receiver, as they came
  bank_account text,                    -- ours
  is_reversal  boolean not null default false,
  file_id      bigint references bank_file,
  entered_by   text not null,
  entered_at   timestamptz not null default clock_timestamp(),
  unique (legal_entity, entry_key, part)
);

-- Proposals of netting; what was agreed is in the ledger as set-off NET-<number>.
create table netting (
  netting_id   bigint generated always as identity primary key,
  legal_entity text not null,
  party        text not null,
  currency     text not null,
  day          date not null,
  content      jsonb not null,
  proposed_by  text not null,
  proposed_at  timestamptz not null default clock_timestamp()
);
create table netting_decision (
  netting_id bigint primary key references netting,
  decision   text not null check (decision in ('agreed', 'cancelled')),
  why        text not null,
  decided_by text not null,
  decided_at timestamptz not null default clock_timestamp()
);

-- Payments to be made: proposed, approved by somebody else, written as pain.001.
create table payment_order (
  order_id     bigint generated always as identity primary key,
  legal_entity text not null,
  day          date not null,
  bank_account text not null,           -- ours
  content      jsonb not null,
  made_by      text not null,
  made_at      timestamptz not null default clock_timestamp()
);
create table payment_order_decision (
  order_id   bigint primary key references payment_order,
  decision   text not null check (decision in ('approved', 'rejected')),
  why        text,
  decided_by text not null,
  decided_at timestamptz not null default clock_timestamp()
);

create trigger bank_file_append_only before update or delete or truncate on bank_file for each statement execute function ledger_refuse_change();
create trigger payment_append_only before update or delete or truncate on payment for each statement execute function ledger_refuse_change();
create trigger netting_append_only before update or delete or truncate on netting for each statement execute function ledger_refuse_change();
create trigger netting_decision_append_only before update or delete or truncate on netting_decision
  for each statement execute function ledger_refuse_change();
create trigger payment_order_append_only before update or delete or truncate on payment_order
  for each statement execute function ledger_refuse_change();
create trigger payment_order_decision_append_only before update or delete or truncate on payment_order_decision
  for each statement execute function ledger_refuse_change();
