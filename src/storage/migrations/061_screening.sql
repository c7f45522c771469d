-- Records that hit a screening rule before they were charged. A record that was held for it may be released by a person.
create table usage_flag (
  flag_id      bigint generated always as identity primary key,
  event_id     bigint not null,             -- number of the record, or of the event made of several
  rule         text collate "C" not null,
  kind         text not null,
  action       text not null check (action in ('flag', 'hold')),
  subject      text not null,               -- of whom: a caller, a trunk, a destination
  measured     bigint,                      -- calls, or microseconds; null: there was nothing before
  detail       text not null,
  started_at   timestamptz not null,
  flagged_at   timestamptz not null default now(),
  released_at  timestamptz,
  released_by  text,
  released_why text,
  check ((released_at is null) = (released_by is null) and (released_at is null) = (released_why is null))
);
create index usage_flag_event on usage_flag (event_id);
create index usage_flag_rule on usage_flag (rule, flag_id);

-- What the rules remember, in the order in which it is to be read: see src/pipeline/screening/state-bytes.ts.
create table screening_state (
  state_id  bigint generated always as identity primary key,
  bytes     bytea not null
);
alter table screening_state alter column bytes set storage external;
