-- Events for systems of others, by HTTP: signed, in order for each subject, repeated until they are taken.

create table webhook_endpoint (
  endpoint_id  text collate "C" primary key,
  url          text not null,
  secret       text not null,               -- env:NAME or file:path: where it is, never what it is
  types        text[] not null,             -- charging.topped-up, charging.*
  made_at      timestamptz not null default clock_timestamp(),
  made_by      text not null,
  stopped_at   timestamptz
);

create table webhook_event (
  event_id     bigint generated always as identity primary key,
  source_key   text collate "C" not null unique,  -- what happened: entered once
  type         text not null,
  subject      text not null,               -- what it is about: events of one are told in their order
  happened_at  timestamptz not null,
  body         text not null                -- as it is sent, each time the same bytes
);

create table webhook_message (
  message_id   bigint generated always as identity primary key,
  endpoint_id  text collate "C" not null references webhook_endpoint,
  event_id     bigint not null references webhook_event,
  subject      text not null,
  replay       integer not null default 0,  -- how often it was asked for again
  state        text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed', 'stopped')),
  attempts     integer not null default 0,
  next_at      timestamptz,
  over_at      timestamptz,
  unique (endpoint_id, event_id, replay)
);
create index webhook_message_due on webhook_message (next_at) where state in ('waiting', 'sending');
create index webhook_message_order on webhook_message (endpoint_id, subject, message_id) where state in ('waiting', 'sending');
create index webhook_message_event on webhook_message (event_id);

create table webhook_attempt (
  attempt_id   bigint generated always as identity primary key,
  message_id   bigint not null references webhook_message,
  by           text not null,
  started_at   timestamptz not null,
  ended_at     timestamptz,
  outcome      text check (outcome in ('sent', 'deferred', 'refused', 'unknown')),
  status       integer,                     -- of HTTP
  answer       text                         -- its beginning, or what went wrong
);
create index webhook_attempt_of on webhook_attempt (message_id);
