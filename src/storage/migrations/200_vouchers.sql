-- Vouchers of online charging. Their codes are kept as hashes only: who reads this table cannot use one.
create table voucher_batch (
  batch_id    integer generated always as identity primary key,
  nanos       bigint not null check (nanos >= 0),
  currency    text not null,
  allowances  text[] not null,
  valid_to    timestamptz,                  -- null: until stopped
  made_at     timestamptz not null default clock_timestamp(),
  made_by     text not null,
  stopped_at  timestamptz
);

create table voucher (
  code_hash   bytea primary key,            -- SHA-256 of the code
  batch_id    integer not null references voucher_batch,
  serial      integer not null,             -- in its batch, from 1: what people may name
  -- The command that uses it. One that was refused frees it again: then `attempt` grows.
  attempt     integer not null default 0,
  command_key text collate "C",
  account_id  text collate "C",
  used_at     timestamptz,
  unique (batch_id, serial)
);
