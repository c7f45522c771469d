-- Money on its way from one account to another. It is entered with the command that takes it, in one transaction; whoever serves sees to the
-- rest, so that a process that dies in between leaves nothing half done.
create table charging_transfer (
  transfer_key text collate "C" primary key,
  from_account text collate "C" not null,
  to_account   text collate "C" not null,
  nanos        bigint not null check (nanos > 0),
  currency     text not null,
  note         text not null,
  -- open: not over. done: the other has it. refused: it was never taken. returned: the other could not take it, and it came back.
  state        text not null default 'open' check (state in ('open', 'done', 'refused', 'returned')),
  asked_at     timestamptz not null default clock_timestamp(),
  over_at      timestamptz
);
create index charging_transfer_open on charging_transfer (asked_at) where state = 'open';

-- What was done to an account besides its balances.
create index charging_command_account on charging_command (account_id, done_at);
